"""What is dear to make and is handed from test to test: an engine of each kind, and a PostgreSQL database.

A test sees nothing of it: the engine is at the address of the test's own database, and the database is as new.
"""

from __future__ import annotations

from functools import partial
from itertools import count
from typing import Any

import psycopg
from psycopg import sql
from sqlalchemy import Dialect, Engine, event, make_url

from db.session import make_engine, normalised_url

from .postgres import Cluster

# What a test has done to the catalogues, and not only to rows: made or dropped something, analysed, granted.
_CATALOGUES = (
    *("pg_class", "pg_attribute", "pg_index", "pg_constraint", "pg_trigger", "pg_proc", "pg_type"),
    *("pg_namespace", "pg_extension", "pg_statistic", "pg_db_role_setting"),
)
_CHANGES = sql.SQL(" UNION ALL ").join(
    sql.SQL("SELECT count(*), max(xmin::text::bigint) FROM {}").format(sql.Identifier(name)) for name in _CATALOGUES
)
_SIZE = "SELECT sum(pg_relation_size(oid)) FROM pg_class WHERE relnamespace = 'public'::regnamespace"
KEPT = "kept from test to test"  # as which the connections of the engine are known to the server
_OTHERS = (
    "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity"
    " WHERE datname = %s AND pid <> pg_backend_pid() AND (application_name <> %s OR state <> 'idle')"
)
_TABLES = "SELECT relname FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace"
_COUNT_ANEW = sql.SQL(
    "SELECT setval(seqrelid::regclass, seqstart, false) FROM pg_sequence"
    " WHERE pg_sequence_last_value(seqrelid) IS NOT NULL"
)
_MOST_GROWTH = 1_000_000  # bytes: deleted rows stay in the files, and plans reckon with the size of those


class Engines:
    """One engine of each kind, at another database for every test.

    SQLAlchemy keeps with an engine what it has compiled, and compiling is half the time of a test on an engine of its
    own. A PostgreSQL that is asked by a new connection looks every table up anew, which takes as long as a page: where
    the next test has the same database, it also has the connections.
    """

    def __init__(self) -> None:
        self._made: dict[str, Engine] = {}

    def at(self, url: str) -> Engine:
        """The engine whose connections from now on lead to this address. None of them is in use yet."""
        parsed = make_url(normalised_url(url))
        engine = self._made.get(parsed.drivername)
        if engine is None:
            engine = self._made[parsed.drivername] = make_engine(url)
            event.listen(engine, "do_connect", partial(_lead, engine))
        if engine.url != parsed:
            engine.dispose()
            engine.url = parsed
        return engine

    def rest(self, engine: Engine) -> None:
        """After a test: a file is closed, connections to a server stay open unless one is still in use."""
        if engine.dialect.name == "sqlite" or engine.pool.checkedout():  # type: ignore[attr-defined]
            engine.dispose()

    def close(self) -> None:
        """All connections of all."""
        for engine in self._made.values():
            engine.dispose()


def _lead(engine: Engine, dialect: Dialect, _record: object, given: list[Any], options: dict[str, Any]) -> None:
    positional, named = dialect.create_connect_args(engine.url)
    given[:] = positional
    options.update(named)
    if dialect.name == "postgresql":
        options["application_name"] = KEPT


class ReusedDatabase:
    """A copy of a template in a cluster. It is copied again only after a test that has changed more than rows."""

    def __init__(self, cluster: Cluster, template: str, name: str) -> None:
        self._cluster, self._template, self._names = cluster, template, (f"{name}_{number}" for number in count(1))
        self._name = ""
        self._connection: psycopg.Connection[Any] | None = None
        self._catalogues: list[Any] = []
        self._size = 0  # bytes of the tables and indexes of a new one
        self._rows: dict[str, bytes] = {}  # of each table that has some from the start
        self._wipe = sql.Composed([])

    @property
    def url(self) -> str:
        """Its address. Made where it is not there yet."""
        if self._connection is None:
            self._make()
        return self._cluster.url(self._name)

    def renew(self) -> None:
        """As it was made: without the rows of the last test, and numbers count from one again."""
        if self._connection is None:
            return
        connection = self._connection
        try:
            connection.execute(_OTHERS, [self._name, KEPT])
            if self._has_changed(connection):
                self.drop()
                return
            connection.execute(self._wipe)
            for table, rows in self._rows.items():
                _fill(connection, table, rows)
        except psycopg.Error:
            self.drop()  # whatever the test has left: a new one has nothing of it

    def drop(self) -> None:
        """Away with it."""
        if self._connection is not None:
            self._connection.close()
            self._connection = None
            self._cluster.drop(self._name)

    def _make(self) -> None:
        self._name = next(self._names)  # another address: connections to the last one lead nowhere
        self._cluster.create(self._name, template=self._template)
        connection = psycopg.connect(self._cluster.url(self._name), autocommit=True)
        connection.execute("SET session_replication_role = replica")  # rows go in any order, and no trigger minds
        tables = [name for (name,) in connection.execute(_TABLES)]
        deletes = [sql.SQL("DELETE FROM {}").format(sql.Identifier(table)) for table in tables]
        self._wipe = sql.SQL("; ").join([*deletes, _COUNT_ANEW])
        self._rows = {table: rows for table in tables if (rows := _rows(connection, table))}
        self._size = _size(connection)
        self._catalogues = connection.execute(_CHANGES).fetchall()
        self._connection = connection

    def _has_changed(self, connection: psycopg.Connection[Any]) -> bool:
        """Whether the test has done more than change rows, or so many that plans will differ."""
        is_grown = _size(connection) - self._size > _MOST_GROWTH
        return is_grown or connection.execute(_CHANGES).fetchall() != self._catalogues


def _size(connection: psycopg.Connection[Any]) -> int:
    found = connection.execute(_SIZE).fetchone()
    assert found is not None
    return int(found[0])


def _rows(connection: psycopg.Connection[Any], table: str) -> bytes:
    with connection.cursor().copy(sql.SQL("COPY {} TO STDOUT").format(sql.Identifier(table))) as copying:
        return b"".join(copying)


def _fill(connection: psycopg.Connection[Any], table: str, rows: bytes) -> None:
    with connection.cursor().copy(sql.SQL("COPY {} FROM STDIN").format(sql.Identifier(table))) as copying:
        copying.write(rows)
