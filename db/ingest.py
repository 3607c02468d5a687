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
from itertools import islice
from operator import itemgetter
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from .cases import move_cases
from .errors import UnknownSource
from .incoming import FACTS, ReviewLike, keep_better_date, review_row
from .models import CaseState, Source
from .review_writes import hold_stored, keep_wordings, mark_seen, upsert_reviews

BATCH = 1000

_facts = itemgetter(*FACTS)


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
    reworded: list[int]
    reopened: list[int]  # those of the reworded that nobody has answered since
    answered: list[int]
    unanswered: list[int]
    same: list[int]
    new: int = 0
    replied: int = 0


def _ingest_batch(session: Session, source_id: int, batch: list[dict[str, Any]], *, now: datetime) -> IngestCounts:
    stored = hold_stored(session, source_id, [row["external_id"] for row in batch])
    changes = _Changes(rows=[], reworded=[], reopened=[], answered=[], unanswered=[], same=[])
    for row in batch:
        _compare(row, stored.get(row["external_id"]), changes)
    if changes.reworded:
        keep_wordings(session, changes.reworded, now=now)
    if changes.rows:
        upsert_reviews(session, changes.rows, now=now)
    if changes.same:
        mark_seen(session, changes.same, batch[0])
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
        new=changes.new,
        changed=len(changes.reworded),
        unchanged=len(batch) - changes.new - len(changes.reworded),
        replied=changes.replied,
    )


def _compare(row: dict[str, Any], stored: dict[str, Any] | None, changes: _Changes) -> None:
    if stored is None:
        changes.new += 1
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
    if is_reworded or is_reply_new or _facts(row) != _facts(stored):
        changes.rows.append(row)
    else:
        changes.same.append(stored["id"])


def _answers_new_wording(row: dict[str, Any]) -> bool:
    # Edited and answered between two crawls: only dates tell which came last. Without them a person looks.
    edited_at, replied_at = row["edited_at"], row["reply_published_at"]
    return bool(row["reply_hash"]) and edited_at is not None and replied_at is not None and replied_at >= edited_at
