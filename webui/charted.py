"""Fills the charts from the database: one builder for each. What is spent is shown up to the month that runs, since its
budget is what one looks at."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from datetime import timedelta
from statistics import median
from typing import Final, TypeVar

from sqlalchemy.orm import Session

from db.causes import list_causes
from db.clock_rules import targets_of
from db.kept import Kept, kept
from db.models import ImprovementState
from db.offer_policies import policy
from db.places import place_rules
from db.queries.angry_answers import AngryReview, Outcome, angry_reviews
from db.queries.cause_trends import month_after, month_of
from db.queries.charted import cause_totals, complaint_visits, corrections, month_costs
from db.queries.improvements import LOOK_AFTER_DAYS, effects, improvements
from db.queries.week_figures import WeekFigures, days_of_week, figures_in, weeks_compared
from scoring.chance import mean_range

from .cause_lists import cause_words, named_cause
from .chart_scope import NUMBER, Scope, month_stretch
from .charts import (
    Actions,
    ActionSides,
    AngerByWeek,
    AngerCounts,
    Answered,
    AnsweredCounts,
    CauseCounts,
    Causes,
    Chart,
    CorrectionCounts,
    Corrections,
    Costs,
    MonthCosts,
    PlaceCounts,
    Places,
    ReplyTimes,
    StarsByWeek,
    StarsOfStretch,
    Stretch,
    TimesOfStretch,
    VisitHour,
    Visits,
)
from .charts.stretch import together
from .i18n import gettext

Read = TypeVar("Read")
_STARS: Final = 5.0
_DAY: Final = timedelta(days=1)


def _figures(session: Session, scope: Scope) -> list[WeekFigures]:
    named = [(one.first.isoformat(), one.first, one.last) for one in scope.stretches]
    return _once(session, scope, "figures", lambda: figures_in(session, named, places=scope.ids, now=scope.now))


def _once(session: Session, scope: Scope, name: str, read: Callable[[], list[Read]]) -> list[Read]:
    """What two charts of a page need is read once."""
    known: list[Read] | None = session.info.get((name, scope))
    if known is None:
        known = session.info[name, scope] = read()
    return known


def _anger(session: Session, scope: Scope) -> AngerByWeek:
    figures = _figures(session, scope)
    return AngerByWeek(counts=tuple(anger_of(one, _of(figures, one)) for one in scope.stretches))


def _stars(session: Session, scope: Scope) -> StarsByWeek:
    figures = _figures(session, scope)
    return stars_by_week([(one, _of(figures, one)) for one in scope.stretches])


def charts_of_week(figures: Sequence[WeekFigures], week: str) -> tuple[AngerByWeek, StarsByWeek]:
    """For the digest: the week and those before it, whatever places their figures are of."""
    found = [
        (Stretch(first=days_of_week(one)[0], last=days_of_week(one)[1]), [each for each in figures if each.week == one])
        for one in reversed(weeks_compared(week, NUMBER - 1))
    ]
    return AngerByWeek(counts=tuple(anger_of(*one) for one in found)), stars_by_week(found)


def anger_of(stretch: Stretch, figures: Sequence[WeekFigures]) -> AngerCounts:
    """The sum of the figures of one stretch."""
    return AngerCounts(
        stretch=stretch,
        furious=sum(one.furious for one in figures),
        angry=sum(one.angry for one in figures),
        annoyed=sum(one.annoyed for one in figures),
        calm=sum(one.calm for one in figures),
        unscored=sum(one.standing - one.judged for one in figures),
    )


def stars_by_week(found: Sequence[tuple[Stretch, Sequence[WeekFigures]]]) -> StarsByWeek:
    """The averages with their ranges, and the last beside all before it."""
    sums = [
        (
            stretch,
            sum(one.rated for one in figures),
            sum(one.stars_sum for one in figures),
            sum(one.stars_squares for one in figures),
        )
        for stretch, figures in found
    ]
    stars = []
    for stretch, count, total, squares in sums:
        low, high = mean_range(count, total, squares, low=0.0, high=_STARS)
        stars.append(
            StarsOfStretch(stretch=stretch, reviews=count, mean=total / count if count else None, low=low, high=high)
        )
    before_count = sum(count for _, count, _, _ in sums[:-1])
    before_total = sum(total for _, _, total, _ in sums[:-1])
    last = stars[-1]
    if not before_count or last.mean is None or last.low is None or last.high is None:
        return StarsByWeek(stars=tuple(stars))
    before = before_total / before_count
    low, high = mean_range(before_count, before_total, sum(one[3] for one in sums[:-1]), low=0.0, high=_STARS)
    change = last.mean - before  # its range is made of two, as that of two shares in scoring.chance
    return StarsByWeek(
        stars=tuple(stars),
        before=before,
        change_low=change - math.hypot(last.mean - last.low, high - before),
        change_high=change + math.hypot(last.high - last.mean, before - low),
    )


def _of(figures: Sequence[WeekFigures], stretch: Stretch) -> list[WeekFigures]:
    return [one for one in figures if one.week == stretch.first.isoformat()]


def _answered(session: Session, scope: Scope) -> Answered:
    found = _angry(session, scope)
    return Answered(
        counts=tuple(
            AnsweredCounts(
                stretch=stretch,
                **{outcome.value: sum(one.outcome is outcome for one in of_it) for outcome in Outcome},
            )
            for stretch, of_it in found
        ),
        at=scope.now,
    )


def _reply_times(session: Session, scope: Scope) -> ReplyTimes:
    for_all = kept(session, Kept.CLOCK).get("targets")
    targets = {targets_of(place.targets, for_all)["angry"] for place in place_rules(session, places=scope.ids)}
    return ReplyTimes(
        times=tuple(times_of(stretch, of_it) for stretch, of_it in _angry(session, scope)),
        target_min=targets.pop() if len(targets) == 1 else None,
    )


def times_of(stretch: Stretch, reviews: Sequence[AngryReview]) -> TimesOfStretch:
    """How long half of them waited, and nine of ten; whoever still waits has waited longer than all others."""
    minutes = sorted(one.minutes for one in reviews if one.minutes is not None)
    still = sum(one.outcome in (Outcome.WAITING, Outcome.OVERDUE) for one in reviews)
    counted = len(minutes) + still
    endless = [*map(float, minutes), *[math.inf] * still]
    half = median(endless) if endless else math.inf
    ninth = endless[math.ceil(0.9 * counted) - 1] if endless else math.inf
    return TimesOfStretch(
        stretch=stretch,
        reviews=len(reviews),
        answered=sum(one.outcome is Outcome.ANSWERED for one in reviews),
        counted=counted,
        median_min=round(half) if math.isfinite(half) else None,
        ninth_min=round(ninth) if math.isfinite(ninth) else None,
    )


def _angry(session: Session, scope: Scope) -> list[tuple[Stretch, list[AngryReview]]]:
    found = _once(session, scope, "angry", lambda: angry_reviews(session, scope.days, places=scope.ids, now=scope.now))
    return [(stretch, [one for one in found if one.stretch == at]) for at, stretch in enumerate(scope.stretches)]


def _causes(session: Session, scope: Scope) -> Causes:
    now = together(scope.stretches)
    before = Stretch(first=now.first - (now.last - now.first) - _DAY, last=now.first - _DAY)
    totals = cause_totals(session, [(now.first, now.last), (before.first, before.last)], places=scope.ids)
    cases = {(one.stretch, one.cause_id): one.cases for one in totals}
    return Causes(
        causes=tuple(
            CauseCounts(
                id=one.id, words=cause_words(one), now=cases.get((0, one.id), 0), before=cases.get((1, one.id), 0)
            )
            for one in list_causes(session, with_retired=True)
            if (0, one.id) in cases or (1, one.id) in cases
        ),
        stretch=now,
        stretch_before=before,
        reviews=sum(one.cases for one in totals if one.stretch == 0),
        reviews_before=sum(one.cases for one in totals if one.stretch == 1),
    )


def _visits(session: Session, scope: Scope) -> Visits:
    whole = together(scope.stretches)
    found = complaint_visits(session, (whole.first, whole.last), places=scope.ids)
    return Visits(
        hours=tuple(
            sorted(
                (VisitHour(weekday=one.weekday, hour=one.hour, complaints=one.complaints) for one in found),
                key=lambda one: (one.weekday is None, one.weekday or 0, one.hour is None, one.hour or 0),
            )
        ),
        stretch=whole,
    )


def _costs(session: Session, scope: Scope) -> Costs:
    """Of the last twelve months, the one that runs among them, whatever the stretches are."""
    terms = policy(session).terms
    present = month_of(scope.today)
    months = [month_after(present, -back) for back in range(NUMBER - 1, -1, -1)]
    found = month_costs(session, months, places=scope.ids, currency=terms.currency)
    sums: dict[int | None, int] = {}
    for one in found:
        sums[one.cause_id] = sums.get(one.cause_id, 0) + one.cost_minor
    order = sorted(sums, key=lambda cause: (-sums[cause], cause or 0))
    named = {one.id: cause_words(one) for one in list_causes(session, with_retired=True)}
    cost = {(one.month, one.cause_id): one.cost_minor for one in found}
    return Costs(
        months=tuple(
            MonthCosts(
                stretch=month_stretch(month, is_running=month == present),
                by_cause=tuple(cost.get((month, cause), 0) for cause in order),
            )
            for month in months
        ),
        causes=tuple(named.get(cause or 0) or gettext("Without a cause") for cause in order),
        currency=terms.currency,
        budget_minor=sum(terms.budget_of(id_) for id_ in scope.ids),
    )


def _actions(session: Session, scope: Scope) -> Actions:
    rows = improvements(session, ImprovementState.DONE, places=scope.ids)
    found = effects(session, rows, now=scope.now)
    sides = []
    for row in rows:
        effect = found.get(row.id)
        if effect is None or effect.after is None or effect.after.days < LOOK_AFTER_DAYS or row.done_on is None:
            continue
        before, after = effect.before, effect.after
        sides.append(
            ActionSides(
                title=row.title,
                cause_id=row.cause_id,
                cause=named_cause(row.cause_key, row.cause_name),
                place_slug=row.location_slug,
                done_on=row.done_on,
                before=Stretch(first=before.first, last=before.last),
                cases_before=before.cases,
                reviews_before=before.reviews,
                after=Stretch(first=after.first, last=after.last),
                cases_after=after.cases,
                reviews_after=after.reviews,
            )
        )
    return Actions(actions=tuple(sides))


def _places(session: Session, scope: Scope) -> Places:
    whole = together(scope.stretches)
    figures = figures_in(session, [("", whole.first, whole.last)], places=scope.ids, now=scope.now)
    by_place = {one.location_id: one for one in figures}
    empty = WeekFigures(location_id=None, week="")
    found = [(place, by_place.get(place.id, empty)) for place in scope.places]
    return Places(
        places=tuple(
            PlaceCounts(slug=place.slug, words=place.name, angry=one.unhappy, reviews=one.judged)
            for place, one in found
        ),
        stretch=whole,
    )


def _corrections(session: Session, scope: Scope) -> Corrections:
    found = {one.stretch: one for one in corrections(session, scope.days, places=scope.ids)}
    return Corrections(
        counts=tuple(
            CorrectionCounts(stretch=stretch, agreed=one.agreed, false_alarms=one.false_alarms, missed=one.missed)
            if (one := found.get(at))
            else CorrectionCounts(stretch=stretch)
            for at, stretch in enumerate(scope.stretches)
        )
    )


BUILDERS: Mapping[str, Callable[[Session, Scope], Chart]] = {
    AngerByWeek.name: _anger,
    StarsByWeek.name: _stars,
    Answered.name: _answered,
    ReplyTimes.name: _reply_times,
    Causes.name: _causes,
    Visits.name: _visits,
    Places.name: _places,
    Actions.name: _actions,
    Costs.name: _costs,
    Corrections.name: _corrections,
}
FOR_APPROVERS: Final = frozenset({Costs.name})  # as what is spent is told on its own pages
