"""Facts and feeling of a review, as somebody has understood its present wording. Nobody overwrites another's words.

Functions flush and never commit.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from .acting import Actor
from .cases import lock_reviews
from .errors import BadValue, CaseChanged
from .models import Gist, Review
from .phrases import say

GIST_MOST: Final = 500  # characters of either: two sentences, not a report


@dataclass(frozen=True, slots=True, kw_only=True)
class SavedGist:
    facts: str
    feeling: str
    version: int
    person_name: str
    saved_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Gists:
    """Of the present wording and of the one before it that has any."""

    present: SavedGist | None
    earlier: SavedGist | None


def gists_of(session: Session, review_id: int) -> Gists:
    """What was understood of a review."""
    rows = session.execute(
        select(Gist, Gist.content_hash == Review.content_hash)
        .join(Review, Review.id == Gist.review_id)
        .where(Gist.review_id == review_id)
        .order_by(Gist.saved_at.desc())
    ).all()
    present = next((_saved(gist) for gist, is_present in rows if is_present), None)
    return Gists(present=present, earlier=next((_saved(gist) for gist, is_present in rows if not is_present), None))


def save_gist(
    session: Session, review_id: int, *, facts: str, feeling: str, seen_hash: str, seen: int, by: Actor
) -> int:
    """Save both, and give the version that they now have; `seen` is the version that was shown, 0 for none.

    Raises:
        BadValue: one is too long, or there is no text to be understood.
        CaseChanged: somebody else has saved other words since, or the guest has written anew.
    """
    facts, feeling = facts.strip(), feeling.strip()
    if max(len(facts), len(feeling)) > GIST_MOST:
        raise BadValue(say("That is too long: %(most)s letters at most.", most=GIST_MOST))
    lock_reviews(session, [review_id])
    present = session.scalar(select(Review.content_hash).where(Review.id == review_id))
    if not present:
        raise BadValue(say("There is no text here any more."))
    if present != seen_hash:
        raise CaseChanged(say("The guest has changed the review since you opened it. Read it again."))
    gist = session.get(Gist, (review_id, present), populate_existing=True)
    if gist is None:
        gist = Gist(review_id=review_id, content_hash=present, facts="", feeling="", version=0)
        session.add(gist)
    elif (gist.facts, gist.feeling) == (facts, feeling):
        return gist.version
    if gist.version != seen:
        raise CaseChanged(say("%(name)s has saved other words since you opened this.", name=gist.person_name))
    gist.facts, gist.feeling, gist.version = facts, feeling, gist.version + 1
    gist.person_id, gist.person_name, gist.saved_at = by.person_id, by.name, by.now
    session.flush()
    return gist.version


def _saved(gist: Gist) -> SavedGist:
    return SavedGist(
        facts=gist.facts,
        feeling=gist.feeling,
        version=gist.version,
        person_name=gist.person_name,
        saved_at=gist.saved_at,
    )
