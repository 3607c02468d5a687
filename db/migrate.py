"""Brings the schema up to what this program needs, and says what is wrong with a database.

Works from an installed wheel: the migrations lie inside this package. A migration is one transaction on either
database, and two programs that start together migrate one after the other.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from alembic.util import CommandError
from sqlalchemy import Connection, Engine, text
from sqlalchemy.exc import DBAPIError

from .errors import DatabaseTooNew, DatabaseUnfit, DbError, MigrationNeeded, explained
from .session import MIGRATING, READ_ONLY

_LOCK = 0x414D454E  # any number that no other program takes on the same server: "AMEN"
_one_at_a_time = threading.Lock()  # Alembic keeps what it works on in its module; two databases at once mix it up


def upgrade(engine: Engine, *, revision: str = "head") -> None:
    """Create or migrate the schema, to the newest revision unless told otherwise. Where it is that already: nothing.

    Raises:
        DatabaseTooNew: a newer Amends has been here.
        DatabaseUnfit: it could not hold every text.
        DbError: another program's tables have our names.
    """
    _migrate(engine, revision, is_up=True)


def downgrade(engine: Engine, revision: str) -> None:
    """Go back to a revision; "base" leaves nothing."""
    _migrate(engine, revision, is_up=False)


def require_current(engine: Engine) -> None:
    """Raise MigrationNeeded, DatabaseTooNew or DatabaseUnfit unless the schema is this program's."""
    with explained(), _reading(engine) as connection:
        _refuse_other_encodings(connection)
        revision = _revision(connection)
    if revision == head():
        return
    if revision is not None and revision not in _known():
        raise DatabaseTooNew(_too_new(revision))
    what = "has no tables yet" if revision is None else "is older than this Amends"
    raise MigrationNeeded(f"The database {what}. Run `amends db upgrade`, then try again.")


def check(engine: Engine) -> list[str]:
    """What is wrong with the database, one sentence each. An empty list means that all is well."""
    try:
        require_current(engine)
        with explained(), _reading(engine) as connection:
            return _damage(connection) + _differences(connection)
    except DbError as error:
        return [str(error)]


def head() -> str:
    """The newest revision that this program knows."""
    revision = _scripts().get_current_head()
    assert revision is not None  # noqa: S101 - the package ships at least one
    return revision


def config(connection: Connection | None = None) -> Config:
    """Alembic's configuration as if run from here, whatever the present folder is."""
    made = Config()
    made.set_main_option("script_location", str(Path(__file__).with_name("migrations")).replace("%", "%%"))
    if connection is not None:
        made.attributes["connection"] = connection
    return made


def _migrate(engine: Engine, revision: str, *, is_up: bool) -> None:
    with explained(), engine.execution_options(**{MIGRATING: True}).connect() as connection:
        with connection.begin():
            _refuse_other_encodings(connection)
            if engine.dialect.name == "postgresql":
                connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": _LOCK})
            try:
                with _one_at_a_time:
                    (command.upgrade if is_up else command.downgrade)(config(connection), revision)
            except CommandError as error:
                raise DatabaseTooNew(_too_new(_revision(connection) or revision)) from error
            except DBAPIError as error:
                if _is_taken(error):
                    raise DbError(
                        "The database holds tables of another program under the names that Amends needs; nothing was "
                        "changed. Give Amends a database of its own: AMENDS_DATABASE_URL."
                    ) from error
                raise
            _refuse_orphans(connection)
        # SQLite's foreign keys are off on this connection: it must not go back into the pool.
        connection.detach()


def _is_taken(error: DBAPIError) -> bool:
    if getattr(error.orig, "sqlstate", None) == "42P07":  # duplicate_table, also for an index
        return True
    return "already exists" in str(error.orig) and hasattr(error.orig, "sqlite_errorcode")


def _refuse_other_encodings(connection: Connection) -> None:
    # A cluster that was made without a locale gives new databases SQL_ASCII, which even counts bytes for letters.
    if connection.dialect.name != "postgresql":
        return
    encoding = connection.scalar(text("SHOW server_encoding"))
    if encoding != "UTF8":
        raise DatabaseUnfit(
            f"The database is encoded in {encoding}, which cannot hold the letters of every language. Make one with "
            "`createdb --encoding=UTF8 --template=template0` and name that in AMENDS_DATABASE_URL."
        )


def _refuse_orphans(connection: Connection) -> None:
    if connection.dialect.name != "sqlite":
        return
    if orphan := connection.exec_driver_sql("PRAGMA foreign_key_check").first():
        raise DbError(f"The migration would leave rows of {orphan[0]} without their {orphan[2]}; nothing was changed.")


@contextmanager
def _reading(engine: Engine) -> Iterator[Connection]:
    with engine.execution_options(**{READ_ONLY: True}).connect() as connection:
        yield connection


def _revision(connection: Connection) -> str | None:
    return MigrationContext.configure(connection).get_current_revision()


def _scripts() -> ScriptDirectory:
    return ScriptDirectory.from_config(config())


def _known() -> set[str]:
    return {script.revision for script in _scripts().walk_revisions()}


def _too_new(revision: str) -> str:
    return (
        f"The database was made by a newer Amends (revision {revision}). Install that version or a later one; this one "
        "could damage it."
    )


def _damage(connection: Connection) -> list[str]:
    if connection.dialect.name != "sqlite":
        return []
    found = [row[0] for row in connection.exec_driver_sql("PRAGMA quick_check(3)") if row[0] != "ok"]
    if found:
        return ["The database file is damaged: " + "; ".join(found) + ". Put back a backup."]
    orphans = {(row[0], row[2]) for row in connection.exec_driver_sql("PRAGMA foreign_key_check")}
    return [f"Rows of {table} have lost their {parent}. Put back a backup." for table, parent in sorted(orphans)]


def _differences(connection: Connection) -> list[str]:
    from .models import Base
    from .search import is_of_models, missing_triggers

    context = MigrationContext.configure(connection, opts={"compare_type": True, "include_name": is_of_models})
    found = [_in_words(difference) for difference in compare_metadata(context, Base.metadata)]
    return found + [
        f"The schema is not as expected (trigger {name} is missing). Put back a backup."
        for name in missing_triggers(connection)
    ]


def _in_words(difference: tuple[Any, ...] | list[tuple[Any, ...]]) -> str:
    # Alembic gives a tuple for a table or column and a list of tuples for changes of one column.
    parts = difference[0] if isinstance(difference, list) else difference
    names = [part if isinstance(part, str) else getattr(part, "name", None) for part in parts[1:]]
    return f"The schema is not as expected ({parts[0]}: {', '.join(str(n) for n in names if n)}). Put back a backup."
