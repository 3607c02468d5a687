"""Reads what a digest tells: the same for whoever asks, by mail, page, file or command."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence
from datetime import UTC, datetime, timedelta
from statistics import median
from typing import Final

from sqlalchemy.orm import Session

from db.absences import day_at
from db.masked_names import masked_name
from db.masking import mask
from db.models import SourceHealth
from db.queries.answer_times import AnswerTime, answer_times, times_of
from db.queries.filtering import BARE_DATES
from db.queries.improvements import Effect, ImprovementRow
from db.queries.offers import OfferRow
from db.queries.places import NamedPlace, named_places
from db.queries.week_figures import (
    WeekFigures,
    days_of_week,
    summed,
    week_figures,
    weeks_compared,
)
from db.queries.week_reviews import (
    WeekCause,
    WeekCauses,
    WeekReview,
    all_reviews,
    of_cause,
    unhappy_reviews,
    week_causes,
    week_praise,
)
from db.queries.week_work import budgets, decisions, readings, week_actions, week_offers
from db.roles import Access, Act
from scoring.chance import compare

from ..charts.chart import FEW
from .facts import (
    ActionLine,
    Actions,
    BudgetLine,
    CauseLine,
    Digest,
    ExceptionLine,
    Exempted,
    PlaceLine,
    Quotation,
    Recovery,
    ReviewLine,
    SourceLine,
    Spent,
    Unseen,
    Waiting,
)
from .quoting import quoted

UNHAPPY_MOST: Final = 5  # lines: it is to fit a screen, and the queue has them all
CAUSES_MOST: Final = 3
THEMES_MOST: Final = 2
WAITING_FOR: Final = timedelta(days=14)  # after the first day of a week: later its page does not tell what waits now


def build_digest(
    session: Session, *, access: Access, week: str, now: datetime, place_ids: Collection[int] | None = None
) -> Digest:
    """The week at these places (None: all), as far as `access` reaches.

    Raises:
        ValueError: there is no such week.
    """
    now = now.replace(second=0, microsecond=0)  # so that an address can say when what was overdue was counted
    first, last = days_of_week(week)
    places = named_places(session, places=_within(access, Act.READ, place_ids))
    ids, zones = _ids(access, place_ids, places), sorted({place.timezone for place in places})
    figures = week_figures(session, week, places=ids, now=now, zones=zones)
    weeks = weeks_compared(week)
    series = tuple(summed(figures, one) for one in weeks)
    times = answer_times(session, week, places=ids, back=len(weeks) - 1, zones=zones)
    causes = week_causes(session, week, places=ids, most=CAUSES_MOST, zones=zones)
    praise = week_praise(session, week, places=ids, zones=zones)
    is_recent = first <= day_at(now, zone_of_most(places)) < first + WAITING_FOR
    is_few, offers_at = 0 < series[0].written < FEW, _within(access, Act.APPROVE, ids)
    return Digest(
        week=week,
        first=first,
        last=last,
        is_over=all(day_at(now, place.timezone) > last for place in places),
        made_at=now,
        places=tuple(places),
        is_all=place_ids is None,
        opens_sources=access.may(Act.SOURCES),
        series=series,
        times=times_of(one for one in times if one.week == week),
        times_before=times_of(one for one in times if one.week == weeks[1]),
        usual_min=_usual(times, weeks[1:]),
        waiting=_waiting(session, access, ids, now) if is_recent else None,
        unhappy=_lines(unhappy_reviews(session, week, places=ids, most=UNHAPPY_MOST, zones=zones)),
        listed=_lines(all_reviews(session, week, places=ids, most=FEW, zones=zones)) if is_few else (),
        causes=tuple(_cause(session, week, series, one, ids, places) for one in causes.causes),
        praised=praise.reviews,
        themes=praise.topics[:THEMES_MOST],
        named=praise.people,
        recovery=_recovery(session, week, offers_at, places) if access.may(Act.APPROVE) else None,
        actions=_actions(session, week, ids, now),
        by_place=_by_place(figures, week, places) if len(places) > 1 else (),
        unseen=_unseen(session, ids, places, series[0], causes),
    )


def _within(access: Access, act: Act, place_ids: Collection[int] | None) -> Collection[int] | None:
    """Of these places (None: all there are) those where it may be done."""
    may = access.places(act)
    if place_ids is None:
        return may
    return frozenset(place_ids) if may is None else may & frozenset(place_ids)


def _ids(access: Access, place_ids: Collection[int] | None, places: Sequence[NamedPlace]) -> Collection[int] | None:
    """For the queries: None where nothing has to be left out."""
    is_all = place_ids is None and access.may_everywhere(Act.READ)
    return None if is_all else [place.id for place in places]


def zone_of_most(places: Sequence[NamedPlace]) -> str:
    """That of most places."""
    zones = Counter(place.timezone for place in places)
    return zones.most_common(1)[0][0] if zones else "UTC"


def _usual(times: Sequence[AnswerTime], weeks: Sequence[str]) -> float | None:
    by_week: dict[str, list[int]] = {}
    for one in times:
        by_week.setdefault(one.week, []).append(one.minutes)
    medians = [median(by_week[week]) for week in weeks if week in by_week]
    return median(medians) if medians else None


def _waiting(session: Session, access: Access, ids: Collection[int] | None, now: datetime) -> Waiting | None:
    """By what whoever reads may do where: nobody is asked for what they cannot decide."""
    if not access.may(Act.WORK):
        return None
    at, approved_at = _within(access, Act.WORK, ids), _within(access, Act.APPROVE, ids)
    work = decisions(session, places=at, now=now)
    approve = None
    if access.may(Act.APPROVE):
        approve = work if approved_at == at else decisions(session, places=approved_at, now=now)
    owned = _within(access, Act.OFFERS, ids)
    exceptions = work.exceptions if access.may(Act.OFFERS) else ()
    return Waiting(
        overdue=work.overdue,
        submitted=approve.submitted if approve else (),
        not_pursued=approve.not_pursued if approve else 0,
        exceptions=tuple(
            ExceptionLine(
                review_id=one.review_id,
                place=one.location_name,
                kind=one.kind,
                value_minor=one.value_minor,
                currency=one.currency,
            )
            for one in exceptions
            if owned is None or one.location_id in owned
        ),
        follow_ups=work.follow_ups,
    )


def _lines(rows: Sequence[WeekReview]) -> tuple[ReviewLine, ...]:
    return tuple(
        ReviewLine(
            review_id=row.review_id,
            place=row.location_name,
            source=row.source_name,
            cause=_named_cause(row.cause_key, row.cause_name),
            state=str(row.state),
            level=row.anger_level,
            stars=row.stars,
            who=masked_name(row.author_name),
            day=row.published_at.astimezone(UTC).date()
            if row.published_precision in BARE_DATES
            else day_at(row.published_at, row.timezone),
        )
        for row in rows
    )


def _named_cause(key: str | None, name: str | None) -> tuple[str, str] | None:
    return None if key is None or name is None else (key, name)


def _cause(
    session: Session,
    week: str,
    series: Sequence[WeekFigures],
    one: WeekCause,
    ids: Collection[int] | None,
    places: Sequence[NamedPlace],
) -> CauseLine:
    row = of_cause(session, week, one.cause_id, places=ids, zones=sorted({place.timezone for place in places}))
    words = quoted(session, row, [place.name for place in places]) if row else ""
    return CauseLine(
        cause_id=one.cause_id,
        cause=(one.key, one.name),
        cases=one.cases,
        cases_before=one.cases_before,
        finding=compare(one.cases, series[0].written, one.cases_before, sum(was.written for was in series[1:])).finding,
        first_on=one.first_on,
        quotation=Quotation(review_id=row.review_id, words=words, language=row.language) if row and words else None,
    )


def _recovery(session: Session, week: str, ids: Collection[int] | None, places: Sequence[NamedPlace]) -> Recovery:
    rows = week_offers(session, week, places=ids)
    known = {place.id: place for place in places}
    return Recovery(
        offers=len(rows),
        by_kind=_spent(rows, is_by_kind=True),
        by_cause=_spent(rows, is_by_kind=False),
        exempted=tuple(
            Exempted(
                review_id=row.review_id,
                place=row.location_name,
                kind=row.kind,
                cost_minor=row.cost_minor,
                currency=row.currency,
                approved_by=row.approved_by or "",
            )
            for row in rows
            if row.outside
        ),
        budgets=tuple(
            BudgetLine(
                place=known[one.location_id],
                month=one.month,
                left_minor=one.left_minor,
                budget_minor=one.budget_minor,
                currency=one.currency,
            )
            for one in budgets(session, week, places=ids)
            if one.location_id in known
        ),
    )


def _spent(rows: Sequence[OfferRow], *, is_by_kind: bool) -> tuple[Spent, ...]:
    """The dearest first."""
    counts: Counter[tuple[object, str]] = Counter()
    costs: Counter[tuple[object, str]] = Counter()
    firsts: dict[tuple[object, str], OfferRow] = {}
    for row in rows:
        key = (row.kind if is_by_kind else row.cause_id, row.currency)
        counts[key] += 1
        costs[key] += row.cost_minor
        firsts.setdefault(key, row)
    return tuple(
        Spent(
            kind=firsts[key].kind if is_by_kind else None,
            cause=None if is_by_kind else _named_cause(firsts[key].cause_key, firsts[key].cause_name),
            offers=counts[key],
            cost_minor=cost,
            currency=key[1],
        )
        for key, cost in costs.most_common()
    )


def _actions(session: Session, week: str, ids: Collection[int] | None, now: datetime) -> Actions:
    found = week_actions(session, week, places=ids, now=now)
    return Actions(
        opened=tuple(_action(row) for row in found.opened),
        done=tuple(_action(row) for row in found.done),
        effects=tuple(_effect(row, effect) for row, effect in found.effects),
    )


def _action(row: ImprovementRow) -> ActionLine:
    return ActionLine(improvement_id=row.id, place=row.location_name, title=mask(row.title), owner=row.owner_name)


def _effect(row: ImprovementRow, effect: Effect) -> ActionLine:
    before, after = effect.before, effect.after or effect.before
    return ActionLine(
        improvement_id=row.id,
        place=row.location_name,
        title=mask(row.title),
        owner=row.owner_name,
        finding=compare(after.cases, after.reviews, before.cases, before.reviews).finding,
        before=(before.cases, before.reviews),
        after=(after.cases, after.reviews),
    )


def _by_place(figures: Sequence[WeekFigures], week: str, places: Sequence[NamedPlace]) -> tuple[PlaceLine, ...]:
    """What is overdue or unanswered first, then where most are unhappy, then where most was written."""
    of_week = {one.location_id: one for one in figures if one.week == week}
    lines = [
        PlaceLine(place=place, figures=of_week.get(place.id) or WeekFigures(location_id=place.id, week=week))
        for place in places
    ]
    return tuple(
        sorted(
            lines,
            key=lambda one: (
                -one.figures.overdue - one.figures.unhappy_open,
                -one.figures.unhappy,
                -one.figures.written,
                one.place.name,
            ),
        )
    )


def _unseen(
    session: Session,
    ids: Collection[int] | None,
    places: Sequence[NamedPlace],
    figures: WeekFigures,
    causes: WeekCauses,
) -> Unseen:
    found = readings(session, places=ids)
    known = {place.id: place for place in places}
    is_fine = [one.is_enabled and one.health is SourceHealth.HEALTHY for one in found]
    with_source = {one.location_id for one in found}
    return Unseen(
        sources=len(found),
        fine=sum(is_fine),
        troubled=tuple(
            SourceLine(
                source_id=one.source_id,
                place=known[one.location_id].name,
                name=one.name,
                health=str(one.health),
                is_paused=not one.is_enabled,
                last_success_at=one.last_success_at,
                timezone=known[one.location_id].timezone,
            )
            for one, fine in zip(found, is_fine, strict=True)
            if not fine and one.location_id in known
        ),
        without_source=tuple(place for place in places if place.id not in with_source),
        unjudged=figures.standing - figures.judged,
        unnamed=causes.unnamed,
    )
