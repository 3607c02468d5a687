"""What a model said of the newest reviews, for comparing it with what it would say otherwise."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, exists, select, true
from sqlalchemy.orm import Session

from ..models import Complaint, Review, Score
from ..scores import scored_text


@dataclass(frozen=True, slots=True, kw_only=True)
class JudgedRow:
    review_id: int
    published_at: datetime
    model_version: str
    anger: float
    anger_level: str
    risks: list[dict[str, Any]]


def is_by_hand() -> ColumnElement[bool]:
    """Of a review: whether it is a complaint that somebody took."""
    return exists().where(Complaint.review_id == Review.id)


def newest_judged(
    session: Session, versions: Collection[str], *, limit: int, since: datetime | None = None
) -> list[JudgedRow]:
    """The scores that these model versions gave to the present wordings, of the newest reviews first.

    Only of those published since then, where that is given. Complaints that people took are left out: what they heard
    may stand there in place of the model's word.
    """
    is_recent = true() if since is None else Review.published_at >= since
    rows: list[JudgedRow] = []
    for version in versions:  # each is read from the index (scored_with, published_at) in its order
        found = session.execute(
            select(
                Score.review_id,
                Review.published_at,
                Score.model_version,
                Score.anger,
                Score.anger_level,
                Score.risks,
            )
            .join(Review, Review.id == Score.review_id)
            .where(Review.scored_with == version, Score.model_version == version, is_recent)
            .where(~is_by_hand())
            .order_by(Review.published_at.desc())
            .limit(limit)
        )
        rows += [JudgedRow(**row) for row in found.mappings()]
    return sorted(rows, key=lambda row: (row.published_at, row.review_id), reverse=True)[:limit]


def wordings(session: Session, review_ids: Sequence[int]) -> dict[int, str]:
    """The scored texts of some reviews."""
    found = session.execute(select(Review.id, Review.title, Review.body).where(Review.id.in_(review_ids)))
    return {id_: scored_text(title, body) for id_, title, body in found}
