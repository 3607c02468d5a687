"""Hours and days as people write them, "9:00-13:00, 15:00-18:00", and back. Read without mercy, but with reasons."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, timedelta
from itertools import pairwise
from typing import Final

from babel.dates import format_date, get_day_names

from db.errors import BadValue
from db.hours import DAY_MIN, Interval, Week

from .i18n import current_locale, gettext

INTERVALS_MOST: Final = 6  # of one day
DAYS_MOST: Final = 800  # that are set one by one
LETTERS_MOST: Final = 20_000
_DAY: Final = timedelta(days=1)
_CLOCK = r"(\d{1,2})(?:[:.h](\d{2}))?"
_INTERVAL = re.compile(rf"{_CLOCK}\s*(?:-|–|—|to)\s*{_CLOCK}")
_DATE = r"(\d{4}-\d{2}-\d{2})"
_LINE = re.compile(rf"{_DATE}(?:\s*(?:-|–|—|to|\.\.)\s*{_DATE})?[\s:,]*(.*)")


def read_day(text: str) -> tuple[Interval, ...]:
    """The intervals of a day; nothing, a dash or the word for it means closed.

    Raises:
        BadValue: it cannot be understood, or intervals overlap.
    """
    text = text.strip()
    if text.casefold() in {"", "-", "–", "closed", gettext("closed").casefold()}:
        return ()
    intervals = sorted(_interval(part.strip()) for part in re.split(r"[,;]", text) if part.strip())
    if len(intervals) > INTERVALS_MOST:
        raise BadValue(gettext("At most %(num)s intervals a day.", num=INTERVALS_MOST))
    for (_, end), (start, _) in pairwise(intervals):
        if start < end:
            raise BadValue(gettext("Two of these intervals overlap."))
    return tuple(intervals)


def write_day(intervals: tuple[Interval, ...], *, dash: str = "-") -> str:
    """As `read_day` reads it; empty where it is closed."""
    return ", ".join(f"{_clock(from_)}{dash}{_clock(to, is_end=True)}" for from_, to in intervals)


def read_days(text: str) -> dict[date, tuple[Interval, ...]]:
    """What holds on single days: a line for a day, or for the days from one to another.

    Raises:
        BadValue: a line cannot be understood; the sentence names it.
    """
    found: dict[date, tuple[Interval, ...]] = {}
    for number, line in enumerate(text[:LETTERS_MOST].splitlines(), start=1):
        if not line.strip():
            continue
        try:
            first, last, hours = _line(line.strip())
        except BadValue as error:
            raise BadValue(gettext("Line %(num)s: %(fault)s", num=number, fault=str(error))) from error
        found |= {first + at * _DAY: hours for at in range((last - first).days + 1)}
        if len(found) > DAYS_MOST:
            raise BadValue(gettext("At most %(num)s days. Leave out those that are past.", num=DAYS_MOST))
    return found


def write_days(days: Mapping[date, tuple[Interval, ...]]) -> str:
    """As `read_days` reads it, days in a row with the same hours in one line."""
    runs: list[tuple[date, date]] = []
    for day in sorted(days):
        if runs and day - runs[-1][1] == _DAY and days[day] == days[runs[-1][1]]:
            runs[-1] = runs[-1][0], day
        else:
            runs.append((day, day))
    return "\n".join(
        f"{first}{f' - {last}' if last > first else ''} {write_day(days[first]) or gettext('closed')}"
        for first, last in runs
    )


def week_words(week: Week) -> str:
    """A week in short: "Mon-Fri 9:00–18:00 · Sat 9:00–13:00"."""
    names = get_day_names("abbreviated", locale=current_locale())
    told: list[tuple[int, int]] = []
    for day, hours in enumerate(week):
        if told and week[told[-1][1]] == hours and told[-1][1] == day - 1:
            told[-1] = told[-1][0], day
        else:
            told.append((day, day))
    words = [
        f"{names[first]}{f'–{names[last]}' if last > first else ''} {write_day(week[first], dash='–')}"
        for first, last in told
        if week[first]
    ]
    return " · ".join(words) or gettext("never open")


def day_names() -> list[str]:
    """Monday first, written out."""
    names = get_day_names("wide", locale=current_locale())
    return [names[day] for day in range(7)]


def day_words(day: date) -> str:
    """A day with its weekday: "Fri, 25 Dec 2026"."""
    return f"{format_date(day, 'EEE', locale=current_locale())}, {format_date(day, 'medium', locale=current_locale())}"


def _interval(text: str) -> Interval:
    match = _INTERVAL.fullmatch(text)
    if match is None:
        raise BadValue(gettext("“%(text)s” is no time of day. Write it as 9:00-18:00.", text=text[:40]))
    from_hour, from_min, to_hour, to_min = (int(part or 0) for part in match.groups())
    start, end = from_hour * 60 + from_min, to_hour * 60 + to_min
    if start >= DAY_MIN or end > DAY_MIN or from_min > 59 or to_min > 59:
        raise BadValue(gettext("“%(text)s” is no time of day. Write it as 9:00-18:00.", text=text[:40]))
    return start, end if end > start else end + DAY_MIN  # after midnight


def _clock(minute: int, *, is_end: bool = False) -> str:
    if is_end and minute == DAY_MIN:
        return "24:00"
    return f"{minute // 60 % 24}:{minute % 60:02}"


def _line(line: str) -> tuple[date, date, tuple[Interval, ...]]:
    match = _LINE.fullmatch(line)
    try:
        first, last = (
            (date.fromisoformat(part) if part else None for part in match.groups()[:2]) if match else (None,) * 2
        )
    except ValueError as error:
        raise BadValue(gettext("there is no such day.")) from error
    if match is None or first is None:
        raise BadValue(gettext("begin with the day, as 2026-12-24, then write its hours or “closed”."))
    if last is not None and (last < first or (last - first).days > DAYS_MOST):
        raise BadValue(gettext("the second day must come after the first, within two years."))
    return first, last or first, read_day(match[3])
