"""Stretches of days as a table to join reviews with, by the calendar of a place, as pages and filters tell days."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, tzinfo

from sqlalchemy import CTE, ColumnElement, Integer, String, and_, column, or_, values

from ..hours import zone_of
from ..models import Review
from ..types import UtcDateTime
from .filtering import BARE_DATES

_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """Days from `first` to `last`, both included, on the clocks of a zone. `key` and `part` tell it from others."""

    key: int
    part: int
    timezone: str
    first: date
    last: date


def spans_table(spans: Iterable[Span]) -> CTE:
    """These, of which there is at least one: key, part, timezone, and their bounds as instants.

    `least` and `most` hold in every case, for the index of the reviews.
    """
    rows = []
    for span in spans:
        zone = zone_of(span.timezone)
        begins, ends = _midnight(span.first, zone), _midnight(span.last + _DAY, zone)
        bare_begins, bare_ends = _midnight(span.first, UTC), _midnight(span.last + _DAY, UTC)
        bounds = (begins, ends, bare_begins, bare_ends, min(begins, bare_begins), max(ends, bare_ends))
        rows.append((span.key, span.part, span.timezone, *bounds))
    instants = ("begins", "ends", "bare_begins", "bare_ends", "least", "most")
    table = values(
        column("key", Integer),
        column("part", Integer),
        column("timezone", String),
        *(column(name, UtcDateTime) for name in instants),
        name="span_rows",
    ).data(rows)
    return table.cte("spans")


def is_in(spans: CTE) -> ColumnElement[bool]:
    """Whether a review was published in a span: a bare date is that date everywhere."""
    at, span = Review.published_at, spans.c
    is_bare = Review.published_precision.in_(BARE_DATES)
    return and_(
        at >= span.least,
        at < span.most,
        or_(
            and_(~is_bare, at >= span.begins, at < span.ends),
            and_(is_bare, at >= span.bare_begins, at < span.bare_ends),
        ),
    )


def _midnight(day: date, zone: tzinfo) -> datetime:
    return datetime.combine(day, time(), tzinfo=zone).astimezone(UTC)
