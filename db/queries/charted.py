"""What charts count besides the figures of weeks: causes, corrections, costs, and visits. One pass each."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from sqlalchemy import and_, case, func, select, true
from sqlalchemy.orm import Session

from ..models import Case, CaseState, Location, Offer, Review, Source, Verdict
from ..offer_rules import BINDING
from .angry_answers import Days, spans_of
from .spans import is_in, spans_table
from .visits import is_complaint, of_code, visit_code
from .zones import zones_at


@dataclass(frozen=True, slots=True, kw_only=True)
class CauseTotal:
    """Reviews and complaints of one cause in a stretch; None: of those without one."""

    stretch: int  # which of those asked for, from 0
    cause_id: int | None
    cases: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Corrected:
    """Words of people in a stretch on wordings that a model had judged before."""

    stretch: int
    agreed: int
    false_alarms: int
    missed: int


@dataclass(frozen=True, slots=True, kw_only=True)
class MonthCost:
    """What is bound in a month for one cause, in minor units; None: for none that is named."""

    month: str  # "2026-11"
    cause_id: int | None
    cost_minor: int


@dataclass(frozen=True, slots=True, kw_only=True)
class VisitCount:
    """Complaints about visits in one hour of one weekday, by the clocks of the place."""

    weekday: int | None  # 0: Monday; None: the day is not known
    hour: int | None  # 0 to 23; None: the hour is not known
    complaints: int


def cause_totals(session: Session, stretches: Sequence[Days], *, places: Collection[int] | None) -> list[CauseTotal]:
    """By the days on which reviews were published, at these places (None: at all); mentions of others count nowhere."""
    here = true() if places is None else Location.id.in_(places)
    zones = zones_at(session, places)
    if not zones:
        return []
    table = spans_table(spans_of(zones, stretches))
    rows = session.execute(
        select(table.c.part, Case.cause_id, func.count())
        .select_from(Location)
        .join(table, table.c.timezone == Location.timezone)
        .join(Source, Source.location_id == Location.id)
        .join(Review, (Review.source_id == Source.id) & is_in(table))
        .join(Case, Case.review_id == Review.id)
        .where(here, Case.state != CaseState.NOT_US)
        .group_by(table.c.part, Case.cause_id)
    )
    return [CauseTotal(stretch=part, cause_id=cause, cases=count) for part, cause, count in rows]


def corrections(session: Session, stretches: Sequence[Days], *, places: Collection[int] | None) -> list[Corrected]:
    """By the days on which people said so, by the calendar of the review's place. Each person's word counts."""
    here = true() if places is None else Location.id.in_(places)
    zones = zones_at(session, places)
    if not zones:
        return []
    table = spans_table(spans_of(zones, stretches))
    is_in_it = and_(Verdict.said_at >= table.c.begins, Verdict.said_at < table.c.ends)
    rows = session.execute(
        select(
            table.c.part,
            func.sum(case((Verdict.was_flagged == Verdict.is_angry, 1), else_=0)),
            func.sum(case((and_(Verdict.was_flagged.is_(True), Verdict.is_angry.is_(False)), 1), else_=0)),
            func.sum(case((and_(Verdict.was_flagged.is_(False), Verdict.is_angry.is_(True)), 1), else_=0)),
        )
        .select_from(Location)
        .join(table, table.c.timezone == Location.timezone)
        .join(Source, Source.location_id == Location.id)
        .join(Review, Review.source_id == Source.id)
        .join(Verdict, and_(Verdict.review_id == Review.id, is_in_it))
        .where(here, Verdict.was_flagged.is_not(None))
        .group_by(table.c.part)
    )
    return [
        Corrected(stretch=part, agreed=agreed, false_alarms=alarms, missed=missed)
        for part, agreed, alarms, missed in rows
    ]


def month_costs(
    session: Session, months: Sequence[str], *, places: Collection[int] | None, currency: str
) -> list[MonthCost]:
    """What was approved in these months and still binds, in this currency, by the cause it was given for."""
    here = true() if places is None else Offer.location_id.in_(places)
    rows = session.execute(
        select(Offer.month, Offer.cause_id, func.sum(Offer.cost_minor))
        .where(here, Offer.month.in_(months), Offer.currency == currency, Offer.state.in_(BINDING))
        .group_by(Offer.month, Offer.cause_id)
    )
    return [MonthCost(month=month or "", cause_id=cause, cost_minor=int(cost)) for month, cause, cost in rows]


def complaint_visits(session: Session, days: Days, *, places: Collection[int] | None) -> list[VisitCount]:
    """Of complaints (`visits.is_complaint`) that were written on these days, at these places (None: at all).

    In no order; hours without any are left out, and mentions of others count nowhere.
    """
    here = true() if places is None else Location.id.in_(places)
    zones = zones_at(session, places)
    if not zones:
        return []
    table = spans_table(spans_of(zones, [days]))
    codes = (
        select(visit_code(session, zones, lambda zone: Location.timezone == zone).label("code"))
        .select_from(Location)
        .join(table, table.c.timezone == Location.timezone)
        .join(Source, Source.location_id == Location.id)
        .join(Review, (Review.source_id == Source.id) & is_in(table))
        .join(Case, Case.review_id == Review.id)
        .where(here, Case.state != CaseState.NOT_US, is_complaint())
        .subquery()
    )
    found = []
    for code, count in session.execute(select(codes.c.code, func.count()).group_by(codes.c.code)):
        weekday, hour = of_code(code)
        found.append(VisitCount(weekday=weekday, hour=hour, complaints=count))
    return found
