"""What the page of recurring causes shows: each cause in a month beside the months before, and what that says."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from babel.dates import format_skeleton
from flask import url_for

from db.models import CaseState, Cause
from db.queries.cause_trends import BEFORE, CauseCount, days_of_month, months_compared
from db.queries.filtering import NO_CAUSE
from db.queries.improvements import ImprovementRow
from db.queries.places import NamedPlace
from scoring.chance import Comparison, Finding, compare

from .cause_lists import cause_words
from .i18n import current_locale

COUNTED = [str(state) for state in CaseState if state is not CaseState.NOT_US]
_ORDER = (Finding.MORE, Finding.FEWER, Finding.CHANCE, Finding.TOO_FEW)


@dataclass(frozen=True, slots=True, kw_only=True)
class Counted:
    """Cases of a cause among the reviews of some days, and the list of the queue that proves it."""

    cases: int
    reviews: int
    url: str

    @property
    def per_100(self) -> float | None:
        return 100 * self.cases / self.reviews if self.reviews else None


@dataclass(frozen=True, slots=True, kw_only=True)
class MonthCell:
    words: str  # "Nov"
    counted: Counted
    height: float  # of its bar, 0 to 100: its rate beside the highest of the row


@dataclass(frozen=True, slots=True, kw_only=True)
class Trend:
    """One cause at one place, or at all of them together."""

    cause_id: int
    words: str
    is_offered: bool
    now: Counted
    before: Counted
    comparison: Comparison
    months: tuple[MonthCell, ...]  # the latest last
    places: tuple[PlaceTrend, ...]  # of each with a case; empty where it is of one place already
    actions: tuple[ImprovementRow, ...]  # that are open on it

    @property
    def finding(self) -> Finding:
        return self.comparison.finding

    @property
    def loudest(self) -> Finding:
        """The first of `_ORDER` among it and its places: what is too little in the sum may be much at one."""
        return min((self.finding, *(one.trend.finding for one in self.places)), key=_ORDER.index)

    @property
    def mean(self) -> float:
        """A month, of those before."""
        return self.before.cases / BEFORE


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaceTrend:
    place: NamedPlace
    trend: Trend


@dataclass(frozen=True, slots=True, kw_only=True)
class Whole:
    """All that is counted, with and without a cause."""

    now: Counted
    before: Counted
    unnamed_now: Counted  # calls for somebody, and nobody has chosen a cause
    unnamed_before: Counted


class Counts:
    """What `cause_counts` has found, to be summed for some places at a time."""

    def __init__(
        self,
        month: str,
        counts: Sequence[CauseCount],
        *,
        causes: Sequence[Cause],
        places: Sequence[NamedPlace],
        actions: Sequence[ImprovementRow],
    ) -> None:
        self.month, self.counts, self.causes, self.places, self.actions = month, counts, causes, places, actions
        self.months = months_compared(month)

    def trends(self, chosen: NamedPlace | None) -> list[Trend]:
        """Each cause that came up at the place, or anywhere: what stands out first."""
        at = [chosen] if chosen else list(self.places)
        found = self._trends(at, chosen)
        if chosen is not None or len(at) < 2:
            return found
        by_place = [(place, {one.cause_id: one for one in self._trends([place], place)}) for place in at]
        return sorted(
            (
                _with_places(one, [(place, known[one.cause_id]) for place, known in by_place if one.cause_id in known])
                for one in found
            ),
            key=lambda one: _ORDER.index(one.loudest),
        )

    def whole(self, chosen: NamedPlace | None) -> Whole:
        """The sums."""
        at = [chosen] if chosen else list(self.places)
        reviews, unnamed = self._sums(at), self._sums(at, is_unnamed=True)
        now, before = self.months[:1], self.months[1:]

        def sum_of(months: Sequence[str], found: Mapping[str, int], cause: str | None) -> Counted:
            return Counted(
                cases=sum(found.get(month, 0) for month in months),
                reviews=sum(reviews.get(month, 0) for month in months),
                url=queue_url(chosen, _days(months), cause),
            )

        return Whole(
            now=sum_of(now, reviews, None),
            before=sum_of(before, reviews, None),
            unnamed_now=sum_of(now, unnamed, NO_CAUSE),
            unnamed_before=sum_of(before, unnamed, NO_CAUSE),
        )

    def _trends(self, at: Sequence[NamedPlace], chosen: NamedPlace | None) -> list[Trend]:
        ids = {place.id for place in at}
        reviews = self._sums(at)
        cases: dict[int, dict[str, int]] = {}
        for one in self.counts:
            if one.cause_id is not None and one.location_id in ids:
                of_cause = cases.setdefault(one.cause_id, {})
                of_cause[one.month] = of_cause.get(one.month, 0) + one.reviews
        found = [
            self._trend(cause, cases[cause.id], reviews, ids, chosen) for cause in self.causes if cause.id in cases
        ]
        return sorted(found, key=lambda one: (_ORDER.index(one.finding), -one.now.cases, -one.before.cases, one.words))

    def _trend(
        self,
        cause: Cause,
        cases: Mapping[str, int],
        reviews: Mapping[str, int],
        ids: Collection[int],
        chosen: NamedPlace | None,
    ) -> Trend:
        def counted(*months: str) -> Counted:
            return Counted(
                cases=sum(cases.get(month, 0) for month in months),
                reviews=sum(reviews.get(month, 0) for month in months),
                url=queue_url(chosen, _days(months), str(cause.id)),
            )

        cells = [(month, counted(month)) for month in reversed(self.months)]
        highest = max((one.per_100 or 0.0 for _, one in cells), default=0.0)
        now, before = counted(self.months[0]), counted(*self.months[1:])
        return Trend(
            cause_id=cause.id,
            words=cause_words(cause),
            is_offered=cause.retired_at is None,
            now=now,
            before=before,
            comparison=compare(now.cases, now.reviews, before.cases, before.reviews),
            months=tuple(
                MonthCell(
                    words=month_short(month),
                    counted=one,
                    height=100 * (one.per_100 or 0.0) / highest if highest else 0.0,
                )
                for month, one in cells
            ),
            places=(),
            actions=tuple(one for one in self.actions if one.cause_id == cause.id and one.location_id in ids),
        )

    def _sums(self, at: Sequence[NamedPlace], *, is_unnamed: bool = False) -> dict[str, int]:
        ids = {place.id for place in at}
        found: dict[str, int] = {}
        for one in self.counts:
            if one.location_id in ids:
                found[one.month] = found.get(one.month, 0) + (one.unnamed if is_unnamed else one.reviews)
        return found


def queue_url(place: NamedPlace | str | None, days: tuple[date, date], cause: str | None = None) -> str:
    """The list of what was counted: at this place, or its slug, or wherever whoever looks may."""
    slug = place.slug if isinstance(place, NamedPlace) else place
    first, last = days
    return url_for(
        "queue.show",
        view="all",
        place=slug,
        cause=cause,
        state=COUNTED,
        since=first.isoformat(),
        until=last.isoformat(),
    )


def month_short(month: str) -> str:
    """ "2026-11" as "Nov"."""
    return format_skeleton("MMM", date.fromisoformat(f"{month}-01"), locale=current_locale())


def _days(months: Sequence[str]) -> tuple[date, date]:
    return days_of_month(min(months))[0], days_of_month(max(months))[1]


def _with_places(whole: Trend, parts: Sequence[tuple[NamedPlace, Trend]]) -> Trend:
    """What stands out first."""
    ordered = sorted(parts, key=lambda part: (_ORDER.index(part[1].finding), -part[1].now.cases))
    return replace(whole, places=tuple(PlaceTrend(place=place, trend=trend) for place, trend in ordered))
