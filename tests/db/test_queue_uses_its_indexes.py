"""Pages of the queue cost the same at any size: the database's own plans say so."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import Select, text
from sqlalchemy.orm import Session

from db.models import Case
from db.queries.queue import QueueView, count_statements, page_statements, queue_page, row_statement
from tests.factories import make_case, make_review, make_source


def _plan(session: Session, statement: Select[*tuple[Any, ...]]) -> str:
    prefix = "EXPLAIN QUERY PLAN" if session.get_bind().dialect.name == "sqlite" else "EXPLAIN"
    compiled = statement.compile(session.connection(), compile_kwargs={"render_postcompile": True})
    sql = str(compiled)
    connection = session.connection()
    bound = compiled.construct_params()
    parameters: Any = tuple(bound[name] for name in compiled.positiontup) if compiled.positiontup else bound
    rows = connection.exec_driver_sql(f"{prefix} {sql}", parameters)
    return "\n".join(" ".join(map(str, row)) for row in rows)


@pytest.fixture
def many(session: Session) -> Session:
    """Enough cases, half of them flagged, that reading all would be the worse plan."""
    source = make_source(session)
    for number in range(1500):
        make_case(session, make_review(session, source), priority=number % 97, is_flagged=number % 2 == 0)
    session.commit()
    session.execute(text("ANALYZE"))
    if session.get_bind().dialect.name == "postgresql":
        # So few rows are read as fast without an index: let the planner say whether it could do with one alone.
        session.execute(text("SET enable_seqscan = off"))
        session.execute(text("SET enable_bitmapscan = off"))
    return session


@pytest.mark.parametrize("view", QueueView)
@pytest.mark.parametrize("where", ["first", "after", "before"])
def test_page_is_read_from_an_index_in_its_order(many: Session, view: QueueView, where: str) -> None:
    """First page, later page and the way back: an index gives the order, nothing is sorted, nothing is skipped over."""
    middle = queue_page(many, view, after=queue_page(many, view, limit=200).next_cursor, limit=150).next_cursor
    assert middle
    cursors: dict[str, Any] = {"after": None, "before": None} | ({where: middle} if where != "first" else {})
    statements = page_statements(view, **cursors)
    assert len(statements) == (1 if where == "first" else 2)
    for statement in statements:
        plan = _plan(many, statement.limit(21))
        assert "Sort" not in plan
        assert "TEMP B-TREE" not in plan
        assert "OFFSET" not in str(statement.compile())
        if many.get_bind().dialect.name == "sqlite":
            assert "USING COVERING INDEX ix_case_" in plan
        else:
            assert "ix_case_" in plan
            assert "Seq Scan" not in plan


def test_cursor_bounds_the_scan_within_equal_priorities(many: Session) -> None:
    """The rows before the cursor are not read and thrown away, also where all have one priority."""
    first = queue_page(many, QueueView.NOW, limit=20)
    equal, lower = (_plan(many, s) for s in page_statements(QueueView.NOW, after=first.next_cursor, before=None))
    if many.get_bind().dialect.name == "sqlite":
        assert "(in_queue=? AND priority=? AND id<?)" in equal
        assert "(in_queue=? AND priority<?)" in lower
    else:
        bounds = [next(line for line in plan.splitlines() if "Index Cond" in line) for plan in (equal, lower)]
        assert all(name in bounds[0] for name in ("in_queue = true", "priority = ", "id < "))
        assert all(name in bounds[1] for name in ("in_queue = true", "priority < "))


def test_counts_are_read_from_indexes(many: Session) -> None:
    """Counting stops early only where the rows lie together: no table is read through for them, nothing is sorted."""
    for statement in count_statements().values():
        plan = _plan(many, statement.limit(21))
        assert "Sort" not in plan
        assert "TEMP B-TREE" not in plan
        assert "Seq Scan" not in plan
        assert "INDEX" in plan.upper()


def test_rows_of_a_page_are_found_by_key(many: Session) -> None:
    """Twenty cases are looked up, no large table is read through."""
    plan = _plan(many, row_statement().where(Case.id.in_([3, 1, 2])))
    for table in ("case", "review", "score", "revision"):
        assert f"SCAN {table}" not in plan
        assert f"Seq Scan on {table}" not in plan
        assert f'Seq Scan on "{table}"' not in plan
