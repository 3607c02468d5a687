"""What can go wrong with the database, in words that say what to do next.

    DbError
    ├── DatabaseBusy          somebody else holds it; trying again helps
    ├── DiskFull              nothing was stored of the statement that met it
    ├── DatabaseUnreachable   no file, no server, no permission, wrong password
    ├── DatabaseDamaged       not a database, or a broken one
    ├── DatabaseReadOnly      the file, the transaction or the schema may not be written
    ├── DatabaseUnfit         a server's database that cannot hold every text
    ├── MigrationNeeded       the schema is older than this program
    ├── DatabaseTooNew        the schema is newer than this program
    ├── BadCursor             a page address that no page of ours has given out
    ├── UnknownSource         no source of that id or name
    ├── SourceExists          the address is read already
    ├── PersonExists          somebody has this mail address already
    ├── CaseChanged           somebody else has changed the case since it was shown
    ├── LastOwner             nobody would be left who may do everything
    └── BadValue              a name or time zone that cannot be stored

`explained()` turns the errors of SQLAlchemy into these, `of_driver()` those of a driver used without it. Constraint
violations pass through: they are faults of the program, not of the machine, and no advice to the user would help.
Messages never hold addresses with passwords, nor rows.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sqlalchemy.exc import DBAPIError


class DbError(Exception):
    """The root. `str()` of it is a sentence for people."""


class DatabaseBusy(DbError):
    """Another process held the database longer than we wait. Trying again helps."""


class DiskFull(DbError):
    """No space. The transaction was rolled back as a whole."""


class DatabaseUnreachable(DbError):
    """The file or the server could not be opened."""


class DatabaseDamaged(DbError):
    """The file is not a database, or a damaged one."""


class DatabaseReadOnly(DbError):
    """It can be read, not written."""


class DatabaseUnfit(DbError):
    """Its encoding is not UTF-8."""


PASSING = (DatabaseBusy, DatabaseUnreachable, DiskFull)  # a program that works on by itself waits for these to pass


class MigrationNeeded(DbError):
    """Tables or columns are missing that this program needs."""


class DatabaseTooNew(DbError):
    """A newer Amends has changed the schema."""


class BadCursor(DbError):
    """A page cursor that cannot be read."""


class UnknownSource(DbError):
    """There is no such source."""


class SourceExists(DbError):
    """The address is already read for this place."""


class PersonExists(DbError):
    """The mail address is somebody's."""


class CaseChanged(DbError):
    """Somebody else has changed the case since it was shown. Nothing was done."""


class LastOwner(DbError):
    """Refused, since no active owner of all places would be left."""


class BadValue(DbError):
    """A value that people typed and that cannot be stored."""


_MESSAGES: dict[type[DbError], str] = {
    DatabaseBusy: "The database is busy: another program is writing to it. Try again in a moment; if it stays so, "
    "look for a second Amends, a backup or an open database tool and end it.",
    DiskFull: "The disk is full: nothing was stored. Free some space where the database lies, then try again.",
    DatabaseUnreachable: "The database cannot be reached. Check that AMENDS_DATA_DIR can be opened and written, or "
    "that the server named in AMENDS_DATABASE_URL is running and takes this user and password.",
    DatabaseDamaged: "The database file is damaged or is not a database. Stop Amends, keep a copy of the file and put "
    "back a backup.",
    DatabaseReadOnly: "The database can only be read. Check who owns the file and its folder, and whether the disk was "
    "mounted read-only; on PostgreSQL, whether this user owns the database or was granted CREATE on its schema.",
    MigrationNeeded: "The database is older than this Amends. Run `amends db upgrade`, then try again.",
}

# https://www.sqlite.org/rescode.html, primary codes; sqlite3 has them as constants from 3.11 on only in part.
_SQLITE: dict[int, type[DbError]] = {
    5: DatabaseBusy,
    6: DatabaseBusy,
    8: DatabaseReadOnly,
    10: DatabaseUnreachable,
    11: DatabaseDamaged,
    13: DiskFull,
    14: DatabaseUnreachable,
    26: DatabaseDamaged,
}

# https://www.postgresql.org/docs/current/errcodes-appendix.html
_POSTGRESQL: dict[str, type[DbError]] = {
    "53100": DiskFull,
    "53300": DatabaseBusy,  # too many connections
    "55P03": DatabaseBusy,  # lock_timeout
    "40P01": DatabaseBusy,  # deadlock
    "40001": DatabaseBusy,  # serialisation
    "25006": DatabaseReadOnly,
    "42501": DatabaseReadOnly,  # no privilege; since version 15 nobody but the owner makes tables in "public"
    "42P01": MigrationNeeded,  # no such table
    "42703": MigrationNeeded,  # no such column
    "XX001": DatabaseDamaged,
    "XX002": DatabaseDamaged,
}
_POSTGRESQL_UNREACHABLE = ("08", "28", "3D", "57P")  # connection, log-in, no such database, server going down


@contextmanager
def explained() -> Iterator[None]:
    """Turn what SQLAlchemy raises inside into an error of this module, with the cause kept.

    Raises:
        DbError: one of the tree above. Errors that are none of these pass unchanged.
    """
    from sqlalchemy.exc import DBAPIError
    from sqlalchemy.exc import TimeoutError as PoolTimeout

    try:
        yield
    except DBAPIError as error:
        kind = kind_of(error)
        if kind is None:
            raise
        raise kind(_MESSAGES[kind]) from error
    except PoolTimeout as error:
        raise DatabaseBusy(_MESSAGES[DatabaseBusy]) from error


def kind_of(error: DBAPIError) -> type[DbError] | None:
    """Which of our errors a driver's error is; None for those that are faults of the program."""
    kind = _kind_of_driver(error.orig)
    is_told = hasattr(error.orig, "sqlite_errorcode") or getattr(error.orig, "sqlstate", None)
    if kind is None and not is_told and error.statement is None:
        return DatabaseUnreachable  # libpq refuses options of the address before it connects
    return kind


def of_driver(error: BaseException) -> DbError | None:
    """The same for an error straight from sqlite3 or psycopg: the task queue has connections of its own."""
    if type(error).__module__.partition(".")[0] not in {"sqlite3", "psycopg"}:
        return None
    kind = _kind_of_driver(error)
    return kind(_MESSAGES[kind]) if kind is not None else None


def _kind_of_driver(error: BaseException | None) -> type[DbError] | None:
    code = getattr(error, "sqlite_errorcode", None)
    if isinstance(code, int):
        return _kind_of_sqlite(code, str(error))
    return _kind_of_postgresql(error)


def _kind_of_sqlite(code: int, text: str) -> type[DbError] | None:
    if code & 0xFF == 1:  # SQLITE_ERROR: only the words tell more
        return (
            MigrationNeeded if text.startswith(("no such table", "no such column")) or "has no column" in text else None
        )
    return _SQLITE.get(code & 0xFF)


def _kind_of_postgresql(error: BaseException | None) -> type[DbError] | None:
    state = getattr(error, "sqlstate", None)
    if isinstance(state, str):
        return DatabaseUnreachable if state.startswith(_POSTGRESQL_UNREACHABLE) else _POSTGRESQL.get(state)
    # libpq reports a failed or lost connection without a state; the names are those of PEP 249
    names = {kind.__name__ for kind in type(error).__mro__}
    return DatabaseUnreachable if names & {"OperationalError", "InterfaceError"} else None
