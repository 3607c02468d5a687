"""What else is known beside one review: others of the same author, and like complaints at the same place.

Both cost the same however many reviews there are: indexes lead to the few that are read, and a bound ends the rest.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from sqlalchemy import ColumnElement, Select, and_, func, literal, literal_column, or_, select, true, union_all
from sqlalchemy.orm import Session, aliased

from ..models import Case, CaseState, LabelKind, Review, Score, ScoreLabel, Source
from ..session import once

AUTHOR_MOST = 50  # counted; "A Google user" writes without end
SHOWN = 5
LOOKED_THROUGH = 1000  # of the newest reviews of each source, for like complaints
BEGINNING = 240  # characters of a text
_OWN: Final = aliased(Source)  # made once: it copies every column
_EMPTY: ColumnElement[str] = literal_column("''")  # written out: else no index that leaves the empty ones out is used


@dataclass(frozen=True, slots=True, kw_only=True)
class OtherReview:
    """One of the others, as a line tells it."""

    review_id: int
    published_at: datetime
    published_precision: str
    source_name: str
    beginning: str  # of its text
    language: str
    rating_raw: str
    rating: float | None
    rating_max: float | None
    rating_kind: str
    stars: float | None
    state: CaseState
    anger_level: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class SameAuthor:
    others: tuple[OtherReview, ...]  # the newest first
    count: int  # one more than AUTHOR_MOST where there are more
    is_by_name: bool  # the source tells authors by their names alone: it may be somebody else


@dataclass(frozen=True, slots=True, kw_only=True)
class Similar:
    dates: tuple[tuple[int, datetime, str], ...]  # (id, published, how precisely) of each, the newest first
    latest: tuple[OtherReview, ...]  # without the review itself
    is_partial: bool  # a source has more reviews of this time than were looked through


def same_author(session: Session, review_id: int, *, places: Collection[int] | None) -> SameAuthor:
    """Others of its author on the same platform, at these places (None: at all); by name only at the same source.

    Erased reviews have no author, and so have nothing in common with anybody.
    """
    found = is_same_author(session, review_id)
    if found is None:
        return SameAuthor(others=(), count=0, is_by_name=False)
    is_same, is_by_name = found
    where = true() if places is None else Source.location_id.in_(places)
    lines = _lines(
        session,
        _line_statement()
        .where(is_same, where, Review.id != review_id, Review.erased_at.is_(None))
        .order_by(Review.published_at.desc())
        .limit(AUTHOR_MOST + 1),
    )
    return SameAuthor(others=tuple(lines[:SHOWN]), count=len(lines), is_by_name=is_by_name)


def review_lines(session: Session, review_ids: Collection[int]) -> list[OtherReview]:
    """These reviews as lines, the newest first."""
    wanted = _line_statement().where(Review.id.in_(review_ids))
    return _lines(session, wanted.order_by(Review.published_at.desc(), Review.id.desc()))


@once
def is_same_author(session: Session, review_id: int) -> tuple[ColumnElement[bool], bool] | None:
    """Which rows of Review joined with Source are of the author of this one, itself among them, and whether they are
    told by the name alone. None where its author is not known.
    """
    own = session.execute(
        select(Review.source_id, Review.author_ref, Review.author_name, Source.platform, Source.host)
        .join(Source, Source.id == Review.source_id)
        .where(Review.id == review_id)
    ).first()
    if own is None or not (own.author_ref or own.author_name):
        return None
    if own.author_ref:
        is_there = or_(Source.id == own.source_id, and_(Source.platform == own.platform, Source.host == own.host))
        return and_(Review.author_ref == own.author_ref, Review.author_ref != _EMPTY, is_there), False
    is_same = and_(
        Review.source_id == own.source_id, Review.author_name == own.author_name, Review.author_ref == _EMPTY
    )
    return is_same, True


def similar(session: Session, review_id: int, about: int | str, *, since: datetime) -> Similar:
    """Complaints of this cause, or about this topic, at its place, published since then; the review itself among them.

    A cause is given by its id, a topic by its name.
    """
    place = select(_OWN.location_id).join(Review, Review.source_id == _OWN.id).where(Review.id == review_id)
    one_more = (
        select(literal(1))
        .where(Review.source_id == Source.id, Review.published_at >= since)
        .order_by(Review.published_at.desc())
        .offset(LOOKED_THROUGH)
        .limit(1)
    )
    sources = session.execute(
        select(Source.id, one_more.scalar_subquery().label("more")).where(
            Source.location_id == place.correlate(None).scalar_subquery()
        )
    ).all()
    if not sources:
        return Similar(dates=(), latest=(), is_partial=False)
    rows = session.execute(similar_statement([row.id for row in sources], about, since=since)).all()
    dates = sorted(((row.id, row.published_at, row.published_precision) for row in rows), key=_newest, reverse=True)
    few = [id_ for id_, _, _ in dates if id_ != review_id][:SHOWN]
    latest = _lines(session, _line_statement().where(Review.id.in_(few)).order_by(Review.published_at.desc()))
    return Similar(dates=tuple(dates), latest=tuple(latest), is_partial=any(row.more for row in sources))


def similar_statement(source_ids: Collection[int], about: int | str, *, since: datetime) -> Select[Any]:
    """Which reviews of these sources complain of it: the newest of each are looked through, one by one."""
    looked = [
        select(
            select(Review.id, Review.published_at, Review.published_precision)
            .where(Review.source_id == id_, Review.published_at >= since, Review.erased_at.is_(None))
            .order_by(Review.published_at.desc())
            .limit(LOOKED_THROUGH)
            .subquery(f"of_{at}")
        )
        for at, id_ in enumerate(sorted(source_ids))
    ]
    every = union_all(*looked).subquery("looked")
    found = select(every.c.id, every.c.published_at, every.c.published_precision)
    if isinstance(about, int):
        return found.join(Case, and_(Case.review_id == every.c.id, Case.cause_id == about))
    is_topic = and_(ScoreLabel.kind == LabelKind.TOPIC.value, ScoreLabel.name == about)
    return found.join(ScoreLabel, and_(ScoreLabel.review_id == every.c.id, is_topic))


def _newest(row: tuple[int, datetime, str]) -> tuple[datetime, int]:
    return row[1], row[0]


def _line_statement() -> Select[Any]:
    text = func.substr(Review.title + " " + Review.body, 1, BEGINNING)
    return (
        select(
            Review.id.label("review_id"),
            Review.published_at,
            Review.published_precision,
            Source.name.label("source_name"),
            text.label("beginning"),
            Review.language,
            Review.rating_raw,
            Review.rating,
            Review.rating_max,
            Review.rating_kind,
            Review.stars,
            Case.state,
            Score.anger_level,
        )
        .join(Source, Source.id == Review.source_id)
        .join(Case, Case.review_id == Review.id)
        .outerjoin(Score, and_(Score.review_id == Review.id, Score.content_hash == Review.content_hash))
    )


def _lines(session: Session, statement: Select[Any]) -> list[OtherReview]:
    return [OtherReview(**row) for row in session.execute(statement).mappings()]
