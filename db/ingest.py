"""Storing what a crawl has read: new reviews, changed wordings, owners' replies.

One upsert per batch on (source, external id) and a few statements over sets beside it; never one per review. The same
crawl twice changes nothing but the time of the last sighting. Removals are no matter of a batch: `db.crawls.finish_run`
knows when a run was complete.

What a difference to the stored row means:

    title, body or rating   the old wording becomes a Revision, the case is reopened, the review is scored again
    owner's reply           the case is answered, or open again where the reply is gone
    anything else           taken over
    white space only        nothing: marks of the scored text count in the stored one
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from itertools import islice
from typing import Any, cast

from sqlalchemy import Table, case, func, insert, literal, null, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session
from sqlalchemy.sql.dml import Insert

from .cases import move_cases
from .errors import UnknownSource
from .incoming import FACTS, ReviewLike, keep_better_date, review_row
from .models import Case, CaseState, Review, Revision, Source

BATCH = 500
_REVIEW, _CASE, _REVISION = (cast("Table", model.__table__) for model in (Review, Case, Revision))


@dataclass(frozen=True, slots=True, kw_only=True)
class IngestCounts:
    """Distinct reviews are new, changed or unchanged (in their wording); `replied` counts across the last two."""

    new: int = 0
    changed: int = 0
    unchanged: int = 0
    replied: int = 0  # stored reviews whose owner's reply appeared, changed or went
    duplicates: int = 0  # items given twice under one id: the last one counts

    def __add__(self, other: IngestCounts) -> IngestCounts:
        return IngestCounts(
            new=self.new + other.new,
            changed=self.changed + other.changed,
            unchanged=self.unchanged + other.unchanged,
            replied=self.replied + other.replied,
            duplicates=self.duplicates + other.duplicates,
        )


def ingest(
    session: Session, source_id: int, items: Iterable[ReviewLike], *, run_id: int | None, now: datetime
) -> IngestCounts:
    """Store the reviews of one source as they are shown at `now`. The caller commits.

    Raises:
        UnknownSource: there is no source of that id.
        ValueError: an item holds a naive datetime.
    """
    session.flush()
    _hold_source(session, source_id)
    rows: dict[str, dict[str, Any]] = {}
    duplicates = 0
    for item in items:
        row = review_row(item, source_id=source_id, run_id=run_id, now=now)
        duplicates += rows.pop(row["external_id"], None) is not None
        rows[row["external_id"]] = row
    counts = IngestCounts(duplicates=duplicates)
    remaining = iter(rows.values())
    while batch := list(islice(remaining, BATCH)):
        counts += _ingest_batch(session, source_id, batch, now=now)
    session.expire_all()  # objects read before show the old rows
    return counts


def _hold_source(session: Session, source_id: int) -> None:
    # Batches of one source follow one another: two processes that read the same page at once would both take the
    # old wording for theirs to keep. On SQLite the transaction holds the whole file already.
    held = session.scalar(select(Source.id).where(Source.id == source_id).with_for_update(key_share=True))
    if held is None:
        raise UnknownSource(f"There is no source {source_id}. `amends source list` shows those there are.")


@dataclass(slots=True)
class _Changes:
    """Ids of stored reviews by what has happened to them, and the rows to write."""

    rows: list[dict[str, Any]]
    new: list[str]
    reworded: list[int]
    reopened: list[int]  # those of the reworded that nobody has answered since
    answered: list[int]
    unanswered: list[int]
    same: list[int]
    replied: int = 0


def _ingest_batch(session: Session, source_id: int, batch: list[dict[str, Any]], *, now: datetime) -> IngestCounts:
    stored = _stored(session, source_id, [row["external_id"] for row in batch])
    changes = _Changes(rows=[], new=[], reworded=[], reopened=[], answered=[], unanswered=[], same=[])
    for row in batch:
        _compare(row, stored.get(row["external_id"]), changes)
    if changes.reworded:
        _keep_wordings(session, changes.reworded, now=now)
    if changes.rows:
        session.connection().execute(_upsert(session.get_bind().dialect.name), changes.rows)
    if changes.same:
        _mark_seen(session, changes.same, batch[0])
    if changes.new:
        _open_cases(session, source_id, changes.new, now=now)
    reanswered = set(changes.reworded) - set(changes.reopened)
    for ids, state, is_reworded in (
        (changes.answered, CaseState.ANSWERED, False),
        (changes.unanswered, CaseState.OPEN, False),
        (changes.reopened, CaseState.OPEN, True),
        (reanswered, CaseState.ANSWERED, True),
    ):
        if ids:
            move_cases(session, ids, state, now=now, is_reworded=is_reworded)
    return IngestCounts(
        new=len(changes.new),
        changed=len(changes.reworded),
        unchanged=len(batch) - len(changes.new) - len(changes.reworded),
        replied=changes.replied,
    )


def _stored(session: Session, source_id: int, external_ids: list[str]) -> dict[str, dict[str, Any]]:
    columns = [
        _REVIEW.c[name] for name in ("id", "external_id", "content_hash", "reply_hash", "missing_since_at", *FACTS)
    ]
    rows = session.connection().execute(
        select(*columns)
        .where(_REVIEW.c.source_id == source_id, _REVIEW.c.external_id.in_(external_ids))
        .order_by(_REVIEW.c.id)
        .with_for_update(key_share=True)  # see db.cases: reviews are locked first, in this order
    )
    names = tuple(rows.keys())
    return {row.external_id: dict(zip(names, row, strict=True)) for row in rows}


def _compare(row: dict[str, Any], stored: dict[str, Any] | None, changes: _Changes) -> None:
    if stored is None:
        changes.new.append(row["external_id"])
        changes.rows.append(row)
        return
    keep_better_date(row, stored)
    is_reworded = row["content_hash"] != stored["content_hash"]
    is_reply_new = row["reply_hash"] != stored["reply_hash"]
    is_back = stored["missing_since_at"] is not None
    changes.replied += is_reply_new
    if is_reworded:
        changes.reworded.append(stored["id"])
        if not (is_reply_new and _answers_new_wording(row)):
            changes.reopened.append(stored["id"])
    elif is_reply_new or is_back:
        (changes.answered if row["reply_hash"] else changes.unanswered).append(stored["id"])
    if is_reworded or is_reply_new or any(row[name] != stored[name] for name in FACTS):
        changes.rows.append(row)
    else:
        changes.same.append(stored["id"])


def _answers_new_wording(row: dict[str, Any]) -> bool:
    # Edited and answered between two crawls: only dates tell which came last. Without them a person looks.
    edited_at, replied_at = row["edited_at"], row["reply_published_at"]
    return bool(row["reply_hash"]) and edited_at is not None and replied_at is not None and replied_at >= edited_at


def _keep_wordings(session: Session, review_ids: list[int], *, now: datetime) -> None:
    earlier = select(func.coalesce(func.max(_REVISION.c.number), 0)).where(_REVISION.c.review_id == _REVIEW.c.id)
    replaced = select(func.max(_REVISION.c.replaced_at)).where(_REVISION.c.review_id == _REVIEW.c.id)
    wordings = select(
        _REVIEW.c.id,
        earlier.scalar_subquery() + 1,
        *(_REVIEW.c[name] for name in ("title", "body", "rating_raw", "stars", "content_hash")),
        func.coalesce(replaced.scalar_subquery(), _REVIEW.c.first_seen_at),
        literal(now, _REVISION.c.replaced_at.type),
    ).where(_REVIEW.c.id.in_(review_ids))
    columns = [
        "review_id",
        "number",
        "title",
        "body",
        "rating_raw",
        "stars",
        "content_hash",
        "seen_from_at",
        "replaced_at",
    ]
    session.execute(insert(_REVISION).from_select(columns, wordings))


@lru_cache
def _upsert(dialect: str) -> Insert:
    statement = postgresql.insert(_REVIEW) if dialect == "postgresql" else sqlite.insert(_REVIEW)
    shown = statement.excluded
    is_same = _REVIEW.c.content_hash == shown.content_hash
    values: dict[str, Any] = {
        name: shown[name]
        for name in (*FACTS, "reply_body", "reply_hash", "content_hash", "last_seen_at", "last_run_id", "missed_runs")
    }
    for name in ("title", "body"):
        values[name] = case((is_same, _REVIEW.c[name]), else_=shown[name])
    # A wording that changes while it is being scored loses its claim: the score of the old one is of no use.
    for name in ("scored_with", "score_claim", "score_claimed_until"):
        values[name] = case((is_same, _REVIEW.c[name]), else_=null())
    values["missing_since_at"] = null()
    return statement.on_conflict_do_update(index_elements=["source_id", "external_id"], set_=values)


def _mark_seen(session: Session, review_ids: list[int], row: dict[str, Any]) -> None:
    session.connection().execute(
        update(_REVIEW)
        .where(_REVIEW.c.id.in_(review_ids))
        .values(
            last_seen_at=row["last_seen_at"],
            last_run_id=row["last_run_id"],
            missed_runs=0,
            missing_since_at=null(),
        )
    )


def _open_cases(session: Session, source_id: int, external_ids: list[str], *, now: datetime) -> None:
    is_answered = _REVIEW.c.reply_hash != ""
    state_type = _CASE.c.state.type
    opened = select(
        _REVIEW.c.id,
        case(
            (is_answered, literal(CaseState.ANSWERED, state_type)),
            else_=literal(CaseState.OPEN, state_type),
        ),
        literal(value=False),
        literal(value=False),
        literal(0.0),
        literal([], _CASE.c.priority_parts.type),
        literal(now, _CASE.c.opened_at.type),
    ).where(_REVIEW.c.source_id == source_id, _REVIEW.c.external_id.in_(external_ids))
    opened = opened.order_by(_REVIEW.c.id)
    columns = ["review_id", "state", "is_flagged", "in_queue", "priority", "priority_parts", "opened_at"]
    session.connection().execute(insert(_CASE).from_select(columns, opened))
