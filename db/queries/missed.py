"""Which checks the answers of one person failed: in the practice room, and at the desk.

Only the first try at each case counts, and the first time that an answer was submitted: what was mended after one had
read why is no figure of what one misses. The desk's are read from the log, which keeps what was found then; an answer
itself keeps only what was found last, which may be in the words of whoever approved it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from ..models import AuditEntry, PracticeAttempt

SUBMITTED: Final = "reply_submitted"  # the kind of line that db.reply_flow writes
SCANNED_MOST: Final = 500  # lines of the log: of answers that were submitted again and again, the last ones


@dataclass(frozen=True, slots=True, kw_only=True)
class Answered:
    """One answer, with the checks that it failed."""

    at: datetime
    failed: frozenset[str]
    asked_to_lift: bool = False  # its author asked for a block to be lifted


def practised(session: Session, *, person_id: int, most: int) -> Sequence[Answered]:
    """First tries, the newest first."""
    rows = session.execute(
        select(PracticeAttempt.done_at, PracticeAttempt.findings)
        .where(
            PracticeAttempt.person_id == person_id, PracticeAttempt.number == 1, PracticeAttempt.done_at.is_not(None)
        )
        .order_by(PracticeAttempt.done_at.desc(), PracticeAttempt.id.desc())
        .limit(most)
    )
    return [Answered(at=at, failed=_failed(findings)) for at, findings in rows if at is not None]


def submitted(session: Session, *, person_id: int, most: int) -> Sequence[Answered]:
    """Answers to real reviews as they were first submitted, the newest first."""
    rows = session.execute(
        select(AuditEntry.case_id, AuditEntry.happened_at, AuditEntry.facts)
        .where(AuditEntry.person_id == person_id, AuditEntry.kind == SUBMITTED)
        .order_by(AuditEntry.id.desc())
        .limit(SCANNED_MOST)
    ).all()
    return list(_firsts([(case_id, at, facts) for case_id, at, facts in rows]))[:most]


def _firsts(rows: Sequence[tuple[int | None, datetime, Mapping[str, Any]]]) -> Iterator[Answered]:
    """The oldest line of each case, in the order of these."""
    oldest = {case_id: at for at, (case_id, _, _) in enumerate(rows)}
    for place, (case_id, happened_at, facts) in enumerate(rows):
        if oldest[case_id] == place:
            failed = frozenset(str(check) for check in facts.get("findings", ()))
            yield Answered(at=happened_at, failed=failed, asked_to_lift=bool(facts.get("lift")))


def _failed(findings: Sequence[Mapping[str, Any]]) -> frozenset[str]:
    return frozenset(str(one["check"]) for one in findings if one.get("outcome") == "failed")
