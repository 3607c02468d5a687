"""Crawling as a job: a claim that is lost, a database that is busy, and a thread that is left to judging."""

from __future__ import annotations

import shutil
import sqlite3
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from crawlers.config import CrawlSettings, Environment
from db.claims import SourceClaim, claim_source
from db.models import CrawlRun, CrawlState, Source
from db.session import make_engine, session_scope
from tests.crawlers.markup import page
from tests.crawlers.site import Answer, Site
from tests.factories import make_source
from tests.flow.running import until
from webui.jobs.crawling import LEASE_S, crawl_claimed
from webui.tasks import build_tasks
from webui.wiring import Services, build_services

SLOW = Answer(body=page([1], total=1), delay_s=4.0)


@dataclass
class Clock:
    ahead_s: float = 0.0

    def __call__(self) -> datetime:
        return datetime.now(UTC) + timedelta(seconds=self.ahead_s)


@dataclass
class Place:
    site: Site
    services: Services
    clock: Clock

    def source(self) -> int:
        with session_scope(self.services.engine) as session:
            return make_source(session, url=self.site.url("/r"), delay_s=0.0, next_crawl_at=datetime.now(UTC)).id

    def claim(self, source_id: int, *, at: datetime) -> SourceClaim:
        with session_scope(self.services.engine) as session:
            claim = claim_source(session, source_id, now=at, lease_s=LEASE_S)
        assert claim is not None
        return claim

    def runs(self) -> list[CrawlRun]:
        with session_scope(self.services.engine) as session:
            return list(session.scalars(select(CrawlRun).order_by(CrawlRun.id)))

    def is_asked(self) -> bool:
        return "/r" in self.site.paths


@pytest.fixture
def place(tmp_path: Path, sqlite_template: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Place]:
    """A slow site with one review, and services of which a lock is refused at once."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("AMENDS_DATA_DIR", str(tmp_path / "data"))
    (tmp_path / "data").mkdir()
    shutil.copy(sqlite_template, tmp_path / "data" / "amends.db")
    with Site({"/r": SLOW}) as site:
        crawl = CrawlSettings(environment=Environment.TEST, crawl_allow_hosts=site.host)
        clock, built = Clock(), build_services(crawl=crawl)
        engine = make_engine(built.database.database_url, busy_timeout_s=0.5)
        built.engine.dispose()
        yield Place(site, replace(built, engine=engine, clock=clock), clock)
        engine.dispose()


def test_crawl_ends_when_its_claim_is_lost(place: Place) -> None:
    """A machine that slept past its lease does not go on beside the worker that took over, nor take the claim back."""
    source_id = place.source()
    claim = place.claim(source_id, at=place.clock())
    with ThreadPoolExecutor(1) as pool:
        crawl = pool.submit(crawl_claimed, place.services, claim)
        until(place.is_asked, within_s=20, what="the page is asked for")
        other = place.claim(source_id, at=place.clock() + timedelta(seconds=LEASE_S + 1))
        place.clock.ahead_s = LEASE_S + 1
        outcome = crawl.result(20)
    assert (outcome.state, outcome.new) == (CrawlState.FAILED, 0)
    assert [run.reason for run in place.runs()] == ["taken_over"]
    with session_scope(place.services.engine) as session:
        assert session.get_one(Source, source_id).claim == other.token


def test_busy_database_ends_no_crawl(place: Place) -> None:
    """A claim that cannot be renewed for a moment is renewed a moment later."""
    claim = place.claim(place.source(), at=place.clock())
    with ThreadPoolExecutor(1) as pool:
        crawl = pool.submit(crawl_claimed, place.services, claim)
        until(place.is_asked, within_s=20, what="the page is asked for")
        lock = sqlite3.connect(place.services.database.data_dir / "amends.db", isolation_level=None)
        lock.execute("BEGIN IMMEDIATE")
        place.clock.ahead_s = LEASE_S / 2
        threading.Event().wait(1.5)
        lock.execute("ROLLBACK")
        lock.close()
        outcome = crawl.result(20)
    assert (outcome.state, outcome.new) == (CrawlState.FINISHED, 1), outcome.message


def test_one_thread_is_left_to_judging(place: Place) -> None:
    """While one of two threads crawls, the next minute's sweep goes home instead of crawling as well."""
    place.source(), place.source()
    sweeps: list[Any] = list(build_tasks(place.services, threads=2)[1])
    crawl_sweep = sweeps[0]
    with ThreadPoolExecutor(1) as pool:
        first = pool.submit(crawl_sweep.call_local)
        until(place.is_asked, within_s=20, what="the page is asked for")
        crawl_sweep.call_local()
        assert not first.done(), "it waited for the first crawl"
        first.result(60)
    assert [run.state for run in place.runs()] == [CrawlState.FINISHED] * 2
