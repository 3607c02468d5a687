"""Storing what a file holds: once, under a record, with its columns remembered."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import Engine, func, select

from crawlers.imports.columns import Columns
from crawlers.imports.several import Sent
from db.claims import claim_source
from db.ingest import IngestCounts
from db.models import CrawlRun, CrawlState, Review, Source, SourceHealth
from db.session import read_scope, session_scope
from db.settings import DbSettings
from tests.factories import make_location, make_source
from webui.faults import Refused
from webui.jobs.importing import file_source, find_target, known_file_source, plan_files, read_file, store_import

FIRST = "ID,Review,Rating,Date\nx1,Cold soup,2,2026-11-03\nx2,Lovely,5,2026-11-04\n,odd,9/5,\n"
EDITED = FIRST.replace("Cold soup", "Cold soup and a wrong bill")


@dataclass
class Program:
    """What an import needs of the program around it."""

    engine: Engine
    now: datetime
    database: DbSettings

    def clock(self) -> datetime:
        return self.now


@pytest.fixture
def program(engine: Engine, now: datetime, data_dir: Path) -> Program:
    return Program(engine, now, DbSettings(data_dir=data_dir, _env_file=None))


@pytest.fixture
def source_id(engine: Engine, now: datetime) -> int:
    with session_scope(engine) as session:
        return file_source(session, "Hotel Lanterna", now=now).id


def stored(engine: Engine) -> int:
    with read_scope(engine) as session:
        return session.scalar(select(func.count(Review.id))) or 0


def test_import_is_recorded_and_never_scheduled(program: Program, source_id: int, now: datetime) -> None:
    """New reviews, a run of reason "import", a healthy source that nobody crawls."""
    told: list[tuple[int, int]] = []
    plan = plan_files([Sent(name="x.csv", data=FIRST.encode())], now=now)
    counts = store_import(program, source_id, plan, progress=lambda done, left: told.append((done, left)))
    assert counts == IngestCounts(new=2)
    assert told == [(2, 0)]
    with read_scope(program.engine) as session:
        run, source = session.scalars(select(CrawlRun)).one(), session.get_one(Source, source_id)
        assert (run.state, run.reason, run.found, run.new, run.dropped) == (CrawlState.FINISHED, "import", 2, 2, 1)
        assert not run.is_complete
        assert (source.platform, source.next_crawl_at, source.health) == ("file", None, SourceHealth.HEALTHY)
        assert (source.claim, source.last_success_at) == (None, now)


def test_importing_again_changes_nothing(program: Program, source_id: int, now: datetime) -> None:
    """And an edited text is a change of the same review."""
    for text, expected in (
        (FIRST, IngestCounts(new=2)),
        (FIRST, IngestCounts(unchanged=2)),
        (EDITED, IngestCounts(changed=1, unchanged=1)),
    ):
        assert (
            store_import(program, source_id, plan_files([Sent(name="x.csv", data=text.encode())], now=now)) == expected
        )
    assert stored(program.engine) == 2


def test_smaller_file_withdraws_nothing(program: Program, source_id: int, now: datetime) -> None:
    """A file says nothing of the reviews it does not hold, however often it is imported."""
    store_import(program, source_id, plan_files([Sent(name="x.csv", data=FIRST.encode())], now=now))
    for _ in range(3):
        store_import(program, source_id, plan_files([Sent(name="x.csv", data=b"ID,Review\nx9,Another\n")], now=now))
    with read_scope(program.engine) as session:
        assert session.scalars(select(Review.missing_since_at)).all() == [None, None, None]


def test_dry_run_counts_truly_and_stores_nothing(program: Program, source_id: int, now: datetime) -> None:
    """Neither reviews nor a run nor columns."""
    store_import(program, source_id, plan_files([Sent(name="x.csv", data=FIRST.encode())], now=now))
    plan = plan_files([Sent(name="x.csv", data=(EDITED + "x3,New,4,2026-11-05\n").encode())], now=now)
    assert store_import(program, source_id, plan, dry_run=True) == IngestCounts(new=1, changed=1, unchanged=1)
    assert stored(program.engine) == 2
    with read_scope(program.engine) as session:
        assert session.scalar(select(func.count(CrawlRun.id))) == 1


def test_columns_are_remembered_for_the_source(program: Program, source_id: int, now: datetime) -> None:
    """They count for the next file with these headers, and are guessed anew for another."""
    said = Columns(fields={"text": "Remark", "stars": "Mark"}, dates="mdy")
    text = "Mark,Remark,Comment\n4,fine,for us only\n"
    store_import(program, source_id, plan_files([Sent(name="x.csv", data=text.encode())], said, now=now))
    with read_scope(program.engine) as session:
        source = session.get_one(Source, source_id)
        assert source.options["columns"] == {"fields": {"text": "Remark", "stars": "Mark"}, "dates": "mdy"}
        remembered = find_target(session, source.slug).remembered
    assert remembered == said
    assert plan_files([Sent(name="x.csv", data=text.encode())], remembered=remembered, now=now).columns == said
    other = plan_files([Sent(name="y.csv", data=b"Review,Rating\nfine,4\n")], remembered=remembered, now=now)
    assert other.columns.fields == {"text": "Review", "stars": "Rating"}
    assert "guessed anew" in other.warnings[0]


def test_columns_of_another_shape_are_forgotten(engine: Engine, source_id: int) -> None:
    """What an older or newer Amends left there stops nobody."""
    with session_scope(engine) as session:
        source = session.get_one(Source, source_id)
        source.options = {"columns": {"fields": ["text"]}}
        assert find_target(session, source.slug).remembered is None


def test_one_import_at_a_time(program: Program, source_id: int, now: datetime) -> None:
    """Two would count each other's reviews."""
    plan = plan_files([Sent(name="x.csv", data=FIRST.encode())], now=now)
    with session_scope(program.engine) as session:
        assert claim_source(session, source_id, now=now, lease_s=30)
    with pytest.raises(Refused, match="Try again in a minute"):
        store_import(program, source_id, plan)
    program.now = now + timedelta(seconds=31)  # the claim of a program that was killed
    assert store_import(program, source_id, plan) == IngestCounts(new=2)


def test_import_that_is_cut_off_keeps_what_it_stored(program: Program, source_id: int, now: datetime) -> None:
    """The run says so, the claim is given back, and the next import goes on."""
    rows = "".join(f"x{number},Text {number},4,2026-11-03\n" for number in range(1200))
    plan = plan_files([Sent(name="x.csv", data=("ID,Review,Rating,Date\n" + rows).encode())], now=now)

    def interrupt(done: int, _: int) -> None:
        if done >= 1000:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        store_import(program, source_id, plan, progress=interrupt)
    assert stored(program.engine) == 1000
    with read_scope(program.engine) as session:
        run = session.scalars(select(CrawlRun)).one()
        assert (run.state, run.new) == (CrawlState.FAILED, 1000)
        assert "Import the file again" in run.message
    assert store_import(program, source_id, plan) == IngestCounts(new=200, unchanged=1000)


def test_source_that_amends_reads_itself_takes_no_file(engine: Engine) -> None:
    """Its reviews would stand there twice, under other ids."""
    with session_scope(engine) as session:
        make_source(session, slug="hotel-website")
        with pytest.raises(Refused, match="--place"):
            find_target(session, "hotel-website")


def test_a_place_has_one_source_of_files_by_name(engine: Engine, now: datetime) -> None:
    """Found again however the name is spaced; another name makes another one."""
    with session_scope(engine) as session:
        make_location(session, name="Hotel Lanterna")
        assert known_file_source(session, "Hotel Lanterna") is None
        first = file_source(session, "Hotel Lanterna", now=now)
        assert file_source(session, "Hotel Lanterna", now=now).id == first.id
        assert known_file_source(session, " Hotel  Lanterna ") is first
        assert file_source(session, "Hotel Lanterna", name="Mails", now=now).id != first.id


def test_file_is_read_from_its_path(tmp_path: Path, now: datetime) -> None:
    """By its name, and no further than the cap."""
    path = tmp_path / "reviews.csv"
    path.write_text("Review\nFine\n")
    assert [item.body for item in plan_files([read_file(path)], now=now).items] == ["Fine"]
