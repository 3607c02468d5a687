"""What storing a reading would change, found by storing it and taking everything back.

The same statements as of a true run, in one transaction that is never committed: what is told is what would happen.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from .crawls import RunResult, finish_run, start_run
from .errors import explained
from .incoming import ReviewLike
from .ingest import ingest
from .models import CrawlRun, Review
from .vault import Vault
from .wording import cut

FIRST = 5  # reviews that are shown, and
FIRST_CHARS = 300  # so much of each


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownReview:
    """One review that would be stored, in short."""

    is_new: bool  # else its wording has changed
    stars: float | None
    rating: str  # as the source writes it
    published_at: str  # ISO 8601, and
    precision: str  # how much of it is known
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Rehearsal:
    """Counts of reviews. `absent` ones were not shown this time: another complete reading without them says gone."""

    new: int = 0
    changed: int = 0
    unchanged: int = 0
    gone: int = 0
    absent: int = 0
    replies: int = 0  # of the owner, among what was read, and
    new_replies: int = 0  # those of them that are not stored, or otherwise
    first: tuple[ShownReview, ...] = ()


@dataclass(frozen=True, slots=True)
class _Row:
    content_hash: str
    reply_hash: str
    is_missing: bool
    missed_runs: int


def rehearsal_from(told: dict[str, Any]) -> Rehearsal:
    """One out of what `dataclasses.asdict` and JSON have made of it."""
    return Rehearsal(**(told | {"first": tuple(ShownReview(**one) for one in told["first"])}))


def rehearse(
    engine: Engine,
    source_id: int,
    items: Sequence[ReviewLike],
    result: RunResult,
    *,
    now: datetime,
    vault: Vault,
) -> Rehearsal:
    """Store these reviews as a run that ended so, look at what that did, and take it back.

    Raises:
        DbError: what the database refused, in words.
    """
    with explained(), engine.connect() as connection:
        transaction = connection.begin()
        try:  # a commit inside would still be within this transaction
            with Session(connection, join_transaction_mode="rollback_only", expire_on_commit=False) as session:
                return _stored(session, source_id, items, result, now=now, vault=vault)
        finally:
            transaction.rollback()


def _stored(
    session: Session,
    source_id: int,
    items: Sequence[ReviewLike],
    result: RunResult,
    *,
    now: datetime,
    vault: Vault,
) -> Rehearsal:
    before = _rows(session, source_id)
    run_id = start_run(session, source_id, now=now, is_full=result.is_full)
    counts = ingest(session, source_id, items, run_id=run_id, now=now, vault=vault)
    told = replace(result, new=counts.new, changed=counts.changed, unchanged=counts.unchanged, gone=counts.withdrawn)
    finish_run(session, run_id, told, now=now)
    run = session.get_one(CrawlRun, run_id, populate_existing=True)
    after = _rows(session, source_id)
    seen = session.scalars(select(Review.id).where(Review.source_id == source_id, Review.last_run_id == run_id))
    replied = [id_ for id_ in seen if after[id_].reply_hash]
    new = [id_ for id_ in after if id_ not in before]
    changed = [id_ for id_, row in before.items() if id_ in after and row.content_hash != after[id_].content_hash]
    return Rehearsal(
        new=run.new,
        changed=run.changed,
        unchanged=run.unchanged,
        gone=run.gone,
        absent=sum(_is_absent(before.get(id_), row) for id_, row in after.items()),
        replies=len(replied),
        new_replies=sum(id_ not in before or before[id_].reply_hash != after[id_].reply_hash for id_ in replied),
        first=_first(session, new, changed),
    )


def _rows(session: Session, source_id: int) -> dict[int, _Row]:
    columns = (Review.id, Review.content_hash, Review.reply_hash, Review.missing_since_at, Review.missed_runs)
    rows = session.execute(select(*columns).where(Review.source_id == source_id)).all()
    return {
        row.id: _Row(row.content_hash, row.reply_hash, row.missing_since_at is not None, row.missed_runs)
        for row in rows
    }


def _is_absent(before: _Row | None, after: _Row) -> bool:
    return before is not None and after.missed_runs > before.missed_runs and not after.is_missing


def _first(session: Session, new: list[int], changed: list[int]) -> tuple[ShownReview, ...]:
    """The newest of the new ones, then the changed ones; none of whose text nothing may be kept."""
    found: list[ShownReview] = []
    for ids, is_new in ((new, True), (changed, False)):
        newest = (
            select(Review)
            .where(Review.id.in_(ids[:1000]), Review.erased_at.is_(None))
            .order_by(Review.published_at.desc(), Review.id)
            .limit(FIRST - len(found))
        )
        found += [_in_short(review, is_new=is_new) for review in session.scalars(newest)]
    return tuple(found)


def _in_short(review: Review, *, is_new: bool) -> ShownReview:
    return ShownReview(
        is_new=is_new,
        stars=review.stars,
        rating=review.rating_raw,
        published_at=review.published_at.isoformat(),
        precision=review.published_precision,
        text=cut(" ".join(f"{review.title} {review.body}".split()), FIRST_CHARS),
    )
