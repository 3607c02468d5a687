"""Quiet hours by the clocks on the wall: over midnight, and when clocks are changed."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from db.quiet_hours import Quiet, quiet_until

NIGHT = Quiet(from_min=22 * 60, to_min=7 * 60)
ZONES = ("Europe/Rome", "America/New_York", "Australia/Lord_Howe", "Asia/Kolkata", "America/Sao_Paulo", "UTC")


def at(text: str, zone: str = "Europe/Rome", *, fold: int = 0) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=ZoneInfo(zone), fold=fold)


@pytest.mark.parametrize(
    ("now", "end"),
    [
        ("2026-11-22 21:59", None),
        ("2026-11-22 22:00", "2026-11-23 07:00"),
        ("2026-11-23 03:15", "2026-11-23 07:00"),
        ("2026-11-23 06:59", "2026-11-23 07:00"),
        ("2026-11-23 07:00", None),
        ("2026-03-28 23:00", "2026-03-29 07:00"),  # the night is an hour shorter
        ("2026-10-24 23:00", "2026-10-25 07:00"),  # and an hour longer
    ],
)
def test_night_ends_in_the_morning(now: str, end: str | None) -> None:
    """From ten in the evening to seven."""
    found = quiet_until(NIGHT, "Europe/Rome", now=at(now))
    assert found == (at(end).astimezone(UTC) if end else None)


def test_end_that_the_clock_leaps_over_is_when_it_leaps() -> None:
    """Quiet until half past two, and there is no half past two: at three."""
    quiet = Quiet(from_min=22 * 60, to_min=150)
    assert quiet_until(quiet, "Europe/Rome", now=at("2026-03-29 01:00")) == at("2026-03-29 03:00").astimezone(UTC)


def test_hour_that_comes_twice_is_quiet_twice() -> None:
    """Quiet until half past two: over at the first, and again from the second two o'clock on."""
    quiet = Quiet(from_min=22 * 60, to_min=150)
    assert quiet_until(quiet, "Europe/Rome", now=at("2026-10-25 01:00")) == datetime(2026, 10, 25, 0, 30, tzinfo=UTC)
    again = quiet_until(quiet, "Europe/Rome", now=at("2026-10-25 02:10", fold=1))
    assert again == datetime(2026, 10, 25, 1, 30, tzinfo=UTC)


def test_without_quiet_hours_nothing_waits() -> None:
    """None set, and none of any length."""
    now = at("2026-11-22 03:00")
    assert quiet_until(None, "Europe/Rome", now=now) is None
    assert quiet_until(Quiet(from_min=180, to_min=180), "Europe/Rome", now=now) is None


@given(
    from_min=st.integers(0, 1439),
    to_min=st.integers(0, 1439),
    zone=st.sampled_from(ZONES),
    now=st.one_of(
        st.datetimes(datetime.fromisoformat("2026-01-01"), datetime.fromisoformat("2027-12-31")),
        *(  # around the changes of clocks
            st.datetimes(datetime.fromisoformat(day), datetime.fromisoformat(day) + timedelta(days=2))
            for day in ("2026-03-07", "2026-03-28", "2026-04-04", "2026-10-03", "2026-10-24", "2026-10-31")
        ),
    ),
)
def test_every_minute_up_to_the_end_is_quiet_and_the_end_is_not(
    from_min: int, to_min: int, zone: str, now: datetime
) -> None:
    """By the clock on the wall, whatever is done to it."""
    quiet, now = Quiet(from_min=from_min, to_min=to_min), now.replace(tzinfo=UTC)

    def is_quiet(moment: datetime) -> bool:
        local = moment.astimezone(ZoneInfo(zone))
        return quiet.holds(60 * local.hour + local.minute)

    end = quiet_until(quiet, zone, now=now)
    if end is None:
        assert not is_quiet(now)
        return
    assert end > now
    assert not is_quiet(end)
    minutes = (end - now.replace(second=0, microsecond=0)) // timedelta(minutes=1)
    assert all(is_quiet(now.replace(second=0, microsecond=0) + timedelta(minutes=one)) for one in range(minutes))
