"""What a database says of how it would read a statement."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Select
from sqlalchemy.orm import Session


def plan(session: Session, statement: Select[*tuple[Any, ...]]) -> str:
    """Its own words, one step a line."""
    prefix = "EXPLAIN QUERY PLAN" if session.get_bind().dialect.name == "sqlite" else "EXPLAIN"
    compiled = statement.compile(session.connection(), compile_kwargs={"render_postcompile": True})
    bound = compiled.construct_params()
    values: Any = tuple(bound[name] for name in compiled.positiontup) if compiled.positiontup else bound
    rows = session.connection().exec_driver_sql(f"{prefix} {compiled}", values)
    return "\n".join(" ".join(map(str, row)) for row in rows)
