"""What was done in a week beside answering, and what waits for a decision now: offers, actions, readings, the desk."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any, Final

from sqlalchemy import Select, func, select, true
from sqlalchemy.orm import Session

from ..absences import day_at
from ..models import (
    BY_HAND,
    Case,
    CaseStage,
    CaseState,
    ImprovementState,
    Offer,
    Reply,
    ReplyState,
    Review,
    Source,
    SourceHealth,
)
from ..offer_policies import policy
from .cause_trends import month_of
from .follow_ups import Wanted, count_due
from .improvements import Effect, ImprovementRow, effects, improvements
from .offers import OfferRow, offers_approved, used_in, waiting_offers
from .week_figures import days_of_week

_AROUND: Final = timedelta(days=2)  # every zone's week lies within the days and this


@dataclass(frozen=True, slots=True, kw_only=True)
class Budget:
    """Of a place in the month of the week's last day; amounts in the minor unit."""

    location_id: int
    month: str
    budget_minor: int
    used_minor: int
    currency: str

    @property
    def left_minor(self) -> int:
        return self.budget_minor - self.used_minor


@dataclass(frozen=True, slots=True, kw_only=True)
class WeekActions:
    """Improvement actions: opened and done in the week, and those done earlier whose effect can be told by now."""

    opened: tuple[ImprovementRow, ...]
    done: tuple[ImprovementRow, ...]
    effects: tuple[tuple[ImprovementRow, Effect], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """One source, as far as it is read."""

    source_id: int
    location_id: int
    name: str
    is_enabled: bool
    health: SourceHealth
    last_success_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Decisions:
    """What waits for somebody at the moment."""

    overdue: int  # reviews without an answer whose time has run out
    submitted: tuple[int, ...]  # reviews whose answer waits for approval, the longest waiting first
    not_pursued: int  # cases that somebody asks not to pursue
    exceptions: tuple[OfferRow, ...]  # offers that wait for whoever may decide
    follow_ups: int  # customers to be asked today, or since earlier


def week_offers(session: Session, week: str, *, places: Collection[int] | None) -> list[OfferRow]:
    """What was approved in the week, by the calendar of each place; whatever became of it since."""
    first, last = days_of_week(week)
    since, until = _midnight(first) - _AROUND, _midnight(last) + _AROUND
    found = offers_approved(session, since=since, until=until, places=places)
    return [one for one in found if one.approved_at and first <= day_at(one.approved_at, one.timezone) <= last]


def budgets(session: Session, week: str, *, places: Collection[int] | None) -> list[Budget]:
    """What each place has left this month, without those where nothing was ever spent in it."""
    terms, month = policy(session).terms, month_of(days_of_week(week)[1])
    wanted = select(Offer.location_id).where(Offer.month == month).distinct().order_by(Offer.location_id)
    wanted = wanted if places is None else wanted.where(Offer.location_id.in_(places))
    return [
        Budget(
            location_id=id_,
            month=month,
            budget_minor=terms.budget_of(id_),
            used_minor=used_in(session, id_, month, terms.currency),
            currency=terms.currency,
        )
        for id_ in session.scalars(wanted)
    ]


def week_actions(session: Session, week: str, *, places: Collection[int] | None, now: datetime) -> WeekActions:
    """As the calendar of each place has the week."""
    first, last = days_of_week(week)
    rows = [one for state in ImprovementState for one in improvements(session, state, places=places)]
    done = [one for one in rows if one.state is ImprovementState.DONE and one.done_on is not None]
    told = effects(session, done, now=now)
    earlier = [one for one in done if one.done_on is not None and one.done_on < first]
    return WeekActions(
        opened=tuple(one for one in rows if first <= day_at(one.opened_at, one.timezone) <= last),
        done=tuple(one for one in done if one.done_on is not None and first <= one.done_on <= last),
        effects=tuple((one, told[one.id]) for one in earlier if one.id in told and told[one.id].after is not None),
    )


def readings(session: Session, *, places: Collection[int] | None) -> list[Reading]:
    """Every source that is on the list, by place and name; complaints that people take are none."""
    names = ("location_id", "name", "is_enabled", "health", "last_success_at")
    wanted: Select[Any] = (
        select(Source.id.label("source_id"), *(getattr(Source, name) for name in names))
        .where(Source.removed_at.is_(None), Source.platform != BY_HAND)
        .order_by(Source.location_id, Source.name, Source.id)
    )
    wanted = wanted if places is None else wanted.where(Source.location_id.in_(places))
    return [Reading(**row) for row in session.execute(wanted).mappings()]


def decisions(session: Session, *, places: Collection[int] | None, now: datetime) -> Decisions:
    """What waits at these places (None: at all)."""
    here = true() if places is None else Source.location_id.in_(places)
    due = count_due(session, Wanted(places=places), now=now)
    # By what it is not: else SQLite begins at the index of states, and reads every open case there is.
    is_open = Case.state.not_in((CaseState.ANSWERED, CaseState.GONE, CaseState.NOT_US))
    is_over = (is_open, Case.stage == CaseStage.TODO, Case.due_at <= now)
    asked = (Case.approval_asked_at.is_not(None), Case.stage.in_((CaseStage.TODO, CaseStage.WAITING)))
    overdue, not_pursued = session.execute(
        select(*(_counted(places).where(*which).scalar_subquery() for which in (is_over, asked)))
    ).one()
    submitted = (
        select(Case.review_id)
        .join(Review, Review.id == Case.review_id)
        .join(Source, Source.id == Review.source_id)
        .join(Reply, Reply.case_id == Case.id)
        .where(here, Reply.state == ReplyState.SUBMITTED)
        .order_by(Reply.submitted_at, Reply.id)
    )
    return Decisions(
        overdue=overdue,
        submitted=tuple(session.scalars(submitted)),
        not_pursued=not_pursued,
        exceptions=tuple(waiting_offers(session, places=places)),
        follow_ups=due.overdue + due.today,
    )


def _counted(places: Collection[int] | None) -> Select[Any]:
    counted = select(func.count()).select_from(Case)
    if places is None:
        return counted
    joined = counted.join(Review, Review.id == Case.review_id).join(Source, Source.id == Review.source_id)
    return joined.where(Source.location_id.in_(places))


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), tzinfo=UTC)
