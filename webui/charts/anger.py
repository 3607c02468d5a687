"""Reviews of each week by how angry they are."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from db.queries.filtering import UNSCORED
from db.queries.week_figures import LEVELS, STANDING
from scoring.chance import Finding, compare

from ..filters import decimal
from ..i18n import gettext
from ..labels import ANGER_LEVELS, label
from .bars import paint_bars
from .chart import FEW
from .painting import Canvas, Key
from .stretch import Stretch, head_of, together
from .table import Table, counted, days


@dataclass(frozen=True, slots=True, kw_only=True)
class AngerCounts:
    """Reviews and complaints written in a stretch that stand to this day."""

    stretch: Stretch
    furious: int = 0
    angry: int = 0
    annoyed: int = 0
    calm: int = 0
    unscored: int = 0  # no model has read them

    @property
    def reviews(self) -> int:
        return self.furious + self.angry + self.annoyed + self.calm + self.unscored

    @property
    def are_angry(self) -> int:
        return self.furious + self.angry

    @property
    def judged(self) -> int:
        return self.reviews - self.unscored


@dataclass(frozen=True, slots=True, kw_only=True)
class AngerByWeek:
    """The oldest stretch first."""

    name: ClassVar[str] = "anger"
    counts: tuple[AngerCounts, ...]

    @property
    def is_empty(self) -> bool:
        return not any(one.reviews for one in self.counts)

    def finding(self) -> str:
        """The last stretch beside all before it."""
        if self.is_empty:
            return gettext("No reviews were written in this time")
        reviews = sum(one.reviews for one in self.counts)
        last, before = self.counts[-1], self.counts[:-1]
        if reviews < FEW:
            return gettext(
                "Too few reviews to say: %(num)s in %(when)s",
                num=decimal(reviews, 0),
                when=together([one.stretch for one in self.counts]).words,
            )
        values = {
            "when": last.stretch.words,
            "part": decimal(last.are_angry, 0),
            "whole": decimal(last.judged, 0),
            "before": decimal(sum(one.are_angry for one in before), 0),
            "all": decimal(sum(one.judged for one in before), 0),
        }
        found = compare(
            last.are_angry, last.judged, sum(one.are_angry for one in before), sum(one.judged for one in before)
        )
        if found.finding is Finding.MORE:
            return gettext(
                "%(when)s: %(part)s of %(whole)s reviews angry, more than before (%(before)s of %(all)s)", **values
            )
        if found.finding is Finding.FEWER:
            return gettext(
                "%(when)s: %(part)s of %(whole)s reviews angry, fewer than before (%(before)s of %(all)s)", **values
            )
        if found.finding is Finding.CHANCE:
            return gettext(
                "%(when)s: %(part)s of %(whole)s reviews angry, about as before (%(before)s of %(all)s)", **values
            )
        return gettext("%(when)s: %(part)s of %(whole)s reviews angry, too few to compare", **values)

    def table(self) -> Table:
        """A row for each stretch."""
        levels = self._levels()
        return Table(
            head=(head_of([one.stretch for one in self.counts]), gettext("Reviews"), *map(_words, levels)),
            rows=tuple(
                (
                    days(one.stretch),
                    counted(one.reviews, *one.stretch.days, ("state", STANDING)),
                    *(
                        counted(getattr(one, level), *one.stretch.days, ("state", STANDING), ("anger", (level,)))
                        for level in levels
                    ),
                )
                for one in self.counts
            ),
        )

    @property
    def height(self) -> int:
        return 250

    def paint(self, canvas: Canvas) -> None:
        """Bars with anger at the foot, so that it begins at one line; how many reviews there are above them."""
        look = canvas.look
        hatches = dict(zip(LEVELS, look.hatches, strict=True))
        paint_bars(
            canvas,
            [one.stretch for one in self.counts],
            [
                (
                    Key(words=_words(level), colour=look.anger[level], hatch=hatches.get(level, "")),
                    [getattr(one, level) for one in self.counts],
                )
                for level in self._levels()
            ],
            wholes=[one.reviews for one in self.counts],
        )

    def _levels(self) -> tuple[str, ...]:
        return (*LEVELS, UNSCORED) if any(one.unscored for one in self.counts) else LEVELS


def _words(level: str) -> str:
    return label(ANGER_LEVELS, level) if level in ANGER_LEVELS else gettext("Not judged")
