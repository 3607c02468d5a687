"""When something comes back: moments to choose from, in the time zone of the place."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

from db.follow_days import MORNING

from .filters import clock_or_date, zone
from .i18n import N_, gettext

FOLLOW_UP_DAYS: Final = 3  # after which somebody asks a guest again, unless told otherwise


@dataclass(frozen=True, slots=True, kw_only=True)
class Moment:
    """One to choose."""

    value: str  # in the form
    words: str
    at: datetime
    shown: str  # the clock, or the day and the clock


def morning_of(day: date, timezone: str) -> datetime:
    """When work on a day begins there."""
    return datetime.combine(day, MORNING, tzinfo=zone(timezone))


def moments(now: datetime, timezone: str) -> list[Moment]:
    """The usual ones. On a Sunday, tomorrow is Monday: that is not said twice."""
    found: list[Moment] = []
    for value, (words, make) in _MOMENTS.items():
        at = make(now, timezone)
        if all(one.at != at for one in found):
            shown = clock_or_date(at, now=now, timezone=timezone)
            found.append(Moment(value=value, words=gettext(words), at=at, shown=shown))
    return found


def asked_moment(value: str, day: str, *, now: datetime, timezone: str) -> datetime | None:
    """The moment that a form names: one of the usual ones, or the morning of a day; None where it names none."""
    if value in _MOMENTS:
        return _MOMENTS[value][1](now, timezone)
    return asked_day(day, timezone)


def asked_day(day: str, timezone: str) -> datetime | None:
    """The morning of the day that a form names; None where it names none."""
    try:
        found = date.fromisoformat(day)
    except ValueError:
        return None
    return morning_of(found, timezone) if 1970 <= found.year <= 2200 else None


def day_in(days: int, *, now: datetime, timezone: str) -> date:
    """The day in so many days, by the calendar of the place."""
    return now.astimezone(zone(timezone)).date() + timedelta(days=days)


def _tomorrow(now: datetime, timezone: str) -> datetime:
    return morning_of(day_in(1, now=now, timezone=timezone), timezone)


def _monday(now: datetime, timezone: str) -> datetime:
    today = day_in(0, now=now, timezone=timezone)
    return morning_of(today + timedelta(days=7 - today.weekday()), timezone)


_MOMENTS: Final[dict[str, tuple[str, Callable[[datetime, str], datetime]]]] = {
    "1h": (N_("In an hour"), lambda now, _: now + timedelta(hours=1)),
    "3h": (N_("In three hours"), lambda now, _: now + timedelta(hours=3)),
    "tomorrow": (N_("Tomorrow morning"), _tomorrow),
    "monday": (N_("On Monday morning"), _monday),
}
