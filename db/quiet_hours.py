"""Hours in which nobody wants to be told anything, by the clocks on the wall of a place. Nothing is stored here."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Final

from .hours import zone_of

DAY_MIN: Final = 24 * 60
_MINUTE: Final = timedelta(minutes=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Quiet:
    """From one minute of the day up to another, over midnight where the second is the smaller one."""

    from_min: int  # 0 to 1439
    to_min: int

    def holds(self, minute: int) -> bool:
        """Whether it is quiet at this minute of a day. From a minute to itself is no time at all."""
        if self.from_min <= self.to_min:
            return self.from_min <= minute < self.to_min
        return minute >= self.from_min or minute < self.to_min


def quiet_of(from_min: int | None, to_min: int | None) -> Quiet | None:
    """As they are stored; None where there are none."""
    return None if from_min is None or to_min is None else Quiet(from_min=from_min, to_min=to_min)


def quiet_until(quiet: Quiet | None, timezone: str, *, now: datetime) -> datetime | None:
    """The first minute after `now` that is not quiet there, in UTC; None where it is not quiet now.

    Where clocks are changed meanwhile it is still the wall that counts: an hour that comes twice is quiet twice.
    """
    if quiet is None:
        return None
    zone = zone_of(timezone)
    at = now.astimezone(UTC).replace(second=0, microsecond=0)
    local = at.astimezone(zone)
    minute = 60 * local.hour + local.minute
    if not quiet.holds(minute):
        return None
    end = at + timedelta(minutes=(quiet.to_min - minute) % DAY_MIN)
    if end.astimezone(zone).utcoffset() == local.utcoffset():
        return end
    while True:  # clocks are changed before it ends: twice a year, and a day has few minutes
        at += _MINUTE
        local = at.astimezone(zone)
        if not quiet.holds(60 * local.hour + local.minute):
            return at
