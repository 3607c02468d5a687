"""Engines and sessions that behave alike on SQLite and PostgreSQL with several processes at work.

SQLite: write-ahead log, so readers and the one writer do not wait for each other; a transaction that may write takes
the write lock at its start (`BEGIN IMMEDIATE`). A transaction that starts as a reader and writes later is refused at
once with "database is locked" when somebody else wrote in between, and no waiting time helps against that.
Nothing connects at import or in `make_engine`.
"""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import wraps
from pathlib import Path
from typing import Any, Concatenate, ParamSpec, TypeVar

from sqlalchemy import URL, Connection, Engine, create_engine, event, make_url
from sqlalchemy.exc import ArgumentError
from sqlalchemy.orm import Session

from .errors import DatabaseUnreachable, DbError, explained

BUSY_TIMEOUT_S = 30.0
READ_ONLY = "amends_read_only"  # execution option: this transaction will not write
MIGRATING = "amends_migrating"  # execution option: foreign keys are checked at the end instead
_ANSWERS = "amends_answers"  # of a session: what it was asked once
_P = ParamSpec("_P")
_R = TypeVar("_R")


class BadUrl(DbError):
    """The address of the database is not one that Amends can use."""


_FORM = (
    "AMENDS_DATABASE_URL must look like sqlite:////folder/file.db or postgresql://user:password@server:5432/name. In a "
    "password write @ as %40, : as %3A and / as %2F"
)


def normalised_url(url: str) -> str:
    """The address in the form that SQLAlchemy wants: `postgres://` becomes psycopg 3, a SQLite path absolute.

    Raises:
        BadUrl: it is neither SQLite nor PostgreSQL, or cannot be read. Nothing of it is repeated: what stands in the
            wrong place is most often the end of a password.
    """
    try:
        parsed = make_url(url)
    except (ArgumentError, ValueError) as error:  # ValueError: a port that is no number
        raise BadUrl(_FORM) from error
    if "@" in (parsed.host or ""):
        raise BadUrl(_FORM)
    if parsed.drivername in {"postgres", "postgresql"}:
        parsed = parsed.set(drivername="postgresql+psycopg")
    if parsed.drivername not in {"sqlite", "postgresql+psycopg"}:
        raise BadUrl(f"AMENDS_DATABASE_URL begins with {parsed.drivername}; it must be sqlite or postgresql")
    if _file_of(parsed):
        parsed = parsed.set(database=str(Path(str(parsed.database)).expanduser().absolute()))
    return parsed.render_as_string(hide_password=False)


def is_kept(url: str) -> bool:
    """Whether the database outlives the process. One in memory does not."""
    parsed = make_url(url)
    return parsed.drivername != "sqlite" or _file_of(parsed) is not None


def make_engine(url: str, *, busy_timeout_s: float = BUSY_TIMEOUT_S) -> Engine:
    """An engine for one process. Waits up to `busy_timeout_s` for others' locks.

    Raises:
        BadUrl: neither SQLite nor PostgreSQL.
        DatabaseUnreachable: psycopg is not installed.
    """
    parsed = make_url(normalised_url(url))
    if parsed.drivername == "sqlite":
        return _sqlite_engine(parsed, busy_timeout_s)
    return _postgresql_engine(parsed, busy_timeout_s)


@contextmanager
def session_scope(engine: Engine) -> Iterator[Session]:
    """A session whose work is committed at the end and rolled back on an error. May write.

    Raises:
        DbError: what the database refused, in words.
    """
    with explained(), Session(engine, expire_on_commit=False) as session:
        try:
            yield session
            session.commit()
        except BaseException:
            session.rollback()
            raise


def keep_on_disk(session: Session) -> None:
    """Have what was just committed survive a power cut as well, for what must not be done twice.

    PostgreSQL's commits do. SQLite's are safe from a kill at once, and from a power cut once its log is synced.
    """
    if session.get_bind().dialect.name == "sqlite":
        with session.get_bind().connect() as connection:  # type: ignore[union-attr]
            cursor = connection.connection.cursor()
            cursor.execute("PRAGMA wal_checkpoint(PASSIVE)")
            cursor.close()


@contextmanager
def read_scope(engine: Engine) -> Iterator[Session]:
    """A session for reading: never waits for a writer, and the database refuses writes in it."""
    options: dict[str, Any] = {READ_ONLY: True}
    if engine.dialect.name == "postgresql":
        options["postgresql_readonly"] = True
    reading = Session(engine.execution_options(**options), expire_on_commit=False, info={_ANSWERS: {}})
    with explained(), reading as session:
        yield session


def once(
    read: Callable[Concatenate[Session, _P], _R],
) -> Callable[Concatenate[Session, _P], _R]:
    """Ask once for what several parts of a page read alike: within a `read_scope` the first answer is kept.

    Where something may be written it is read every time. The arguments must be hashable, and nobody may change what is
    handed out.
    """

    @wraps(read)
    def kept(session: Session, /, *args: _P.args, **named: _P.kwargs) -> _R:
        answers: dict[Any, Any] | None = session.info.get(_ANSWERS)
        if answers is None:
            return read(session, *args, **named)
        question = (read, args, tuple(sorted(named.items())))
        if question not in answers:
            answers[question] = read(session, *args, **named)
        answer: _R = answers[question]
        return answer

    return kept


def _file_of(url: URL) -> Path | None:
    if url.drivername != "sqlite" or url.database in {None, "", ":memory:"} or "mode" in url.query:
        return None
    return Path(str(url.database))


def _postgresql_engine(url: URL, busy_timeout_s: float) -> Engine:
    connect: dict[str, Any] = {"connect_timeout": 10, "application_name": "amends"}
    connect["client_encoding"] = "utf8"  # whatever the database's own is: `db.migrate` then says that it must be that
    # Compiling a statement takes longer than any of ours takes to run.
    connect["options"] = f"-c lock_timeout={int(busy_timeout_s * 1000)} -c jit=off"
    for given in url.query:
        connect.pop(given, None)  # what the address says wins
    try:
        import orjson  # noqa: F401 - for db.review_writes: told here, not in the middle of a crawl

        # Rows hold what guests wrote: errors, and so logs, must not repeat the parameters.
        return create_engine(url, pool_pre_ping=True, connect_args=connect, hide_parameters=True)
    except ModuleNotFoundError as error:
        raise DatabaseUnreachable(
            "PostgreSQL needs psycopg and orjson: install both with `pip install 'amends[postgres]'`."
        ) from error


def _sqlite_engine(url: URL, busy_timeout_s: float) -> Engine:
    engine = create_engine(url, connect_args={"timeout": busy_timeout_s}, hide_parameters=True)
    if file := _file_of(url):
        event.listen(engine, "do_connect", lambda *_: _make_folder(file.parent))
    event.listen(engine, "connect", _set_up_sqlite)
    event.listen(engine, "begin", _begin_sqlite)
    return engine


def _make_folder(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    except OSError as error:
        raise DatabaseUnreachable(
            f"The folder {folder} cannot be made ({error.strerror}). Set AMENDS_DATA_DIR to one you may write."
        ) from error


def _set_up_sqlite(connection: sqlite3.Connection, _record: object) -> None:
    connection.isolation_level = None  # the driver opens no transactions of its own; `_begin_sqlite` does
    _use_write_ahead_log(connection)
    for pragma in (
        "synchronous=NORMAL",  # safe with WAL: a power cut may lose the last commits, never the file
        "foreign_keys=ON",
        "secure_delete=ON",  # what was taken out is overwritten, not just left to be overwritten one day
        "cache_size=-16000",  # kB; the default of 2 MB makes the index of a large table thrash
        "journal_size_limit=67108864",
    ):
        connection.execute(f"PRAGMA {pragma}")


def _use_write_ahead_log(connection: sqlite3.Connection) -> None:
    # Changing the mode of a new file needs it alone, and SQLite does not wait for that: two processes that start
    # together would meet "database is locked".
    for wait_s in (0.01, 0.05, 0.1, 0.2, 0.4, 0.8, 1.6, None):
        try:
            connection.execute("PRAGMA journal_mode=WAL")
        except sqlite3.OperationalError as error:
            if wait_s is None or error.sqlite_errorcode & 0xFF != sqlite3.SQLITE_BUSY:
                raise
            time.sleep(wait_s)
        else:
            return


def _begin_sqlite(connection: Connection) -> None:
    options = connection.get_execution_options()
    if options.get(READ_ONLY):
        connection.exec_driver_sql("PRAGMA query_only=ON")
        connection.exec_driver_sql("BEGIN")
        return
    connection.exec_driver_sql("PRAGMA query_only=OFF")
    if options.get(MIGRATING):
        connection.exec_driver_sql("PRAGMA foreign_keys=OFF")  # cannot be changed inside a transaction
    connection.exec_driver_sql("BEGIN IMMEDIATE")
