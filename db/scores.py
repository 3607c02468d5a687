"""What is to be scored, and what the model said. `db` knows no model: scores come in as rows.

A claim commits at once; storing leaves the commit to the caller.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import lru_cache
from typing import Any
from uuid import uuid4

from sqlalchemy import ColumnElement, and_, case, delete, func, insert, or_, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session
from sqlalchemy.sql.dml import Insert

from .cases import chunks, lock_reviews, settle
from .models import NOT_JUDGED, Case, CaseState, Complaint, LabelKind, Review, Score, ScoreLabel, Source
from .priorities import rank_by_stars

# Open cases go first among this many of the newest. A strict order over all would sort a million rows for every batch.
LOOK_AHEAD = 2000


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewText:
    """A wording to be scored. Its score is stored only while `content_hash` is still that of the review."""

    review_id: int
    title: str
    body: str
    content_hash: str
    stars: float | None
    reach: float
    published_at: datetime
    reopened_at: datetime | None
    said_angry: bool | None = None  # by people, of this wording
    is_by_hand: bool = False  # a complaint that somebody took
    heard_level: str = ""  # its anger, as they heard it; empty where they left that to the model

    @property
    def text(self) -> str:
        """The scored text, in which the offsets of sentences count."""
        return scored_text(self.title, self.body)


@dataclass(frozen=True, slots=True, kw_only=True)
class ScoreRow:
    """The columns of Score, and what follows from them for the case."""

    review_id: int
    content_hash: str
    model_version: str
    anger: float
    anger_level: str
    reaches_alert: bool
    sentiment: float
    language: str
    topics: list[dict[str, Any]]
    risks: list[dict[str, Any]]
    sentences: list[dict[str, Any]]
    reasons: list[str]
    priority: float
    priority_parts: list[dict[str, Any]]
    priority_due_at: datetime | None
    is_flagged: bool
    is_risky: bool


def scored_text(title: str, body: str) -> str:
    """The title, a blank line and the body, or whichever of the two there is."""
    return f"{title}\n\n{body}" if title and body else title or body


def claim_unscored(
    session: Session, model_version: str, *, limit: int, now: datetime, lease_s: float
) -> list[ReviewText]:
    """Take up to `limit` wordings that this model has not scored: those never scored first, then those of other models.

    Within each, open cases and the newest first. Claims lapse after `lease_s`.
    """
    while True:
        ids, contested = _take(session, model_version, limit=limit, now=now)
        if ids or contested is None:
            break
        # Others are just taking all of these. Wait for one of them, holding nothing: whoever waits with locks in hand
        # can close a circle with a crawl that edits the same reviews.
        session.commit()
        session.execute(select(Review.id).where(Review.id == contested).with_for_update(key_share=True))
        session.commit()
    if not ids:
        session.commit()
        return []
    session.execute(
        update(Review)
        .where(Review.id.in_(ids))
        .values(score_claim=str(uuid4()), score_claimed_until=now + timedelta(seconds=lease_s)),
        execution_options={"synchronize_session": False},
    )
    texts = _texts(session, ids)
    session.commit()
    return texts


def count_unscored(session: Session, model_version: str | None = None) -> int:
    """How many wordings this model has not scored; without a version, how many no model has."""
    if model_version is None:
        kinds: list[ColumnElement[bool]] = [Review.scored_with.is_(None)]
    else:
        kinds = _kinds_of_due(session, model_version)
    return session.scalar(select(func.count()).select_from(Review).where(or_(*kinds), may_be_judged())) or 0


def may_be_judged() -> ColumnElement[bool]:
    """Whether the terms of its source let a model read a review. Those that do not are few, if any."""
    return Review.source_id.not_in(select(Source.id).where(Source.may_judge.is_(False)))


def set_may_judge(session: Session, source_id: int, may_judge: bool) -> None:
    """Let the model read what this source brings, or keep it away: what it has said then goes, and the stars count."""
    session.execute(update(Source).where(Source.id == source_id).values(may_judge=may_judge))
    ids = session.scalars(select(Review.id).where(Review.source_id == source_id, Review.erased_at.is_(None))).all()
    lock_reviews(session, ids)
    values = {"scored_with": None if may_judge else NOT_JUDGED, "score_claim": None, "score_claimed_until": None}
    for some in chunks(ids):
        session.execute(
            update(Review).where(Review.id.in_(some)).values(**values),
            execution_options={"synchronize_session": False},
        )
        if not may_judge:
            session.execute(delete(Score).where(Score.review_id.in_(some)))
    if not may_judge:
        rank_by_stars(session, ids)
    session.expire_all()


def store_scores(session: Session, rows: Sequence[ScoreRow], *, now: datetime) -> int:
    """Store scores of wordings that are still the present ones, and say how many were.

    The rest are left alone: their new wording is due already.
    """
    wanted = {row.review_id: row for row in rows}
    held: dict[int, str] = {}
    for ids in chunks(wanted):
        is_asked = or_(Review.scored_with.is_(None), Review.scored_with != NOT_JUDGED)  # nobody has said no meanwhile
        found = select(Review.id, Review.content_hash).where(Review.id.in_(ids), is_asked).order_by(Review.id)
        held |= dict(session.execute(found.with_for_update(key_share=True)).all())
    current = [wanted[id_] for id_, hash_ in held.items() if wanted[id_].content_hash == hash_]
    if not current:
        return 0
    connection = session.connection()
    connection.execute(_upsert(connection.dialect.name), [_score_columns(row, now=now) for row in current])
    _store_labels(session, current)
    session.execute(
        update(Review),
        [
            {"id": r.review_id, "scored_with": r.model_version, "score_claim": None, "score_claimed_until": None}
            for r in current
        ],
    )
    _store_on_cases(session, current)
    session.expire_all()
    return len(current)


def _kinds_of_due(session: Session, model_version: str) -> list[ColumnElement[bool]]:
    # One kind per model version found: each is then read from the index (scored_with, published_at) in its order.
    kinds: list[ColumnElement[bool]] = [Review.scored_with.is_(None)]
    version = session.scalar(select(func.min(Review.scored_with)))
    while version is not None:
        if version not in (model_version, NOT_JUDGED):
            kinds.append(Review.scored_with == version)
        version = session.scalar(select(func.min(Review.scored_with)).where(Review.scored_with > version))
    return kinds


def _take(session: Session, model_version: str, *, limit: int, now: datetime) -> tuple[list[int], int | None]:
    """Ids of due reviews, locked for us, and one that another worker holds. Never waits."""
    ids: list[int] = []
    contested = None
    is_free = or_(Review.score_claimed_until.is_(None), Review.score_claimed_until < now)
    for kind in _kinds_of_due(session, model_version):
        is_due = and_(kind, is_free, may_be_judged())
        wanted = _candidates(session, is_due, limit=limit - len(ids))
        rows = select(Review.id).where(Review.id.in_(wanted), is_due).order_by(Review.id)
        free = set(session.scalars(rows.with_for_update(skip_locked=True, key_share=True)))
        ids += [id_ for id_ in wanted if id_ in free]
        contested = next((id_ for id_ in wanted if id_ not in free), contested)
        if len(ids) >= limit:
            break
    return ids, contested


def _candidates(session: Session, is_due: ColumnElement[bool], *, limit: int) -> Sequence[int]:
    newest = select(Review.id, Review.published_at).where(is_due).order_by(Review.published_at.desc())
    window = newest.limit(max(limit, LOOK_AHEAD)).subquery()
    is_open = case((Case.state == CaseState.OPEN, 0), else_=1)
    return session.scalars(
        select(window.c.id)
        .outerjoin(Case, Case.review_id == window.c.id)
        .order_by(is_open, window.c.published_at.desc(), window.c.id.desc())
        .limit(limit)
    ).all()


def _texts(session: Session, ids: list[int]) -> list[ReviewText]:
    rows = session.execute(
        select(
            Review.id.label("review_id"),
            Review.title,
            Review.body,
            Review.content_hash,
            Review.stars,
            Source.reach,
            Review.published_at,
            Case.reopened_at,
            Case.said_angry,
            Complaint.review_id.is_not(None).label("is_by_hand"),
            func.coalesce(Complaint.heard_level, "").label("heard_level"),
        )
        .join(Source, Source.id == Review.source_id)
        .outerjoin(Case, Case.review_id == Review.id)
        .outerjoin(Complaint, Complaint.review_id == Review.id)
        .where(Review.id.in_(ids))
    )
    texts = {row["review_id"]: ReviewText(**row) for row in rows.mappings()}
    return [texts[id_] for id_ in ids]


def _score_columns(row: ScoreRow, *, now: datetime) -> dict[str, Any]:
    return {
        "review_id": row.review_id,
        "model_version": row.model_version,
        "content_hash": row.content_hash,
        "scored_at": now,
        "anger": row.anger,
        "anger_level": row.anger_level,
        "reaches_alert": row.reaches_alert,
        "sentiment": row.sentiment,
        "language": row.language,
        "topics": row.topics,
        "risks": row.risks,
        "sentences": row.sentences,
        "reasons": row.reasons,
    }


@lru_cache
def _upsert(dialect: str) -> Insert:
    statement = postgresql.insert(Score) if dialect == "postgresql" else sqlite.insert(Score)
    columns = {column.name: statement.excluded[column.name] for column in Score.__table__.c if not column.primary_key}
    return statement.on_conflict_do_update(index_elements=["review_id"], set_=columns)


def _store_labels(session: Session, rows: list[ScoreRow]) -> None:
    ids = [row.review_id for row in rows]
    session.execute(
        delete(ScoreLabel).where(ScoreLabel.review_id.in_(ids)), execution_options={"synchronize_session": False}
    )
    kinds = {LabelKind.TOPIC: "topics", LabelKind.RISK: "risks"}
    labels = {
        (row.review_id, kind, str(found[kind]))
        for row in rows
        for kind, of in kinds.items()
        for found in getattr(row, of)
    }
    if labels:
        session.execute(insert(ScoreLabel), [{"review_id": i, "kind": kind, "name": name} for i, kind, name in labels])


def _store_on_cases(session: Session, rows: list[ScoreRow]) -> None:
    ids = [row.review_id for row in rows]
    cases = dict(session.execute(select(Case.review_id, Case.id).where(Case.review_id.in_(ids))).all())
    values = [
        {
            "id": cases[row.review_id],
            "priority": row.priority,
            "priority_parts": row.priority_parts,
            "priority_due_at": row.priority_due_at,
            "is_flagged": row.is_flagged,
            "is_risky": row.is_risky,
        }
        for row in rows
        if row.review_id in cases
    ]
    if values:
        session.execute(update(Case), values)
    settle(session, cases)
