"""The reviews of a week that a digest tells of: those of angry customers, praise, and what they were about."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

from sqlalchemy import CTE, ColumnElement, Select, and_, case, func, select, true
from sqlalchemy.orm import Session

from ..hours import zone_of
from ..models import Case, CaseState, Cause, LabelKind, Location, Person, Review, Score, ScoreLabel, Source
from ..models.person import Membership
from .filtering import BARE_DATES
from .spans import Span, is_in, spans_table
from .week_figures import BACK_MOST, UNHAPPY, days_of_week, week_after, week_spans
from .zones import zones_at

PRAISED_STARS: Final = 3.5  # from here on a filter of four and five stars finds it
TEXTS_MOST: Final = 1000  # of praise that names are sought in
# By what it is not, and the cause of `of_cause` as a sum: else SQLite begins at the indexes of these, and reads every
# case there is where those of a week are wanted.
_COUNTS: Final = Case.state != CaseState.NOT_US
_STANDS: Final = Case.state.not_in((CaseState.GONE, CaseState.NOT_US))


@dataclass(frozen=True, slots=True, kw_only=True)
class WeekReview:
    """One review, for a line of its own."""

    review_id: int
    location_id: int
    location_name: str
    timezone: str
    source_name: str
    state: CaseState
    anger_level: str | None
    stars: float | None
    author_name: str
    published_at: datetime
    published_precision: str
    cause_key: str | None
    cause_name: str | None
    title: str
    body: str
    language: str
    sentences: list[dict[str, Any]]  # as db.models.Score has them


@dataclass(frozen=True, slots=True, kw_only=True)
class WeekCause:
    """How often a cause came up in the week, and in the twelve before it."""

    cause_id: int
    key: str
    name: str
    cases: int
    cases_before: int
    first_on: date  # ever, by the calendar of its place


@dataclass(frozen=True, slots=True, kw_only=True)
class WeekCauses:
    """Those of the week, the most frequent first; counted among what `week_figures` calls written."""

    causes: tuple[WeekCause, ...]
    unnamed: int  # of the week: they call for somebody, and nobody has chosen a cause


@dataclass(frozen=True, slots=True, kw_only=True)
class Praise:
    """What calm reviews of four and five stars are about, the most frequent first, and whom they name."""

    reviews: int
    topics: tuple[tuple[str, int], ...]
    people: tuple[tuple[str, int], ...]  # names of those who work there, with how many reviews name them
    is_part: bool  # names were sought in the newest TEXTS_MOST only


def unhappy_reviews(
    session: Session, week: str, *, places: Collection[int] | None, most: int, zones: Sequence[str] | None = None
) -> list[WeekReview]:
    """Of furious and angry customers: what nobody has answered first, then the angriest."""
    is_answered = case((Case.state == CaseState.OPEN, 0), else_=1)
    wanted = _reviews(session, week, places, zones)
    if wanted is None:
        return []
    wanted = wanted.where(_STANDS, Score.anger_level.in_(UNHAPPY))
    return _read(session, wanted.order_by(is_answered, Score.anger.desc(), Review.id).limit(most))


def all_reviews(
    session: Session, week: str, *, places: Collection[int] | None, most: int, zones: Sequence[str] | None = None
) -> list[WeekReview]:
    """Whatever was written, the oldest first: for a week of so few that a figure would tell less."""
    wanted = _reviews(session, week, places, zones)
    if wanted is None:
        return []
    return _read(session, wanted.where(_COUNTS).order_by(Review.published_at, Review.id).limit(most))


def of_cause(
    session: Session, week: str, cause_id: int, *, places: Collection[int] | None, zones: Sequence[str] | None = None
) -> WeekReview | None:
    """The angriest of a cause that has words; None where none has."""
    wanted = _reviews(session, week, places, zones)
    if wanted is None:
        return None
    has_words = (Case.cause_id + 0 == cause_id, _STANDS, Review.body != "")
    found = _read(session, wanted.where(*has_words).order_by(Score.anger.desc(), Review.id).limit(1))
    return found[0] if found else None


def week_causes(
    session: Session, week: str, *, places: Collection[int] | None, most: int, zones: Sequence[str] | None = None
) -> WeekCauses:
    """The most frequent causes; complaints and reviews count alike, as on the page of recurring causes."""
    here = true() if places is None else Location.id.in_(places)
    zones = zones_at(session, places, zones)
    if not zones:
        return WeekCauses(causes=(), unnamed=0)
    table = spans_table(week_spans(zones, [week]))
    calls = case((Case.is_flagged & Case.cause_id.is_(None), 1), else_=0)
    counts: Any = select(Case.cause_id, func.count(), func.sum(calls))
    counted: dict[int, int] = {}
    unnamed = 0
    for cause_id, count, nameless in session.execute(
        _joined(counts, table).where(here, _COUNTS).group_by(Case.cause_id)
    ):
        unnamed += nameless
        if cause_id is not None:
            counted[cause_id] = count
    ids = sorted(counted, key=lambda id_: (-counted[id_], id_))[:most]
    named = {cause.id: cause for cause in session.scalars(select(Cause).where(Cause.id.in_(ids)))}
    before = days_of_week(week_after(week, -BACK_MOST))[0], days_of_week(week_after(week, -1))[1]
    since, was = _history(
        session, ids, [Span(key=0, part=0, timezone=one, first=before[0], last=before[1]) for one in zones], here
    )
    return WeekCauses(
        causes=tuple(
            WeekCause(
                cause_id=id_,
                key=named[id_].key,
                name=named[id_].name,
                cases=counted[id_],
                cases_before=was[id_],
                first_on=since[id_],
            )
            for id_ in ids
        ),
        unnamed=unnamed,
    )


def week_praise(
    session: Session, week: str, *, places: Collection[int] | None, zones: Sequence[str] | None = None
) -> Praise:
    """What is praised. Exactly what the queue lists as calm, with four or five stars."""
    wanted = _statement(session, week, places, zones, [Review.id])
    if wanted is None:
        return Praise(reviews=0, topics=(), people=(), is_part=False)
    is_praise = (_STANDS, Score.anger_level == "calm", Review.stars >= PRAISED_STARS)
    ids = wanted.where(*is_praise)
    number = session.scalar(select(func.count()).select_from(ids.subquery())) or 0
    is_topic = (ScoreLabel.kind == LabelKind.TOPIC, ScoreLabel.review_id.in_(ids), ScoreLabel.name != "other")
    topics = session.execute(
        select(ScoreLabel.name, func.count().label("number"))
        .where(*is_topic)
        .group_by(ScoreLabel.name)
        .order_by(func.count().desc(), ScoreLabel.name)
    )
    found = tuple((row.name, row.number) for row in topics)
    return Praise(
        reviews=number, topics=found, people=_named(session, ids, places), is_part=number > TEXTS_MOST
    )  # fmt: skip


def _named(session: Session, ids: Select[Any], places: Collection[int] | None) -> tuple[tuple[str, int], ...]:
    """By whole words with a capital: somebody called Will is not every "will"."""
    who = select(Person.name).where(Person.is_active)
    if places is not None:
        is_there = Membership.location_id.is_(None) | Membership.location_id.in_(places)
        who = who.where(Person.id.in_(select(Membership.person_id).where(is_there)))
    by_word: dict[str, str] = {}
    for name in session.scalars(who.order_by(Person.id)):
        word = name.split()[0] if name.split() else ""
        if len(word) > 2 and word[0].isupper():
            by_word.setdefault(word, word)
    if not by_word:
        return ()
    texts = select(Review.title, Review.body).where(Review.id.in_(ids), Review.erased_at.is_(None))
    found: Counter[str] = Counter()
    for title, body in session.execute(texts.order_by(Review.published_at.desc(), Review.id).limit(TEXTS_MOST)):
        words = {word.strip(".,;:!?()\"'’“”…-") for word in f"{title} {body}".split()}
        found.update(words & by_word.keys())
    return tuple(sorted(found.items(), key=lambda one: (-one[1], one[0])))


def _history(
    session: Session, ids: list[int], before: Sequence[Span], here: ColumnElement[bool]
) -> tuple[dict[int, date], Counter[int]]:
    """When each of these causes came up first, and how often in these days, one stretch for each zone.

    From the cases of the causes, which are fewer than the reviews of the days.
    """
    table = spans_table(before)
    is_bare = Review.published_precision.in_(BARE_DATES)
    rows = session.execute(
        select(
            Case.cause_id,
            Location.timezone,
            is_bare,
            func.min(Review.published_at),
            func.sum(case((is_in(table), 1), else_=0)),
        )
        .join(Review, Review.id == Case.review_id)
        .join(Source, Source.id == Review.source_id)
        .join(Location, Location.id == Source.location_id)
        .outerjoin(table, table.c.timezone == Location.timezone)  # else SQLite reads the cases once for each zone
        .where(here, Case.cause_id.in_(ids), _COUNTS)
        .group_by(Case.cause_id, Location.timezone, is_bare)
    )
    found: dict[int, date] = {}
    counted: Counter[int] = Counter()
    for cause_id, timezone, bare, at, count in rows:
        day = at.date() if bare else at.astimezone(zone_of(timezone)).date()
        if cause_id is not None:
            found[cause_id] = min(day, found.get(cause_id, day))
            counted[cause_id] += count
    return found, counted


_COLUMNS: Final[Mapping[str, Any]] = {
    "review_id": Review.id,
    "location_id": Location.id,
    "location_name": Location.name,
    "timezone": Location.timezone,
    "source_name": Source.name,
    "state": Case.state,
    "anger_level": Score.anger_level,
    "stars": Review.stars,
    "author_name": Review.author_name,
    "published_at": Review.published_at,
    "published_precision": Review.published_precision,
    "cause_key": Cause.key,
    "cause_name": Cause.name,
    "title": Review.title,
    "body": Review.body,
    "language": func.coalesce(Score.language, Review.language),
    "sentences": Score.sentences,
}


def _reviews(
    session: Session, week: str, places: Collection[int] | None, zones: Sequence[str] | None
) -> Select[Any] | None:
    return _statement(session, week, places, zones, [column.label(name) for name, column in _COLUMNS.items()])


def _statement(
    session: Session, week: str, places: Collection[int] | None, zones: Sequence[str] | None, columns: list[Any]
) -> Select[Any] | None:
    """Of the week, with whatever a model said of their present wording; None where there is no place."""
    here = true() if places is None else Location.id.in_(places)
    zones = zones_at(session, places, zones)
    if not zones:
        return None
    table = spans_table(week_spans(zones, [week]))
    is_current = and_(Score.review_id == Review.id, Score.content_hash == Review.content_hash)
    statement = _joined(select(*columns), table).outerjoin(Score, is_current)
    return statement.outerjoin(Cause, Cause.id == Case.cause_id).where(here)


def _joined(statement: Select[Any], table: CTE) -> Select[Any]:
    return (
        statement.select_from(Location)
        .join(table, table.c.timezone == Location.timezone)
        .join(Source, Source.location_id == Location.id)
        .join(Review, (Review.source_id == Source.id) & is_in(table))
        .join(Case, Case.review_id == Review.id)
    )


def _read(session: Session, statement: Select[Any]) -> list[WeekReview]:
    rows = session.execute(statement).mappings()
    return [WeekReview(**{**row, "sentences": row["sentences"] or []}) for row in rows]
