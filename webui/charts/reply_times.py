"""How long angry guests waited for a public answer, by the week in which they wrote."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar, Final

from db.queries.filtering import PUBLIC
from db.queries.week_figures import STANDING, UNHAPPY

from ..filters import decimal
from ..i18n import gettext, ngettext
from .chart import FEW
from .painting import Canvas, Key
from .stretch import Stretch, head_of
from .table import Cell, Filter, Table, counted, days, number

_HOUR: Final = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class TimesOfStretch:
    """Of the angry reviews of a stretch. A time is None where so many are not answered yet that nobody can know it."""

    stretch: Stretch
    reviews: int
    answered: int
    counted: int  # for the times: answered in a time that is known, or still to be answered
    median_min: int | None  # working minutes until half of these were answered
    ninth_min: int | None  # until nine of ten were


@dataclass(frozen=True, slots=True, kw_only=True)
class ReplyTimes:
    """The oldest stretch first."""

    name: ClassVar[str] = "reply-times"
    times: tuple[TimesOfStretch, ...]
    target_min: int | None  # of an angry review; None: none is set, or the places have different ones

    @property
    def is_empty(self) -> bool:
        # Where half of them have no answer yet, nine of ten have none either.
        return all(_shown(one, one.median_min) is None for one in self.times)

    def finding(self) -> str:
        """The last stretch beside the target."""
        known = [one for one in self.times if one.counted >= FEW]
        if not known:
            count = sum(one.counted for one in self.times)
            return ngettext(
                "Too few to say how long angry guests wait: %(num)s angry review",
                "Too few to say how long angry guests wait: %(num)s angry reviews",
                count,
            )
        last = known[-1]
        when = last.stretch.words
        if last.median_min is None:
            return gettext(
                "%(when)s: %(part)s of %(whole)s angry reviews answered so far",
                when=when,
                part=decimal(last.answered, 0),
                whole=decimal(last.reviews, 0),
            )
        values = {"when": when, "median": length(last.median_min)}
        if self.target_min is None:
            return gettext("%(when)s: half of the angry guests had an answer within %(median)s", **values)
        values["target"] = length(self.target_min)
        if last.median_min > self.target_min:
            return gettext(
                "%(when)s: half of the angry guests waited more than %(median)s, over the target of %(target)s",
                **values,
            )
        return gettext(
            "%(when)s: half of the angry guests had an answer within %(median)s, inside the target of %(target)s",
            **values,
        )

    def table(self) -> Table:
        """A row for each stretch."""
        return Table(
            head=(
                head_of([one.stretch for one in self.times]),
                gettext("Angry reviews"),
                gettext("Answered"),
                gettext("Counted"),
                gettext("Half within"),
                gettext("Nine of ten within"),
            ),
            rows=tuple(
                (
                    days(one.stretch),
                    counted(one.reviews, *_filter(one), ("state", STANDING)),
                    counted(one.answered, *_filter(one), ("state", ("answered",))),
                    number(one.counted),
                    _time(one, one.median_min),
                    _time(one, one.ninth_min),
                )
                for one in self.times
            ),
        )

    @property
    def height(self) -> int:
        return 240

    def paint(self, canvas: Canvas) -> None:
        """Two lines, and the target as a third that is dashed. A line breaks where nobody can know."""
        look = canvas.look
        lines = (
            (gettext("Nine of ten within"), look.soft, "s", 1.6, [_shown(one, one.ninth_min) for one in self.times]),
            (gettext("Half within"), look.accent, "o", 2.4, [_shown(one, one.median_min) for one in self.times]),
        )
        keys = [Key(words=words, colour=colour, is_line=True) for words, colour, *_ in reversed(lines)]
        if self.target_min is not None:
            keys.append(Key(words=gettext("Target"), colour=look.late, is_line=True, dashes="--"))
        canvas.legend(keys)
        hours = [value for *_, values in lines for value in values if value is not None]
        most = max([*hours, (self.target_min or 0) / _HOUR * 1.2, 1.0])
        axes = canvas.axes(left=canvas.left_of(most, write=_hours), right=16)
        at = list(range(len(self.times)))
        for _, colour, marker, thick, values in lines:
            drawn = [float("nan") if value is None else value for value in values]
            axes.plot(at, drawn, color=colour, linewidth=thick, marker=marker, markersize=5, clip_on=False)
        canvas.counts(axes, most, write=_hours)
        canvas.stretches(axes, [one.stretch for one in self.times])
        if self.target_min is not None:
            axes.axhline(self.target_min / _HOUR, color=look.late, linewidth=1.6, linestyle=(0, (4, 3)))


def length(minutes: int) -> str:
    """Working time: "45 min", "7.5 h"; hours, since a working day is another length at each place."""
    if abs(minutes) < _HOUR:
        return gettext("%(num)s min", num=decimal(minutes, 0))
    return gettext("%(num)s h", num=decimal(minutes / _HOUR))


def _hours(value: float) -> str:
    return gettext("%(num)s h", num=decimal(value, 0))


def _shown(one: TimesOfStretch, minutes: int | None) -> float | None:
    return None if minutes is None or one.counted < FEW else minutes / _HOUR


def _time(one: TimesOfStretch, minutes: int | None) -> Cell:
    """In files in minutes."""
    if not one.counted:
        return Cell(words="–")
    if one.counted < FEW:
        return Cell(words=gettext("too few"))
    if minutes is None:
        return Cell(words=gettext("not yet"))
    return Cell(words=length(minutes), plain=str(minutes))


def _filter(one: TimesOfStretch) -> Filter:
    return (*one.stretch.days, ("anger", UNHAPPY), ("source", (PUBLIC,)))
