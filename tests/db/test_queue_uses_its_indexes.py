"""Pages of the queue cost the same at any size: the database's own plans say so."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import Engine, event, select, text
from sqlalchemy.orm import Session

from db.assigning import waiting_statement
from db.clocks import stale_statement
from db.escalations import due_statement
from db.models import Case, CaseStage, CaseState, ReplyState, Review
from db.queries.arrivals import arrivals_statement, mark
from db.queries.cursors import Sort
from db.queries.filtering import Filters, conditions, narrowed, worded
from db.queries.queue import (
    COUNT_CAP,
    QueueView,
    Reader,
    count_statements,
    in_view,
    page_statements,
    queue_page,
)
from db.queries.rows import row_statement
from db.session import make_engine, session_scope
from tests.factories import NOW, make_case, make_person, make_review, make_source
from tests.postgres import Cluster

from .plans import plan

READER = Reader(person_id=1, now=NOW)
pytestmark = pytest.mark.xdist_group("filled")  # one process fills the tables


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def filled(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    """Enough cases, half of them flagged, that reading all would be the worse plan. Tests of this file only read."""
    if request.param == "sqlite":
        file = tmp_path_factory.mktemp("filled") / "amends.db"
        shutil.copy(request.getfixturevalue("sqlite_template"), file)
        url = f"sqlite:///{file}"
    else:
        cluster: Cluster = request.getfixturevalue("postgres")
        cluster.create("filled", template=request.getfixturevalue("postgres_template"))
        url = cluster.url("filled")
    engine = make_engine(url)
    with session_scope(engine) as session:
        source = make_source(session)
        ana = make_person(session, name="Ana").id
        assert ana == READER.person_id
        for number in range(2400):
            state = CaseState.ANSWERED if number % 4 == 1 else CaseState.OPEN
            reopened_at = NOW if number % 4 == 0 else None
            review = make_review(session, source, published_at=NOW - timedelta(minutes=number // 3))
            columns = {"is_flagged": number % 2 == 0, "state": state, "reopened_at": reopened_at}
            make_case(session, review, priority=number % 97, **columns, **_work(number, ana))
    with session_scope(engine) as session:
        session.execute(text("ANALYZE"))
    yield engine
    engine.dispose()
    if request.param == "postgresql":
        cluster.drop("filled")


def _work(number: int, person_id: int) -> dict[str, Any]:
    """What people have made of it: of four one waits for the guest, one for a second person, one is somebody's."""
    if number % 4 == 3:
        return {"stage": CaseStage.WAITING, "follow_up_at": NOW - timedelta(minutes=number)}
    if number % 4 == 1:
        asked = {"approval_asked_at": NOW, "approval_asked_by_id": person_id}
        return asked if number % 8 == 1 else {"reply_state": ReplyState.SUBMITTED}
    return {"assignee_id": person_id} if number % 4 == 2 else {}


@pytest.fixture
def many(filled: Engine) -> Iterator[Session]:
    """A session on `filled`."""
    with Session(filled) as session:
        if filled.dialect.name == "postgresql":
            # So few rows are read as fast without an index: let the planner say whether it could do with one alone.
            session.execute(text("SET LOCAL enable_seqscan = off"))
            session.execute(text("SET LOCAL enable_bitmapscan = off"))
        yield session


@pytest.mark.parametrize("view", QueueView)
@pytest.mark.parametrize("where", ["first", "after", "before"])
def test_page_is_read_from_an_index_in_its_order(many: Session, view: QueueView, where: str) -> None:
    """First page, later page and the way back: an index gives the order, nothing is sorted, nothing is skipped over."""
    first = queue_page(many, view, limit=200, reader=READER).next_cursor
    middle = queue_page(many, view, after=first, limit=150, reader=READER).next_cursor
    assert middle
    statements = page_statements(
        view,
        after=middle if where == "after" else None,
        before=middle if where == "before" else None,
        reader=READER,
    )
    assert len(statements) == (1 if where == "first" else 2)
    for statement in statements:
        told = plan(many, statement.limit(21))
        assert "Sort" not in told
        assert "TEMP B-TREE" not in told
        assert "OFFSET" not in str(statement.compile())
        if many.get_bind().dialect.name == "sqlite":
            # The indexes of parts leave out the column that defines them.
            is_part = view not in {QueueView.NOW, QueueView.OPEN, QueueView.ALL}
            assert f"USING {'' if is_part else 'COVERING '}INDEX ix_case_" in told
        else:
            assert "ix_case_" in told
            assert "Seq Scan" not in told


@pytest.mark.parametrize("sort", [Sort.NEWEST, Sort.OLDEST])
def test_page_by_date_is_read_in_the_order_of_dates(many: Session, sort: Sort) -> None:
    """More fit than are counted: no row of the view is read that does not stand on the page or before its cursor."""
    page = queue_page(many, QueueView.ALL, sort=sort, filters=Filters(stars=(2,)), limit=50)
    assert page.found == COUNT_CAP + 1
    which = conditions(many, Filters(stars=(2,)))
    for statement in page_statements(QueueView.ALL, after=page.next_cursor, before=None, which=which, sort=sort):
        told = plan(many, statement.limit(21))
        assert "Sort" not in told
        assert "TEMP B-TREE" not in told
        assert "ix_review_published_at_id" in told


def test_words_that_many_reviews_have_are_looked_up_row_by_row(many: Session) -> None:
    """A page of what a frequent word finds stops after a page; nothing on PostgreSQL gathers all that it finds."""
    filters = Filters(search="minutes")
    page = queue_page(many, QueueView.ALL, sort=Sort.NEWEST, filters=filters, limit=50)
    assert page.found == COUNT_CAP + 1
    assert [row.review_id for row in page.rows] == list(
        many.scalars(select(Review.id).order_by(Review.published_at.desc(), Review.id.desc()).limit(50))
    )
    which = worded(many, filters.search, is_walk=True)
    for statement in page_statements(QueueView.ALL, after=page.next_cursor, before=None, which=which, sort=Sort.NEWEST):
        told = plan(many, statement.limit(21))
        assert "ix_review_published_at_id" in told
        assert "Materialize" not in told
        assert "hashed SubPlan" not in told
        assert "Sort" not in told
        assert "TEMP B-TREE" not in told


@pytest.mark.parametrize(
    ("filters", "index"),
    [
        (Filters(search="minutes"), "review_words"),
        (Filters(topic=("waiting",)), "ix_score_label_kind_name_review_id"),
        (Filters(risk=("legal",)), "ix_score_label_kind_name_review_id"),
        (Filters(anger=("furious",)), "ix_score_anger_level"),
        (Filters(language=("fi",)), ""),
        (Filters(stars=(5,)), "ix_review_stars"),
        (Filters(since=date(2026, 11, 30)), "ix_review_published_at_id"),
    ],
)
def test_filter_starts_at_what_is_rare(many: Session, filters: Filters, index: str) -> None:
    """What fits is found by an index of the filter, not by reading the view."""
    told = plan(many, narrowed(in_view(QueueView.ALL), conditions(many, filters)).limit(COUNT_CAP + 1))
    if many.get_bind().dialect.name == "sqlite" or index.startswith("ix_score_label"):
        assert index in told


@pytest.mark.parametrize("sort", Sort)
def test_filtering_takes_as_many_statements_for_many_as_for_few(many: Session, sort: Sort) -> None:
    """Few, many or none may fit: the number of statements hangs on none of them, nor on the number of filters."""
    asked: list[str] = []
    many.execute(text("SELECT 1"))  # what begins a transaction is not counted
    event.listen(many.connection(), "before_cursor_execute", lambda *call: asked.append(call[2]))
    counts = {}
    for name, filters in (
        ("many", Filters(stars=(2,), search="minutes")),
        ("few", Filters(stars=(2,), search='"waited 7"', since=date(2026, 1, 1))),
        ("none", Filters(stars=(4,), search="nothing", source=("x",), place=("y",), topic=("z",), language=("xx",))),
    ):
        asked.clear()
        queue_page(many, QueueView.ALL, filters=filters, sort=sort)
        counts[name] = len(asked)
    assert max(counts.values()) <= 5  # one of them only because this session may write: the names of the sources


def test_cursor_bounds_the_scan_within_equal_ranks(many: Session) -> None:
    """The rows before the cursor are not read and thrown away, also where all have one rank."""
    first = queue_page(many, QueueView.NOW, limit=20)
    equal, lower = (plan(many, s) for s in page_statements(QueueView.NOW, after=first.next_cursor, before=None))
    if many.get_bind().dialect.name == "sqlite":
        assert "(in_queue=? AND rank=? AND id<?)" in equal
        assert "(in_queue=? AND rank<?)" in lower
    else:
        bounds = [next(line for line in told.splitlines() if "Index Cond" in line) for told in (equal, lower)]
        assert all(name in bounds[0] for name in ("in_queue = true", "rank = ", "id < "))
        assert all(name in bounds[1] for name in ("in_queue = true", "rank < "))


def test_counts_are_read_from_indexes(many: Session) -> None:
    """Counting stops early only where the rows lie together: no table is read through for them, nothing is sorted."""
    for statement in count_statements(reader=READER).values():
        told = plan(many, statement.limit(21))
        assert "Sort" not in told
        assert "TEMP B-TREE" not in told
        assert "Seq Scan" not in told
        assert "INDEX" in told.upper()


@pytest.mark.parametrize("view", QueueView)
def test_arrivals_are_found_by_rising_keys(many: Session, view: QueueView) -> None:
    """Asking every half minute reads what is new, and no table through."""
    since = mark(many, now=NOW)
    told = plan(many, arrivals_statement(view, Filters(), since, READER, []).limit(100))
    for table in ("case", "review", "score", "revision", "case_event"):
        assert f"SCAN {table}\n" not in f"{plan}\n"
        assert f"Seq Scan on {table}" not in told
        assert f'Seq Scan on "{table}"' not in told


def test_rows_of_a_page_are_found_by_key(many: Session) -> None:
    """Twenty cases are looked up, no large table is read through."""
    told = plan(many, row_statement().where(Case.id.in_([3, 1, 2])))
    for table in ("case", "review", "score", "revision"):
        assert f"SCAN {table}" not in told
        assert f"Seq Scan on {table}" not in told
        assert f'Seq Scan on "{table}"' not in told


def test_what_the_worker_looks_for_each_minute_has_indexes_of_their_own(many: Session) -> None:
    """Clocks to set, steps that are due, cases that wait for the rules: what is not concerned is not looked at."""
    due = {"clock_stale": stale_statement(), "escalate_at": due_statement(NOW), "awaits_rule": waiting_statement()}
    for index, statement in due.items():
        assert f"ix_case_{index}" in plan(many, statement.limit(21))
