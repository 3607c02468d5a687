"""Causes in this time and in the same length of time before it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar, Final

from scoring.chance import Finding, compare

from ..filters import decimal
from ..i18n import gettext
from .painting import CHAR, SIZE, Canvas, Key, longest
from .stretch import Stretch
from .table import Cell, Filter, Table, counted

COUNTED: Final = ("open", "answered", "gone")  # states: all but mentions that are not about the business
MOST: Final = 8  # bars; the table has all
_ORDER: Final = (Finding.MORE, Finding.FEWER, Finding.CHANCE, Finding.TOO_FEW)


@dataclass(frozen=True, slots=True, kw_only=True)
class CauseCounts:
    """Cases with one cause."""

    id: int
    words: str
    now: int
    before: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Causes:
    """Causes that came up, in any order."""

    name: ClassVar[str] = "causes"
    causes: tuple[CauseCounts, ...]
    stretch: Stretch
    stretch_before: Stretch
    reviews: int  # with a cause or without
    reviews_before: int

    @property
    def is_empty(self) -> bool:
        return not any(one.now or one.before for one in self.causes)

    @property
    def ordered(self) -> list[CauseCounts]:
        """What came up most first."""
        return sorted(self.causes, key=lambda one: (-one.now, -one.before, one.words))

    def finding(self) -> str:
        """The cause that stands out, else the most frequent."""
        if self.is_empty:
            return gettext("Nobody has named a cause in this time")
        ranked = [
            (compare(one.now, self.reviews, one.before, self.reviews_before).finding, one) for one in self.ordered
        ]
        found, one = min(ranked, key=lambda pair: _ORDER.index(pair[0]))
        values = {
            "cause": one.words,
            "now": decimal(one.now, 0),
            "reviews": decimal(self.reviews, 0),
            "before": decimal(one.before, 0),
            "all": decimal(self.reviews_before, 0),
        }
        if found is Finding.MORE:
            return gettext(
                "“%(cause)s” came up more often: %(now)s of %(reviews)s reviews, before %(before)s of %(all)s", **values
            )
        if found is Finding.FEWER:
            return gettext(
                "“%(cause)s” came up less often: %(now)s of %(reviews)s reviews, before %(before)s of %(all)s", **values
            )
        if found is Finding.CHANCE:
            return gettext(
                "“%(cause)s” came up most, about as often as before: %(now)s of %(reviews)s reviews, before %(before)s "
                "of %(all)s",
                **values,
            )
        return gettext("“%(cause)s” came up most, %(now)s times: too few to compare", **values)

    def _compared(self, one: CauseCounts) -> Finding:
        return compare(one.now, self.reviews, one.before, self.reviews_before).finding

    def table(self) -> Table:
        """A row for each cause."""
        return Table(
            head=(gettext("Cause"), self.stretch.words, self.stretch_before.words),
            rows=tuple(
                (
                    Cell(words=one.words),
                    counted(one.now, *self.stretch.days, *_filter(one)),
                    counted(one.before, *self.stretch_before.days, *_filter(one)),
                )
                for one in self.ordered
            ),
        )

    @property
    def height(self) -> int:
        return 44 + 34 * len(self.ordered[:MOST])

    def paint(self, canvas: Canvas) -> None:
        """Two bars a cause, the present one thick."""
        look, bars = canvas.look, self.ordered[:MOST]
        canvas.legend(
            [
                Key(words=self.stretch.words, colour=look.accent),
                Key(words=self.stretch_before.words, colour=look.before, hatch=look.hatches[1]),
            ]
        )
        names = canvas.names([one.words for one in bars], 16 if canvas.is_narrow else 28)
        most = max(max(one.now, one.before) for one in bars)
        axes = canvas.axes(left=longest(names) + 14, right=len(decimal(most, 0)) * CHAR + 14, bottom=6)
        at = list(range(len(bars)))
        axes.barh([one - 0.14 for one in at], [one.now for one in bars], height=0.44, color=look.accent)
        axes.barh(
            [one + 0.24 for one in at], [one.before for one in bars], height=0.22, color=look.before,
            hatch=look.hatches[1], edgecolor=look.paper, linewidth=0,
        )  # fmt: skip
        axes.set_xlim(0, max(most, 1))
        canvas.rows(axes, names)
        axes.set_xticks([])
        axes.axvline(0, color=look.axis, linewidth=1)
        for where, one in enumerate(bars):
            canvas.beside(axes, one.now, where - 0.14, look.ink, SIZE)
            canvas.beside(axes, one.before, where + 0.26, look.soft, SIZE - 2)


def _filter(one: CauseCounts) -> Filter:
    return ("cause", (str(one.id),)), ("state", COUNTED)
