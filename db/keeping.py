"""How long we keep what tells who a customer is; what is older is pseudonymised, and its figures stay.

The platforms' terms (db.retention) say how long a text may be kept at most; this is the business's own, usually
shorter wish: months after publication or the last edit, of a complaint after it was taken. Then go name, texts,
wordings, drafts, notes, contacts, messages, attachments and reasons; stars, anger, topics, cause, dates and amounts
stay, so that no figure of any report changes.

Work that is under way waits: a case that must be kept, an answer on its way out, an offer that still holds, a promise
that is open, a case that waits for its customer. Nothing goes before two weeks after the first run: whoever has just
installed this sees on the page Privacy what would go, and may change it. Functions flush and never commit.
"""

from __future__ import annotations

import calendar
from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any, Final

from sqlalchemy import ColumnElement, Select, and_, exists, func, or_, select, update
from sqlalchemy.orm import Session

from . import audit
from .acting import Actor
from .erasing import erase
from .errors import BadValue
from .holds import AT_WORK
from .kept import Kept, keep, kept
from .models import (
    ERASED_FOR_GOOD,
    Case,
    CaseStage,
    Complaint,
    ErasedFor,
    LegalHold,
    Offer,
    OfferState,
    PracticeAttempt,
    PrivacyWish,
    Promise,
    Reply,
    ReplyState,
    Review,
    Source,
)
from .offer_rules import BINDING
from .phrases import say

MONTHS: Final = 24  # product.md, section 5: "Retention 24 months, then pseudonymise"
LEAST_MONTHS: Final = 1
MOST_MONTHS: Final = 120
NOTICE: Final = timedelta(days=14)  # between the first run and the first that takes something out
AHEAD: Final = timedelta(days=366)  # how far a look ahead goes
BATCH: Final = 200
SET: Final = "keeping_set"  # a line of the audit log; facts: months, source_id, or None for all
DONE: Final = "pseudonymised"  # the same; facts: reviews
_ON_ITS_WAY: Final = (*AT_WORK, ReplyState.SUBMITTED, ReplyState.APPROVED, ReplyState.HELD)
_RUNNING: Final = (*BINDING - {OfferState.REDEEMED}, OfferState.PROPOSED)


@dataclass(frozen=True, slots=True, kw_only=True)
class Keeping:
    """What holds. `begins_on` None: no run has been yet."""

    months: int
    begins_on: date | None
    done_on: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Ahead:
    """What would go: how many reviews on the next day of a run, and in the months that follow it."""

    next_on: date
    next_count: int
    months: Sequence[tuple[date, int]]  # the first day of each month that has any
    held: int  # old enough, and kept for a legal reason
    waiting: int  # old enough, and still being worked on


def keeping(session: Session) -> Keeping:
    """As it is set."""
    value = kept(session, Kept.KEEPING)
    return Keeping(
        months=int(value.get("months", MONTHS)), begins_on=_day(value, "begins_on"), done_on=_day(value, "done_on")
    )


def set_keeping(session: Session, months: int, *, by: Actor) -> None:
    """Keep it for so many months, wherever a source has no number of its own. What is due by that goes at the next run.

    Raises:
        BadValue: that is too few or too many.
    """
    _check(months)
    value = kept(session, Kept.KEEPING)
    keep(session, Kept.KEEPING, value | {"months": months, "done_on": None}, now=by.now)
    audit.append(session, SET, {"months": months, "source_id": None}, by=by, now=by.now)


def set_source_keeping(session: Session, source_id: int, months: int | None, *, by: Actor) -> None:
    """The same for one source; None: as everywhere.

    Raises:
        BadValue: that is too few or too many.
    """
    if months is not None:
        _check(months)
    session.execute(update(Source).where(Source.id == source_id).values(keep_months=months))
    keep(session, Kept.KEEPING, kept(session, Kept.KEEPING) | {"done_on": None}, now=by.now)
    audit.append(session, SET, {"months": months, "source_id": source_id}, by=by, now=by.now)


def is_run_due(session: Session, *, now: datetime) -> bool:
    """Whether today's run is still to do. The first one only begins the notice."""
    value = keeping(session)
    if value.begins_on is None:
        begins_on = (now + NOTICE).astimezone(UTC).date()
        was = kept(session, Kept.KEEPING)
        keep(session, Kept.KEEPING, was | {"begins_on": begins_on.isoformat()}, now=now)
        return False
    today = now.astimezone(UTC).date()
    return today >= value.begins_on and value.done_on != today


def note_run(session: Session, *, now: datetime) -> None:
    """Today's run has come to its end."""
    today = now.astimezone(UTC).date().isoformat()
    keep(session, Kept.KEEPING, kept(session, Kept.KEEPING) | {"done_on": today}, now=now)


def pseudonymise_some(session: Session, *, now: datetime, limit: int = BATCH) -> Sequence[int]:
    """Pseudonymise up to `limit` reviews with all that hangs on them; of which sources, none when none is due."""
    due = _due(session, now=now).where(~_is_held(), ~_is_worked_on())
    rows = session.execute(due.order_by(Review.id).limit(limit)).all()
    if not rows:
        return ()
    count = erase(session, [row.id for row in rows], ErasedFor.AGED, now=now)
    audit.append(session, DONE, {"reviews": count}, by=None, now=now)
    return sorted({row.source_id for row in rows})


def tidy(session: Session, *, now: datetime) -> None:
    """What ages beside reviews: words of the practice room, and which reviews an export that has expired was of."""
    quietly = {"synchronize_session": False}
    old = months_before(now, keeping(session).months)
    session.execute(
        update(PracticeAttempt).where(PracticeAttempt.saved_at < old, PracticeAttempt.body != "").values(body=""),
        execution_options=quietly,
    )
    session.execute(
        update(PrivacyWish).where(PrivacyWish.expires_at < now).values(review_ids=[]), execution_options=quietly
    )


def pseudonymised(session: Session) -> int:
    """How many reviews no longer tell who wrote them because they were old enough."""
    return session.scalar(select(func.count()).where(Review.erased_for == ErasedFor.AGED)) or 0


def look_ahead(session: Session, *, now: datetime, places: Collection[int] | None = None) -> Ahead:
    """What the next runs would take out at these places (None: at all), if nothing more happened. Changes nothing."""
    value = keeping(session)
    today = now.astimezone(UTC).date()
    begins_on = value.begins_on or (now + NOTICE).astimezone(UTC).date()
    next_on = max(begins_on, today + timedelta(days=1) if value.done_on == today else today)
    until = now + AHEAD
    by_day: Counter[date] = Counter()
    here = () if places is None else (Source.location_id.in_(places),)
    free = _due(session, now=until).where(~_is_held(), ~_is_worked_on(), *here)
    for row in session.execute(free):
        by_day[max(months_after(row.since, row.months).date(), next_on)] += 1
    later: Counter[date] = Counter()
    for day, count in by_day.items():
        if day != next_on:
            later[day.replace(day=1)] += count
    old = _due(session, now=now).where(*here)
    return Ahead(
        next_on=next_on,
        next_count=by_day[next_on],
        months=sorted(later.items()),
        held=_count(session, old.where(_is_held())),
        waiting=_count(session, old.where(~_is_held(), _is_worked_on())),
    )


def months_before(at: datetime, months: int) -> datetime:
    """The same day so many months earlier; the last of the month where that has fewer days."""
    return months_after(at, -months)


def months_after(at: datetime, months: int) -> datetime:
    """The same day so many months later; the last of the month where that has fewer days."""
    year, month = divmod(at.year * 12 + at.month - 1 + months, 12)
    day = min(at.day, calendar.monthrange(year, month + 1)[1])
    return at.replace(year=year, month=month + 1, day=day)


def _since() -> ColumnElement[datetime]:
    """From when its months count."""
    return func.coalesce(Complaint.taken_at, Review.edited_at, Review.published_at)


def _due(session: Session, *, now: datetime) -> Select[int, int, datetime, int]:
    """Reviews whose months are over, with the months that hold for each."""
    usual = keeping(session).months
    own = session.scalars(select(Source.keep_months).where(Source.keep_months.is_not(None)).distinct()).all()
    months = func.coalesce(Source.keep_months, usual)
    # By whole days: what goes today goes at the first run of today.
    end_of_day = datetime.combine(now.astimezone(UTC).date(), time.max, UTC)
    is_over = [and_(months == one, _since() <= months_before(end_of_day, one)) for one in {usual, *own} if one]
    return (
        select(Review.id, Review.source_id, _since().label("since"), months.label("months"))
        .join(Source, Source.id == Review.source_id)
        .outerjoin(Complaint, Complaint.review_id == Review.id)
        .where(Review.erased_for.not_in(ERASED_FOR_GOOD), or_(*is_over))
    )


def _is_held() -> ColumnElement[bool]:
    return exists().where(LegalHold.case_id == Case.id, Case.review_id == Review.id)


def _is_worked_on() -> ColumnElement[bool]:
    of_case = Case.review_id == Review.id
    return or_(
        exists().where(of_case, Case.stage == CaseStage.WAITING),
        exists().where(of_case, Reply.case_id == Case.id, Reply.state.in_(_ON_ITS_WAY)),
        exists().where(of_case, Offer.case_id == Case.id, Offer.state.in_(_RUNNING)),
        exists().where(of_case, Promise.case_id == Case.id, Promise.done_at.is_(None)),
    )


def _count(session: Session, found: Select[int, int, datetime, int]) -> int:
    return session.scalar(select(func.count()).select_from(found.subquery())) or 0


def _check(months: int) -> None:
    if not LEAST_MONTHS <= months <= MOST_MONTHS:
        raise BadValue(say("From %(least)s to %(most)s months.", least=LEAST_MONTHS, most=MOST_MONTHS))


def _day(value: dict[str, Any], name: str) -> date | None:
    return date.fromisoformat(value[name]) if value.get(name) else None
