"""Storing what a crawl has read: new reviews, changed wordings, owners' replies.

One upsert per batch on (source, external id) and a few statements over sets beside it; never one per review. The same
crawl twice changes nothing but the time of the last sighting. Removals are no matter of a batch: `db.crawls.finish_run`
knows when a run was complete.

What a difference to the stored row means:

    title, body or rating   the old wording becomes a Revision, the case is reopened, the review is scored again
    owner's reply           published, the case is answered; open again where it is gone, waits or was rejected
    withdrawn               text and name are erased at once and the case is gone; see db.erasing
    erased, shown again     taken back in and judged anew, unless its writer had it erased or it is too old to be kept
    text that is not kept   the same, without a Revision, where a digest tells that it was edited
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
from .erased_marks import find_marked
from .erasing import erase, erased_id, names_person
from .errors import UnknownSource
from .incoming import FACTS, ReviewLike, answers, bare_row, keep_better_date, review_row, withdrawn_row
from .models import ERASED_FOR_GOOD, NOT_JUDGED, CaseState, ErasedFor, Retention, Source, Standing
from .priorities import rank_by_stars
from .review_writes import hold_stored, index_written, keep_wordings, known_among, mark_seen, stored_ids, upsert_reviews
from .vault import Vault
from .waking import call_for_authors, wake_for
from .webhook_events import tell_opened

BATCH = 1000

_facts = itemgetter(*FACTS)


@dataclass(frozen=True, slots=True, kw_only=True)
class IngestCounts:
    """Distinct reviews are new, changed or unchanged (in their wording); `replied` counts across the last two."""

    new: int = 0
    changed: int = 0
    unchanged: int = 0
    replied: int = 0  # stored reviews whose owner's reply appeared, changed or went
    withdrawn: int = 0  # stored reviews that the platform has taken back
    duplicates: int = 0  # items given twice under one id: the last one counts

    def __add__(self, other: IngestCounts) -> IngestCounts:
        return IngestCounts(
            new=self.new + other.new,
            changed=self.changed + other.changed,
            unchanged=self.unchanged + other.unchanged,
            replied=self.replied + other.replied,
            withdrawn=self.withdrawn + other.withdrawn,
            duplicates=self.duplicates + other.duplicates,
        )


def ingest(
    session: Session,
    source_id: int,
    items: Iterable[ReviewLike],
    *,
    run_id: int | None,
    now: datetime,
    vault: Vault | None = None,
) -> IngestCounts:
    """Store the reviews of one source as they are shown at `now`. The caller commits.

    Of a source whose terms let nothing be kept, only ids and states are, and keyed digests of the wordings where its
    owner wants edits noticed. The vault makes those, and knows erased reviews again that come under new ids.

    Raises:
        UnknownSource: there is no source of that id, or it was removed.
        ValueError: an item holds a naive datetime, or the vault is needed and missing.
    """
    session.flush()
    terms = _hold_source(session, source_id, vault)
    rows: dict[str, dict[str, Any]] = {}
    duplicates = 0
    for item in items:
        row = terms.applied(review_row(item, source_id=source_id, run_id=run_id, now=now))
        duplicates += rows.pop(row["external_id"], None) is not None
        rows[row["external_id"]] = row
    counts = IngestCounts(duplicates=duplicates)
    remaining = iter(rows.values())
    while batch := list(islice(remaining, BATCH)):
        _find_erased(session, source_id, batch, vault, now=now)
        counts += _ingest_batch(session, source_id, batch, now=now)
        if not terms.may_judge:
            rank_by_stars(session, stored_ids(session, source_id, [row["external_id"] for row in batch]))
    session.expire_all()  # objects read before show the old rows
    return counts


def wording_now(
    session: Session, source_id: int, item: ReviewLike, *, now: datetime, vault: Vault | None = None
) -> str:
    """By what this wording would be known if it were stored now: a `Review.content_hash`, empty where none would be.

    Raises:
        UnknownSource, ValueError: as `ingest`.
    """
    terms = _terms_of(session, source_id, vault)
    return str(terms.applied(review_row(item, source_id=source_id, run_id=None, now=now))["content_hash"])


@dataclass(frozen=True, slots=True)
class _Terms:
    """What may be done with the text of a source."""

    is_kept: bool
    may_judge: bool
    vault: Vault | None  # where edits of texts that are not kept are to be noticed

    def applied(self, row: dict[str, Any]) -> dict[str, Any]:
        if not self.is_kept:
            return bare_row(row) | {"content_hash": self._mark_of(row)}
        if row["standing"] == Standing.WITHDRAWN:
            return withdrawn_row(row)
        return row if self.may_judge else row | {"scored_with": NOT_JUDGED}

    def _mark_of(self, row: dict[str, Any]) -> str:
        """Equal for equal wordings of one review, and of no use for anything else."""
        if self.vault is None:
            return ""
        return self.vault.digest(f"wording\0{row['source_id']}\0{row['external_id']}\0{row['content_hash']}")


def _hold_source(session: Session, source_id: int, vault: Vault | None) -> _Terms:
    return _terms_of(session, source_id, vault, is_held=True)


def _terms_of(session: Session, source_id: int, vault: Vault | None, *, is_held: bool = False) -> _Terms:
    # Batches of one source follow one another: two processes that read the same page at once would both take the
    # old wording for theirs to keep. On SQLite the transaction holds the whole file already.
    terms = select(Source.retention, Source.may_judge, Source.notices_edits)
    here = terms.where(Source.id == source_id, Source.removed_at.is_(None))
    held = session.execute(here.with_for_update(key_share=True) if is_held else here).one_or_none()
    if held is None:
        raise UnknownSource(f"There is no source {source_id}. `amends source list` shows those there are.")
    is_kept = held.retention is not Retention.NO_STORE
    notices_edits = held.notices_edits and not is_kept
    if notices_edits and vault is None:
        raise ValueError("edits of texts that are not kept are noticed by keyed digests, and those need the vault")
    return _Terms(is_kept, held.may_judge, vault if notices_edits else None)


def _find_erased(
    session: Session, source_id: int, batch: list[dict[str, Any]], vault: Vault | None, *, now: datetime
) -> None:
    """Give rows whose writer had them erased the id under which they are known since."""
    named = {
        erased_id(source_id, row["external_id"]): row
        for row in batch
        if names_person(
            row["external_id"],
            id_kind=row["id_kind"],
            author_name=row["author_name"],
            author_ref=row["author_ref"],
        )
    }
    if named:
        for name in known_among(session, source_id, list(named)):
            named[name]["external_id"] = name
    if marked := find_marked(session, source_id, batch, vault, now=now):
        stored = known_among(session, source_id, list(marked))  # the same guest's other review of that day stays
        for row in batch:
            if row["external_id"] not in stored:
                row["external_id"] = marked.get(row["external_id"], row["external_id"])


@dataclass(slots=True)
class _Changes:
    """Ids of stored reviews by what has happened to them, and the rows to write."""

    rows: list[dict[str, Any]]
    reworded: list[int]
    kept: list[int]  # those of the reworded whose earlier wording is here to be kept
    reopened: list[int]  # those of the reworded that nobody has answered since
    answered: list[int]
    unanswered: list[int]
    same: list[int]
    resting: list[int]  # withdrawn before, and told so again
    erased: dict[ErasedFor, list[int]]
    new: int = 0
    replied: int = 0


def _ingest_batch(session: Session, source_id: int, batch: list[dict[str, Any]], *, now: datetime) -> IngestCounts:
    stored = hold_stored(session, source_id, [row["external_id"] for row in batch])
    changes = _Changes(
        rows=[], reworded=[], kept=[], reopened=[], answered=[], unanswered=[], same=[], resting=[], erased={}
    )
    for row in batch:
        _compare(row, stored.get(row["external_id"]), changes)
    if changes.kept:
        keep_wordings(session, changes.kept, now=now)
    if changes.rows:
        upsert_reviews(session, changes.rows, now=now)
        index_written(session, changes.rows)
    if changes.same:
        mark_seen(session, changes.same, batch[0])
    if changes.resting:
        mark_seen(session, changes.resting, batch[0], is_back=False)
    for why, erased in changes.erased.items():
        mark_seen(session, erased, batch[0])
        erase(session, erased, why, now=now)
    if changes.new:
        new = [row for row in batch if row["external_id"] not in stored]
        tell_opened(session, source_id, [row["external_id"] for row in new], now=now)
        call_for_authors(session, source_id, new)
    if changes.reworded:
        wake_for(session, changes.reworded, "edit", now=now)
    if moved := [*changes.answered, *changes.unanswered]:
        wake_for(session, moved, "reply", now=now)
    reanswered = list(set(changes.reworded) - set(changes.reopened))
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
        withdrawn=len(changes.erased.get(ErasedFor.WITHDRAWN, ())),
    )


def _compare(row: dict[str, Any], stored: dict[str, Any] | None, changes: _Changes) -> None:
    if stored is None:
        changes.new += 1
        changes.rows.append(row)
        return
    if (row["erased_for"] or stored["erased_for"]) and _compare_erased(row, stored, changes):
        return
    keep_better_date(row, stored)
    _note_reply(row, stored)
    is_hash_new = row["content_hash"] != stored["content_hash"]
    # Without a text there is a digest of it or none: where one of the two has none, nothing is known of an edit.
    is_reworded = is_hash_new and bool(row["content_hash"] and stored["content_hash"])
    is_reply_new = row["reply_hash"] != stored["reply_hash"]
    has_moved = stored["missing_since_at"] is not None or stored["standing"] != row["standing"]
    has_moved |= answers(row) != answers(stored)
    changes.replied += is_reply_new
    if is_reworded:
        changes.reworded.append(stored["id"])
        if not stored["erased_for"]:
            changes.kept.append(stored["id"])
        if not (is_reply_new and _answers_new_wording(row)):
            changes.reopened.append(stored["id"])
    elif is_reply_new or has_moved:
        (changes.answered if answers(row) else changes.unanswered).append(stored["id"])
    if is_hash_new or is_reply_new or _facts(row) != _facts(stored):
        changes.rows.append(row)
    else:
        changes.same.append(stored["id"])


def _compare_erased(row: dict[str, Any], stored: dict[str, Any], changes: _Changes) -> bool:
    """Where one of the two has no text; True when that settles it."""
    was, becomes = stored["erased_for"], row["erased_for"]
    if was in ERASED_FOR_GOOD:
        changes.same.append(stored["id"])
    elif becomes == ErasedFor.WITHDRAWN and was == ErasedFor.WITHDRAWN:
        changes.resting.append(stored["id"])
    elif becomes and was != becomes:
        changes.erased.setdefault(ErasedFor(becomes), []).append(stored["id"])
    elif not becomes:  # shown to everybody again: the earlier wording is not known, so this one is no change of it
        keep_better_date(row, stored)
        (changes.answered if answers(row) else changes.unanswered).append(stored["id"])
        changes.rows.append(row)
    else:
        return False
    return True


def _note_reply(row: dict[str, Any], stored: dict[str, Any]) -> None:
    row["reply_event"], row["reply_event_at"] = stored["reply_event"], stored["reply_event_at"]
    if row["reply_hash"] != stored["reply_hash"]:
        row["reply_event"] = "gone" if not row["reply_hash"] else "changed" if stored["reply_hash"] else "seen"
        row["reply_event_at"] = row["last_seen_at"]


def _answers_new_wording(row: dict[str, Any]) -> bool:
    # Edited and answered between two crawls: only dates tell which came last. Without them a person looks.
    edited_at, replied_at = row["edited_at"], row["reply_published_at"]
    return answers(row) and edited_at is not None and replied_at is not None and replied_at >= edited_at
