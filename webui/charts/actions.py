"""How often the cause of each action came up before it was done, and after."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import ClassVar, Final

from scoring.chance import Finding, compare, wilson

from ..filters import decimal, in_words
from ..i18n import gettext
from .causes import COUNTED
from .chart import FEW
from .painting import Canvas, Key, longest
from .stretch import Stretch
from .table import Cell, Filter, Table, counted

MOST: Final = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class ActionSides:
    """Reviews of equal stretches before and after, and cases of the cause among them."""

    title: str
    cause_id: int
    cause: str
    place_slug: str
    done_on: date
    before: Stretch
    cases_before: int
    reviews_before: int
    after: Stretch
    cases_after: int
    reviews_after: int

    @property
    def finding(self) -> Finding:
        return compare(self.cases_after, self.reviews_after, self.cases_before, self.reviews_before).finding

    @property
    def is_enough(self) -> bool:
        return min(self.reviews_before, self.reviews_after) >= FEW


@dataclass(frozen=True, slots=True, kw_only=True)
class Actions:
    """Actions that are done, the last one first."""

    name: ClassVar[str] = "actions"
    actions: tuple[ActionSides, ...]

    @property
    def is_empty(self) -> bool:
        return not any(one.is_enough for one in self.actions)

    def finding(self) -> str:
        """The latest with enough to say."""
        known = [one for one in self.actions if one.finding is not Finding.TOO_FEW]
        if not known:
            return (
                gettext("Too few to say what the actions changed")
                if self.actions
                else gettext("No action was done long enough ago to see what it changed")
            )
        one = known[0]
        values = {
            "title": one.title,
            "cause": one.cause,
            "after": decimal(one.cases_after, 0),
            "whole": decimal(one.reviews_after, 0),
            "before": decimal(one.cases_before, 0),
            "all": decimal(one.reviews_before, 0),
        }
        if one.finding is Finding.FEWER:
            return gettext(
                "After “%(title)s”, “%(cause)s” came up less often: %(after)s of %(whole)s reviews, before %(before)s "
                "of %(all)s",
                **values,
            )
        if one.finding is Finding.MORE:
            return gettext(
                "After “%(title)s”, “%(cause)s” came up more often: %(after)s of %(whole)s reviews, before %(before)s "
                "of %(all)s",
                **values,
            )
        return gettext(
            "After “%(title)s”, “%(cause)s” came up about as often: %(after)s of %(whole)s reviews, before %(before)s "
            "of %(all)s",
            **values,
        )

    def table(self) -> Table:
        """A row for each action."""
        return Table(
            head=(
                gettext("Action"),
                gettext("Cause"),
                gettext("Done"),
                gettext("Cases before"),
                gettext("Reviews before"),
                gettext("Cases after"),
                gettext("Reviews after"),
            ),
            rows=tuple(
                (
                    Cell(words=one.title),
                    Cell(words=one.cause),
                    Cell(words=in_words(one.done_on), plain=one.done_on.isoformat()),
                    counted(one.cases_before, *_filter(one, one.before, is_of_cause=True)),
                    counted(one.reviews_before, *_filter(one, one.before, is_of_cause=False)),
                    counted(one.cases_after, *_filter(one, one.after, is_of_cause=True)),
                    counted(one.reviews_after, *_filter(one, one.after, is_of_cause=False)),
                )
                for one in self.actions
            ),
        )

    @property
    def height(self) -> int:
        return 62 + 44 * len(self._drawn)

    @property
    def _drawn(self) -> list[ActionSides]:
        return [one for one in self.actions if one.is_enough][:MOST]

    def paint(self, canvas: Canvas) -> None:
        """Two marks with their ranges for each action: hollow before, full after."""
        look = canvas.look
        canvas.legend(
            [
                Key(words=gettext("Eight weeks before"), colour=look.soft, is_line=True),
                Key(words=gettext("After, eight weeks at most"), colour=look.accent, is_line=True),
            ]
        )
        names = canvas.names([one.title for one in self._drawn], 18 if canvas.is_narrow else 30)
        axes = canvas.axes(left=longest(names) + 12, right=16)
        most = 0.0
        for at, one in enumerate(self._drawn):
            sides = (
                (at - 0.16, one.cases_before, one.reviews_before, look.soft, look.paper),
                (at + 0.16, one.cases_after, one.reviews_after, look.accent, look.accent),
            )
            for where, cases, reviews, colour, inside in sides:
                low, high = wilson(cases, reviews)
                most = max(most, high)
                axes.plot([low, high], [where, where], color=colour, linewidth=2, solid_capstyle="round")
                axes.plot(
                    [cases / reviews], [where], marker="o", markersize=8, color=colour, markerfacecolor=inside,
                    markeredgewidth=2,
                )  # fmt: skip
        canvas.shares(axes, most)
        canvas.rows(axes, names)


def _filter(one: ActionSides, stretch: Stretch, *, is_of_cause: bool) -> Filter:
    cause: Filter = (("cause", (str(one.cause_id),)),) if is_of_cause else ()
    return (("place", one.place_slug), *stretch.days, ("state", COUNTED), *cause)
