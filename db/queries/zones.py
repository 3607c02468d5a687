"""The clocks of places, for statements: which zones there are, and how far each is from UTC when.

SQLite knows no zones. So what a zone did in the years that matter is written into the statement, and both databases do
the same sum.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from typing import Final

from sqlalchemy import ColumnElement, case, literal, select, true
from sqlalchemy.orm import InstrumentedAttribute, Session

from ..hours import zone_of
from ..models import Location

_DAY: Final = timedelta(days=1)
_MINUTE: Final = timedelta(minutes=1)


def zones_at(session: Session, places: Collection[int] | None, known: Sequence[str] | None = None) -> Sequence[str]:
    """The zones of these places (None: of all), each once, by name; `known`, where they have been read already."""
    if known is not None:
        return known
    here = true() if places is None else Location.id.in_(places)
    return session.scalars(select(Location.timezone).where(here).distinct().order_by(Location.timezone)).all()


def seconds_ahead(
    at: InstrumentedAttribute[datetime | None], zone: str, *, least: datetime, most: datetime
) -> ColumnElement[int]:
    """How far ahead of UTC the clocks of a zone were at an instant of the database, from `least` to `most`."""
    first = _ahead(zone, least)
    changes = [
        change
        for year in range(least.year, most.year + 1)
        for change in _changes(zone, year)
        if least < change[0] <= most
    ]
    if not changes:
        return literal(first)
    before = [first, *(ahead for _, ahead in changes)]
    until = zip((when for when, _ in changes), before, strict=False)
    return case(*((at < when, ahead) for when, ahead in until), else_=before[-1])


@lru_cache(maxsize=4096)
def _changes(zone: str, year: int) -> tuple[tuple[datetime, int], ...]:
    """When the clocks of a zone were changed in a year of UTC, to the minute, and how far ahead they were then."""
    found = []
    day = datetime(year, 1, 1, tzinfo=UTC)
    while day.year == year:
        low, high = day, day + _DAY
        if _ahead(zone, low) != _ahead(zone, high):
            while high - low > _MINUTE:
                middle = low + (high - low) // (2 * _MINUTE) * _MINUTE
                low, high = (middle, high) if _ahead(zone, middle) == _ahead(zone, day) else (low, middle)
            found.append((high, _ahead(zone, high)))
        day += _DAY
    return tuple(found)


def _ahead(zone: str, at: datetime) -> int:
    offset = at.astimezone(zone_of(zone)).utcoffset()
    return int((offset or timedelta()).total_seconds())
