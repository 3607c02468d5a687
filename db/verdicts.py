"""What people say of the anger of a wording: one row for each person. `db.judging` writes them with their effect.

Functions flush and never commit.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, and_, delete, select, update
from sqlalchemy.orm import Session

from .cases import chunks
from .models import Person, Review, Verdict


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """One person's word on the present wording."""

    person_id: int | None
    person_name: str  # empty: somebody who is no longer here
    is_angry: bool
    said_at: datetime
    model_version: str
    anger: float | None  # what the model had said by then


def restore_verdict(session: Session, kept: dict[str, Any], *, person_id: int) -> None:
    """Put one's own word back to what it was before an act that is taken back."""
    session.execute(delete(Verdict).where(own_verdict(kept["review_id"], kept["content_hash"], person_id)))
    if kept["is_angry"] is not None:
        session.add(Verdict(**kept | {"person_id": person_id, "said_at": datetime.fromisoformat(kept["said_at"])}))
        session.flush()


def kept_verdict(own: Verdict | None, review_id: int, content_hash: str) -> dict[str, Any]:
    """What `restore_verdict` needs; `own` None: there was none."""
    kept: dict[str, Any] = {"review_id": review_id, "content_hash": content_hash, "is_angry": None}
    if own is None:
        return kept
    names = ("is_angry", "model_version", "anger", "was_flagged")
    return kept | {name: getattr(own, name) for name in names} | {"said_at": own.said_at.isoformat()}


def said_of(session: Session, review_id: int) -> list[Said]:
    """What people said of the present wording, the last first."""
    rows = session.execute(
        select(Verdict.person_id, Person.name, Verdict.is_angry, Verdict.said_at, Verdict.model_version, Verdict.anger)
        .join(Review, and_(Review.id == Verdict.review_id, Review.content_hash == Verdict.content_hash))
        .outerjoin(Person, Person.id == Verdict.person_id)
        .where(Verdict.review_id == review_id, Review.erased_at.is_(None))
        .order_by(Verdict.said_at.desc(), Verdict.id.desc())
    )
    return [
        Said(
            person_id=row.person_id,
            person_name=row.name or "",
            is_angry=row.is_angry,
            said_at=row.said_at,
            model_version=row.model_version,
            anger=row.anger,
        )
        for row in rows
    ]


def forget_wordings(session: Session, review_ids: Collection[int]) -> None:
    """Of erased reviews, keep what was said and not of which words: a digest of a short text can be guessed."""
    for ids in chunks(review_ids):
        present = select(Review.content_hash).where(Review.id == Verdict.review_id).scalar_subquery()
        session.execute(
            delete(Verdict).where(Verdict.review_id.in_(ids), Verdict.content_hash != present),
            execution_options={"synchronize_session": False},
        )
        session.execute(
            update(Verdict).where(Verdict.review_id.in_(ids)).values(content_hash=""),
            execution_options={"synchronize_session": False},
        )


def last_word(session: Session, review_id: int, content_hash: str) -> bool | None:
    """What holds for the case: the last that anybody said of this wording."""
    return session.scalar(
        select(Verdict.is_angry)
        .where(Verdict.review_id == review_id, Verdict.content_hash == content_hash)
        .order_by(Verdict.said_at.desc(), Verdict.id.desc())
        .limit(1)
    )


def own_verdict(review_id: int, content_hash: str, person_id: int) -> ColumnElement[bool]:
    """One person's word on one wording."""
    return and_(Verdict.review_id == review_id, Verdict.content_hash == content_hash, Verdict.person_id == person_id)
