"""Which saved replies suit a review, and what their variables stand for."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy.orm import Session

from db.acting import Actor
from db.queries.answers import answer_facts, signature_of
from db.queries.reviews import ReviewDetail
from db.saved_replies import Wanted, filled, find_saved
from scoring.suggest.names import greeted

PICKS = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class Pick:
    """A saved reply as it would stand in the answer."""

    id: int
    name: str
    words: str
    is_approved: bool


def picks(session: Session, detail: ReviewDetail, location_id: int, *, by: Actor, words: str = "") -> Sequence[Pick]:
    """Those that suit, best first; of those that suit as well, the one taken last comes last."""
    wanted = Wanted(
        location_id=location_id,
        language=detail.language or detail.source_language or "",
        topics=[str(one["topic"]) for one in detail.topics],
        anger_level=detail.anger_level or "",
        words=words[:80],
    )
    found = find_saved(session, wanted, limit=PICKS)
    values = values_for(session, detail.review_id, by=by) if found else {}
    return [
        Pick(id=one.id, name=one.name, words=filled(one.body, values), is_approved=one.approved_at is not None)
        for one in found
    ]


def values_for(session: Session, review_id: int, *, by: Actor) -> Mapping[str, str]:
    """What the variables stand for; what is not known is left out, and stays in braces for the checks to find."""
    facts = answer_facts(session, review_id)
    if facts is None:
        return {}
    return {
        "name": greeted(facts.author_name),
        "place": facts.location_name,
        "contact": facts.contact,
        "signature": signature_of(session, by.person_id) or by.name,
    }
