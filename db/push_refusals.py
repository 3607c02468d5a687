"""The last push of each source that was refused for its sender. In the database, so that all processes tell it.

It helps whoever has just set the sender up, and goes with the next push that is taken.
"""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import delete
from sqlalchemy.orm import Session

from .models import PushRefusal
from .upserts import upsert


def note_refusal(session: Session, source_id: int, reason: str, *, now: datetime) -> None:
    """Remember it, in place of an earlier one. `reason` is a code of ours, at most 40 characters."""
    upsert(session, PushRefusal, {"source_id": source_id, "reason": reason, "refused_at": now}, key=("source_id",))


def forget_refusal(session: Session, source_id: int) -> None:
    """A push was taken, or another sender is expected. Writes only where there is one: most have none."""
    if last_refusal(session, source_id) is not None:
        session.execute(delete(PushRefusal).where(PushRefusal.source_id == source_id))


def last_refusal(session: Session, source_id: int) -> PushRefusal | None:
    """The one that is remembered."""
    return session.get(PushRefusal, source_id)
