"""On which days one asks again: counted in the calendar of the place, on days on which it works. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, date, datetime, time, timedelta
from typing import Final

from .hours import CLOSED_MOST, Hours, zone_of

MORNING: Final = time(9)  # of the place: when a day's list is looked at, whatever the hours of the day are
_DAY: Final = timedelta(days=1)


def morning_of(day: date, timezone: str) -> datetime:
    """The morning of a day there, in UTC."""
    return datetime.combine(day, MORNING, tzinfo=zone_of(timezone)).astimezone(UTC)


def work_day(hours: Hours, day: date) -> date:
    """This day if the place works on it, else the next on which it does; this one where it never opens."""
    return next((at for number in range(CLOSED_MOST) if not hours.closed(at := day + number * _DAY)), day)


def days_after(hours: Hours, start: date, after: Iterable[int]) -> list[date]:
    """So many days after `start`, each moved to a day of work, in order; two that meet on one day are one."""
    return sorted({work_day(hours, start + days * _DAY) for days in after})
