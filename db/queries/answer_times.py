"""How long reviews of a week waited for their answer, in working time of their place.

The time goes from when the case was opened, which is when its clock starts, to when a reading saw the answer at its
source; for answers that went out elsewhere, to when the source says they were written. Those that were answered before
Amends knew of the review have none. Time in which a customer was waited for counts as well: whoever reads the review
sees how long it stood there alone.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from statistics import median

from sqlalchemy import select, true
from sqlalchemy.orm import Session

from ..models import Case, Location, Reply, Review, Source
from .in_time import IS_LIVE, SEEN_AT, WAS_ANSWERED, hours_at
from .spans import is_in, spans_table
from .week_figures import week_spans, weeks_compared
from .zones import zones_at


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerTime:
    """One review that was answered. Times in working minutes."""

    location_id: int
    week: str  # in which it was published
    minutes: int
    target_min: int | None  # None: nobody had to answer it in time


@dataclass(frozen=True, slots=True, kw_only=True)
class Times:
    """Several in short."""

    answers: int
    median_min: float | None  # None without any
    most_min: int | None  # nine of ten took no longer
    targeted: int  # of the answers: with a target
    within: int  # of these: in time


def answer_times(
    session: Session,
    week: str,
    *,
    places: Collection[int] | None,
    back: int = 0,
    zones: Sequence[str] | None = None,
) -> list[AnswerTime]:
    """Of the reviews of the week and `back` before it, at these places (None: at all); `zones` are theirs, if known."""
    here = true() if places is None else Location.id.in_(places)
    zones = zones_at(session, places, zones)
    if not zones:
        return []
    weeks = weeks_compared(week, back)
    table = spans_table(week_spans(zones, weeks))
    hours = hours_at(session, here)
    rows = session.execute(
        select(Location.id, table.c.part, Case.opened_at, SEEN_AT, Case.clock_target_min)
        .select_from(Location)
        .join(table, table.c.timezone == Location.timezone)
        .join(Source, Source.location_id == Location.id)
        .join(Review, (Review.source_id == Source.id) & is_in(table))
        .join(Case, Case.review_id == Review.id)
        .outerjoin(Reply, IS_LIVE)
        .where(here, WAS_ANSWERED)
    )
    return [
        AnswerTime(
            location_id=place,
            week=weeks[part],
            minutes=hours[place].between(opened_at, answered_at),
            target_min=target,
        )
        for place, part, opened_at, answered_at, target in rows
    ]


def times_of(found: Iterable[AnswerTime]) -> Times:
    """The figures of these."""
    chosen = list(found)
    minutes = sorted(one.minutes for one in chosen)
    targeted = [one for one in chosen if one.target_min is not None]
    return Times(
        answers=len(chosen),
        median_min=median(minutes) if minutes else None,
        most_min=_ninth_of_ten(minutes) if minutes else None,
        targeted=len(targeted),
        within=sum(one.minutes <= (one.target_min or 0) for one in targeted),
    )


def _ninth_of_ten(ordered: Sequence[int]) -> int:
    return ordered[math.ceil(0.9 * len(ordered)) - 1]
