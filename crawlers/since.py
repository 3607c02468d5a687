"""How far back a source is read whose platform tells what has changed between two days."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from sqlalchemy import Engine

from db.models import Source
from db.session import read_scope

FULL_EVERY = timedelta(days=7)  # a reading of everything finds what was taken down without a word
OVERLAP = timedelta(days=2)  # clocks differ, and platforms are late


def changed_since(database: Engine, source_id: int, *, now: datetime) -> date | None:
    """The day to begin with; None where everything is to be read."""
    with read_scope(database) as session:
        source = session.get_one(Source, source_id)
        full_at, read_at = source.last_full_at, source.last_success_at
    if full_at is None or read_at is None or now - full_at > FULL_EVERY:
        return None
    return (read_at - OVERLAP).date()
