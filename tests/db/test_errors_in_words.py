"""Busy, full, away, damaged, outdated: provoked for real, each ends in a sentence that says what to do."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import closing
from datetime import datetime
from pathlib import Path

import psycopg
import pytest
from sqlalchemy import Engine, select, text
from sqlalchemy.exc import IntegrityError, OperationalError, ProgrammingError
from sqlalchemy.orm import Session
from sqlalchemy.pool import QueuePool

from db.errors import (
    DatabaseBusy,
    DatabaseDamaged,
    DatabaseReadOnly,
    DatabaseUnreachable,
    DbError,
    DiskFull,
    MigrationNeeded,
    explained,
    of_driver,
)
from db.ingest import ingest
from db.migrate import upgrade
from db.models import Location, Review, Source
from db.session import make_engine, read_scope, session_scope
from tests.factories import an_item, make_location, make_review, make_source
from tests.postgres import Cluster


def _rows(engine: Engine) -> int:
    with read_scope(engine) as session:
        return len(session.scalars(select(Review.id)).all())


def test_busy_database_is_said_and_nothing_is_lost(engine: Engine, database_url: str, now: datetime) -> None:
    """Another process holds the source longer than we wait; afterwards the same call succeeds."""
    with session_scope(engine) as session:
        source_id = make_source(session).id
    hasty = make_engine(database_url, busy_timeout_s=0.2)

    def store() -> int:
        with session_scope(hasty) as session:
            return ingest(session, source_id, [an_item()], run_id=None, now=now).new

    with session_scope(engine) as holder:
        holder.execute(text("UPDATE source SET name = 'held'"))
        with pytest.raises(DatabaseBusy, match="Try again in a moment"):
            store()
    assert store() == 1
    hasty.dispose()


def test_file_locked_by_another_program(tmp_path: Path) -> None:
    """A database tool that has left a transaction open."""
    engine = make_engine(f"sqlite:///{tmp_path}/amends.db", busy_timeout_s=0.1)
    other = sqlite3.connect(tmp_path / "amends.db", isolation_level=None)
    other.execute("BEGIN EXCLUSIVE")
    with pytest.raises(DatabaseBusy, match="end it"), session_scope(engine) as session:
        session.execute(text("CREATE TABLE t (x)"))
    other.execute("ROLLBACK")
    other.close()
    with session_scope(engine) as session:
        session.execute(text("CREATE TABLE t (x)"))
    engine.dispose()


def test_user_who_may_not_make_tables(postgres: Cluster) -> None:
    """Since PostgreSQL 15 only the owner of a database may make tables in it, unless granted."""
    postgres.create("of_somebody_else")
    with psycopg.connect(postgres.url("of_somebody_else"), autocommit=True) as server:
        server.execute("REVOKE CREATE ON SCHEMA public FROM PUBLIC")
        server.execute("CREATE ROLE guest LOGIN PASSWORD 'guest'")
    engine = make_engine(postgres.url("of_somebody_else", password="guest").replace("//amends:", "//guest:"))
    with pytest.raises(DatabaseReadOnly, match="granted CREATE"):
        upgrade(engine)
    engine.dispose()
    postgres.drop("of_somebody_else")


def test_errors_of_bare_drivers_are_known_too(tmp_path: Path, postgres: Cluster) -> None:
    """The task queue speaks to its own tables without SQLAlchemy; what is no driver's error stays as it is."""
    file = tmp_path / "tasks.db"
    with closing(sqlite3.connect(file)) as holder, closing(sqlite3.connect(file, timeout=0)) as other:
        holder.execute("BEGIN EXCLUSIVE")
        with pytest.raises(sqlite3.OperationalError) as locked:
            other.execute("CREATE TABLE t (x)")
    with pytest.raises(psycopg.OperationalError) as refused:
        psycopg.connect(postgres.url("postgres", password="wrong"))
    with pytest.raises(psycopg.errors.UndefinedTable) as missing, psycopg.connect(postgres.url("postgres")) as server:
        server.execute("SELECT * FROM nothing_here")
    faults = [of_driver(found.value) for found in (locked, refused, missing)]
    assert [type(fault) for fault in faults] == [DatabaseBusy, DatabaseUnreachable, MigrationNeeded]
    assert of_driver(sqlite3.IntegrityError("UNIQUE")) is None
    assert of_driver(OSError("no driver's")) is None


def test_used_up_connections_are_busy(engine: Engine) -> None:
    """Too many at once: waiting helps."""
    small = make_engine(engine.url.render_as_string(hide_password=False))
    assert isinstance(small.pool, QueuePool)
    small.pool._timeout = 0.1
    held = [small.connect() for _ in range(15)]
    with pytest.raises(DatabaseBusy), explained():
        small.connect()
    for connection in held:
        connection.close()
    small.dispose()


def test_full_disk_keeps_what_was_stored_before(tmp_path: Path, sqlite_template: Path, now: datetime) -> None:
    """The batch that met it is taken back as a whole, what came before stays, and with space it goes through."""
    (tmp_path / "amends.db").write_bytes(sqlite_template.read_bytes())
    engine = make_engine(f"sqlite:///{tmp_path}/amends.db")
    with session_scope(engine) as session:
        source_id = make_source(session).id
        ingest(session, source_id, [an_item("before")], run_id=None, now=now)
    items = [an_item(f"r{number}", body="x" * 500) for number in range(2000)]

    def store(*, pages: int) -> int:
        with session_scope(engine) as session:
            session.execute(text(f"PRAGMA max_page_count = {pages}"))
            return ingest(session, source_id, items, run_id=None, now=now).new

    with read_scope(engine) as session:
        pages = session.scalar(text("PRAGMA page_count")) or 0
    with pytest.raises(DiskFull, match="Free some space"):
        store(pages=pages + 20)
    assert _rows(engine) == 1
    assert store(pages=1_000_000) == 2000
    engine.dispose()


def test_full_disk_of_a_server(postgres: Cluster) -> None:
    """The server's own code for it, as it comes through the driver."""
    engine = make_engine(postgres.url("postgres"))
    with pytest.raises(DiskFull, match="Free some space"), session_scope(engine) as session:
        session.execute(text("DO $$ BEGIN RAISE EXCEPTION 'no space left' USING ERRCODE = '53100'; END $$"))
    engine.dispose()


def _wrong_password(cluster: Cluster, _folder: Path) -> str:
    return cluster.url("postgres", password="wrong")


def _closed_port(cluster: Cluster, _folder: Path) -> str:
    return f"postgresql://amends:secret@127.0.0.1:1/{cluster.port}"


def _no_such_database(cluster: Cluster, _folder: Path) -> str:
    return cluster.url("nowhere")


def _file_in_the_way(_cluster: Cluster, folder: Path) -> str:
    (folder / "data").write_text("a file where the folder should be")
    return f"sqlite:///{folder}/data/amends.db"


def _folder_in_place_of_the_file(_cluster: Cluster, folder: Path) -> str:
    (folder / "amends.db").mkdir()
    return f"sqlite:///{folder}/amends.db"


@pytest.mark.parametrize(
    "address", [_wrong_password, _closed_port, _no_such_database, _file_in_the_way, _folder_in_place_of_the_file]
)
def test_unreachable_database_names_the_settings(
    postgres: Cluster, tmp_path: Path, address: Callable[[Cluster, Path], str]
) -> None:
    """Whatever stands in the way, the sentence names what to look at and no password."""
    engine = make_engine(address(postgres, tmp_path))
    with pytest.raises(DatabaseUnreachable, match="AMENDS_") as away, session_scope(engine) as session:
        session.execute(text("SELECT 1"))
    assert postgres.password not in str(away.value)
    assert "secret" not in str(away.value)
    engine.dispose()


def test_server_that_goes_away_is_unreachable_and_comes_back(postgres: Cluster) -> None:
    """A restart of the server in the middle of a page; the next page works, for dead connections are noticed."""
    engine = make_engine(postgres.url("postgres"))

    def lose_it() -> None:
        with session_scope(engine) as session:
            own = session.scalar(text("SELECT pg_backend_pid()"))
            with session_scope(other) as second:
                second.execute(text("SELECT pg_terminate_backend(:own)"), {"own": own})
            session.execute(text("SELECT 1"))

    other = make_engine(postgres.url("postgres"))
    with pytest.raises(DatabaseUnreachable, match="running"):
        lose_it()
    with session_scope(engine) as session:
        assert session.scalar(text("SELECT 7")) == 7
    engine.dispose()
    other.dispose()


@pytest.mark.parametrize("damage", ["not a database", "torn"])
def test_damaged_file_asks_for_the_backup(tmp_path: Path, sqlite_template: Path, damage: str) -> None:
    """Neither a text file nor a torn database is written over."""
    file = tmp_path / "amends.db"
    content = b"This is not a database. " * 500
    if damage == "torn":
        content = sqlite_template.read_bytes()[:4096] + b"\xff" * 200_000
    file.write_bytes(content)
    engine = make_engine(f"sqlite:///{file}")
    with pytest.raises(DatabaseDamaged, match="backup"), session_scope(engine) as session:
        session.scalars(select(Source.id)).all()
    engine.dispose()
    assert file.read_bytes() == content


def test_missing_tables_ask_for_the_upgrade(empty_url: str) -> None:
    """A new program on an old database says which command helps."""
    engine = make_engine(empty_url)
    with pytest.raises(MigrationNeeded, match="amends db upgrade"), session_scope(engine) as session:
        session.scalars(select(Location.id)).all()
    engine.dispose()


def test_missing_column_asks_for_the_upgrade(engine: Engine) -> None:
    """The table is there, the column is not yet; reading or writing it."""
    with session_scope(engine) as session:
        session.execute(text("ALTER TABLE location DROP COLUMN timezone"))
    with pytest.raises(MigrationNeeded, match="amends db upgrade"), session_scope(engine) as session:
        session.scalars(select(Location)).all()
    with pytest.raises(MigrationNeeded, match="amends db upgrade"), session_scope(engine) as session:
        make_location(session)


def test_faults_of_the_program_pass_unchanged(engine: Engine, session: Session) -> None:
    """No advice helps against a broken statement or a violated constraint: they are not dressed up."""
    with pytest.raises((OperationalError, ProgrammingError)), session_scope(engine) as broken:
        broken.execute(text("SELEC 1"))
    review = make_review(session)
    with pytest.raises(IntegrityError), explained():
        make_review(session, external_id=review.external_id, source_id=review.source_id)
    session.rollback()
    with pytest.raises(KeyError), explained():
        raise KeyError("x")
    assert issubclass(DatabaseBusy, DbError)


def test_unknown_option_in_the_address_is_said() -> None:
    """The driver refuses it before it connects; no server is needed to find that out."""
    engine = make_engine("postgresql://u:secret@127.0.0.1:1/d?no_such_option=1")
    with pytest.raises(DatabaseUnreachable, match="AMENDS_DATABASE_URL") as away, read_scope(engine) as session:
        session.execute(text("SELECT 1"))
    assert "secret" not in str(away.value)
    engine.dispose()
