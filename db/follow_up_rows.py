"""The rows of follow-ups, under the acts on them: what an undo puts back, and what goes with a customer.

Functions flush and never commit.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any, Final

from sqlalchemy import update
from sqlalchemy.orm import Session

from .models import FollowUp, FollowUpOutcome

_QUIETLY: Final = {"synchronize_session": False}


def before_of(row: FollowUp) -> dict[str, Any]:
    """What `restore_follow_up` needs to put it back to where it stands now. Words stay at the row, and are not kept."""
    closed_at, remind_at = row.closed_at, row.remind_at
    return {
        "outcome": row.outcome.value if row.outcome else None,
        "closed_at": closed_at.isoformat() if closed_at else None,
        "closed_by_id": row.closed_by_id,
        "closed_by_name": row.closed_by_name,
        "remind_at": remind_at.isoformat() if remind_at else None,
    }


def way_back(row: FollowUp, before: Mapping[str, Any] | None) -> dict[str, Any]:
    """What is kept with an undo once the row has changed; `before` None: it was not there."""
    return {"id": row.id, "version": row.version, "before": dict(before) if before is not None else None}


def restore_follow_up(session: Session, kept: Mapping[str, Any]) -> None:
    """Undo one change, unless somebody has changed the row since."""
    row = session.get(FollowUp, kept["id"], populate_existing=True)
    if row is None or row.version != kept["version"]:
        return
    before = kept["before"]
    if before is None:
        session.delete(row)
    else:
        row.outcome = FollowUpOutcome(before["outcome"]) if before["outcome"] else None
        row.closed_at, row.remind_at = _instant(before["closed_at"]), _instant(before["remind_at"])
        row.closed_by_id, row.closed_by_name = before["closed_by_id"], before["closed_by_name"]
        row.version += 1
    session.flush()


def end_follow_ups(session: Session, case_ids: Collection[int], *, now: datetime) -> None:
    """Ask these customers nothing more. Their words go by the list of `db.personal`; that they were asked stays."""
    of_cases = FollowUp.case_id.in_(case_ids)
    raised = {"version": FollowUp.version + 1}  # whoever has the old words on a page is told to look again
    session.execute(update(FollowUp).where(of_cases).values(**raised), execution_options=_QUIETLY)
    taken = {"outcome": FollowUpOutcome.TAKEN_BACK, "closed_at": now, "remind_at": None}
    session.execute(
        update(FollowUp).where(of_cases, FollowUp.outcome.is_(None)).values(**taken), execution_options=_QUIETLY
    )


def _instant(value: str | None) -> datetime | None:
    return datetime.fromisoformat(value) if value else None
