"""The token that a source was last given by its platform, sealed by `db.vault`: kept so that crawls share one."""

from __future__ import annotations

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from .models import Source


def sealed_token(session: Session, source_id: int) -> str:
    """As stored; empty without one, or without such a source."""
    return session.scalar(select(Source.sealed_token).where(Source.id == source_id)) or ""


def keep_token(session: Session, source_id: int, sealed: str) -> None:
    """Put this one in the place of the last. Empty: there is none any more. The caller commits."""
    session.execute(update(Source).where(Source.id == source_id).values(sealed_token=sealed))
