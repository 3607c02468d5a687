"""Rows that may be there already: of two writers at once neither fails. Both databases know the same words for it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import inspect
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from .base import Base


def insert_missing(session: Session, model: type[Base], rows: Sequence[Mapping[str, Any]]) -> None:
    """Those that are there already stay as they are."""
    if rows:
        session.execute(_insert(session, model).on_conflict_do_nothing(), [dict(row) for row in rows])


def insert_new(session: Session, model: type[Base], row: Mapping[str, Any]) -> bool:
    """Whether it is there since now and by us: of several who want to put the same row down one is told so."""
    key = inspect(model).primary_key
    put = _insert(session, model).values(**row).on_conflict_do_nothing().returning(*key)
    return session.execute(put, execution_options={"synchronize_session": False}).first() is not None


def upsert(session: Session, model: type[Base], row: Mapping[str, Any], *, key: Sequence[str]) -> None:
    """Of one that is there already all but the key is taken over."""
    values = {name: value for name, value in row.items() if name not in key}
    session.execute(
        _insert(session, model).values(**row).on_conflict_do_update(index_elements=list(key), set_=values),
        execution_options={"synchronize_session": False},
    )


def _insert(session: Session, model: type[Base]) -> postgresql.Insert | sqlite.Insert:
    is_postgres = session.get_bind().dialect.name == "postgresql"
    return postgresql.insert(model) if is_postgres else sqlite.insert(model)
