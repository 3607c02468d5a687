"""How often staff said otherwise than the model, by the week in which they said so."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from scoring.chance import Finding, compare

from ..filters import decimal
from ..i18n import gettext, ngettext
from .bars import paint_bars
from .chart import FEW
from .painting import Canvas, Key
from .stretch import Stretch, head_of
from .table import Table, days, number


@dataclass(frozen=True, slots=True, kw_only=True)
class CorrectionCounts:
    """Reviews that people judged in a stretch, where the model had judged them before."""

    stretch: Stretch
    agreed: int = 0
    false_alarms: int = 0  # the model said angry, people say not
    missed: int = 0  # the other way round

    @property
    def looked_at(self) -> int:
        return self.agreed + self.corrected

    @property
    def corrected(self) -> int:
        return self.false_alarms + self.missed


@dataclass(frozen=True, slots=True, kw_only=True)
class Corrections:
    """The oldest stretch first."""

    name: ClassVar[str] = "corrections"
    counts: tuple[CorrectionCounts, ...]

    @property
    def is_empty(self) -> bool:
        return not any(one.looked_at for one in self.counts)

    def finding(self) -> str:
        """The latter half beside the former: a single week has too few."""
        looked_at, corrected = sum(one.looked_at for one in self.counts), sum(one.corrected for one in self.counts)
        if not looked_at:
            return gettext("Nobody has judged a review in this time")
        if looked_at < FEW:
            return ngettext(
                "Too few to say how good the model is: people judged %(num)s review",
                "Too few to say how good the model is: people judged %(num)s reviews",
                looked_at,
            )
        values = {"part": decimal(corrected, 0), "whole": decimal(looked_at, 0)}
        middle = len(self.counts) // 2
        late, early = self.counts[middle:], self.counts[:middle]
        found = compare(
            sum(one.corrected for one in late),
            sum(one.looked_at for one in late),
            sum(one.corrected for one in early),
            sum(one.looked_at for one in early),
        ).finding
        if found is Finding.MORE:
            return gettext("Staff corrected the model in %(part)s of %(whole)s reviews, lately more often", **values)
        if found is Finding.FEWER:
            return gettext("Staff corrected the model in %(part)s of %(whole)s reviews, lately less often", **values)
        return gettext("Staff corrected the model in %(part)s of %(whole)s reviews that they judged", **values)

    def table(self) -> Table:
        """A row for each stretch."""
        return Table(
            head=(head_of([one.stretch for one in self.counts]), gettext("Judged reviews"), *_words()),
            rows=tuple(
                (
                    days(one.stretch),
                    *(number(value) for value in (one.looked_at, one.agreed, one.false_alarms, one.missed)),
                )
                for one in self.counts
            ),
        )

    @property
    def height(self) -> int:
        return 240

    def paint(self, canvas: Canvas) -> None:
        """Bars with what was wrong at the foot."""
        look = canvas.look
        agreed, false_alarms, missed = _words()
        parts = (
            ("missed", missed, look.anger["furious"], ""),
            ("false_alarms", false_alarms, look.anger["annoyed"], look.hatches[1]),
            ("agreed", agreed, look.ramp[3], look.hatches[3]),
        )
        paint_bars(
            canvas,
            [one.stretch for one in self.counts],
            [
                (Key(words=words, colour=colour, hatch=hatch), [getattr(one, name) for one in self.counts])
                for name, words, colour, hatch in parts
            ],
            wholes=[one.looked_at for one in self.counts],
        )


def _words() -> tuple[str, str, str]:
    return gettext("Agreed"), gettext("Not angry after all"), gettext("Anger missed")
