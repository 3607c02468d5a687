"""The same review at two sites of one place: linked, never merged, for each is answered where it stands.

A pair is one when both were published within two weeks of each other, are long enough not to be alike by chance, and
read almost the same. Every review is compared once, when it is new, with the newest others of its place.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any, Protocol

from sqlalchemy import and_, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from .models import BY_HAND, Review, Source, Twin
from .wording import likened

WITHIN = timedelta(days=14)  # people write the same twice in one sitting, or when they are asked again
LEAST_LETTERS = 40  # "Great food and service!" is written by many
LEAST_LIKENESS = 0.92
LETTERS_MOST = 2000  # compared of each
CANDIDATES = 400  # of the same place, nearest in time
BATCH = 200


class _Wording(Protocol):
    id: int
    body: str
    published_at: datetime


def link_twins(session: Session, source_id: int, *, now: datetime, limit: int = BATCH) -> int:
    """Compare the next reviews of a source that never were; how many were compared, 0 when all have been."""
    # Holding the source keeps a crawl of it from storing reviews below the mark meanwhile.
    source = session.scalars(select(Source).where(Source.id == source_id).with_for_update(key_share=True)).one_or_none()
    if source is None:
        return 0
    new = session.execute(
        select(Review.id, Review.body, Review.published_at, Review.erased_at)
        .where(Review.source_id == source_id, Review.id > source.twins_sought_to)
        .order_by(Review.id)
        .limit(limit)
    ).all()
    if not new:
        return 0
    others = session.scalars(
        select(Source.id).where(
            Source.location_id == source.location_id, Source.id != source_id, Source.platform != BY_HAND
        )
    ).all()
    pairs = [pair for row in new if others and row.erased_at is None for pair in _twins_of(session, row, others)]
    _store(session, pairs, now=now)
    session.execute(update(Source).where(Source.id == source_id).values(twins_sought_to=new[-1].id))
    return len(new)


def deny_twin(session: Session, review_id: int, other_id: int, *, is_denied: bool = True) -> bool:
    """A person says that these are two, or takes that back. False when nobody had said that they are one."""
    done = session.execute(
        update(Twin)
        .where(Twin.review_id == min(review_id, other_id), Twin.other_id == max(review_id, other_id))
        .values(is_denied=is_denied)
        .returning(Twin.id)
    )
    return done.scalar() is not None


def likeness(one: str, other: str) -> float:
    """How alike two folded texts are, 0 to 1; 0 where it is less than makes a twin."""
    from rapidfuzz.fuzz import ratio

    if one == other:
        return 1.0
    return ratio(one[:LETTERS_MOST], other[:LETTERS_MOST], score_cutoff=LEAST_LIKENESS * 100) / 100


def _twins_of(session: Session, row: _Wording, others: Sequence[int]) -> list[tuple[int, int, float]]:
    folded = likened(row.body)
    if len(folded) < LEAST_LETTERS:
        return []
    pairs = []
    for other in _candidates(session, row.published_at, others):
        found = likeness(folded, likened(other.body))
        if found:
            pairs.append((min(row.id, other.id), max(row.id, other.id), found))
    return pairs


def _candidates(session: Session, published_at: datetime, others: Sequence[int]) -> list[_Wording]:
    near = and_(Review.published_at >= published_at - WITHIN, Review.published_at <= published_at + WITHIN)
    rows: Any = session.execute(
        select(Review.id, Review.body, Review.published_at)
        .where(Review.source_id.in_(others), near, Review.erased_at.is_(None))
        .order_by(Review.published_at.desc(), Review.id.desc())
        .limit(CANDIDATES)
    )
    return list(rows)


def _store(session: Session, pairs: list[tuple[int, int, float]], *, now: datetime) -> None:
    if not pairs:
        return
    insert = postgresql.insert if session.get_bind().dialect.name == "postgresql" else sqlite.insert
    values = [
        {"review_id": low, "other_id": high, "likeness": found, "found_at": now, "is_denied": False}
        for low, high, found in pairs
    ]
    session.execute(insert(Twin).on_conflict_do_nothing(), values)
