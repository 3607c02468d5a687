"""When the customers who complain had been there: weekday by hour of their visits, on the clocks of the place."""

from __future__ import annotations

import textwrap
from dataclasses import dataclass
from typing import ClassVar, Final

from db.queries.visits import DAYS, UNKNOWN

from ..filters import decimal
from ..i18n import gettext, ngettext
from ..visit_words import hour_words, hours_words, short_hours, weekday_name, weekdays
from .causes import COUNTED
from .chart import FEW
from .looks import Look
from .painting import CHAR, SIZE, Canvas, longest
from .stretch import Stretch
from .table import Cell, Filter, Table, counted

BLOCK_H: Final = 2  # hours of one cell
_LEAST_BLOCKS = 4
_ROW = 30
_NOTE = 18
# How much of the accent the cells have, from few to many: on each of them its number can be read, on any look.
SHADES: Final = (0.12, 0.26, 0.42, 0.82, 1.0)
_CLEAR = 4.5  # WCAG 1.4.3


@dataclass(frozen=True, slots=True, kw_only=True)
class VisitHour:
    """Complaints about visits in one hour of one weekday."""

    weekday: int | None  # 0: Monday; None: the day is not known
    hour: int | None  # 0 to 23; None: the hour is not known
    complaints: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Visits:
    """Complaints that were written in a stretch, in any order; hours without any may be left out."""

    name: ClassVar[str] = "visits"
    hours: tuple[VisitHour, ...]
    stretch: Stretch

    @property
    def known(self) -> int:
        """Complaints whose hour is known."""
        return sum(one.complaints for one in self.hours if one.hour is not None)

    @property
    def unknown(self) -> int:
        return sum(one.complaints for one in self.hours if one.hour is None)

    @property
    def is_empty(self) -> bool:
        return self.known < FEW

    @property
    def blocks(self) -> list[int]:
        """First hours of the columns: from the earliest to the latest with any, at least a few."""
        found = sorted({_block(one.hour) for one in self.hours if one.hour is not None and one.complaints})
        first, last = (found[0], found[-1]) if found else (12, 12)
        last = max(last, min(first + (_LEAST_BLOCKS - 1) * BLOCK_H, 24 - BLOCK_H))
        first = min(first, last - (_LEAST_BLOCKS - 1) * BLOCK_H)
        return list(range(first, last + BLOCK_H, BLOCK_H))

    def at(self, weekday: int | None, block: int | None) -> int:
        """Complaints in one cell; of an hour or a day that is not known."""
        return sum(
            one.complaints
            for one in self.hours
            if one.weekday == weekday and (None if one.hour is None else _block(one.hour)) == block
        )

    def finding(self) -> str:
        """The cell with the most, if there is one: it tells nothing of how many guests came then."""
        if not self.known and not self.unknown:
            return gettext("Nobody has complained in this time")
        if self.known < FEW:
            return ngettext(
                "Too few to say: the hour of the visit is known of %(num)s complaint",
                "Too few to say: the hour of the visit is known of %(num)s complaints",
                self.known,
            )
        cells = sorted(((self.at(day, block), day, block) for day in range(7) for block in self.blocks), reverse=True)
        most, weekday, block = cells[0]
        if most == cells[1][0]:
            return gettext(
                "No hour stands out among the visits behind %(whole)s complaints", whole=decimal(self.known, 0)
            )
        return gettext(
            "Visits on %(day)s, %(hours)s, draw the most complaints: %(part)s of %(whole)s",
            day=weekday_name(weekday),
            hours=hours_words(block, block + BLOCK_H),
            part=decimal(most, 0),
            whole=decimal(self.known, 0),
        )

    def table(self) -> Table:
        """A row for each weekday in the order of the reader's calendar, then what has no day."""
        if not self.known and not self.unknown:
            return Table(head=(gettext("Day of the visit"),))
        blocks = self.blocks
        heads = (short_hours(one, one + BLOCK_H) for one in blocks)
        rows = [
            (
                Cell(words=weekday_name(day)),
                *(counted(self.at(day, block), *self._filter(day, block)) for block in blocks),
                counted(self.at(day, None), *self._filter(day, None)),
            )
            for day in weekdays()
        ]
        no_day = counted(self.at(None, None), *self._filter(None, None))
        rows.append((Cell(words=gettext("Day not known")), *(Cell(words="–") for _ in blocks), no_day))
        return Table(head=(gettext("Day of the visit"), *heads, gettext("Hour not known")), rows=tuple(rows))

    def _filter(self, weekday: int | None, block: int | None) -> Filter:
        hours = (UNKNOWN,) if block is None else tuple(str(block + at) for at in range(BLOCK_H))
        day = UNKNOWN if weekday is None else DAYS[weekday]
        return (
            *self.stretch.days,
            ("complaint", "yes"),
            ("visit_day", (day,)),
            ("visit_hour", hours),
            ("state", COUNTED),
        )

    @property
    def height(self) -> int:
        return 10 + 7 * _ROW + 26 + 2 * _NOTE

    def paint(self, canvas: Canvas) -> None:
        """A field for each day and time, with its number; hours between the columns."""
        from matplotlib.patches import Rectangle

        look, blocks = canvas.look, self.blocks
        names = [weekday_name(day, is_short=canvas.is_narrow) for day in weekdays()]
        axes = canvas.axes(left=longest(names) + 14, right=20, bottom=26 + 2 * _NOTE)
        canvas.rows(axes, names)
        axes.set_xlim(0, len(blocks))
        most = max(self.at(day, block) for day in range(7) for block in blocks)
        for row, day in enumerate(weekdays()):
            for column, block in enumerate(blocks):
                count = self.at(day, block)
                colour = shade(look, count, most)
                axes.add_patch(
                    Rectangle(
                        (column + 0.04, row - 0.45), 0.92, 0.9, facecolor=colour if count else "none",
                        edgecolor=colour if count else look.line, linewidth=1,
                    )
                )  # fmt: skip
                if count:
                    axes.annotate(
                        decimal(count, 0), (column + 0.5, row), ha="center", va="center", annotation_clip=False,
                        color=readable_on(look, colour), fontsize=SIZE - (2 if canvas.is_narrow else 0),
                    )  # fmt: skip
        edges = [*blocks, blocks[-1] + BLOCK_H]
        marks = [hour_words(hour) for hour in edges]
        room = (canvas.width - longest(names) - 34) / len(blocks)
        each = max(1, int(-(-(max(len(mark) for mark in marks) * CHAR + 6) // room)))
        axes.set_xticks(list(range(0, len(edges), each)), marks[::each])
        if self.unknown:
            note = ngettext(
                "%(num)s more complaint does not tell the hour of the visit",
                "%(num)s more complaints do not tell the hour of the visit",
                self.unknown,
            )
            for number, line in enumerate(textwrap.wrap(note, int(canvas.width / CHAR), max_lines=2)):
                canvas.figure.text(
                    0, (_NOTE * (1.4 - number)) / canvas.height, line, color=look.soft, fontsize=SIZE - 1, va="center"
                )


def shade(look: Look, count: int, most: int) -> str:
    """The colour of a cell, as #rrggbb: one of five, further from the paper the more there are."""
    part = SHADES[min(-(-count * len(SHADES) // max(most, 1)), len(SHADES)) - 1] if count else 0.0
    mixed = (round(low + (high - low) * part) for low, high in zip(_rgb(look.paper), _rgb(look.accent), strict=True))
    return "#" + "".join(f"{one:02x}" for one in mixed)


def readable_on(look: Look, colour: str) -> str:
    """The ink of the look, or its paper where that is read better."""
    return look.ink if contrast(look.ink, colour) >= _CLEAR else look.paper


def contrast(one: str, other: str) -> float:
    """Between two colours, from 1 to 21, as WCAG 2 counts it."""
    low, high = sorted((_luminance(one), _luminance(other)))
    return (high + 0.05) / (low + 0.05)


def _luminance(colour: str) -> float:
    parts = (one / 255 for one in _rgb(colour))
    red, green, blue = (one / 12.92 if one <= 0.04045 else ((one + 0.055) / 1.055) ** 2.4 for one in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _rgb(colour: str) -> tuple[int, int, int]:
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)


def _block(hour: int) -> int:
    return hour - hour % BLOCK_H
