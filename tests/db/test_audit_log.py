"""The log that only grows: it refuses changes through its own door, and shows those made behind it."""

from __future__ import annotations

import pytest
from sqlalchemy import Engine, text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from db import audit
from db.session import read_scope, session_scope
from tests.factories import NOW

from .racers import race


def grown(session: Session, count: int = 5) -> list[str]:
    return [audit.append(session, "told", {"number": number, "ü": "é"}, by=None, now=NOW) for number in range(count)]


@pytest.mark.parametrize("statement", ["UPDATE audit_entry SET kind = 'x'", "DELETE FROM audit_entry"])
def test_lines_cannot_be_changed_or_deleted(engine: Engine, statement: str) -> None:
    """Not even by whoever can write to the database with the rights of the application."""
    with session_scope(engine) as session:
        grown(session)
    with pytest.raises(DBAPIError, match="only grows"), session_scope(engine) as session:
        session.execute(text(statement))
    with read_scope(engine) as session:
        assert audit.verify(session).lines == 5


@pytest.mark.parametrize(
    ("tampering", "broken_at", "why"),
    [
        ("UPDATE audit_entry SET person_name = 'Eve' WHERE id = 3", 3, "changed"),
        ("DELETE FROM audit_entry WHERE id = 3", 3, "missing"),
        ("UPDATE audit_entry SET digest = 'x' WHERE id = 5", 5, "changed"),
        ("DELETE FROM audit_entry WHERE id = 1", 1, "missing"),
    ],
)
def test_changes_behind_its_back_break_the_chain(engine: Engine, tampering: str, broken_at: int, why: str) -> None:
    """Whoever takes the triggers away and changes a line is found at that line."""
    with session_scope(engine) as session:
        grown(session)
    with engine.begin() as connection:
        if engine.dialect.name == "sqlite":
            connection.execute(text("DROP TRIGGER audit_entry_no_update"))
            connection.execute(text("DROP TRIGGER audit_entry_no_delete"))
        else:
            connection.execute(text("ALTER TABLE audit_entry DISABLE TRIGGER USER"))
        connection.execute(text(tampering))
    with read_scope(engine) as session:
        found = audit.verify(session)
    assert (found.broken_at, found.why, found.lines) == (broken_at, why, broken_at - 1)


def test_a_log_cut_short_is_found_by_a_digest_kept_elsewhere(session: Session) -> None:
    """A chain without its end is whole in itself; the digest of the end tells."""
    *_, kept = grown(session)
    assert audit.verify(session, expected=kept).why == ""
    assert audit.verify(session, expected="f" * 64).why == "early"
    assert audit.verify(session).head == kept


def test_an_empty_log_is_whole(session: Session) -> None:
    """Nothing happened, and nothing is missing."""
    assert audit.verify(session) == audit.Verified(lines=0, head=audit.FIRST)


def test_processes_that_write_at_once_make_one_chain(engine: Engine, database_url: str) -> None:
    """Three processes write twenty lines each: sixty, without a gap or a fork."""
    race("audit", database_url, ["20"] * 3)
    with read_scope(engine) as session:
        found = audit.verify(session)
    assert (found.lines, found.broken_at) == (60, None)
