"""How the model's word compares with people's, over all that anybody has judged."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, Subquery, and_, case, func, select
from sqlalchemy.orm import Session

from ..models import NOT_JUDGED, Case, Review, Score, Verdict
from ..scores import scored_text
from .judged import is_by_hand

WAITING_MOST = 1000  # counting more tells nobody more


@dataclass(frozen=True, slots=True, kw_only=True)
class Tally:
    """Of the wordings that one version of the model had judged when people said what they think of it."""

    model_version: str
    flagged: int  # by their tone, and looked at
    rightly: int  # of these, those that people call angry
    calm: int  # not flagged, and looked at
    missed: int  # of these, those that people call angry
    last_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Looked:
    """How much of what the model flagged was looked at by anybody."""

    flagged: int  # published since, by tone or risk; no complaint that somebody took
    looked_at: int  # of these
    people: int  # who ever said something
    wordings: int  # about which
    disputed: int  # of these, those about which people do not agree
    uncounted: int  # of these, those no model had judged, or a risk alone or a person had brought into the queue


@dataclass(frozen=True, slots=True, kw_only=True)
class JudgedText:
    """A present wording with people's last word on it, and what the model says of it now."""

    text: str
    is_angry: bool
    anger: float
    anger_level: str
    model_version: str


def tallies(session: Session) -> list[Tally]:
    """By version of the model, the last used first. Where people disagree the last word counts."""
    last = _last_words()
    rows = session.execute(
        select(
            last.c.model_version,
            _count(last.c.was_flagged),
            _count(and_(last.c.was_flagged, last.c.is_angry)),
            _count(last.c.was_flagged.is_(False)),
            _count(and_(last.c.was_flagged.is_(False), last.c.is_angry)),
            func.max(last.c.said_at),
        )
        .where(last.c.place == 1, last.c.was_flagged.is_not(None))
        .group_by(last.c.model_version)
        .order_by(func.max(last.c.said_at).desc())
    )
    names = ("model_version", "flagged", "rightly", "calm", "missed", "last_at")
    return [Tally(**dict(zip(names, row, strict=True))) for row in rows]


def looked_at(session: Session, *, since: datetime) -> Looked:
    """What there is to count, and what was published since then."""
    last = _last_words()
    wordings, disputed, uncounted = session.execute(
        select(
            func.count(), _count(last.c.angry.not_in((0, last.c.words))), _count(last.c.was_flagged.is_(None))
        ).where(last.c.place == 1)
    ).one()
    recent = (
        select(func.count()).select_from(Review).join(Case, Case.review_id == Review.id).where(Case.is_flagged)
    ).where(Review.published_at >= since, ~is_by_hand())
    is_said = select(Verdict.id).where(Verdict.review_id == Review.id).exists()
    return Looked(
        flagged=session.scalar(recent) or 0,
        looked_at=session.scalar(recent.where(is_said)) or 0,
        people=session.scalar(select(func.count(Verdict.person_id.distinct()))) or 0,
        wordings=wordings,
        disputed=disputed,
        uncounted=uncounted,
    )


def judged_texts(session: Session, *, limit: int) -> list[JudgedText]:
    """The newest words of people on wordings that are still there, with the model's present figures.

    Complaints that people took are left out: they are no sample of reviews, and what was heard may stand there in
    place of the model's word.
    """
    last = _last_words()
    rows = session.execute(
        select(Review.title, Review.body, last.c.is_angry, Score.anger, Score.anger_level, Score.model_version)
        .join(last, and_(last.c.review_id == Review.id, last.c.content_hash == Review.content_hash))
        .join(Score, and_(Score.review_id == Review.id, Score.content_hash == Review.content_hash))
        .where(last.c.place == 1, Review.erased_at.is_(None), ~is_by_hand())
        .order_by(last.c.said_at.desc(), last.c.id.desc())
        .limit(limit)
    )
    return [
        JudgedText(
            text=scored_text(row.title, row.body),
            is_angry=row.is_angry,
            anger=row.anger,
            anger_level=row.anger_level,
            model_version=row.model_version,
        )
        for row in rows
    ]


def version_in_use(session: Session) -> str | None:
    """The version of the model that has judged the newest review that any has; None where none has."""
    is_judged = and_(Review.scored_with.is_not(None), Review.scored_with != NOT_JUDGED)
    return session.scalar(select(Review.scored_with).where(is_judged).order_by(Review.published_at.desc()).limit(1))


def still_to_judge(session: Session, version: str) -> int:
    """How many reviews this version has not judged yet; one more than `WAITING_MOST` where it is more."""
    others = (Review.scored_with < version, Review.scored_with > version, Review.scored_with.is_(None))
    count = 0
    for other in others:  # each is read from the index that begins with the version
        left = select(Review.id).where(other, Review.scored_with.is_distinct_from(NOT_JUDGED))
        count += session.scalar(select(func.count()).select_from(left.limit(WAITING_MOST + 1).subquery())) or 0
    return min(count, WAITING_MOST + 1)


def _last_words() -> Subquery:
    """Every word on every wording; in `place` 1 stands the last of each."""
    wording = (Verdict.review_id, Verdict.content_hash)
    found = select(
        Verdict.id,
        Verdict.review_id,
        Verdict.content_hash,
        Verdict.is_angry,
        Verdict.said_at,
        Verdict.model_version,
        Verdict.was_flagged,
        func.row_number()
        .over(partition_by=wording, order_by=(Verdict.said_at.desc(), Verdict.id.desc()))
        .label("place"),
        func.sum(case((Verdict.is_angry, 1), else_=0)).over(partition_by=wording).label("angry"),
        func.count().over(partition_by=wording).label("words"),
    )
    return found.subquery()


def _count(which: ColumnElement[bool]) -> ColumnElement[int]:
    return func.count().filter(which)
