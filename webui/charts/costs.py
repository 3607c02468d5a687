"""What making it right cost each month, by its cause, beside the budget."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar, Final

from babel.numbers import get_currency_precision

from ..filters import decimal
from ..i18n import gettext
from ..money import money, plain_amount
from .painting import SIZE, Canvas, Key
from .stretch import Stretch
from .table import Cell, Table, days

NAMED: Final = 3  # causes with a colour; the others together are the fourth


@dataclass(frozen=True, slots=True, kw_only=True)
class MonthCosts:
    """What one month is bound to, in minor units. `by_cause` is in the order of `Costs.causes`."""

    stretch: Stretch
    by_cause: tuple[int, ...]

    @property
    def whole(self) -> int:
        return sum(self.by_cause)


@dataclass(frozen=True, slots=True, kw_only=True)
class Costs:
    """The oldest month first, the last the one that runs. The first of `causes` cost most of all."""

    name: ClassVar[str] = "costs"
    months: tuple[MonthCosts, ...]
    causes: tuple[str, ...]
    currency: str
    budget_minor: int  # a month, of all places that are chosen

    @property
    def is_empty(self) -> bool:
        return not any(month.whole for month in self.months)

    def finding(self) -> str:
        """The last month beside its budget."""
        if self.is_empty:
            return gettext("Nothing was spent on making it right in this time")
        last = self.months[-1]
        values = {
            "when": last.stretch.words,
            "cost": money(last.whole, self.currency),
            "budget": money(self.budget_minor, self.currency),
        }
        if last.whole > self.budget_minor:
            return gettext("%(when)s: %(cost)s, over the budget of %(budget)s", **values)
        over = sum(month.whole > self.budget_minor for month in self.months)
        if over:
            return gettext(
                "%(when)s: %(cost)s of %(budget)s; %(over)s of %(all)s months were over the budget",
                **values,
                over=decimal(over, 0),
                all=decimal(len(self.months), 0),
            )
        return gettext("%(when)s: %(cost)s of %(budget)s; no month was over the budget", **values)

    def table(self) -> Table:
        """A row for each month."""
        return Table(
            head=(gettext("Month"), gettext("Cost"), gettext("Budget"), *self.causes),
            rows=tuple(
                (
                    days(month.stretch),
                    *(
                        Cell(words=money(minor, self.currency), plain=plain_amount(minor, self.currency))
                        for minor in (month.whole, self.budget_minor, *month.by_cause)
                    ),
                )
                for month in self.months
            ),
        )

    @property
    def height(self) -> int:
        return 260

    def paint(self, canvas: Canvas) -> None:
        """Bars by cause, the dearest at the foot, and the budget as a dashed line."""
        look, scale = canvas.look, 10 ** get_currency_precision(self.currency)
        named = [(words, [month.by_cause[at] / scale for month in self.months]) for at, words in enumerate(self.causes)]
        if len(named) > NAMED + 1:
            rest = [sum(month.by_cause[NAMED:]) / scale for month in self.months]
            named = [*named[:NAMED], (gettext("Other causes"), rest)]
        tones = list(zip(look.ramp, look.hatches, strict=True))
        canvas.legend(
            [
                *(
                    Key(words=canvas.words(words, 24), colour=colour, hatch=hatch)
                    for (words, _), (colour, hatch) in zip(named, tones, strict=False)
                ),
                Key(words=gettext("Budget"), colour=look.late, is_line=True, dashes="--"),
            ]
        )
        budget = self.budget_minor / scale
        most = max(*(month.whole / scale for month in self.months), budget, 1.0)
        axes = canvas.axes(left=canvas.left_of(most, write=self._written), right=10)
        at = list(range(len(self.months)))
        canvas.stack(axes, at, ((values, *tone) for (_, values), tone in zip(named, tones, strict=False)))
        canvas.counts(axes, most, write=self._written)
        canvas.stretches(axes, [month.stretch for month in self.months])
        axes.axhline(budget, color=look.late, linewidth=1.6, linestyle=(0, (4, 3)), zorder=4)
        if self.months[-1].stretch.is_running:
            axes.annotate(
                gettext("so far"), (at[-1], self.months[-1].whole / scale), xytext=(0, 3), textcoords="offset points",
                ha="center", va="bottom", color=look.soft, fontsize=SIZE - 2,
            )  # fmt: skip

    def _written(self, value: float) -> str:
        return money(round(value * 10 ** get_currency_precision(self.currency)), self.currency)
