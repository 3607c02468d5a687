"""Engines and sessions: what is committed, what is rolled back, who waits for whom."""

from __future__ import annotations

import sqlite3
import stat
import threading
from datetime import datetime
from pathlib import Path

import pytest
from sqlalchemy import Engine, func, insert, select, text
from sqlalchemy.exc import IntegrityError, StatementError
from sqlalchemy.orm import Session

from db.errors import DatabaseReadOnly
from db.models import Location
from db.session import make_engine, once, read_scope, session_scope
from tests.factories import make_case, make_location, make_review, make_source


def _names(engine: Engine) -> list[str]:
    with read_scope(engine) as session:
        return list(session.scalars(select(Location.name)))


def test_scope_commits_at_its_end(engine: Engine) -> None:
    """What was done in it is there for others, and its objects can still be read."""
    with session_scope(engine) as session:
        location = make_location(session, name="Lanterna")
    assert location.name == "Lanterna"
    assert _names(engine) == ["Lanterna"]


def test_error_takes_everything_back(engine: Engine) -> None:
    """All or nothing."""

    def stop_half_way() -> None:
        with session_scope(engine) as session:
            make_location(session)
            raise RuntimeError("half way")

    with pytest.raises(RuntimeError, match="half way"):
        stop_half_way()
    assert _names(engine) == []


def test_reader_cannot_write(engine: Engine) -> None:
    """The database itself refuses, and the connection writes again for the next writer."""
    with pytest.raises(DatabaseReadOnly, match="only be read"), read_scope(engine) as session:
        make_location(session)
    with session_scope(engine) as session:
        make_location(session, name="Lanterna")
    assert _names(engine) == ["Lanterna"]


def test_reader_does_not_wait_for_a_writer(engine: Engine) -> None:
    """A page opens while a crawl is storing; it shows what was there before."""
    with session_scope(engine) as session:
        make_location(session, name="Lanterna")
        assert _names(engine) == []
    assert _names(engine) == ["Lanterna"]


def test_second_writer_waits_for_the_first(engine: Engine) -> None:
    """Both read first and write then; neither meets "locked"."""
    go = threading.Barrier(2)
    failures: list[BaseException] = []

    def write(name: str) -> None:
        go.wait()
        try:
            for number in range(20):
                with session_scope(engine) as session:
                    session.scalars(select(Location.id)).all()
                    make_location(session, slug=f"{name}-{number}", name=name)
        except BaseException as error:  # noqa: BLE001 - handed to the test
            failures.append(error)

    threads = [threading.Thread(target=write, args=(name,)) for name in ("a", "b")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []
    assert len(_names(engine)) == 40


def test_foreign_keys_hold(engine: Engine) -> None:
    """A review goes with everything that hangs on it; a source of nowhere is refused."""
    with session_scope(engine) as session:
        case = make_case(session, review := make_review(session))
        session.execute(text("DELETE FROM review"))
        session.expunge(case)
        assert session.scalar(text('SELECT count(*) FROM "case"')) == 0
        session.expunge(review)
    with pytest.raises(IntegrityError), session_scope(engine) as session:
        make_review(session, make_source(session), source_id=4711)


def test_instants_come_back_in_utc(engine: Engine, now: datetime) -> None:
    """Whatever zone the server or the caller lives in; a naive time is refused."""
    with session_scope(engine) as session:
        make_location(session, created_at=now.astimezone())
    with read_scope(engine) as session:
        found = session.scalars(select(Location.created_at)).one()
    assert (found, found.utcoffset()) == (now, now.utcoffset())
    with pytest.raises(StatementError, match="zone"), session_scope(engine) as session:
        make_location(session, created_at=now.replace(tzinfo=None))


def test_errors_do_not_repeat_what_guests_wrote(engine: Engine, now: datetime) -> None:
    """An error ends in a log; the rows that it was about must not."""
    row = {"slug": "s", "name": "written by a guest", "timezone": "UTC", "created_at": now}
    with pytest.raises(IntegrityError) as failed, session_scope(engine) as session:
        session.execute(insert(Location), [row, row])
    assert "written by a guest" not in str(failed.value)


def test_sqlite_is_set_up_for_several_processes(tmp_path: Path) -> None:
    """Write-ahead log, foreign keys, patience; the folder is made, for us alone."""
    engine = make_engine(f"sqlite:///{tmp_path}/new/folder/amends.db", busy_timeout_s=7)
    assert not (tmp_path / "new").exists()
    with read_scope(engine) as session:
        values = {
            name: session.scalar(text(f"PRAGMA {name}")) for name in ("journal_mode", "foreign_keys", "busy_timeout")
        }
        assert session.scalar(text("PRAGMA synchronous")) == 1
    assert values == {"journal_mode": "wal", "foreign_keys": 1, "busy_timeout": 7000}
    assert stat.S_IMODE((tmp_path / "new" / "folder").stat().st_mode) == 0o700
    engine.dispose()


def test_other_programs_see_a_plain_file(tmp_path: Path) -> None:
    """An SQLite of another program reads what was committed."""
    engine = make_engine(f"sqlite:///{tmp_path}/amends.db")
    with session_scope(engine) as session:
        session.execute(text("CREATE TABLE t (x)"))
        session.execute(text("INSERT INTO t VALUES (7)"))
    engine.dispose()
    other = sqlite3.connect(tmp_path / "amends.db")
    assert other.execute("SELECT x FROM t").fetchall() == [(7,)]
    other.close()


def test_asked_once_while_only_reading(engine: Engine) -> None:
    """Parts of one page share an answer; the next page, and whoever may write, ask anew."""
    asked: list[str] = []

    @once
    def names(session: Session, start: str, *, length: int) -> tuple[str, ...]:
        asked.append(start)
        return tuple(session.scalars(select(func.substr(Location.name, 1, length)).where(Location.name > start)))

    with session_scope(engine) as session:
        make_location(session, name="Lanterna")
        assert names(session, "A", length=3) == ("Lan",)
        make_location(session, name="Lampo")
        assert sorted(names(session, "A", length=3)) == ["Lam", "Lan"]
    asked.clear()
    for _ in range(2):
        with read_scope(engine) as session:
            first = names(session, "A", length=3)
            assert names(session, "A", length=3) is first
            assert names(session, "A", length=2) != first
            assert names(session, "Lan", length=3) == ("Lan",)
    assert asked == ["A", "A", "Lan"] * 2
