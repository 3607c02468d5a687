"""Asking the customer again: set with a remedy or by hand, with what came of it, and the way back from that.

A remedy that is given sets its follow-ups, as many days later as the owner has set; what is cancelled takes those that
are open back, and they come again where the cancelling is undone. Whoever changes one holds the review of its case.
Functions flush and never commit.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, Final

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from .acting import Actor, Done, Event, act, record
from .cases import lock_reviews, set_asks
from .errors import BadValue, CaseChanged
from .follow_days import days_after, morning_of, work_day
from .follow_up_rows import before_of, way_back
from .hours import Hours, hours_of, zone_of
from .models import Case, CaseStage, ErasedFor, FollowUp, FollowUpOutcome, Location, Offer, OfferState, Review, Source
from .offer_policies import policy
from .phrases import say
from .webhook_events import Told, tell
from .wording import clean

NOTE_MOST: Final = 1000  # letters of what the customer said
AHEAD_MOST: Final = timedelta(days=366)
OUTCOMES: Final = (
    FollowUpOutcome.CONTENT,
    FollowUpOutcome.NOT_CONTENT,
    FollowUpOutcome.NO_ANSWER,
    FollowUpOutcome.NOT_PURSUED,
)  # that a person says
_ENDED: Final = frozenset({OfferState.CANCELLED, OfferState.DECLINED})
_BEFORE_GIVEN: Final = frozenset(
    {OfferState.PROPOSED, OfferState.APPROVED, OfferState.OFFERED, OfferState.ACCEPTED}
)  # an offer comes there again only by an undo


@dataclass(frozen=True, slots=True, kw_only=True)
class Placed:
    """One that was set by hand."""

    done: Done
    due_on: date  # the day that was asked for, or the next on which the place works


def set_follow_up(session: Session, case_id: int, due_on: date, *, by: Actor) -> Placed:
    """Have somebody ask on this day of the place, or on the next on which it works.

    Raises:
        CaseChanged: the case is gone.
        BadValue: the day is past or years ahead, or the customer wants to be forgotten.
    """
    location = _held_case(session, case_id)
    hours, today = _calendar(location, by.now)
    if not today <= due_on <= today + AHEAD_MOST:
        raise BadValue(say("Choose a day from today on, within a year."))
    if _is_forgotten(session, case_id):
        raise BadValue(say("This customer wants to be forgotten: nobody asks them anything."))
    row = _new(case_id, work_day(hours, due_on), location, by=by, now=by.now)
    session.add(row)
    session.flush()
    facts = {"days": [row.due_on.isoformat()], "is_remedy": False}
    _tell_created(session, [row], now=by.now)
    done = _act(session, row, Event.FOLLOW_UP_SET, {}, facts, None, by=by)
    return Placed(done=done, due_on=row.due_on)


def close_follow_up(
    session: Session,
    case_id: int,
    follow_up_id: int,
    outcome: FollowUpOutcome,
    note: str = "",
    *,
    seen: int | None = None,
    by: Actor,
) -> Done:
    """Say what came of asking. Where the customer is not content, the case is to do again.

    Raises:
        CaseChanged: it has changed since it was shown, or somebody has asked already.
        BadValue: that is no outcome, or the note is a book.
    """
    if outcome not in OUTCOMES:
        raise BadValue(say("Choose what came of it."))
    note = clean(note).replace("\r\n", "\n").strip()
    if len(note) > NOTE_MOST:
        raise BadValue(say("That is too long: %(most)s letters at most.", most=NOTE_MOST))
    row = _held(session, case_id, follow_up_id, seen)
    if row.outcome is not None:
        raise CaseChanged(say("Somebody has asked already. Look at what came of it."))
    before = before_of(row)
    row.outcome, row.note, row.remind_at = outcome, note, None
    row.closed_at, row.closed_by_id, row.closed_by_name = by.now, by.person_id, by.name
    row.version += 1
    facts = {"outcome": outcome.value, "due_on": row.due_on.isoformat()}
    tell(session, Told.FOLLOW_UP_OUTCOME, case_id, {"follow_up_id": row.id, **facts}, now=by.now)
    return _act(session, row, Event.FOLLOWED_UP, _columns(outcome, by.now), facts, before, by=by)


def reopen_follow_up(session: Session, case_id: int, follow_up_id: int, *, seen: int | None = None, by: Actor) -> Done:
    """Ask after all, or say something else: what was said stands open again, its note in the field.

    Raises:
        CaseChanged: it has changed since it was shown, it is open, or it was taken back with its offer.
    """
    row = _held(session, case_id, follow_up_id, seen)
    if row.outcome not in OUTCOMES:
        raise CaseChanged(say("This is open already, or was taken back. Look at it again."))
    before, was_at = before_of(row), row.closed_at
    row.outcome = row.closed_at = row.closed_by_id = None
    row.closed_by_name, row.remind_at = "", row.due_at if row.due_at > by.now else None
    row.version += 1
    is_its = session.scalar(select(Case.unsettled_at).where(Case.id == case_id)) == was_at
    columns = {"unsettled_at": None} if is_its else {}
    return _act(session, row, Event.FOLLOW_UP_REOPENED, columns, {"due_on": row.due_on.isoformat()}, before, by=by)


def follow_offer(session: Session, offer: Offer, to: OfferState, *, by: Actor | None, now: datetime) -> None:
    """Do what a step of an offer means for its follow-ups. Whoever takes the step holds the review and the offer."""
    if offer.case_id is None or _is_forgotten(session, offer.case_id):
        return
    there = list(session.scalars(select(FollowUp).where(FollowUp.offer_id == offer.id).order_by(FollowUp.due_on)))
    if to is OfferState.ISSUED:
        changed, kind = _set_with(session, offer, there, by=by, now=now), Event.FOLLOW_UP_SET
    elif to in _ENDED:
        changed, kind = [one for one in there if one.outcome is None], Event.FOLLOW_UP_GONE
        for one in changed:
            one.outcome, one.closed_at, one.remind_at = FollowUpOutcome.TAKEN_BACK, now, None
            one.version += 1
    elif to in _BEFORE_GIVEN:
        changed, kind = [one for one in there if one.outcome is None], Event.FOLLOW_UP_GONE
        session.execute(delete(FollowUp).where(FollowUp.id.in_([one.id for one in changed])))
    else:
        return
    if changed:
        facts = {"days": [one.due_on.isoformat() for one in changed], "is_remedy": True}
        record(session, [offer.case_id], kind, facts, by=by, now=now)
        set_asks(session, session.scalars(select(Case.review_id).where(Case.id == offer.case_id)))


def _set_with(
    session: Session, offer: Offer, there: list[FollowUp], *, by: Actor | None, now: datetime
) -> list[FollowUp]:
    """Those of a remedy: what it took back comes again, what it never had is new; what was asked stays asked."""
    again = [one for one in there if one.outcome is FollowUpOutcome.TAKEN_BACK]
    for one in again:
        one.outcome, one.closed_at = None, None
        one.remind_at = one.due_at if one.due_at > now else None
        one.version += 1
    if again or offer.case_id is None:
        return again
    location = session.get_one(Location, offer.location_id)
    hours, today = _calendar(location, offer.issued_at or now)
    asked = {one.due_on for one in there}
    days = [day for day in days_after(hours, today, policy(session).terms.follow_up_days) if day not in asked]
    new = [_new(offer.case_id, day, location, by=by, now=now, offer_id=offer.id) for day in days]
    session.add_all(new)
    session.flush()
    _tell_created(session, new, now=now)
    return new


def _tell_created(session: Session, new: Collection[FollowUp], *, now: datetime) -> None:
    for one in new:
        facts = {"follow_up_id": one.id, "due_on": one.due_on.isoformat(), "offer_id": one.offer_id}
        tell(session, Told.FOLLOW_UP_CREATED, one.case_id, facts, now=now)


def _new(
    case_id: int, due_on: date, location: Location, *, by: Actor | None, now: datetime, offer_id: int | None = None
) -> FollowUp:
    due_at = morning_of(due_on, location.timezone)
    return FollowUp(
        case_id=case_id,
        offer_id=offer_id,
        due_on=due_on,
        due_at=due_at,
        remind_at=due_at if due_at > now else None,  # whoever sets it for today knows
        note="",
        version=0,
        made_at=now,
        made_by_id=by.person_id if by else None,
        made_by_name=by.name if by else "",
        closed_by_name="",
    )


def _columns(outcome: FollowUpOutcome, now: datetime) -> Mapping[str, Any]:
    """What it changes of the case. An answer that did not come leaves open whether the customer is content."""
    if outcome is FollowUpOutcome.NOT_CONTENT:
        rests = dict.fromkeys(("follow_up_at", "snoozed_until", "approval_asked_at", "approval_asked_by_id"))
        return {"stage": CaseStage.TODO, "unsettled_at": now, **rests}
    return {"unsettled_at": None} if outcome is FollowUpOutcome.CONTENT else {}


def _act(
    session: Session,
    row: FollowUp,
    kind: Event,
    columns: Mapping[str, Any],
    facts: Mapping[str, Any],
    before: Mapping[str, Any] | None,
    *,
    by: Actor,
) -> Done:
    session.flush()
    more = {"follow_up": way_back(row, before)}
    return act(session, [row.case_id], kind, lambda _: columns, facts, by=by, more=more, is_more_changed=True)


def _is_forgotten(session: Session, case_id: int) -> bool:
    erased_for = select(Review.erased_for).join(Case, Case.review_id == Review.id).where(Case.id == case_id)
    return session.scalar(erased_for) == ErasedFor.REQUEST


def _held_case(session: Session, case_id: int) -> Location:
    review_id = session.scalar(select(Case.review_id).where(Case.id == case_id))
    if review_id is None:
        raise CaseChanged(say("This case is gone. Go back to the queue."))
    lock_reviews(session, [review_id])
    return session.scalars(
        select(Location)
        .join(Source, Source.location_id == Location.id)
        .join(Review, Review.source_id == Source.id)
        .where(Review.id == review_id)
    ).one()


def _held(session: Session, case_id: int, follow_up_id: int, seen: int | None) -> FollowUp:
    _held_case(session, case_id)
    row = session.scalar(
        select(FollowUp)
        .where(FollowUp.id == follow_up_id, FollowUp.case_id == case_id)
        .execution_options(populate_existing=True)
    )
    if row is None:
        raise CaseChanged(say("This follow-up is gone. Look at the case again."))
    if seen is not None and row.version != seen:
        raise CaseChanged(say("Somebody else has changed this since you opened it. Look at it again."))
    return row


def _calendar(location: Location, now: datetime) -> tuple[Hours, date]:
    """Its hours, and the day it is there."""
    zone = zone_of(location.timezone)
    return hours_of(location.opening, location.timezone), now.astimezone(zone).date()
