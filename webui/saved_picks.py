"""Which saved replies suit a review, and what their variables stand for."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy.orm import Session

from db.acting import Actor
from db.queries.answers import AnswerFacts, answer_facts, signature_of
from db.queries.reviews import ReviewDetail
from db.replies import reply_of, wordings
from db.saved_replies import SIGNATURE, Wanted, filled, find_saved, saved_reply
from scoring.suggest.names import greeted

PICKS = 8
COMPARED_MOST = 200  # more than a place has, and soon compared


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
    return _values(facts, signature_of(session, by.person_id) or by.name) if facts else {}


def compared(session: Session, facts: AnswerFacts, body: str) -> tuple[str, ...]:
    """The saved replies of the place as they would stand in an answer, for check W08 to compare its words with.

    None for an approved one that was put in and that nobody changed: it is meant to go out as it is.
    """
    if _is_as_approved(session, facts, body):
        return ()
    values = _values(facts, "")
    found = find_saved(session, Wanted(location_id=facts.location_id), limit=COMPARED_MOST)
    return tuple(filled(one.body, values) for one in found)


def _is_as_approved(session: Session, facts: AnswerFacts, body: str) -> bool:
    """Whether the words are an approved saved reply, filled in as for whoever put it in.

    Whoever looks at it later signs otherwise, so `db.second_person.needs_no_second` cannot be asked.
    """
    reply = reply_of(session, facts.case_id)
    if reply is None or reply.saved_reply_id is None or reply.body.strip() != body.strip():
        return False
    saved = saved_reply(session, reply.saved_reply_id)
    if saved is None or saved.approved_at is None:
        return False
    put = next(one for one in wordings(session, reply.id) if one.number == reply.number)
    signature = signature_of(session, put.person_id) if put.person_id is not None else ""
    return filled(saved.body, _values(facts, signature or put.person_name)).strip() == body.strip()


def _values(facts: AnswerFacts, signature: str) -> Mapping[str, str]:
    return {
        "name": greeted(facts.author_name),
        "place": facts.location_name,
        "contact": facts.contact,
        SIGNATURE: signature,
    }
