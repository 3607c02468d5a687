"""The jobs that take out what may not be kept, erase what somebody asks for, and link what is the same."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import select

from crawlers import page_cache
from db.models import Retention, Review, Twin
from db.session import session_scope
from tests.factories import make_case, make_location, make_review, make_source
from tests.flow.running import Home
from webui.jobs.linking import link_new
from webui.jobs.purging import erase_review, purge_old
from webui.wiring import Services, build_services

WORDS = "Zanzibarquark soup was cold, and the waiter laughed about it all evening"


@pytest.fixture
def services(tmp_path: Path, sqlite_template: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Services]:
    """Services on an empty installation."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("AMENDS_DATA_DIR", str(tmp_path / "data"))
    (tmp_path / "data").mkdir()
    shutil.copy(sqlite_template, tmp_path / "data" / "amends.db")
    built = build_services()
    yield built
    built.engine.dispose()


def _review(services: Services, **columns: object) -> tuple[int, int]:
    """A review of a source with a copy of its page in the cache; their ids."""
    with session_scope(services.engine) as session:
        source = make_source(session, **columns)
        seen_at = datetime.now(UTC) - timedelta(days=2)
        review = make_review(session, source, body=WORDS, last_seen_at=seen_at, first_seen_at=seen_at)
        make_case(session, review)
        ids = source.id, review.id
    folder = page_cache.folder_of(services.database.data_dir, ids[0])
    folder.mkdir(parents=True)
    (folder / "response_body").write_text(WORDS)
    return ids


def _found(services: Services) -> list[str]:
    files = (file for file in services.database.data_dir.rglob("*") if file.is_file())
    return [file.name for file in files if b"Zanzibarquark" in file.read_bytes()]


def test_purge_leaves_nothing_in_the_data_folder(services: Services) -> None:
    """Neither in the database and its log nor in the copies of pages; asked again there is nothing to do."""
    _review(services, retention=Retention.HOURS_24)
    assert _found(services)
    assert purge_old(services) == 1
    assert _found(services) == []
    assert purge_old(services) == 0


def test_purge_leaves_what_may_be_kept(services: Services) -> None:
    """A source without a limit keeps its reviews and the copies that spare its site."""
    _review(services)
    assert purge_old(services) == 0
    assert "response_body" in _found(services)


def test_erased_review_is_nowhere_in_the_data_folder(services: Services) -> None:
    """Copies of the page it stood on go as well."""
    _, review_id = _review(services)
    assert erase_review(services.engine, services.database, review_id, clock=services.clock)
    assert _found(services) == []
    assert not erase_review(services.engine, services.database, 999, clock=services.clock)


def test_same_review_at_two_sites_is_linked_by_the_job(services: Services) -> None:
    """All sources are gone through once."""
    with session_scope(services.engine) as session:
        place = make_location(session)
        for _ in range(2):
            make_review(session, make_source(session, location=place), body=WORDS)
    assert link_new(services) == 2
    assert link_new(services) == 0
    with session_scope(services.engine) as session:
        assert len(session.scalars(select(Twin)).all()) == 1


@pytest.mark.own_interpreter
def test_review_is_erased_from_the_command_line(services: Services) -> None:
    """The reason must be said; an unknown number is told."""
    _, review_id = _review(services)
    home = Home(services.database.data_dir)
    without = home.amends("review", "erase", str(review_id))
    assert without.returncode != 0
    assert "--reason" in without.stderr
    done = home.amends("review", "erase", str(review_id), "--reason", "request")
    assert done.returncode == 0, done.stderr
    assert "is erased" in done.stdout
    with session_scope(services.engine) as session:
        assert session.scalars(select(Review.body)).all() == [""]
    unknown = home.amends("review", "erase", "999", "--reason", "request")
    assert unknown.returncode != 0
    assert "There is no review 999" in unknown.stderr
