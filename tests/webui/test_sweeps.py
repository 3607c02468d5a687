"""Sources that are due are read several at once in one process, and a crawl that goes wrong ends alone."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from threading import Event

import psutil
import pytest
from sqlalchemy import select

from crawlers.config import CrawlSettings, Environment
from db.models import CrawlRun, CrawlState, Review, Source
from db.session import session_scope
from db.sources import host_of
from tests.crawlers.markup import page
from tests.crawlers.site import Answer, Site
from tests.factories import make_source
from tests.flow.running import LONGEST_S, until
from tests.processes import command_line
from webui.jobs.sweeping import crawl_due
from webui.wiring import Services, build_services

pytestmark = pytest.mark.own_interpreter  # they look for the children by the command line


@pytest.fixture
def services(tmp_path: Path, sqlite_template: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Services]:
    """With an empty database."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("AMENDS_DATA_DIR", str(tmp_path / "data"))
    (tmp_path / "data").mkdir()
    shutil.copy(sqlite_template, tmp_path / "data" / "amends.db")
    built = build_services(crawl=CrawlSettings(environment=Environment.TEST))
    yield built
    built.engine.dispose()


def with_hosts(services: Services, *sites: Site) -> Services:
    allowed = ",".join(site.host for site in sites)
    return replace(services, crawl=CrawlSettings(environment=Environment.TEST, crawl_allow_hosts=allowed))


def add(services: Services, url: str, **columns: object) -> int:
    values: dict[str, object] = {"delay_s": 0.0, "next_crawl_at": datetime.now(UTC)} | columns
    with session_scope(services.engine) as session:
        return make_source(session, url=url, host=host_of(url), **values).id


def runs(services: Services) -> list[CrawlRun]:
    with session_scope(services.engine) as session:
        return list(session.scalars(select(CrawlRun).order_by(CrawlRun.id)))


def a_page(number: int) -> Answer:
    return Answer(body=page([number], total=1))


def is_given_back(services: Services, source_id: int) -> bool:
    with session_scope(services.engine) as session:
        source = session.get_one(Source, source_id)
        return source.claim is None and source.last_success_at is not None


def batches() -> list[psutil.Process]:
    return [one for one in psutil.Process().children() if "crawlers.batch" in command_line(one)]


def test_due_sources_of_several_hosts_are_read_in_one_process(services: Services) -> None:
    """Each once, with a record of its own; afterwards nothing is due, claimed or left running."""
    with Site({f"/r{n}": a_page(n) for n in range(3)}) as one, Site({f"/r{n}": a_page(n) for n in range(3)}) as two:
        services = with_hosts(services, one, two)
        for site in (one, two):
            for number in range(3):
                add(services, site.url(f"/r{number}"))
        assert crawl_due(services) == 6
        assert crawl_due(services) == 0
        assert sorted(path for path in one.paths + two.paths if path != "/robots.txt") == sorted(
            f"/r{n}" for n in range(3) for _ in range(2)
        )
    assert [run.state for run in runs(services)] == [CrawlState.FINISHED] * 6
    with session_scope(services.engine) as session:
        assert len(session.scalars(select(Review)).all()) == 6
        assert set(session.scalars(select(Source.claim))) == {None}
    assert batches() == []


def test_source_that_cannot_be_begun_harms_no_other(services: Services) -> None:
    """A platform that this version does not know ends with a record of its own; the rest is read."""
    with Site({"/r": a_page(1)}) as site:
        services = with_hosts(services, site)
        add(services, "https://unknown.example/", platform="unheard_of")
        add(services, site.url("/r"))
        assert crawl_due(services) == 2
    assert sorted((run.state, run.reason) for run in runs(services)) == [
        (CrawlState.FAILED, "crashed"),
        (CrawlState.FINISHED, "finished"),
    ]


def test_process_that_dies_takes_only_what_it_had_not_ended(services: Services) -> None:
    """Its runs are interrupted, and the same sweep reads those sources again, each alone."""
    never = Event()
    unanswered = Answer(body=page([2], total=1), held=never)
    with Site({"/fast": a_page(1)}) as fast, Site({"/slow": [unanswered, a_page(2)]}) as slow:
        services = with_hosts(services, fast, slow)
        done, lost = add(services, fast.url("/fast")), add(services, slow.url("/slow"))
        with ThreadPoolExecutor(1) as pool:
            sweep = pool.submit(crawl_due, services)
            until(lambda: is_given_back(services, done), within_s=30, what="the fast one is given back")
            until(lambda: "/slow" in slow.paths, within_s=30, what="the slow one is asked")
            batches()[0].kill()
            assert sweep.result(LONGEST_S) == 2
    ended = [(run.source_id, run.state, run.reason) for run in runs(services)]
    assert ended == [
        (done, CrawlState.FINISHED, "finished"),
        (lost, CrawlState.FAILED, "interrupted"),
        (lost, CrawlState.FINISHED, "finished"),
    ]
