"""What became of the angry reviews of each week."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from db.queries.filtering import PUBLIC
from db.queries.week_figures import STANDING, UNHAPPY

from ..filters import decimal, minute_in_address
from ..i18n import gettext, ngettext
from .bars import paint_bars
from .chart import FEW
from .painting import Canvas, Key
from .stretch import Stretch, head_of, together
from .table import Cell, Filter, Table, counted, days


@dataclass(frozen=True, slots=True, kw_only=True)
class AnsweredCounts:
    """Angry reviews written in a stretch, as they stand now; none that are gone or not about the business."""

    stretch: Stretch
    answered: int = 0
    waiting: int = 0  # open, inside their time or without a clock
    overdue: int = 0  # open, and their time is over
    ended: int = 0  # without a public answer: done or not pursued

    @property
    def reviews(self) -> int:
        return self.answered + self.waiting + self.overdue + self.ended


@dataclass(frozen=True, slots=True, kw_only=True)
class Answered:
    """The oldest stretch first."""

    name: ClassVar[str] = "answered"
    counts: tuple[AnsweredCounts, ...]
    at: datetime  # when what is overdue was counted, to the minute

    @property
    def is_empty(self) -> bool:
        return not any(one.reviews for one in self.counts)

    def finding(self) -> str:
        """All of them together."""
        if self.is_empty:
            return gettext("No angry reviews were written in this time")
        whole, overdue = sum(one.reviews for one in self.counts), sum(one.overdue for one in self.counts)
        values = {
            "when": together([one.stretch for one in self.counts]).words,
            "part": decimal(sum(one.answered for one in self.counts), 0),
            "whole": decimal(whole, 0),
        }
        if whole < FEW:
            return ngettext(
                "%(when)s: %(num)s angry review, %(part)s answered",
                "%(when)s: %(num)s angry reviews, %(part)s answered",
                whole,
                **values,
            )
        if not overdue:
            return gettext("%(when)s: %(part)s of %(whole)s angry reviews answered, none overdue", **values)
        return gettext(
            "%(when)s: %(part)s of %(whole)s angry reviews answered, %(overdue)s overdue",
            **values,
            overdue=decimal(overdue, 0),
        )

    def table(self) -> Table:
        """A row for each stretch."""
        return Table(
            head=(head_of([one.stretch for one in self.counts]), gettext("Angry reviews"), *_words()),
            rows=tuple(self._row(one) for one in self.counts),
        )

    def _row(self, one: AnsweredCounts) -> tuple[Cell, ...]:
        of_it: Filter = (*one.stretch.days, ("anger", UNHAPPY), ("source", (PUBLIC,)))
        at = minute_in_address(self.at)
        return (
            days(one.stretch),
            counted(one.reviews, *of_it, ("state", STANDING)),
            counted(one.answered, *of_it, ("state", ("answered",))),
            counted(one.waiting, *of_it, ("waiting", at)),
            counted(one.overdue, *of_it, ("overdue", at)),
            counted(one.ended, *of_it, ("state", ("open",)), ("stage", ("done", "not_pursued"))),
        )

    @property
    def height(self) -> int:
        return 250

    def paint(self, canvas: Canvas) -> None:
        """Bars: what is late at the foot, where it is compared best."""
        look = canvas.look
        parts = [
            ("overdue", _words()[2], look.late, "xxxx" if look.name == "print" else ""),
            ("waiting", _words()[1], look.anger["annoyed"], look.hatches[1]),
            ("answered", _words()[0], look.ramp[2], ""),
            ("ended", _words()[3], look.ramp[3], look.hatches[3]),
        ]
        if not any(one.ended for one in self.counts):
            parts.pop()
        paint_bars(
            canvas,
            [one.stretch for one in self.counts],
            [
                (Key(words=words, colour=colour, hatch=hatch), [getattr(one, name) for one in self.counts])
                for name, words, colour, hatch in parts
            ],
            wholes=[one.reviews for one in self.counts],
        )


def _words() -> tuple[str, str, str, str]:
    return gettext("Answered"), gettext("Waiting"), gettext("Overdue"), gettext("Ended without an answer")
