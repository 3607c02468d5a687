"""Time counted in the working hours of a place: weeks, nights, holidays, own days, and the nights clocks change."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from db.hours import Hours, Opening, countries, holidays_of, hours_of, opening_of, region_names, stored_opening

MINUTE = timedelta(minutes=1)
ROME = "Europe/Rome"
NIGHTLY = Opening(week=(((18 * 60, 26 * 60),),) * 7)  # 18 to 2 of the next morning
USUAL = Hours(Opening(), ROME)


def rome(day: str, clock: str = "00:00") -> datetime:
    return datetime.fromisoformat(f"{day}T{clock}").replace(tzinfo=ZoneInfo(ROME)).astimezone(UTC)


@pytest.mark.parametrize(
    ("start", "minutes", "end"),
    [
        (("2026-11-20", "16:00"), 60, ("2026-11-20", "17:00")),  # a Friday
        (("2026-11-20", "17:00"), 60, ("2026-11-20", "18:00")),
        (("2026-11-20", "17:30"), 60, ("2026-11-23", "09:30")),
        (("2026-11-22", "12:00"), 120, ("2026-11-23", "11:00")),
        (("2026-11-23", "09:30"), -60, ("2026-11-20", "17:30")),
        (("2026-11-23", "10:00"), -60, ("2026-11-23", "09:00")),
        (("2026-11-20", "16:00"), 45 * 60, ("2026-11-27", "16:00")),  # a whole week of work
    ],
)
def test_work_is_added_within_the_hours(start: tuple[str, str], minutes: int, end: tuple[str, str]) -> None:
    """Over the evening, over the weekend, and backwards."""
    assert USUAL.add(rome(*start), minutes) == rome(*end)
    assert USUAL.between(rome(*start), rome(*end)) == minutes


def test_night_shift_belongs_to_the_evening_on_which_it_begins() -> None:
    """One o'clock on a morning is still the evening before; a closed evening has no such morning."""
    open_fridays = Hours(Opening(week=((),) * 4 + (((18 * 60, 26 * 60),),) + ((),) * 2), ROME)
    assert open_fridays.is_open(rome("2026-11-21", "01:59"))
    assert not open_fridays.is_open(rome("2026-11-21", "02:00"))
    assert not open_fridays.is_open(rome("2026-11-20", "01:00"))
    assert open_fridays.next_open(rome("2026-11-21", "02:00")) == rome("2026-11-27", "18:00")


@pytest.mark.parametrize(("night", "hours"), [("2026-10-24", 9), ("2026-03-28", 7)])
def test_night_on_which_clocks_change_has_its_true_length(night: str, hours: int) -> None:
    """From 18 to 3 local time it is ten hours in autumn and eight in spring."""
    late = Hours(Opening(week=(((18 * 60, 27 * 60),),) * 7), ROME)
    start = rome(night, "18:00")
    assert late.between(start, start + timedelta(hours=12)) == (hours + 1) * 60


def test_holidays_of_the_place_are_closed_and_own_days_go_before() -> None:
    """The patron of Genova is one in Genova alone; an owner may open on Christmas, and close on any day."""
    own = {date(2026, 12, 25): ((10 * 60, 12 * 60),), date(2026, 12, 28): ()}
    genova = Hours(Opening(days=own, country="IT", subdivision="GE"), ROME)
    assert genova.closed(date(2026, 6, 24))
    assert not Hours(Opening(country="IT", subdivision="RM"), ROME).closed(date(2026, 6, 24))
    assert genova.between(rome("2026-12-24"), rome("2026-12-30")) == (9 + 2 + 9) * 60
    assert genova.next_open(rome("2026-12-25", "12:00")) == rome("2026-12-29", "09:00")


def test_place_that_never_opens_has_no_instant_to_offer() -> None:
    """Neither forwards nor backwards, and no time is worked there."""
    shut = Hours(Opening(week=((),) * 7), ROME)
    assert shut.next_open(rome("2026-11-20")) is None
    assert shut.add(rome("2026-11-20"), 1) is None
    assert shut.add(rome("2026-11-20"), -1) is None
    assert shut.between(rome("2026-11-20"), rome("2027-11-20")) == 0


def test_hours_that_overlap_count_once() -> None:
    """A night that reaches into the next day's opening: nobody works twice at a time."""
    both = Hours(Opening(week=(((18 * 60, 34 * 60), (20 * 60, 22 * 60)),) * 7), "UTC")
    start = datetime(2026, 11, 20, tzinfo=UTC)
    assert both.between(start, start + timedelta(days=1)) == 16 * 60
    assert both.add(start, 11 * 60) == start + timedelta(hours=19)


def test_stored_hours_come_back_as_they_were() -> None:
    """By way of the database's JSON; equal values share what was counted."""
    opening = Opening(week=NIGHTLY.week, days={date(2026, 12, 24): ()}, country="IT", subdivision="GE")
    value = stored_opening(opening)
    assert opening_of(value) == opening
    assert hours_of(value, ROME) is hours_of(dict(value), ROME)
    assert opening_of(None) == Opening()


def test_holidays_are_named_and_regions_known() -> None:
    """In the language asked for where there is one; a country that nobody knows has none."""
    assert holidays_of("IT", "GE", 2026, "en")[date(2026, 12, 26)] == "Saint Stephen's Day"
    assert holidays_of("IT", "GE", 2026)[date(2026, 12, 26)] == "Santo Stefano"
    assert holidays_of("XX", "", 2026) == {}
    assert "GE" in countries()["IT"]
    assert region_names("IT")["AG"] == "Agrigento"


def slow_minutes(opening: Opening, timezone: str, start: datetime, end: datetime) -> int:
    """Every minute looked at on the clock of the place: the definition, without any cleverness."""
    zone, found, at = ZoneInfo(timezone), 0, start
    while at < end:
        local = at.astimezone(zone)
        minute, today = local.hour * 60 + local.minute, local.date()
        found += _works(opening, today, minute) or _works(opening, today - timedelta(days=1), minute + 24 * 60)
        at += MINUTE
    return found


def _works(opening: Opening, day: date, minute: int) -> bool:
    of_day = opening.days.get(day, opening.week[day.weekday()])
    return any(from_ <= minute < to for from_, to in of_day)


@st.composite
def days(draw: st.DrawFn) -> tuple[tuple[int, int], ...]:
    # Whole hours: none falls inside the hour that a night of changing clocks has twice.
    hours = sorted(draw(st.lists(st.integers(0, 30), unique=True, max_size=4).filter(lambda got: len(got) % 2 == 0)))
    return tuple((a * 60, b * 60) for a, b in zip(hours[::2], hours[1::2], strict=True) if a < 24)


# Thursday reaches past what Friday has of its own.
REACHING = Opening(week=((), (), (), ((0, 27 * 60),), (), (), ()), days={date(2026, 10, 23): ((0, 60),)})
openings = st.builds(
    Opening,
    week=st.tuples(*[days()] * 7),
    days=st.dictionaries(st.dates(date(2026, 10, 22), date(2026, 10, 28)), days(), max_size=3),
)
zones = st.sampled_from([ROME, "America/New_York", "Asia/Kolkata", "UTC", "America/St_Johns"])
starts = st.sampled_from([datetime(2026, 10, 23, tzinfo=UTC), datetime(2026, 3, 27, tzinfo=UTC)])


@settings(max_examples=25)
@given(openings, zones, starts, st.integers(0, 2000), st.integers(0, 4000))
@example(NIGHTLY, ROME, datetime(2026, 10, 23, tzinfo=UTC), 0, 4000)
@example(REACHING, ROME, datetime(2026, 10, 23, tzinfo=UTC), 0, 1)
def test_counting_agrees_with_looking_at_every_minute(
    opening: Opening, timezone: str, start: datetime, from_: int, length: int
) -> None:
    """Any week, over the nights on which clocks change, in zones with odd offsets."""
    start += from_ * MINUTE
    end = start + length * MINUTE
    hours = Hours(opening, timezone)
    expected = slow_minutes(opening, timezone, start, end)
    assert hours.between(start, end) == expected
    if expected:
        there = hours.add(start, expected)
        back = hours.add(end, -expected)
        assert there is not None
        assert back is not None
        assert there <= end
        assert back >= start
        assert slow_minutes(opening, timezone, start, there) == expected
        assert slow_minutes(opening, timezone, back, end) == expected
