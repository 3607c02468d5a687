"""The figures of a week in words: each with what it is counted among and its range, or "too few to say"."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from statistics import median
from typing import Final

from db.queries.answer_times import Times
from db.queries.week_figures import WeekFigures
from scoring.chance import Finding, compare, mean_range, wilson

from ..charts.chart import FEW
from ..filters import decimal, percent
from ..i18n import gettext, ngettext
from .facts import Digest
from .links import figure_path, in_time_path, missed_path
from .told import Line, NumberLine

LEAST_STARS, MOST_STARS = 1.0, 5.0
NONE: Final = "–"  # where there is nothing to tell
_HOUR_MIN: Final = 60


def numbers(digest: Digest) -> tuple[NumberLine, ...]:
    """In the order of the letter; with a week of too few, what can be counted all the same."""
    found = [_written(digest)]
    if digest.now.written >= FEW:
        found += [_stars(digest), _unhappy(digest), _answered(digest), _time(digest), _within(digest)]
    return tuple(found)


def change_words(now: float, before: float) -> str:
    """ "+0.1", "−0.2", "±0"."""
    tenths = round(now, 1) - round(before, 1)
    if abs(tenths) < 0.05:
        return "±0"
    return ("+" if tenths > 0 else "−") + decimal(abs(tenths))


def brief_share(part: int, whole: int) -> str:
    """ "17%"; the counts where there are too few for a share."""
    if not whole:
        return NONE
    return percent(part / whole) if whole >= FEW else _counts(part, whole)


def share_words(part: int, whole: int) -> str:
    """ "17% (2 of 12)"; the counts alone where there are too few for a share."""
    if not whole:
        return NONE
    counts = _counts(part, whole)
    return counts if whole < FEW else f"{percent(part / whole)} ({counts})"


def _counts(part: int, whole: int) -> str:
    return gettext("%(part)s of %(whole)s", part=decimal(part, 0), whole=decimal(whole, 0))


def hours_words(minutes: float) -> str:
    """Working time: "25 min", "3.5 h", "40 h"."""
    if minutes < _HOUR_MIN:
        return ngettext("%(num)s min", "%(num)s min", round(minutes))
    hours = minutes / _HOUR_MIN
    return gettext("%(hours)s h", hours=decimal(hours, 1 if hours < 10 else 0))


def _written(digest: Digest) -> NumberLine:
    told = digest.now.told
    note = ngettext(
        "%(num)s of them a complaint taken by hand", "%(num)s of them complaints taken by hand", told
    )  # fmt: skip
    return _line(
        digest,
        "written",
        gettext("New reviews and complaints") if told else gettext("New reviews"),
        lambda one: decimal(one.written, 0),
        note=note if told else "",
        brief=ngettext("%(num)s complaint by hand", "%(num)s complaints by hand", told) if told else "",
        usual=_usual(digest, lambda one: float(one.written), lambda value: decimal(value, 0), least=0),
    )


def _stars(digest: Digest) -> NumberLine:
    now = digest.now
    low, high = mean_range(now.rated, now.stars_sum, now.stars_squares, low=LEAST_STARS, high=MOST_STARS)
    note = gettext(
        "%(low)s to %(high)s, of %(num)s with stars", low=decimal(low), high=decimal(high), num=decimal(now.rated, 0)
    )
    return _line(
        digest,
        "rated",
        gettext("Average stars"),
        _stars_words,
        note=note if now.rated >= FEW else "",
        brief=note if now.rated >= FEW else "",
        usual=_usual(digest, lambda one: one.stars if one.rated >= FEW else None, decimal),
    )


def _stars_words(one: WeekFigures) -> str:
    if one.stars is None:
        return NONE
    return decimal(one.stars) if one.rated >= FEW else gettext("too few to say")


def _unhappy(digest: Digest) -> NumberLine:
    now = digest.now
    low, high = wilson(now.unhappy, now.judged)
    counts = _counts(now.unhappy, now.judged)
    note = gettext(
        "%(counts)s that were judged; %(low)s to %(high)s",
        counts=counts,
        low=percent(low),
        high=percent(high),
    )
    before = digest.series[1:]
    whole = compare(now.unhappy, now.judged, sum(one.unhappy for one in before), sum(one.judged for one in before))
    told = {
        Finding.MORE: gettext("more often than in the twelve weeks before, by more than chance explains"),
        Finding.FEWER: gettext("less often than in the twelve weeks before, by more than chance explains"),
    }.get(whole.finding, "")
    return _line(
        digest,
        "unhappy",
        gettext("Angry or furious"),
        lambda one: brief_share(one.unhappy, one.judged),
        note=" · ".join(filter(None, (note if now.judged >= FEW else "", told))),
        brief=gettext("%(counts)s; %(low)s to %(high)s", counts=counts, low=percent(low), high=percent(high))
        if now.judged >= FEW
        else "",
        usual=_usual(digest, lambda one: one.unhappy / one.judged if one.judged >= FEW else None, percent),
    )


def _answered(digest: Digest) -> NumberLine:
    now = digest.now
    note = gettext("%(counts)s that can be answered in public", counts=_counts(now.answered, now.answerable))
    confirmed = digest.now.confirmed
    seen = ngettext("%(num)s from here, seen at its source", "%(num)s from here, seen at their sources", confirmed)
    return _line(
        digest,
        "answered",
        gettext("Answered"),
        lambda one: brief_share(one.answered, one.answerable),
        note=f"{note} · {seen}" if confirmed else note,
        brief=_counts(now.answered, now.answerable),
        usual=_usual(digest, lambda one: one.answered / one.answerable if one.answerable >= FEW else None, percent),
    )


def _time(digest: Digest) -> NumberLine:
    times = digest.times
    note = "" if times.answers else gettext("none of this week was answered since Amends knew of it")
    brief = ""
    if times.most_min is not None and times.answers >= FEW:
        brief = gettext("nine of ten within %(time)s", time=hours_words(times.most_min))
        note = ngettext(
            "nine of ten within %(time)s; %(num)s answer",
            "nine of ten within %(time)s; %(num)s answers",
            times.answers,
            time=hours_words(times.most_min),
        )
    return NumberLine(
        key="time",
        name=gettext("Time to an answer seen at the source (median)"),
        brief_name=gettext("Time to the answer (median)"),
        brief=brief,
        value=_median_words(times),
        path=figure_path(digest, "answered") if times.answers else "",
        note=note,
        before=_median_words(digest.times_before),
        before_path=figure_path(digest, "answered", digest.before.week) if digest.times_before.answers else "",
        usual=hours_words(digest.usual_min) if digest.usual_min is not None else NONE,
    )


def _median_words(times: Times) -> str:
    if times.median_min is None:
        return NONE
    return hours_words(times.median_min) if times.answers >= FEW else gettext("too few to say")


def _within(digest: Digest) -> NumberLine:
    """What is overdue to this moment missed its target as well."""
    times, late = digest.times, digest.now.overdue_public
    before, late_before = digest.times_before, digest.before.overdue_public
    whole, missed = times.targeted + late, times.targeted - times.within + late
    notes = [gettext("%(counts)s that had one", counts=_counts(times.within, whole))] if whole >= FEW else []
    notes += [ngettext("%(num)s still waits, overdue", "%(num)s still wait, overdue", late)] if late else []
    words = ngettext("%(num)s missed it", "%(num)s missed it", missed)
    return NumberLine(
        key="within",
        name=gettext("Within the target"),
        value=brief_share(times.within, whole),
        path=in_time_path(digest, digest.week) if whole else "",
        note=" · ".join(notes) if whole else gettext("no review of this week has met one or missed one"),
        before=brief_share(before.within, before.targeted + late_before),
        before_path=in_time_path(digest, digest.before.week) if before.targeted + late_before else "",
        usual=NONE,
        beside=Line(words=words, path=missed_path(digest, digest.week)) if missed else None,
        brief=(_counts(times.within, whole) if whole >= FEW else "") if whole else gettext("none met or missed so far"),
    )


def _line(
    digest: Digest,
    key: str,
    name: str,
    words: Callable[[WeekFigures], str],
    *,
    note: str,
    brief: str,
    usual: str,
) -> NumberLine:
    return NumberLine(
        key=key,
        name=name,
        value=words(digest.now),
        path=figure_path(digest, key) if words(digest.now) != NONE else "",
        note=note,
        brief=brief,
        before=words(digest.before),
        before_path=figure_path(digest, key, digest.before.week) if words(digest.before) != NONE else "",
        usual=usual,
    )


def _usual(
    digest: Digest,
    value: Callable[[WeekFigures], float | None],
    words: Callable[[float], str],
    *,
    least: int = 1,
) -> str:
    """The median of the weeks before since the first one with a review: before it nobody was looking."""
    found = [one for one in map(value, _since_first(digest.series[1:])) if one is not None]
    return words(median(found)) if len(found) > least else NONE


def _since_first(weeks: Sequence[WeekFigures]) -> Sequence[WeekFigures]:
    """Without those, the furthest back, in which nothing was written yet."""
    last = max((at for at, one in enumerate(weeks) if one.written), default=-1)
    return weeks[: last + 1]
