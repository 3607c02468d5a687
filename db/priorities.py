"""Priorities of cases: what they are computed from, and where they are stored with the rank that follows.

`db` knows no formula but that of the stars, where nothing else may be read. Functions flush and never commit.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Select, and_, exists, select, update
from sqlalchemy.orm import Session

from .cases import chunks, lock_reviews, settle
from .models import Case, CaseState, Location, Review, Score, Source
from .rank import set_ranks

FEW_STARS = 2.0  # of 5, where the stars alone have to tell, and
STARS_MOST = 40.0  # the points of 100 that none of them brings: below what a model finds angry, above what it does not


@dataclass(frozen=True, slots=True, kw_only=True)
class DuePriority:
    """What a priority is computed from."""

    case_id: int
    review_id: int
    anger: float
    anger_level: str
    sentiment: float
    topics: list[dict[str, Any]]
    risks: list[dict[str, Any]]
    stars: float | None
    reach: float
    published_at: datetime
    published_precision: str
    reopened_at: datetime | None
    timezone: str
    said_angry: bool | None = None  # by people, of this wording


@dataclass(frozen=True, slots=True, kw_only=True)
class PriorityRow:
    case_id: int
    priority: float  # 0..100
    priority_parts: list[dict[str, Any]]  # [{name, points, most}]
    priority_due_at: datetime | None  # when age changes it next; None: never


def rank_by_stars(session: Session, review_ids: Iterable[int]) -> None:
    """Flag and rank reviews that no model may read by their rating alone: two stars or fewer need a person."""
    by_stars: dict[float | None, list[int]] = {}
    for ids in chunks(review_ids):
        for id_, stars in session.execute(select(Review.id, Review.stars).where(Review.id.in_(ids))).all():
            by_stars.setdefault(stars, []).append(id_)
    for stars, ids in by_stars.items():
        points = 0.0 if stars is None else round(STARS_MOST * (1 - stars / 5), 1)
        values: dict[str, Any] = {
            "is_flagged": stars is not None and stars <= FEW_STARS,
            "is_risky": False,
            "priority": points,
            "priority_parts": [{"name": "stars", "points": points, "most": STARS_MOST}] if points else [],
        }
        for some in chunks(ids):
            session.execute(
                update(Case).where(Case.review_id.in_(some)).values(**values),
                execution_options={"synchronize_session": False},
            )
        settle(session, ids)


def due_priorities(session: Session, *, now: datetime, limit: int) -> list[DuePriority]:
    """Open, scored cases whose priority has changed by age alone, longest due first.

    Nothing is claimed: computing one twice gives the same number.
    """
    due = ranking_facts().where(Case.priority_due_at <= now, Case.state == CaseState.OPEN)
    rows = session.execute(due.order_by(Case.priority_due_at).limit(limit))
    return [DuePriority(**row) for row in rows.mappings()]


def rank_soon(session: Session, case_ids: Iterable[int], *, now: datetime) -> None:
    """Have the priority of these computed again by the next sweep, of those that are open and have one."""
    is_ranked = and_(Case.state == CaseState.OPEN, exists().where(Score.review_id == Case.review_id))
    for ids in chunks(case_ids):
        session.execute(
            update(Case).where(Case.id.in_(ids), is_ranked).values(priority_due_at=now),
            execution_options={"synchronize_session": False},
        )


def ranking_facts() -> Select[*tuple[Any, ...]]:
    """The columns of DuePriority, of every case whose present wording is scored."""
    columns = (
        Case.id.label("case_id"),
        Case.review_id,
        Score.anger,
        Score.anger_level,
        Score.sentiment,
        Score.topics,
        Score.risks,
        Review.stars,
        Source.reach,
        Review.published_at,
        Review.published_precision,
        Case.reopened_at,
        Case.said_angry,
        Location.timezone,
    )
    return (
        select(*columns)
        .join(Review, Review.id == Case.review_id)
        .join(Score, and_(Score.review_id == Review.id, Score.content_hash == Review.content_hash))
        .join(Source, Source.id == Review.source_id)
        .join(Location, Location.id == Source.location_id)
    )


def store_priorities(session: Session, rows: Sequence[PriorityRow], *, now: datetime) -> int:
    """Store them where they are still due, and say how many were: a score stored meanwhile is newer and stays."""
    wanted = {row.case_id: row for row in rows}
    due = select(Case.id, Case.review_id).where(Case.id.in_(wanted), Case.priority_due_at <= now)
    lock_reviews(session, [row.review_id for row in session.execute(due)])
    still_due = {row.id for row in session.execute(due)}
    values = [
        {
            "id": case_id,
            "priority": wanted[case_id].priority,
            "priority_parts": wanted[case_id].priority_parts,
            "priority_due_at": wanted[case_id].priority_due_at,
        }
        for case_id in sorted(still_due)
    ]
    if values:
        session.execute(update(Case), values)
        set_ranks(session, Case.id.in_(still_due))
    return len(values)
