"""The working hours of one place, and time counted in them. Pure: no database, no clock.

A place is open in intervals of its local day, given in minutes after midnight; one that ends after midnight belongs to
the day on which it begins. Public holidays are closed, and what the owner has set for a single day goes before both.
Wall-clock times become instants by the place's zone, so the night on which clocks change has its true length. A local
time that exists twice means the first, one that does not exist begins as much later (PEP 495, `fold=0`).
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from typing import Any, Final
from zoneinfo import ZoneInfo

DAY_MIN: Final = 24 * 60
LONGEST_MIN: Final = 24 * 60  # of one interval
CLOSED_MOST: Final = 400  # days in a row without an hour: a place that stays closed longer never opens for us
_MINUTE: Final = timedelta(minutes=1)
_DAY: Final = timedelta(days=1)

Interval = tuple[int, int]  # minutes after local midnight, from and to; to at most LONGEST_MIN later
Week = tuple[tuple[Interval, ...], ...]  # Monday first
Span = tuple[datetime, datetime]  # instants in UTC

USUAL_WEEK: Final[Week] = (((9 * 60, 18 * 60),),) * 5 + ((), ())  # Monday to Friday, 9 to 18: until the owner says more


@dataclass(frozen=True, slots=True, kw_only=True)
class Opening:
    """When a place works, in its own local time."""

    week: Week = USUAL_WEEK
    days: Mapping[date, tuple[Interval, ...]] = field(default_factory=dict)  # of single days; none: closed
    country: str = ""  # whose public holidays are kept, ISO 3166-1; empty: none
    subdivision: str = ""  # as `holidays` names it, mostly ISO 3166-2


class Hours:
    """The hours of a place, with what each day came to kept."""

    def __init__(self, opening: Opening, timezone: str) -> None:
        self.opening = opening
        self._zone = zone_of(timezone)
        self._spans: dict[date, tuple[Span, ...]] = {}
        per_day = [sum(to - from_ for from_, to in day) for day in opening.week if day]
        self.usual_day_min = sum(per_day) // len(per_day) if per_day else 8 * 60  # what "1 day" of work means here

    def is_open(self, at: datetime) -> bool:
        """Whether somebody works at this instant."""
        return any(start <= at < end for start, end in self._day(self._local(at)))

    def next_open(self, at: datetime) -> datetime | None:
        """This instant while the place is open, else when it opens next; None where it never does."""
        for start, end in self._from(at):
            if end > at:
                return max(start, at)
        return None

    def add(self, at: datetime, minutes: int) -> datetime | None:
        """The instant that lies so many working minutes after `at`, or before it where they are negative.

        Work that ends when the place closes ends then, not when it opens again. None where the place never opens.
        """
        left = abs(minutes) * _MINUTE
        if not left:
            return at.astimezone(UTC)
        for start, end in self._from(at) if minutes > 0 else self._back_from(at):
            length = end - start
            if length >= left:
                return start + left if minutes > 0 else end - left
            left -= length
        return None

    def between(self, start: datetime, end: datetime) -> int:
        """Whole working minutes from one instant to another; negative where the other comes first."""
        if end < start:
            return -self.between(end, start)
        total = timedelta()
        for from_, to in self._from(start, until=end):
            total += max(min(to, end) - from_, timedelta())
        return total // _MINUTE

    def closed(self, day: date) -> bool:
        """Whether nobody works on this day, which others of its weekday may be open."""
        return not self._intervals(day)

    def _from(self, at: datetime, *, until: datetime | None = None) -> Iterator[Span]:
        """Spans in their order, none overlapping another, cut so that they begin at `at`."""
        at = at.astimezone(UTC)
        day, without = self._local(at), 0
        while without <= CLOSED_MOST:
            without += 1
            for start, end in self._day(day):
                if until is not None and start >= until:
                    return
                if end > at:
                    yield max(start, at), end
                    without = 0
            day += _DAY
            if until is not None and self._instant(day, 0) >= until:
                return

    def _back_from(self, at: datetime) -> Iterator[Span]:
        """The same backwards, cut so that they end at `at`."""
        at = at.astimezone(UTC)
        day, without = self._local(at), 0
        while without <= CLOSED_MOST:
            without += 1
            for start, end in reversed(self._day(day)):
                if start < at:
                    yield start, min(end, at)
                    without = 0
            day -= _DAY

    def _local(self, at: datetime) -> date:
        return at.astimezone(self._zone).date()

    def _day(self, day: date) -> tuple[Span, ...]:
        """The spans of one local day from midnight to midnight, the night before among them, joined where they overlap.

        Kept, since every case of a place asks for the same weeks.
        """
        if (found := self._spans.get(day)) is None:
            dawn, dusk = self._instant(day, 0), self._instant(day, DAY_MIN)
            joined: list[Span] = []
            for began, ended in sorted(self._begun(day - _DAY) + self._begun(day)):
                start, end = max(began, dawn), min(ended, dusk)
                if joined and start <= joined[-1][1]:
                    joined[-1] = joined[-1][0], max(end, joined[-1][1])
                elif start < end:
                    joined.append((start, end))
            self._spans[day] = found = tuple(joined)
        return found

    def _begun(self, day: date) -> list[Span]:
        return [(self._instant(day, from_), self._instant(day, to)) for from_, to in self._intervals(day)]

    def _intervals(self, day: date) -> tuple[Interval, ...]:
        if (own := self.opening.days.get(day)) is not None:
            return own
        if day in holidays_of(self.opening.country, self.opening.subdivision, day.year):
            return ()
        return self.opening.week[day.weekday()]

    def _instant(self, day: date, minute: int) -> datetime:
        later, minute = divmod(minute, DAY_MIN)
        local = datetime.combine(day + later * _DAY, time(minute // 60, minute % 60), self._zone)
        return local.astimezone(UTC)


@lru_cache(maxsize=256)
def zone_of(name: str) -> ZoneInfo:
    """The time zone of this name; UTC for one this machine does not know."""
    try:
        return ZoneInfo(name)
    except (KeyError, ValueError, OSError):
        return ZoneInfo("UTC")


@lru_cache(maxsize=512)
def holidays_of(country: str, subdivision: str, year: int, language: str = "") -> Mapping[date, str]:
    """The public holidays of a year with their names, in the language nearest to the one asked for."""
    if not country:
        return {}
    import holidays  # late: it lies behind every page, and few ask for it

    try:
        spoken = _spoken(country, language)
        found = holidays.country_holidays(country, subdiv=subdivision or None, years=year, language=spoken)
    except NotImplementedError:  # a country or region that this version of the library no longer knows
        return {}
    return dict(sorted((day, name) for day, name in found.items() if day.year == year))


@lru_cache
def countries() -> Mapping[str, tuple[str, ...]]:
    """Which holidays are known: regions by the code of their country."""
    import holidays

    known: dict[str, list[str]] = holidays.list_supported_countries(include_aliases=False)
    return {country: tuple(regions) for country, regions in sorted(known.items())}


@lru_cache(maxsize=512)
def region_names(country: str) -> Mapping[str, str]:
    """What the library calls the regions of a country, where it has a name for them; else their code."""
    import holidays

    named: dict[str, list[str]] = getattr(holidays.country_holidays(country), "get_subdivision_aliases", dict)()
    return {region: next(iter(named.get(region) or []), region) for region in countries().get(country, ())}


def _spoken(country: str, language: str) -> str | None:
    import holidays

    spoken: dict[str, list[str]] = holidays.list_localized_countries()
    own: str | None = holidays.country_holidays(country).default_language  # without, the library asks the machine
    return next((one for one in spoken.get(country, []) if one.partition("_")[0] == language), own)


def opening_of(value: Mapping[str, Any] | None) -> Opening:
    """What a stored value stands for; without one, the usual week."""
    if not value:
        return Opening()
    return Opening(
        week=tuple(_intervals(day) for day in value["week"]),
        days={date.fromisoformat(day): _intervals(of_day) for day, of_day in value["days"].items()},
        country=value["country"],
        subdivision=value["subdivision"],
    )


def stored_opening(opening: Opening) -> dict[str, Any]:
    """The value to store."""
    return {
        "week": [[list(one) for one in day] for day in opening.week],
        "days": {day.isoformat(): [list(one) for one in opening.days[day]] for day in sorted(opening.days)},
        "country": opening.country,
        "subdivision": opening.subdivision,
    }


def hours_of(value: Mapping[str, Any] | None, timezone: str) -> Hours:
    """The hours of a place, the same object for equal values: so the days that one page has counted serve the next."""
    return _hours(json.dumps(value, sort_keys=True) if value else "", timezone)


@lru_cache(maxsize=256)
def _hours(value: str, timezone: str) -> Hours:
    return Hours(opening_of(json.loads(value) if value else None), timezone)


def _intervals(of_day: Sequence[Sequence[int]]) -> tuple[Interval, ...]:
    return tuple((from_, to) for from_, to in of_day)
