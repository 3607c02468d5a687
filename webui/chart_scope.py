"""What charts are about: which places, and which weeks or months.

Weeks and months are whole ones, over at every place that is shown, so that none is compared that still goes on.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

from db.absences import day_at
from db.queries.angry_answers import Days
from db.queries.cause_trends import days_of_month, month_after, month_of
from db.queries.places import NamedPlace

from .charts import Stretch

WEEKS, MONTHS = "weeks", "months"
NUMBER: Final = 12  # of either
_WEEK: Final = timedelta(days=7)
_DAY: Final = timedelta(days=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Scope:
    """What is charted: places, of which there is at least one, and stretches, the oldest first."""

    places: tuple[NamedPlace, ...]
    stretches: tuple[Stretch, ...]
    now: datetime  # to the minute

    @property
    def ids(self) -> list[int]:
        return [place.id for place in self.places]

    @property
    def days(self) -> list[Days]:
        return [(one.first, one.last) for one in self.stretches]

    @property
    def today(self) -> date:
        """Where the day is youngest: what is over there is over everywhere."""
        return min(day_at(self.now, place.timezone) for place in self.places)


def scope_of(places: Sequence[NamedPlace], by: str, *, now: datetime) -> Scope:
    """The last twelve whole weeks or months at these places, counted at the minute that has begun."""
    now = now.replace(second=0, microsecond=0)  # so that an address can say when what is overdue was counted
    today = min(day_at(now, place.timezone) for place in places)
    if by == MONTHS:
        stretches = [month_stretch(month_after(month_of(today), -back)) for back in range(NUMBER, 0, -1)]
    else:
        monday = today - timedelta(days=today.weekday())
        firsts = [monday - back * _WEEK for back in range(NUMBER, 0, -1)]
        stretches = [Stretch(first=first, last=first + _WEEK - _DAY) for first in firsts]
    return Scope(places=tuple(places), stretches=tuple(stretches), now=now)


def month_stretch(month: str, *, is_running: bool = False) -> Stretch:
    """A month as "2026-11" names it."""
    first, last = days_of_month(month)
    return Stretch(first=first, last=last, is_running=is_running)
