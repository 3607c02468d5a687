"""The average stars of each week, with the range that they may stand for."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import ClassVar, Final

from babel.numbers import format_decimal

from db.queries.week_figures import STANDING

from ..filters import decimal
from ..i18n import current_locale, gettext, ngettext
from .chart import FEW
from .painting import SIZE, Canvas, Key
from .stretch import Stretch, head_of
from .table import Cell, Table, counted, days

_STARS: Final = ("1", "2", "3", "4", "5")  # each of them: with stars at all


@dataclass(frozen=True, slots=True, kw_only=True)
class StarsOfStretch:
    """Of the reviews with stars. With fewer than `FEW` there is no range, and their mean is not drawn."""

    stretch: Stretch
    reviews: int
    mean: float | None  # 0 to 5; None without any
    low: float | None = None  # of a confidence of 95 %
    high: float | None = None

    @property
    def is_enough(self) -> bool:
        return self.reviews >= FEW and None not in (self.mean, self.low, self.high)


@dataclass(frozen=True, slots=True, kw_only=True)
class StarsByWeek:
    """The oldest stretch first. `change` is the last one's mean less that of all before, with its range."""

    name: ClassVar[str] = "stars"
    stars: tuple[StarsOfStretch, ...]
    before: float | None = None  # the mean of all stretches but the last
    change_low: float | None = None
    change_high: float | None = None

    @property
    def is_empty(self) -> bool:
        return not any(one.is_enough for one in self.stars)

    def finding(self) -> str:
        """The last stretch beside all before it."""
        last = self.stars[-1] if self.stars else None
        if last is None or not last.is_enough or last.mean is None:
            count = last.reviews if last else 0
            when = last.stretch.words if last else ""
            return ngettext(
                "%(when)s: too few to say, %(num)s review with stars",
                "%(when)s: too few to say, %(num)s reviews with stars",
                count,
                when=when,
            )
        values = {"when": last.stretch.words, "mean": _tenths(last.mean)}
        if self.before is None or self.change_low is None or self.change_high is None:
            return gettext("%(when)s: %(mean)s stars on average", **values)
        values["before"] = _tenths(self.before)
        if self.change_low > 0:
            return gettext("%(when)s: %(mean)s stars on average, higher than before (%(before)s)", **values)
        if self.change_high < 0:
            return gettext("%(when)s: %(mean)s stars on average, lower than before (%(before)s)", **values)
        return gettext("%(when)s: %(mean)s stars on average, about as before (%(before)s)", **values)

    def table(self) -> Table:
        """A row for each stretch."""
        return Table(
            head=(
                head_of([one.stretch for one in self.stars]),
                gettext("Reviews with stars"),
                gettext("Average"),
                gettext("Range from"),
                gettext("Range to"),
            ),
            rows=tuple(
                (
                    days(one.stretch),
                    counted(one.reviews, *one.stretch.days, ("state", STANDING), ("stars", _STARS)),
                    *(
                        Cell(words=_tenths(value), plain=f"{value:.2f}")
                        if value is not None and one.is_enough
                        else Cell(words=_too_few(one))
                        for value in (one.mean, one.low, one.high)
                    ),
                )
                for one in self.stars
            ),
        )

    @property
    def height(self) -> int:
        return 220

    def paint(self, canvas: Canvas) -> None:
        """A line with its band; where there is too little to say it breaks."""
        look = canvas.look
        canvas.legend(
            [
                Key(words=gettext("Average stars"), colour=look.accent, is_line=True),
                Key(words=gettext("Range it may stand for"), colour=look.field),
            ]
        )
        axes = canvas.axes(left=32, right=34)
        known = [(at, one) for at, one in enumerate(self.stars) if one.is_enough]
        lowest = min((one.low or 0.0 for _, one in known), default=1.0)
        least = max(0, min(3, int(lowest)))
        axes.set_ylim(least, 5.08)
        axes.set_yticks(range(least, 6), [decimal(value, 0) for value in range(least, 6)])
        canvas.lines(axes, "y")
        for run in _runs(known):
            at = [where for where, _ in run]
            means = [one.mean or 0.0 for _, one in run]
            lows, highs = [one.low or 0.0 for _, one in run], [one.high or 0.0 for _, one in run]
            if len(run) > 1:
                axes.fill_between(at, lows, highs, color=look.field, linewidth=0, zorder=1)
            else:
                axes.vlines(at, lows, highs, color=look.field, linewidth=10, zorder=1)
            axes.plot(at, means, color=look.accent, linewidth=2.2, marker="o", markersize=5, zorder=2, clip_on=False)
        canvas.stretches(axes, [one.stretch for one in self.stars])
        if known:
            end, last = known[-1]
            axes.annotate(
                _tenths(last.mean or 0.0), (end, last.mean or 0.0), xytext=(9, 0), textcoords="offset points",
                va="center", color=look.ink, fontsize=SIZE + 1, fontweight="bold", annotation_clip=False,
            )  # fmt: skip


def _tenths(value: float) -> str:
    """With its digit even where that is nought: "3.0" is an average, "3" a number of stars."""
    exact = Decimal(str(value)).quantize(Decimal("0.1"), ROUND_HALF_UP)
    return format_decimal(exact, "0.0", locale=current_locale())


def _too_few(one: StarsOfStretch) -> str:
    return gettext("too few") if one.reviews else "–"


def _runs(known: list[tuple[int, StarsOfStretch]]) -> list[list[tuple[int, StarsOfStretch]]]:
    """Those that follow each other without a gap."""
    runs: list[list[tuple[int, StarsOfStretch]]] = []
    for at, one in known:
        if runs and runs[-1][-1][0] == at - 1:
            runs[-1].append((at, one))
        else:
            runs.append([(at, one)])
    return runs
