"""Places side by side: how many of their reviews are angry, with the range that each may stand for."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar, Final

from db.queries.week_figures import LEVELS, STANDING, UNHAPPY
from scoring.chance import Finding, compare, wilson

from ..filters import decimal, percent
from ..i18n import gettext
from .chart import FEW
from .painting import CHAR, SIZE, Canvas, Key, longest
from .stretch import Stretch
from .table import Cell, Filter, Table, counted

MOST: Final = 20  # drawn; the table has all


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaceCounts:
    """Reviews that a model has judged."""

    slug: str
    words: str
    angry: int
    reviews: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Places:
    """Places, in any order."""

    name: ClassVar[str] = "places"
    places: tuple[PlaceCounts, ...]
    stretch: Stretch

    @property
    def is_empty(self) -> bool:
        return not self._known

    @property
    def _known(self) -> list[PlaceCounts]:
        """Those with enough to say, the angriest first; never by more than their range allows to say."""
        known = [one for one in self.places if one.reviews >= FEW]
        return sorted(known, key=lambda one: (-one.angry / one.reviews, one.words))

    def finding(self) -> str:
        """The place that stands out among the others together."""
        if not self._known:
            return gettext("No place has enough reviews to be compared")
        if len(self.places) == 1:
            one = self.places[0]
            return gettext(
                "%(place)s: %(part)s of %(whole)s reviews angry",
                place=one.words,
                part=decimal(one.angry, 0),
                whole=decimal(one.reviews, 0),
            )
        angry, reviews = sum(one.angry for one in self.places), sum(one.reviews for one in self.places)
        for wanted in (Finding.MORE, Finding.FEWER):
            for one in self._known if wanted is Finding.MORE else reversed(self._known):
                others = (angry - one.angry, reviews - one.reviews)
                if compare(one.angry, one.reviews, *others).finding is not wanted:
                    continue
                values = {
                    "place": one.words,
                    "part": decimal(one.angry, 0),
                    "whole": decimal(one.reviews, 0),
                    "others": decimal(others[0], 0),
                    "all": decimal(others[1], 0),
                }
                if wanted is Finding.MORE:
                    return gettext(
                        "%(place)s: %(part)s of %(whole)s reviews angry, more than elsewhere (%(others)s of %(all)s)",
                        **values,
                    )
                return gettext(
                    "%(place)s: %(part)s of %(whole)s reviews angry, fewer than elsewhere (%(others)s of %(all)s)",
                    **values,
                )
        return gettext("No place stands out: chance alone may explain the differences")

    def table(self) -> Table:
        """A row for each place."""
        rows = []
        for one in (*self._known, *(one for one in self.places if one.reviews < FEW)):
            low, high = wilson(one.angry, one.reviews)
            is_enough = one.reviews >= FEW
            rows.append(
                (
                    Cell(words=one.words),
                    counted(one.reviews, *_filter(one, self.stretch), ("anger", LEVELS)),
                    counted(one.angry, *_filter(one, self.stretch), ("anger", UNHAPPY)),
                    *(
                        Cell(words=percent(value), plain=f"{value:.3f}")
                        if is_enough
                        else Cell(words=gettext("too few"))
                        for value in (one.angry / max(one.reviews, 1), low, high)
                    ),
                )
            )
        return Table(
            head=(
                gettext("Place"),
                gettext("Reviews"),
                gettext("Angry"),
                gettext("Share"),
                gettext("Range from"),
                gettext("Range to"),
            ),
            rows=tuple(rows),
        )

    @property
    def height(self) -> int:
        return 70 + 32 * len(self._known[:MOST])

    def paint(self, canvas: Canvas) -> None:
        """A mark and its range for each place; all together as a thin line."""
        look, drawn = canvas.look, self._known[:MOST]
        canvas.legend(
            [
                Key(words=gettext("Share of angry reviews"), colour=look.accent, is_dot=True),
                Key(words=gettext("Range it may stand for"), colour=look.soft, is_line=True),
                Key(words=gettext("All together"), colour=look.axis, is_line=True, dashes=":"),
            ][: 3 if len(drawn) > 1 else 2]
        )
        names = canvas.names([one.words for one in drawn], 18 if canvas.is_narrow else 30)
        counts = [gettext("of %(num)s", num=decimal(one.reviews, 0)) for one in drawn]
        axes = canvas.axes(left=longest(names) + 12, right=max(len(one) for one in counts) * CHAR + 8)
        most = 0.0
        for at, one in enumerate(drawn):
            low, high = wilson(one.angry, one.reviews)
            most = max(most, high)
            axes.plot([low, high], [at, at], color=look.soft, linewidth=2, solid_capstyle="round")
            axes.plot([one.angry / one.reviews], [at], marker="o", markersize=9, color=look.accent, zorder=3)
        canvas.shares(axes, most)
        canvas.rows(axes, names)
        for at, words in enumerate(counts):
            axes.annotate(
                words, (1, at), xycoords=("axes fraction", "data"), xytext=(8, 0), textcoords="offset points",
                va="center", color=look.soft, fontsize=SIZE - 1, annotation_clip=False,
            )  # fmt: skip
        angry, reviews = sum(one.angry for one in self.places), sum(one.reviews for one in self.places)
        if len(drawn) > 1:
            axes.axvline(angry / reviews, color=look.axis, linewidth=1, linestyle=(0, (2, 2)), zorder=1)


def _filter(one: PlaceCounts, stretch: Stretch) -> Filter:
    return (("place", one.slug), *stretch.days, ("state", STANDING))
