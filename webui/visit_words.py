"""When a customer was there, in words: on the clocks of the place, and no more exactly than anybody knows it."""

from __future__ import annotations

from datetime import UTC, datetime, time

from babel.dates import format_date, format_interval, format_skeleton, format_time

from db.errors import BadValue
from db.phrases import say

from .filters import Instant, in_full, moment_in_full, zone, zone_name
from .hours_text import day_names
from .i18n import current_locale, gettext


def visit_words(at: datetime | None, precision: str, *, timezone: str) -> Instant | None:
    """When it was; None where nobody knows: "Friday, 30 October 2026, 20:30", or a day, or a month."""
    if at is None or precision not in ("instant", "day", "month"):
        return None
    if precision == "month":
        words = format_skeleton("yMMMM", at, locale=current_locale())
        return Instant(machine=f"{at:%Y-%m}", words=words, absolute=gettext("The source tells no more than the month"))
    if precision == "day":
        day = at.astimezone(UTC).date()
        absolute = gettext("The source tells no more than the day")
        return Instant(machine=day.isoformat(), words=in_full(day), absolute=absolute)
    words = moment_in_full(at, timezone=timezone)
    machine = at.astimezone(zone(timezone)).isoformat(timespec="minutes")
    return Instant(machine=machine, words=words, absolute=f"{words} ({zone_name(timezone)})")


def read_local(text: str, timezone: str) -> datetime | None:
    """The instant that a field "datetime-local" names on the clocks of a place; None for an empty one.

    Of an hour that there is twice the first, as everywhere.

    Raises:
        BadValue: it names none.
    """
    if not text.strip():
        return None
    try:
        local = datetime.fromisoformat(text.strip())
        return local.replace(tzinfo=zone(timezone)).astimezone(UTC)
    except (ValueError, OverflowError):
        raise BadValue(say("Choose a day and a time for when it happened, or leave both out.")) from None


def write_local(at: datetime | None, timezone: str) -> str:
    """What such a field shows of an instant."""
    return f"{at.astimezone(zone(timezone)):%Y-%m-%dT%H:%M}" if at is not None else ""


def weekday_name(weekday: int, *, is_short: bool = False) -> str:
    """0 is Monday."""
    if is_short:
        return format_date(datetime(2024, 1, 1 + weekday, tzinfo=UTC), "EEE", locale=current_locale())
    return day_names()[weekday]


def weekdays() -> list[int]:
    """All seven in the order in which the reader's calendars have them; 0 is Monday."""
    first = current_locale().first_week_day
    return [(first + at) % 7 for at in range(7)]


def hours_words(first: int, end: int) -> str:
    """From one full hour to another, at most 24: "7–9 pm", "19–21 Uhr", "19:00–21:00"."""
    words = short_hours(first, end)
    if any(char.isalpha() for char in words):
        return words
    # Bare figures might count anything.
    return str(format_interval(time(first), time(end % 24), "Hm", locale=current_locale()))


def short_hours(first: int, end: int) -> str:
    """The same for the head of a column: some languages leave the figures alone."""
    return str(format_interval(time(first), time(end % 24), _hour(), locale=current_locale()))


def hour_words(hour: int) -> str:
    """A full hour, at most 24: "7 pm", "19 Uhr", "19:00"."""
    words = str(format_skeleton(_hour(), time(hour % 24), locale=current_locale()))
    return words if any(char.isalpha() for char in words) else format_time(time(hour % 24), "HH:mm")


def _hour() -> str:
    """How its speakers count hours: to twelve or to 24."""
    return "h" if "h" in current_locale().time_formats["short"].pattern else "H"
