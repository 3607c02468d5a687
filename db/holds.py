"""Cases of which nothing may be taken out for now, whoever wishes it and however old they are (GDPR, Art. 17(3)).

A hold does not stop what a platform's own terms ask: they take out the review's text, and nothing of the case. Acts
flush and never commit.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from . import audit
from .acting import Actor, record
from .cases import chunks, lock_reviews
from .errors import BadValue, CaseChanged
from .models import Case, LegalHold, Location, Reply, ReplyState, Review, Source
from .phrases import say
from .wording import clean

PLACED: Final = "hold_placed"  # on the timeline and in the audit log; facts: reason
LIFTED: Final = "hold_lifted"
REASON_MOST: Final = 1000
AT_WORK: Final = (ReplyState.POSTING, ReplyState.UNSURE)  # of an answer that may be on its way out


@dataclass(frozen=True, slots=True, kw_only=True)
class HoldRow:
    """One case that must be kept."""

    review_id: int
    location_id: int
    location_name: str
    reason: str
    person_name: str
    placed_at: datetime


def place_hold(session: Session, case_id: int, reason: str, *, by: Actor) -> None:
    """Keep all of this case until somebody lifts it.

    Raises:
        BadValue: there is no reason, or a book of it.
        CaseChanged: it is kept already, or gone.
    """
    reason = clean(reason).replace("\r\n", "\n").strip()
    if not reason:
        raise BadValue(say("Say why: a sentence is enough. Whoever reads this case later will want to know."))
    if len(reason) > REASON_MOST:
        raise BadValue(say("That is too long: %(most)s letters at most.", most=REASON_MOST))
    # The source first, as its removal does: whoever comes second sees what the other did.
    of_case = select(Review.source_id).join(Case, Case.review_id == Review.id).where(Case.id == case_id)
    session.execute(select(Source.id).where(Source.id == of_case.scalar_subquery()).with_for_update())
    _lock(session, case_id)
    if session.get(LegalHold, case_id, populate_existing=True) is not None:
        raise CaseChanged(say("This case is kept already."))
    session.add(
        LegalHold(case_id=case_id, reason=reason, person_id=by.person_id, person_name=by.name, placed_at=by.now)
    )
    session.flush()
    record(session, [case_id], PLACED, {"reason": reason}, by=by, now=by.now)
    audit.append(session, PLACED, {"reason": reason}, by=by, now=by.now, case_id=case_id)


def lift_hold(session: Session, case_id: int, *, by: Actor) -> bool:
    """Let its time run again. False where it was not kept."""
    _lock(session, case_id)
    hold = session.get(LegalHold, case_id, populate_existing=True)
    if hold is None:
        return False
    session.delete(hold)
    session.flush()
    record(session, [case_id], LIFTED, {}, by=by, now=by.now)
    audit.append(session, LIFTED, {}, by=by, now=by.now, case_id=case_id)
    return True


def hold_of(session: Session, case_id: int) -> LegalHold | None:
    """Why a case is kept, if it is."""
    return session.get(LegalHold, case_id)


def holds(session: Session, *, places: Collection[int] | None) -> list[HoldRow]:
    """Every case that is kept, at these places (None: at any), the oldest first."""
    wanted = (
        select(LegalHold, Review.id.label("review_id"), Location.id.label("location_id"), Location.name)
        .join(Case, Case.id == LegalHold.case_id)
        .join(Review, Review.id == Case.review_id)
        .join(Source, Source.id == Review.source_id)
        .join(Location, Location.id == Source.location_id)
        .order_by(LegalHold.placed_at, LegalHold.case_id)
    )
    if places is not None:
        wanted = wanted.where(Location.id.in_(places))
    return [
        HoldRow(
            review_id=row.review_id,
            location_id=row.location_id,
            location_name=row.name,
            reason=row.LegalHold.reason,
            person_name=row.LegalHold.person_name,
            placed_at=row.LegalHold.placed_at,
        )
        for row in session.execute(wanted)
    ]


def held_among(session: Session, review_ids: Collection[int]) -> frozenset[int]:
    """Which of these reviews must be kept."""
    found = select(Case.review_id).join(LegalHold, LegalHold.case_id == Case.id)
    return frozenset(id_ for ids in chunks(review_ids) for id_ in session.scalars(found.where(Case.review_id.in_(ids))))


def is_any_held(session: Session, source_id: int) -> bool:
    """Whether a case on a review of this source must be kept."""
    held = select(LegalHold.case_id).join(Case, Case.id == LegalHold.case_id).join(Review, Review.id == Case.review_id)
    return session.scalar(held.where(Review.source_id == source_id).limit(1)) is not None


def keep_from_erasing(session: Session, review_ids: Collection[int]) -> None:
    """Lock these reviews, and refuse where one of them cannot be erased now.

    Raises:
        BadValue: a case must be kept, or an answer is being posted at this moment.
    """
    lock_reviews(session, review_ids)
    if held_among(session, review_ids):
        raise BadValue(say("This case is kept for a legal reason: an owner lifts that first. Nothing was erased."))
    at_work = select(Case.review_id).join(Reply, Reply.case_id == Case.id).where(Reply.state.in_(AT_WORK))
    for ids in chunks(review_ids):
        if session.scalar(at_work.where(Case.review_id.in_(ids)).limit(1)) is not None:
            raise BadValue(
                say("The answer to it is on its way out at this moment. Try again in a minute; nothing was erased.")
            )


def _lock(session: Session, case_id: int) -> None:
    review_id = session.scalar(select(Case.review_id).where(Case.id == case_id))
    if review_id is None:
        raise CaseChanged(say("This case is gone. Go back to the queue."))
    lock_reviews(session, [review_id])
