"""Which cases a reader wants to see: filters, and the conditions they are for the database.

A condition stands on the columns of Case, Review and Score. `narrowed` joins the three, so that the database may start
at the rarest of them; `in_case_order` and `in_review_order` keep one index in its order and look the rest up for each
row, which is the better way where many rows fit. `db.queries.queue` decides between the two by counting, and OFFSET 0
keeps PostgreSQL from deciding otherwise: it would join all that fits first and sort that.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, fields
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, Select, and_, case, false, or_, select, true
from sqlalchemy.orm import InstrumentedAttribute, Session

from ..models import (
    BY_HAND,
    NOT_JUDGED,
    Case,
    CaseStage,
    CaseState,
    LabelKind,
    Location,
    Review,
    Revision,
    Score,
    ScoreLabel,
    Source,
)
from ..search import found_by, is_found_by
from ..tags import tagged
from .in_time import answered
from .visits import is_complaint, visited
from .zones import zones_at

UNSCORED = "unscored"  # in the place of an anger level
NO_STARS = 0  # in the place of a number of stars
BARE_DATES = ("day", "month")  # precisions of a date that has no hour; it is stored as midnight UTC
_DAY = timedelta(days=1)
_AHEAD_MOST, _BEHIND_MOST = timedelta(hours=14), timedelta(hours=12)  # of UTC, over all zones
PUBLIC = "(public)"  # in the place of a source: all but those of complaints that people take
TOLD = "(told)"  # and those of complaints
NOBODY = "nobody"  # in the place of an assignee
NO_CAUSE = "none"  # in the place of a cause: it calls for somebody, and none was chosen yet
SNOOZED = "snoozed"  # in the place of a stage: to do, but not yet


@dataclass(frozen=True, slots=True, kw_only=True)
class Filters:
    """What a case must be. Of one kind any may hold, of several kinds each must; empty: whatever."""

    search: str = ""  # see db.words
    anger: tuple[str, ...] = ()  # levels, or UNSCORED
    stars: tuple[int, ...] = ()  # 1 to 5, the nearest whole number; NO_STARS: the source gives none
    source: tuple[str, ...] = ()  # slugs, or PUBLIC, or TOLD
    place: tuple[str, ...] = ()  # slugs
    topic: tuple[str, ...] = ()
    language: tuple[str, ...] = ()  # as the model read it; where none may, as the source says
    state: tuple[str, ...] = ()
    risk: tuple[str, ...] = ()
    stage: tuple[str, ...] = ()  # db.models.CaseStage, or SNOOZED
    assignee: tuple[str, ...] = ()  # ids of people, or NOBODY
    tag: tuple[str, ...] = ()  # names, in whatever case and with whatever accents
    cause: tuple[str, ...] = ()  # ids, or NO_CAUSE
    since: date | None = None  # published on this day, by the calendar of the place, or later
    until: date | None = None  # on this day or earlier
    visit_day: tuple[str, ...] = ()  # of the visit: db.queries.visits.DAYS, or UNKNOWN
    visit_hour: tuple[str, ...] = ()  # HOURS on the clocks of the place, or UNKNOWN
    is_complaint: bool = False  # flagged or taken by hand; see db.queries.visits
    is_changed: bool = False  # there is an earlier wording
    overdue_at: datetime | None = None  # to do and without an answer, and its time has run out by then
    waiting_at: datetime | None = None  # to be answered or waiting for the guest, and not overdue by then
    missed_at: datetime | None = None  # answered in public after its target, or overdue by then
    is_in_time: bool = False  # answered in public within its target

    def __bool__(self) -> bool:
        return any(getattr(self, field.name) for field in fields(self))


Conditions = list[ColumnElement[bool]]


def conditions(session: Session, filters: Filters) -> Conditions:
    """The filters as SQL. Names that nobody knows find nothing."""
    return [*worded(session, filters.search), *unworded(session, filters)]


def worded(session: Session, search: str, *, is_walk: bool = False) -> Conditions:
    """What is searched for, as SQL. `is_walk`: many rows fit, and are looked at one by one in the order of an index."""
    if not search:
        return []
    if is_walk:
        is_found = is_found_by(session, search)
        return [is_found if is_found is not None else false()]
    words = found_by(session, search)
    return [Review.id.in_(words) if words is not None else false()]


def unworded(session: Session, filters: Filters) -> Conditions:
    """All filters but the search."""
    found: Conditions = []
    if filters.anger:
        found.append(_anger(filters.anger))
    if filters.stars:
        found.append(or_(*(_stars(number) for number in filters.stars)))
    if filters.source:
        found.append(Review.source_id.in_(select(Source.id).where(_of_sources(filters.source))))
    if filters.place:
        of_places = select(Source.id).join(Location).where(Location.slug.in_(filters.place))
        found.append(Review.source_id.in_(of_places))
    for kind, names in ((LabelKind.TOPIC, filters.topic), (LabelKind.RISK, filters.risk)):
        if names:
            found.append(Score.review_id.in_(_labelled(kind, names)))
    if filters.language:
        by_source = and_(Review.scored_with == NOT_JUDGED, Review.language.in_(filters.language))
        found.append(or_(Score.language.in_(filters.language), by_source))
    if filters.state:
        found.append(Case.state.in_([CaseState(state) for state in filters.state if state in list(CaseState)]))
    if filters.stage:
        found.append(or_(*(_stage(stage) for stage in filters.stage)))
    if filters.tag:
        found.append(tagged(filters.tag))
    if filters.assignee:
        found.append(or_(*(_assigned(to) for to in filters.assignee)))
    if filters.cause:
        found.append(or_(*(_caused(by) for by in filters.cause)))
    days: Conditions = []
    if filters.since is not None or filters.until is not None:
        days = _days(session, filters.since, filters.until)
        found += days
    if filters.visit_day or filters.visit_hour:
        found.append(visited(session, filters.visit_day, filters.visit_hour))
    if filters.is_complaint:
        found.append(is_complaint())
    if filters.is_changed:
        earlier = select(Revision.id).where(Revision.review_id == Review.id).correlate(Review).exists()
        found.append(or_(Case.reopened_at.is_not(None), earlier))
    if filters.overdue_at is not None:
        found.append(_is_overdue(filters.overdue_at))
    if filters.waiting_at is not None:
        is_late = and_(Case.stage == CaseStage.TODO, Case.due_at.is_not(None), Case.due_at <= filters.waiting_at)
        found += [Case.state == CaseState.OPEN, Case.stage.in_((CaseStage.TODO, CaseStage.WAITING)), ~is_late]
    if filters.missed_at is not None:
        found.append(or_(answered(session, days, is_in_time=False), _is_overdue(filters.missed_at)))
    if filters.is_in_time:
        found.append(answered(session, days, is_in_time=True))
    return found


def narrowed(view: ColumnElement[bool], which: Conditions) -> Select[int]:
    """The ids of the cases that fit, in no order."""
    return select(Case.id).join(Review, Review.id == Case.review_id).outerjoin(Score, _is_current()).where(view, *which)


def in_case_order(which: Conditions) -> ColumnElement[bool]:
    """The same as a condition on a case."""
    if not which:
        return Case.id.is_not(None)
    here = select(Review.id).outerjoin(Score, _is_current()).where(Review.id == Case.review_id, *which)
    return here.offset(0).correlate(Case).exists()


def in_review_order(view: ColumnElement[bool], which: Conditions) -> ColumnElement[bool]:
    """The same as a condition on a review."""
    here = select(Case.id).outerjoin(Score, _is_current()).where(Case.review_id == Review.id, view, *which)
    return here.offset(0).correlate(Review).exists()


def _is_overdue(at: datetime) -> ColumnElement[bool]:
    return and_(Case.state == CaseState.OPEN, Case.stage == CaseStage.TODO, Case.due_at <= at)


def _is_current() -> ColumnElement[bool]:
    # A score of an earlier wording says nothing of this one. Nearly all are of the present one, but from two equations
    # PostgreSQL would reckon with one row in a million, and join whole tables before it looks for the first.
    is_of_wording = case((Score.content_hash == Review.content_hash, true()), else_=false())
    return and_(Score.review_id == Review.id, is_of_wording)


def _of_sources(names: tuple[str, ...]) -> ColumnElement[bool]:
    known = Source.slug.in_([name for name in names if name not in (PUBLIC, TOLD)])
    kinds = [Source.platform == BY_HAND] * (TOLD in names) + [Source.platform != BY_HAND] * (PUBLIC in names)
    return or_(known, *kinds)


def _anger(levels: tuple[str, ...]) -> ColumnElement[bool]:
    known = Score.anger_level.in_([level for level in levels if level != UNSCORED])
    return or_(known, Score.review_id.is_(None)) if UNSCORED in levels else known


def _stars(number: int) -> ColumnElement[bool]:
    if number == NO_STARS:
        return Review.stars.is_(None)
    least = 0.0 if number == 1 else number - 0.5  # some sources give none of five
    return and_(Review.stars >= least, Review.stars < number + 0.5)


def _stage(stage: str) -> ColumnElement[bool]:
    if stage == SNOOZED:
        return Case.snoozed_until.is_not(None)
    if stage not in list(CaseStage):
        return false()
    is_at = Case.stage == CaseStage(stage)
    return and_(is_at, Case.snoozed_until.is_(None)) if stage == CaseStage.TODO else is_at


def _assigned(to: str) -> ColumnElement[bool]:
    if to == NOBODY:
        return Case.assignee_id.is_(None)
    return Case.assignee_id == int(to) if to.isdecimal() and len(to) < 10 else false()


def _caused(by: str) -> ColumnElement[bool]:
    if by == NO_CAUSE:
        return and_(Case.cause_id.is_(None), Case.is_flagged)
    return Case.cause_id == int(by) if by.isdecimal() and len(by) < 10 else false()


def _labelled(kind: LabelKind, names: tuple[str, ...]) -> Select[int]:
    return select(ScoreLabel.review_id).where(ScoreLabel.kind == kind, ScoreLabel.name.in_(names))


def _days(session: Session, since: date | None, until: date | None) -> Conditions:
    """As pages write dates: a bare date is that date everywhere, an instant has the date of its place's clocks."""
    at = Review.published_at
    found: Conditions = []  # first what holds in every zone, for the index
    if since is not None:
        found.append(at >= _midnight(since, UTC) - _AHEAD_MOST)
    if until is not None:
        found.append(at < _midnight(until + _DAY, UTC) + _BEHIND_MOST)
    is_bare = Review.published_precision.in_(BARE_DATES)
    fits = [and_(is_bare, *_between(at, since, until, UTC))]
    for name in zones_at(session, None):
        of_zone = Review.source_id.in_(select(Source.id).join(Location).where(Location.timezone == name))
        fits.append(and_(~is_bare, of_zone, *_between(at, since, until, _zone(name))))
    return [*found, or_(*fits)]


def _between(
    at: InstrumentedAttribute[datetime], since: date | None, until: date | None, zone: tzinfo
) -> Iterator[ColumnElement[bool]]:
    if since is not None:
        yield at >= _midnight(since, zone)
    if until is not None:
        yield at < _midnight(until + _DAY, zone)


def _midnight(day: date, zone: tzinfo) -> datetime:
    return datetime.combine(day, time(), tzinfo=zone).astimezone(UTC)


def _zone(name: str) -> tzinfo:
    try:
        return ZoneInfo(name)
    except (KeyError, ValueError, OSError):
        return UTC
