"""Hours and days as people write them: read, written back, and refused with a reason."""

from __future__ import annotations

from contextlib import suppress
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from db.errors import BadValue
from db.hours import USUAL_WEEK
from webui.hours_text import read_day, read_days, week_words, write_day, write_days


@pytest.mark.parametrize(
    ("text", "intervals"),
    [
        ("9:00-18:00", ((540, 1080),)),
        ("9-13, 15.30 – 18h30", ((540, 780), (930, 1110))),
        ("15-18; 9-13", ((540, 780), (900, 1080))),
        ("18:00-02:00", ((1080, 1560),)),
        ("0-24", ((0, 1440),)),
        ("22 to 22", ((1320, 2760),)),
        ("", ()),
        (" closed ", ()),
        ("–", ()),
    ],
)
def test_day_is_read_as_people_write_it(text: str, intervals: tuple[tuple[int, int], ...]) -> None:
    """Short or long, several a day, past midnight, closed; and it comes back as it was."""
    assert read_day(text) == intervals
    assert read_day(write_day(intervals)) == intervals


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("nine to five", "“nine to five” is no time of day"),
        ("9:75-18", "no time of day"),
        ("24-25", "no time of day"),
        ("9-13, 12-18", "overlap"),
        ("1-2,3-4,5-6,7-8,9-10,11-12,13-14", "At most 6"),
    ],
)
def test_what_cannot_be_understood_is_told(text: str, why: str) -> None:
    """With an example of what can."""
    with pytest.raises(BadValue, match=why):
        read_day(text)


def test_single_days_and_runs_of_days() -> None:
    """A closed fortnight is one line, and stays one."""
    text = "2026-08-10 - 2026-08-12 closed\n2026-12-24 9:00-13:00\n\n2026-12-31: 9-13\n2027-01-02"
    days = read_days(text)
    assert days[date(2026, 8, 11)] == ()
    assert days[date(2026, 12, 31)] == ((540, 780),)
    assert len(days) == 6
    assert write_days(days) == (
        "2026-08-10 - 2026-08-12 closed\n2026-12-24 9:00-13:00\n2026-12-31 9:00-13:00\n2027-01-02 closed"
    )
    assert read_days(write_days(days)) == days


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("2026-12-24 closed\n24 Dec closed", "Line 2: begin with the day"),
        ("2026-02-30", "Line 1: there is no such day"),
        ("2026-08-12 - 2026-08-10", "must come after"),
        ("2026-08-12 - 2036-08-10", "within two years"),
        ("2026-12-24 perhaps", "Line 1: “perhaps”"),
    ],
)
def test_bad_line_is_named(text: str, why: str) -> None:
    """So that it is found among twenty."""
    with pytest.raises(BadValue, match=why):
        read_days(text)


@given(st.text(max_size=60))
def test_any_text_is_read_or_refused(text: str) -> None:
    """Nothing else happens."""
    for read in (read_day, read_days):
        with suppress(BadValue):
            read(text)


def test_week_is_told_in_short() -> None:
    """Days in a row with the same hours together."""
    assert week_words(USUAL_WEEK) == "Mon–Fri 9:00–18:00"
    assert (
        week_words((*USUAL_WEEK[:5], ((540, 780), (1080, 1560)), ()))
        == "Mon–Fri 9:00–18:00 · Sat 9:00–13:00, 18:00–2:00"
    )
    assert week_words(((),) * 7) == "never open"
