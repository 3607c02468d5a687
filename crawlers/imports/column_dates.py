"""Dates of a whole column: one "13/11/2026" tells the order of day and month for all the others.

Nothing is guessed: where no date of the file tells, and no person said, "03/04/2026" is refused. So is "2 weeks ago",
since nobody knows when the file was written.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import UTC, date, datetime

from db.phrases import say

from ..items import DatePrecision
from ..parsers.dates import DateReader, ReadDate, plausible

_NUMERIC = re.compile(
    r"(\d{1,2})\s?([./-])\s?(\d{1,2})\s?\2\s?(\d{4}|\d{2})(?:,?[T\s]+\d{1,2}[:.h]\d{2}.{0,30})?", re.IGNORECASE
)
_WITH_TIME = re.compile(
    r"(.{4,40}?),?\s+(?:at |um |à |a las |alle |kl\.? )?\d{1,2}[:.]\d{2}(?::\d{2})?\s*(?:[ap]\.?m\.?|uhr|h)?",
    re.IGNORECASE,
)

AMBIGUOUS = say("the date does not say whether day or month comes first")
RELATIVE = say("the date is relative to a day that the file does not tell")
UNREADABLE = say("the date cannot be read")


def order_of(values: Iterable[str]) -> str:
    """ "dmy", "mdy", or "" where the dates tell nothing or contradict each other."""
    found: set[str] = set()
    for value in values:
        numbers = _NUMERIC.fullmatch(value.strip()[:80])
        if numbers is None:
            continue
        first, second = int(numbers[1]), int(numbers[3])
        if 12 < first <= 31 and 1 <= second <= 12:
            found.add("dmy")
        elif 12 < second <= 31 and 1 <= first <= 12:
            found.add("mdy")
    return found.pop() if len(found) == 1 else ""


class ColumnDates:
    """Reads the dates of one file. `order` is dmy or mdy, as people said or the column told."""

    def __init__(self, *, order: str, now: datetime) -> None:
        self._order, self._now = order, now
        self._reader = DateReader(now=now)

    def read(self, value: str) -> tuple[ReadDate, str]:
        """(the date, what is wrong with it in words)."""
        text = " ".join(value.split())
        if not text or text in {"-", "–", "—", "n/a", "N/A"}:
            return ReadDate(), ""
        if numbers := _NUMERIC.fullmatch(text[:80]):
            return self._numeric(numbers)
        found = self._reader.read(text)
        if found.at is None and (shorter := _WITH_TIME.fullmatch(text[:80])):  # "3 November 2026 at 14:05"
            found = self._reader.read(shorter.group(1))
        if found.precision is DatePrecision.RELATIVE:
            return ReadDate(), RELATIVE
        if found.at is None:
            return ReadDate(), UNREADABLE if not found.warning or "read" in found.warning else found.warning
        return found, ""

    def _numeric(self, numbers: re.Match[str]) -> tuple[ReadDate, str]:
        first, mark, second, year = int(numbers[1]), numbers[2], int(numbers[3]), int(numbers[4])
        year += 2000 if year < 100 else 0
        if first > 12 or first == second:
            order = "dmy"
        elif second > 12:
            order = "mdy"
        else:
            order = self._order or ("dmy" if mark == "." else "")  # with full stops the day comes first everywhere
        if not order:
            return ReadDate(), AMBIGUOUS
        day, month = (first, second) if order == "dmy" else (second, first)
        try:
            at = datetime(year, month, day, tzinfo=UTC)
        except ValueError:
            return ReadDate(), UNREADABLE
        found = plausible(ReadDate(at, DatePrecision.DAY), now=self._now)
        return found, found.warning


def read_in_order(value: str, order: str) -> date | None:
    """The day that figures such as 03/04/2026 name in this order; None where they name none."""
    numbers = _NUMERIC.fullmatch(" ".join(value.split())[:80])
    if numbers is None:
        return None
    first, second, year = int(numbers[1]), int(numbers[3]), int(numbers[4])
    year += 2000 if year < 100 else 0
    try:
        return date(year, second, first) if order == "dmy" else date(year, first, second)
    except ValueError:
        return None
