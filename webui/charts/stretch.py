"""The weeks and months that charts count by."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from babel.dates import format_interval, format_skeleton

from ..i18n import current_locale, gettext


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Stretch:
    """Days from `first` to `last`, both included, by the calendar of a place."""

    first: date
    last: date
    is_running: bool = False  # its last day is still to come

    @property
    def is_month(self) -> bool:
        return self._are_months and (self.first.year, self.first.month) == (self.last.year, self.last.month)

    @property
    def words(self) -> str:
        """ "16 – 22 Nov 2026", "November 2026", "Nov 2025 – Oct 2026"."""
        if self.is_month:
            return format_skeleton("yMMMM", self.first, locale=current_locale())
        skeleton = "yMMM" if self._are_months else "yMMMd"
        return format_interval(self.first, self.last, skeleton=skeleton, locale=current_locale())

    @property
    def _are_months(self) -> bool:
        return self.first.day == 1 and (self.last + timedelta(days=1)).day == 1

    @property
    def mark(self) -> str:
        """What stands below an axis: the day it begins, or the month."""
        return format_skeleton("MMM" if self.is_month else "MMMd", self.first, locale=current_locale())

    @property
    def days(self) -> tuple[tuple[str, str], tuple[str, str]]:
        """As filters of the queue."""
        return ("since", self.first.isoformat()), ("until", self.last.isoformat())


def together(stretches: Sequence[Stretch]) -> Stretch:
    """From the first day of them to the last; there is at least one."""
    return Stretch(first=min(one.first for one in stretches), last=max(one.last for one in stretches))


def head_of(stretches: Sequence[Stretch]) -> str:
    """What the first column of a table is called."""
    return gettext("Month") if stretches and stretches[0].is_month else gettext("Week")
