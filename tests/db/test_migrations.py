"""Every migration on both databases: up, down, empty and with rows."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from alembic import command
from alembic.script import ScriptDirectory
from sqlalchemy import Engine

import db
from db.errors import DatabaseTooNew, DatabaseUnfit, DbError, MigrationNeeded
from db.migrate import check, config, downgrade, head, require_current, upgrade
from db.models import Reply, ReplyState, ScoreLabel
from db.search import TABLE, found_by, index_older, still_to_index
from db.session import make_engine, session_scope
from tests.factories import (
    NOW,
    make_case,
    make_location,
    make_reply,
    make_review,
    make_revision,
    make_run,
    make_score,
    make_source,
)
from tests.postgres import Cluster

REVISIONS = [
    script.revision for script in reversed(list(ScriptDirectory.from_config(config()).walk_revisions("base", "heads")))
]


@pytest.fixture
def bare(empty_url: str) -> Iterator[Engine]:
    """An engine on a database without tables."""
    engine = make_engine(empty_url)
    yield engine
    engine.dispose()


def _schema(engine: Engine) -> dict[str, Any]:
    """Everything that can be reflected, in words."""
    inspector = sa.inspect(engine)
    schema: dict[str, Any] = {}
    for table in inspector.get_table_names():
        if table.startswith(TABLE):
            schema[table] = ({}, {}, [], [], [])
            continue
        columns = {
            c["name"]: (str(c["type"]), getattr(c["type"], "timezone", None), c["nullable"], str(c["default"]))
            for c in inspector.get_columns(table)
        }
        keys = sorted(str(sorted(key.items(), key=str)) for key in inspector.get_foreign_keys(table))
        unique = sorted(str((key["name"], key["column_names"])) for key in inspector.get_unique_constraints(table))
        indexes = sorted(str((i["name"], i["column_names"], i["unique"])) for i in inspector.get_indexes(table))
        schema[table] = (columns, inspector.get_pk_constraint(table), keys, unique, indexes)
    return schema


def _value(column: sa.Column[Any]) -> Any:
    kinds: list[tuple[type[Any], Any]] = [
        (sa.JSON, []),
        (sa.Boolean, True),
        (sa.DateTime, datetime(2026, 11, 22, tzinfo=UTC)),
        (sa.Date, date(2026, 11, 22)),
        (sa.Integer, 1),
        (sa.Numeric, 1),
        (sa.Float, 1.5),
        (sa.String, "x"),
        (sa.LargeBinary, b"x"),
    ]
    return next(value for kind, value in kinds if isinstance(column.type, kind))


def _fill(engine: Engine) -> dict[str, int]:
    """One row in every table that has none, made from the schema alone; how many rows each has then."""
    metadata = sa.MetaData()
    metadata.reflect(engine)
    counts = {}
    with engine.begin() as connection:
        for table in metadata.sorted_tables:
            if table.name == "alembic_version" or table.name.startswith(TABLE):
                continue  # the index of words is no table of rows to SQLite
            if not connection.scalar(sa.select(sa.func.count()).select_from(table)):
                connection.execute(sa.insert(table), {column.name: _value(column) for column in table.c})
            counts[table.name] = connection.scalar(sa.select(sa.func.count()).select_from(table)) or 0
    return counts


def _counts(engine: Engine) -> dict[str, int]:
    """How many rows each table has: without the reflection of every column, which takes longer than all else here."""
    names = [name for name in sa.inspect(engine).get_table_names() if name != "alembic_version"]
    with engine.connect() as connection:
        return {
            name: connection.scalar(sa.select(sa.func.count()).select_from(sa.table(name))) or 0
            for name in names
            if not name.startswith(TABLE)
        }


def test_migrations_make_exactly_the_models(bare: Engine) -> None:
    """Autogenerate finds nothing to add, and our own check nothing to say."""
    upgrade(bare)
    with bare.connect() as connection:
        command.check(config(connection))
    assert check(bare) == []
    require_current(bare)


def test_up_down_up_ends_in_the_same_schema(bare: Engine) -> None:
    """Downwards nothing is left; upwards again everything is as before."""
    upgrade(bare)
    first = _schema(bare)
    assert {"review", "case", "score", "revision", "source", "location", "crawl_run"} < set(first)
    downgrade(bare, "base")
    assert set(_schema(bare)) == {"alembic_version"}
    upgrade(bare)
    assert _schema(bare) == first


def test_each_migration_goes_up_and_down_with_rows(bare: Engine) -> None:
    """Rows of before survive the way up, rows of after the way down, wherever their table does.

    One walk over all of them: from the bottom for each anew, it would take longer with the square of their number.
    """
    before: dict[str, int] = {}
    for earlier, later in pairwise(["base", *REVISIONS]):
        upgrade(bare, revision=later)
        after = _fill(bare)
        lost = [name for name, count in before.items() if name in after and after[name] < count]
        assert lost == [], f"on the way up to {later}"
        downgrade(bare, earlier)
        kept = _counts(bare)
        assert kept.keys() == before.keys(), f"on the way down from {later}"
        assert {name: kept[name] for name in before if name in after} == {
            name: count for name, count in before.items() if name in after
        }, f"on the way down from {later}"
        upgrade(bare, revision=later)
        again = _fill(bare)
        assert set(again) == set(after), f"up to {later} for the second time"
        before = again


def test_real_rows_do_not_hinder_the_way_down(engine: Engine) -> None:
    """A database in use, with references between all tables."""
    with session_scope(engine) as session:
        source = make_source(session)
        run = make_run(session, source)
        review = make_review(session, source, last_run_id=run.id)
        make_revision(session, review)
        make_score(session, review)
        make_case(session, review)
    downgrade(engine, "base")
    upgrade(engine)
    assert check(engine) == []


def test_answers_of_before_that_may_be_there_are_looked_for(engine: Engine) -> None:
    """Sent, and not known to have arrived; what was never sent, or was seen, is not asked about."""
    with session_scope(engine) as session:
        sent = {"posted_body": "I am sorry."}
        for columns in (
            {"state": ReplyState.FAILED, **sent},
            {"state": ReplyState.APPROVED, **sent},
            {"state": ReplyState.FAILED},
            {"state": ReplyState.LIVE, "posted_at": NOW, **sent},
            {"state": ReplyState.DRAFT, "posted_at": NOW, **sent},
        ):
            make_reply(session, **columns)
    downgrade(engine, "0036")
    upgrade(engine)
    with session_scope(engine) as session:
        found = session.scalars(sa.select(Reply.may_be_there).order_by(Reply.id)).all()
    assert found == [True, True, False, False, False]


def test_migrating_twice_changes_nothing(engine: Engine) -> None:
    """Every start may do it."""
    with session_scope(engine) as session:
        make_location(session)
    before = _schema(engine)
    upgrade(engine)
    assert _schema(engine) == before
    with session_scope(engine) as session:
        assert session.scalar(sa.text("SELECT count(*) FROM location")) == 1


def test_databases_are_migrated_at_the_same_time(tmp_path: Path) -> None:
    """Two people test a connection: each trial makes a database of its own, in a thread of its own."""

    def migrate(number: int) -> list[str]:
        engine = make_engine(f"sqlite:///{tmp_path / f'{number}.db'}")
        try:
            upgrade(engine)
            return check(engine)
        finally:
            engine.dispose()

    with ThreadPoolExecutor(max_workers=4) as pool:
        assert list(pool.map(migrate, range(4))) == [[]] * 4


def test_foreign_keys_hold_after_a_migration(bare: Engine) -> None:
    """They are off while SQLite rebuilds tables; the connections used afterwards check them."""
    upgrade(bare)
    with pytest.raises(sa.exc.IntegrityError), bare.begin() as connection:
        connection.execute(
            sa.text(
                'INSERT INTO "case" (review_id, state, is_flagged, in_queue, priority, priority_parts, opened_at) '
                "VALUES (4711, 'open', :no, :no, 0, '[]', '2026-11-22 00:00:00')"
            ),
            {"no": False},
        )


def test_failed_migration_leaves_nothing_behind(bare: Engine) -> None:
    """It is one transaction: a table in the way, most likely another program's, stops it as a whole."""
    with bare.begin() as connection:
        connection.execute(sa.text("CREATE TABLE score (x INTEGER)"))
    with pytest.raises(DbError, match="another program"):
        upgrade(bare)
    assert set(_schema(bare)) == {"score"}
    with bare.begin() as connection:
        connection.execute(sa.text("DROP TABLE score"))
    upgrade(bare)
    assert check(bare) == []


def test_empty_database_asks_for_the_upgrade(bare: Engine) -> None:
    """Said by check and raised for those who start."""
    [problem] = check(bare)
    assert problem == "The database has no tables yet. Run `amends db upgrade`, then try again."
    with pytest.raises(MigrationNeeded, match="no tables yet"):
        require_current(bare)


def test_database_of_a_newer_program_is_not_touched(engine: Engine) -> None:
    """An old program must not write into a schema that it does not know."""
    with session_scope(engine) as session:
        session.execute(sa.text("UPDATE alembic_version SET version_num = '9999'"))
    before = _schema(engine)
    assert [problem.partition(" (")[0] for problem in check(engine)] == ["The database was made by a newer Amends"]
    with pytest.raises(DatabaseTooNew, match="9999"):
        require_current(engine)
    with pytest.raises(DatabaseTooNew, match="9999"):
        upgrade(engine)
    assert _schema(engine) == before


@pytest.mark.parametrize("encoding", ["SQL_ASCII", "LATIN1"])
def test_database_that_cannot_hold_every_letter_is_refused(postgres: Cluster, encoding: str) -> None:
    """A cluster made without a locale gives such databases: better said at once than met in the middle of a crawl."""
    postgres.create("other_letters", encoding=encoding)
    engine = make_engine(postgres.url("other_letters"))
    for use in (upgrade, require_current):
        with pytest.raises(DatabaseUnfit, match=f"encoded in {encoding}.*--encoding=UTF8"):
            use(engine)
    assert [problem.partition(",")[0] for problem in check(engine)] == [f"The database is encoded in {encoding}"]
    assert _schema(engine) == {}
    engine.dispose()
    postgres.drop("other_letters")


def test_check_names_what_differs(engine: Engine) -> None:
    """Somebody has changed the schema by hand."""
    with session_scope(engine) as session:
        session.execute(sa.text("DROP INDEX ix_case_priority_due_at"))
        session.execute(sa.text("ALTER TABLE location ADD COLUMN extra INTEGER"))
    problems = check(engine)
    assert len(problems) == 2
    assert any("ix_case_priority_due_at" in problem for problem in problems)
    assert any("extra" in problem for problem in problems)


def test_check_misses_the_triggers_of_the_search(engine: Engine) -> None:
    """A table that was made anew has lost them, and erased words would stay to be found."""
    with session_scope(engine) as session:
        where = "" if engine.dialect.name == "sqlite" else " ON review"
        session.execute(sa.text("DROP TRIGGER review_words_reworded" + where))
    [problem] = check(engine)
    assert "review_words_reworded" in problem


def test_rows_of_before_are_searched_and_filtered_afterwards(bare: Engine) -> None:
    """Labels come with the migration, words in small steps after it."""
    upgrade(bare, revision="0003")
    with bare.begin() as connection:
        old = sa.MetaData()
        old.reflect(connection)
        for name in ("location", "source", "review", "score"):
            values = {column.name: _value(column) for column in old.tables[name].c}
            values |= {
                "topics": [{"topic": "waiting", "probability": 1}],
                "risks": [{"risk": "legal"}],
                "erased_at": None,
            }
            values |= {"body": "Cold soup", "last_run_id": None, "retention": "store", "health": "new"}
            values = {key: value for key, value in values.items() if key in old.tables[name].c}
            connection.execute(sa.insert(old.tables[name]), values)
    upgrade(bare)
    with session_scope(bare) as session:
        labels = session.execute(sa.select(ScoreLabel.kind, ScoreLabel.name).order_by(ScoreLabel.kind)).all()
        assert [tuple(label) for label in labels] == [("risk", "legal"), ("topic", "waiting")]
        wanted = found_by(session, "cold")
        assert wanted is not None
        assert session.scalars(wanted).all() == []
        assert still_to_index(session) == 1
        assert index_older(session, now=datetime(2026, 11, 22, tzinfo=UTC)) == 0
        assert session.scalars(wanted).all() == [1]
        assert still_to_index(session) == 0


def test_check_finds_rows_without_their_parents(tmp_path: Path, sqlite_template: Path) -> None:
    """Another program wrote into the file with foreign keys off."""
    file = tmp_path / "amends.db"
    shutil.copy(sqlite_template, file)
    engine = make_engine(f"sqlite:///{file}")
    with engine.connect() as connection:
        connection.exec_driver_sql("COMMIT")
        connection.exec_driver_sql("PRAGMA foreign_keys=OFF")
        connection.exec_driver_sql(
            "INSERT INTO crawl_run SELECT 1, 99, 'failed', '2026-01-01', NULL, '', '',"
            " 0, 0, 0, 0, 0, 0, 0, NULL, 0, '', '', NULL, 1, 0"
        )
        connection.exec_driver_sql("BEGIN")
        connection.detach()
    assert check(engine) == ["Rows of crawl_run have lost their source. Put back a backup."]
    engine.dispose()


def test_unreachable_database_is_a_problem_in_words(tmp_path: Path) -> None:
    """Doctor prints it; nothing is raised."""
    (tmp_path / "file").touch()
    [problem] = check(make_engine(f"sqlite:///{tmp_path}/file/amends.db"))
    assert "AMENDS_DATA_DIR" in problem


def test_installed_package_migrates_from_anywhere(empty_url: str, tmp_path: Path) -> None:
    """The migrations travel with the package: no checkout, no alembic.ini, another folder."""
    installed = tmp_path / "site packages 100%"
    shutil.copytree(Path(db.__file__).parent, installed / "db", ignore=shutil.ignore_patterns("__pycache__"))
    script = (
        "import sys, db.migrate, db.session; engine = db.session.make_engine(sys.argv[1]);"
        "db.migrate.upgrade(engine); print(db.__file__, db.migrate.check(engine))"
    )
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", script, empty_url],
        cwd=tmp_path,
        env=os.environ | {"PYTHONPATH": str(installed)},
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout == f"{installed}/db/__init__.py []\n"


def test_command_line_of_alembic_uses_the_settings(tmp_path: Path) -> None:
    """For those who write migrations: `alembic upgrade head` in the checkout."""
    done = subprocess.run(
        [sys.executable, "-m", "alembic", "upgrade", "head"],
        cwd=Path(db.__file__).parents[1],
        env=os.environ | {"AMENDS_DATA_DIR": str(tmp_path), "AMENDS_DATABASE_URL": ""},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    engine = make_engine(f"sqlite:///{tmp_path}/amends.db")
    assert check(engine) == []
    engine.dispose()


def test_there_is_one_newest_revision() -> None:
    """Two branches that were merged without a word would show here."""
    assert ScriptDirectory.from_config(config()).get_heads() == [head()]
    assert REVISIONS[-1] == head()


def test_migrations_import_nothing_of_ours() -> None:
    """They must keep their meaning when our code changes."""
    for file in (Path(db.__file__).parent / "migrations" / "versions").glob("*.py"):
        lines = [line for line in file.read_text().splitlines() if line.startswith(("import ", "from "))]
        packages = {line.split()[1].partition(".")[0] for line in lines}
        assert packages <= {"__future__", "alembic", "sqlalchemy", "datetime", "re", "typing", "urllib", "zoneinfo"}, (
            file.name
        )
