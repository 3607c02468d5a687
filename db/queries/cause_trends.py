"""How often each cause came up in a month and in those before it, place by place.

Counted are reviews by the day they were published and complaints by the day they were taken, which is that of their
review, by the calendar of the place: exactly what the queue shows for the same days. A mention that is not about the
business counts nowhere.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from sqlalchemy import case, func, select, true
from sqlalchemy.orm import Session

from ..models import Case, CaseState, Location, Review, Source
from .spans import Span, is_in, spans_table
from .zones import zones_at

BEFORE: Final = 3  # months that a month is compared with
FIRST_MONTH: Final = "1971-01"
_MONTHS: Final = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class CauseCount:
    """Of one place, one month and one cause; or of all cases there that have none."""

    location_id: int
    month: str  # "2026-11"
    cause_id: int | None
    reviews: int
    unnamed: int  # of those without a cause: that call for somebody, so that there is one to find


def month_of(day: date) -> str:
    """ "2026-11"."""
    return f"{day:%Y-%m}"


def month_after(month: str, by: int) -> str:
    """The month so many later; earlier where it is negative."""
    year, number = (int(part) for part in month.split("-"))
    at = year * _MONTHS + number - 1 + by
    return f"{at // _MONTHS:04}-{at % _MONTHS + 1:02}"


def days_of_month(month: str) -> tuple[date, date]:
    """Its first and its last day."""
    first = date.fromisoformat(f"{month}-01")
    return first, date.fromisoformat(f"{month_after(month, 1)}-01") - timedelta(days=1)


def months_compared(month: str) -> tuple[str, ...]:
    """The month and those before it, the latest first."""
    return tuple(month_after(month, -back) for back in range(BEFORE + 1))


def cause_counts(session: Session, month: str, *, places: Collection[int] | None) -> list[CauseCount]:
    """Of the month and the three before it, at these places (None: at all); two statements however many there are."""
    here = true() if places is None else Location.id.in_(places)
    zones = zones_at(session, places)
    if not zones:
        return []
    months = months_compared(month)
    spans = spans_table(
        Span(key=0, part=back, timezone=zone, first=days_of_month(one)[0], last=days_of_month(one)[1])
        for zone in zones
        for back, one in enumerate(months)
    )
    calls = case((Case.is_flagged & Case.cause_id.is_(None), 1), else_=0)
    rows = session.execute(
        select(Location.id, spans.c.part, Case.cause_id, func.count(), func.sum(calls))
        .select_from(Location)
        .join(spans, spans.c.timezone == Location.timezone)
        .join(Source, Source.location_id == Location.id)
        .join(Review, (Review.source_id == Source.id) & is_in(spans))
        .join(Case, Case.review_id == Review.id)
        .where(here, Case.state != CaseState.NOT_US)
        .group_by(Location.id, spans.c.part, Case.cause_id)
    )
    return [
        CauseCount(location_id=place, month=months[back], cause_id=cause, reviews=count, unnamed=unnamed)
        for place, back, cause, count, unnamed in rows
    ]
