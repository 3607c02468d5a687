"""Whole tables as plain values, to compare the state of a database before and after."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.models import Base

SIGHTINGS = frozenset({"last_seen_at", "last_run_id"})


def dump(session: Session, *tables: str, without: frozenset[str] = frozenset()) -> dict[str, list[dict[str, Any]]]:
    """Every row of these tables, or of all, in the order of their keys, without the named columns."""
    session.flush()
    found = {}
    for name in tables or tuple(Base.metadata.tables):
        table = Base.metadata.tables[name]
        columns = [column for column in table.c if column.name not in without]
        rows = session.execute(select(*columns).order_by(*table.primary_key)).mappings()
        found[name] = [dict(row) for row in rows]
    return found
