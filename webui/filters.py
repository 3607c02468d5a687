"""How values are written on pages: instants, ages, ratings, figures, each by the locale of the request.

Pure functions of their arguments and the locale; the present time is handed in by the view.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, tzinfo
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache
from typing import Literal
from zoneinfo import ZoneInfo

from babel import Locale, UnknownLocaleError
from babel.dates import format_date, format_skeleton, format_time, format_timedelta
from babel.numbers import format_decimal, format_percent

from scoring.language import measured_in

from .i18n import current_locale, gettext
from .labels import RECOMMENDATIONS
from .shown import one_line

Unit = Literal["minute", "hour", "day"]
UNITS: dict[Unit, timedelta] = {
    "minute": timedelta(minutes=1),
    "hour": timedelta(hours=1),
    "day": timedelta(days=1),
}
WEEK = timedelta(days=7)
# Others are "narrow", which CLDR writes as "-5 j" in French and "vor 5 m" in German.
_AGO: dict[str, Literal["short"]] = {"fr": "short", "de": "short"}
STARS = 5
MINUTE = "%Y-%m-%dT%H:%MZ"  # of UTC, in addresses


@dataclass(frozen=True, slots=True, kw_only=True)
class Instant:
    """A moment as a <time> element shows it."""

    machine: str  # for the datetime attribute
    words: str  # "3 hours ago", "14 Nov"
    absolute: str  # the whole date in the time zone of the place


@dataclass(frozen=True, slots=True, kw_only=True)
class Rating:
    """What the guest gave, in the source's own form."""

    raw: str  # as the source shows it; empty where the glyphs say it all
    halves: int | None  # glyphs to draw in half stars, 0 to 10; None where the scale is not five stars
    about: str  # the same on five stars, for other scales: "4.3"
    words: str  # all of it, for those who hear it


@lru_cache(maxsize=64)
def zone(name: str) -> tzinfo:
    """The time zone of this name; UTC for one this machine does not know."""
    try:
        return ZoneInfo(name)
    except (KeyError, ValueError, OSError):
        return UTC


def when(at: datetime, *, now: datetime, timezone: str = "UTC", precision: str = "instant") -> Instant:
    """An instant, no more precise than it is known: a bare date stays a date, a month a month."""
    if precision == "day":
        return _day(at, now=now, timezone=timezone)
    if precision == "month":
        return Instant(
            machine=f"{at:%Y-%m}",
            words=format_skeleton("yMMM", at, locale=current_locale()),
            absolute=format_skeleton("yMMMM", at, locale=current_locale()),
        )
    local = at.astimezone(zone(timezone))
    absolute = f"{_in_full(local.date(), current_locale())}, {_clock(local)} ({zone_name(timezone)})"
    if precision == "relative":
        absolute = gettext("About %(date)s", date=format_date(local, "long", locale=current_locale()))
    elif precision == "none":
        absolute = gettext("The source gives no date; first seen %(date)s", date=absolute)
    age = now - at
    words = _ago(age) if abs(age) < WEEK else _short_date(local, now)
    return Instant(machine=local.isoformat(timespec="seconds"), words=words, absolute=absolute)


def clock_or_date(at: datetime, *, now: datetime, timezone: str = "UTC") -> str:
    """The time of day for today, the date and time for any other day."""
    local, today = at.astimezone(zone(timezone)), now.astimezone(zone(timezone)).date()
    if local.date() == today:
        return _clock(local)
    return f"{_short_date(local, now)}, {_clock(local)}"


def day_and_time(at: datetime, *, timezone: str = "UTC") -> str:
    """An instant in full, in the time zone of a place."""
    local = at.astimezone(zone(timezone))
    return f"{format_date(local, 'medium', locale=current_locale())}, {_clock(local)}"


def minute_in_address(at: datetime) -> str:
    """ "2026-11-22T12:00Z"; seconds are left out."""
    return at.astimezone(UTC).strftime(MINUTE)


def zone_name(timezone: str) -> str:
    """The city of a time zone as the reader calls it; as the zone does where Babel knows no other name."""
    return _city(timezone, current_locale())


@lru_cache(maxsize=256)
def _city(timezone: str, locale: Locale) -> str:
    city: str | None = locale.time_zones.get(timezone, {}).get("city")
    return city or timezone.rpartition("/")[2].replace("_", " ")


@lru_cache(maxsize=512)  # the dates of a list are few, and each is told in full on hover
def _in_full(day: date, locale: Locale) -> str:
    return format_date(day, "full", locale=locale)


def in_full(day: date) -> str:
    """A day with its weekday, all written out: "Friday, 20 November 2026"."""
    return _in_full(day, current_locale())


def moment_in_full(at: datetime, *, timezone: str) -> str:
    """An instant with its weekday, on the clocks of a place: "Friday, 20 November 2026, 20:30"."""
    local = at.astimezone(zone(timezone))
    return f"{in_full(local.date())}, {_clock(local)}"


def in_words(day: date) -> str:
    """A day without its year left out: "20 Nov 2026"."""
    return format_date(day, "medium", locale=current_locale())


def period(seconds: int) -> str:
    """A length of time in its largest whole unit: "6 hours", "15 minutes"."""
    length = timedelta(seconds=seconds)
    unit: Unit = "day" if length >= UNITS["day"] * 2 else "hour" if length >= UNITS["hour"] else "minute"
    return format_timedelta(length, granularity=unit, threshold=seconds + 1, format="long", locale=current_locale())


def percent(share: float) -> str:
    """0.934 as "93%"."""
    return format_percent(share, locale=current_locale())


def decimal(value: float, digits: int = 1) -> str:
    """A figure with at most so many digits after the point."""
    return _in_figures(_rounded(value, digits), current_locale())


@lru_cache(maxsize=2048)
def _in_figures(value: Decimal, locale: Locale) -> str:
    # A page of the queue writes some hundred figures, most of them alike, and Babel takes its time for each.
    return format_decimal(value, locale=locale)


def in_tenths(points: Sequence[float]) -> list[float]:
    """Points as `decimal` writes them, each moved by less than a tenth so that they add up to their sum as written."""
    exact = [Decimal(str(value)) * 10 for value in points]
    tenths = [int(value) for value in exact]
    missing = int(_rounded(sum(points), 1) * 10) - sum(tenths)
    for at in sorted(range(len(exact)), key=lambda at: tenths[at] - exact[at])[:missing]:
        tenths[at] += 1
    return [value / 10 for value in tenths]


def _rounded(value: float, digits: int) -> Decimal:
    # A half goes up, as people expect: 4.25 is 4.3.
    return Decimal(str(value)).quantize(Decimal(1).scaleb(-digits), ROUND_HALF_UP)


def figure(value: float) -> str:
    """A figure from 0 to 1 with both its digits: 0.90."""
    return format_decimal(value, "0.00", locale=current_locale())


def count(value: int, most: int = 1000) -> str:
    """A bounded count: "1,000+" where counting stopped."""
    if value > most:
        return f"{format_decimal(most, locale=current_locale())}+"
    return format_decimal(value, locale=current_locale())


def rating(raw: str, value: float | None, most: float | None, kind: str, stars: float | None) -> Rating:
    """What a source shows, and the same on five stars where it uses another scale."""
    raw = one_line(raw)
    if kind == "none" or (not raw and value is None):
        return Rating(raw="", halves=None, about="", words=gettext("No rating"))
    if kind == "recommend":
        words = label_of_recommendation(value, raw)
        return Rating(raw=words, halves=None, about="", words=words)
    written = raw or decimal(value or 0.0)
    if most == STARS and value is not None and 0 <= value <= STARS:
        words = gettext("%(stars)s of 5 stars", stars=decimal(value))
        return Rating(raw="" if _is_glyphs(raw) else written, halves=round(value * 2), about="", words=words)
    if most is not None and "/" not in written and written.replace(",", ".").replace(".", "", 1).isdecimal():
        written = (
            f"{written}/{decimal(most)}"  # markup gives the bare figure and its scale apart; "0" alone says nothing
        )
    about = decimal(stars) if stars is not None else ""
    words = gettext("%(rating)s, about %(stars)s of 5 stars", rating=written, stars=about) if about else written
    return Rating(raw=written, halves=None, about=about, words=words)


def label_of_recommendation(value: float | None, raw: str) -> str:
    """Yes or no in words; what the source shows where it is neither."""
    if value is None:
        return raw
    return gettext(RECOMMENDATIONS[value > 0])


def language_name(tag: str | None, model_version: str | None = None) -> str:
    """A language in the reader's own words, marked where the model was never measured in it: see `not_measured`."""
    if not tag or tag == "und":
        return gettext("not clear")
    name = _language(tag)
    return gettext("%(language)s (model not measured)", language=name) if _is_unmeasured(tag, model_version) else name


def not_measured(tag: str | None, model_version: str | None = None) -> str:
    """What it means that the model was never measured in a language; empty where it was, or none is known.

    The model is that which has judged the text, by its version; the bundled one where none has.
    """
    if not tag or not _is_unmeasured(tag, model_version):
        return ""
    return gettext(
        "%(language)s: how often the model is right in this language was never measured. Read the text yourself.",
        language=_language(tag),
    )


def _is_unmeasured(tag: str, model_version: str | None) -> bool:
    return tag != "und" and tag not in measured_in(model_version or "")


def _language(tag: str) -> str:
    try:
        name = Locale.parse(tag.replace("-", "_")).get_language_name(current_locale())
    except (UnknownLocaleError, ValueError):
        name = None
    return name or one_line(tag)


def _day(at: datetime, *, now: datetime, timezone: str) -> Instant:
    day, days = at.astimezone(UTC).date(), _days_since(at, now=now, timezone=timezone)
    absolute = _in_full(day, current_locale())
    if days == 0:
        words = gettext("today")
    elif days == 1:
        words = gettext("yesterday")
    elif 0 < days < WEEK.days:
        words = _ago(timedelta(days=days))
    else:
        words = _short_date(at.astimezone(UTC), now)
    return Instant(machine=day.isoformat(), words=words, absolute=absolute)


def age(at: datetime, *, now: datetime, timezone: str = "UTC", precision: str = "instant") -> str:
    """How long ago in one unit, "20 hours" or "6 days", and as `when` tells it: in days where no hour is known."""
    if precision != "day":
        return _in_unit(max(now - at, timedelta(0)), is_ago=False)
    days = _days_since(at, now=now, timezone=timezone)
    return _in_unit(timedelta(days=days), is_ago=False, unit="day") if days > 0 else gettext("today")


def _days_since(at: datetime, *, now: datetime, timezone: str) -> int:
    """Days since a bare date, by the calendar of the place: its today begins at its own midnight."""
    return (now.astimezone(zone(timezone)).date() - at.astimezone(UTC).date()).days


def _ago(age: timedelta) -> str:
    if timedelta(0) <= age < timedelta(minutes=1):
        return gettext("just now")
    return _in_unit(-age, is_ago=True)


def _in_unit(delta: timedelta, *, is_ago: bool, unit: Unit | None = None) -> str:
    length = abs(delta)
    if unit is None:
        unit = "day"
        if length < timedelta(hours=48):  # "31 hours" tells more than "a day"
            unit = "hour" if length >= timedelta(hours=1) else "minute"
    # Whole units, as people count their age: Babel would round five days and a half to six.
    whole = max(length // UNITS[unit], 1) * UNITS[unit]
    return format_timedelta(
        whole if delta >= timedelta(0) else -whole,
        granularity=unit,
        threshold=length.total_seconds() + 1,  # the unit is chosen already
        add_direction=is_ago,
        format=_AGO.get(current_locale().language, "narrow") if is_ago else "long",
        locale=current_locale(),
    )


def _short_date(local: datetime, now: datetime) -> str:
    return _by_skeleton("MMMd" if local.year == now.year else "yMMMd", local.date(), current_locale())


@lru_cache(maxsize=512)
def _by_skeleton(skeleton: str, day: date, locale: Locale) -> str:
    return format_skeleton(skeleton, day, locale=locale)


def _clock(local: datetime) -> str:
    return format_time(local, "short", locale=current_locale())


def _is_glyphs(raw: str) -> bool:
    return bool(raw) and not any(char.isalnum() for char in raw.replace("½", ""))
