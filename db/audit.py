"""The log that only grows: who wrote, checked, approved and posted what. Each line holds a digest of the one before it.

A line that was changed, taken out or put in later breaks the chain from there on; one cut off at the end does not, so
keep the last digest elsewhere now and then (`amends audit export` ends with it) and verify against it. Triggers of the
database refuse changes and deletions through its own door. Lines hold no text of guests and none of replies, and none
of what staff typed as a reason, but digests of them: what is erased elsewhere need not be erased here.

Functions flush and never commit.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Final

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from .acting import Actor
from .models import AuditEntry
from .personal import TYPED_FACTS

FIRST: Final = "0" * 64  # what stands in the place of the line before the first
_APPENDING: Final = 0x41756469  # the advisory lock of PostgreSQL under which lines are written, one after the other
_BATCH: Final = 1000


@dataclass(frozen=True, slots=True, kw_only=True)
class Verified:
    """What became of a verification. `broken_at` is the first line that does not fit; None: all do."""

    lines: int
    head: str  # the digest of the last line that fits; FIRST for none
    broken_at: int | None = None
    why: str = ""  # missing, changed or early: the head that was expected is not there


def append(
    session: Session,
    kind: str,
    facts: Mapping[str, Any],
    *,
    by: Actor | None,
    now: datetime,
    case_id: int | None = None,
) -> str:
    """Write a line, and give its digest. `by` None: Amends itself did it. `facts` must be JSON.

    Of what was typed (`db.personal.TYPED_FACTS`) only a digest is kept: the words stand at the case, where they can be
    taken out, and can be proved by it as long as they do.

    The lock is held until the transaction ends, so call it last in an act.
    """
    if by and by.via:
        facts = {**facts, "via": by.via}
    if session.get_bind().dialect.name == "postgresql":
        session.execute(select(func.pg_advisory_xact_lock(_APPENDING)))
    last = session.execute(select(AuditEntry.id, AuditEntry.digest).order_by(AuditEntry.id.desc()).limit(1)).first()
    kept = {name: text_digest(value) if name in TYPED_FACTS and value else value for name, value in facts.items()}
    entry = AuditEntry(
        id=last.id + 1 if last else 1,
        happened_at=now,
        person_id=by.person_id if by else None,
        person_name=by.name if by else "",
        kind=kind,
        case_id=case_id,
        facts=json.loads(json.dumps(kept)),  # as it will be read again
        digest="",
    )
    entry.digest = digest_of(entry, last.digest if last else FIRST)
    session.add(entry)
    session.flush()
    return entry.digest


def text_digest(text: str) -> str:
    """By what a line names a text."""
    return hashlib.sha256(text.encode()).hexdigest()


def digest_of(entry: AuditEntry, before: str) -> str:
    """SHA-256 over the digest before it and everything the line says, as canonical JSON."""
    return hashlib.sha256(f"{before}\n{canonical(entry)}".encode()).hexdigest()


def canonical(entry: AuditEntry) -> str:
    """The line as it is digested and exported: JSON with sorted keys, times in UTC to the microsecond."""
    return json.dumps(
        {
            "id": entry.id,
            "happened_at": entry.happened_at.astimezone(UTC).isoformat(timespec="microseconds"),
            "person_id": entry.person_id,
            "person_name": entry.person_name,
            "kind": entry.kind,
            "case_id": entry.case_id,
            "facts": entry.facts,
        },
        sort_keys=True,
        ensure_ascii=False,
        separators=(",", ":"),
    )


def verify(session: Session, *, expected: str = "") -> Verified:
    """Read the whole chain. With `expected`, the digest of a line kept elsewhere, that line must be there."""
    before, count, found = FIRST, 0, not expected or expected == FIRST
    for entry in lines(session):
        if entry.id != count + 1:
            return Verified(lines=count, head=before, broken_at=count + 1, why="missing")
        if entry.digest != digest_of(entry, before):
            return Verified(lines=count, head=before, broken_at=entry.id, why="changed")
        before, count = entry.digest, entry.id
        found = found or before == expected
    return Verified(lines=count, head=before, why="" if found else "early")


def lines(session: Session, *, case_id: int | None = None) -> Iterator[AuditEntry]:
    """Every line in order, read in batches; of one case only, where it is given."""
    after = 0
    while True:
        wanted = select(AuditEntry).where(AuditEntry.id > after).order_by(AuditEntry.id).limit(_BATCH)
        if case_id is not None:
            wanted = wanted.where(AuditEntry.case_id == case_id)
        batch = list(session.scalars(wanted))
        yield from batch
        if len(batch) < _BATCH:
            return
        after = batch[-1].id
        session.expunge_all()
