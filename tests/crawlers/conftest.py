"""A desk with one source: registers an address, crawls it in a child process, and shows what was recorded."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine, select

from crawlers.config import CrawlSettings, Environment
from crawlers.pool import CrawlPool
from crawlers.process import CrawlExit, Ended, log_file, run_crawl
from crawlers.standin import StandIn
from db.crawls import start_run
from db.models import CrawlRun, Retention, Review, Source
from db.session import make_engine, session_scope
from db.vault import open_vault
from tests.factories import make_source


@dataclass(frozen=True, slots=True)
class Outcome:
    exit: CrawlExit
    run: CrawlRun


class Desk:
    def __init__(self, data_dir: Path, database_url: str) -> None:
        self.data_dir, self.database_url = data_dir, database_url
        self.engine: Engine = make_engine(database_url)
        self.pools: dict[str, CrawlPool] = {}

    def settings(self, *hosts: str, **values: Any) -> CrawlSettings:
        given = {"environment": Environment.TEST, "crawl_allow_hosts": ",".join(hosts), "contact": "desk@example.org"}
        return CrawlSettings(**(given | values))

    def add(self, url: str, **columns: Any) -> int:
        with session_scope(self.engine) as session:
            return make_source(session, url=url, **({"delay_s": 0.0} | columns)).id

    def add_api(self, standin: StandIn, platform: str, *, keys: dict[str, str] | None = None, **columns: Any) -> int:
        """A source read from the stand-in's API of this platform, with the keys that it takes."""
        site = standin.api_site(platform)
        sealed = open_vault(self.data_dir).seal(dict(site.keys) if keys is None else keys)
        given = {"platform": platform, "place_ref": site.ref, "sealed_keys": sealed, "retention": Retention.STORE}
        return self.add(f"{standin.base_url}{site.path}", **(given | columns))

    def api_settings(self, standin: StandIn, **values: Any) -> CrawlSettings:
        return self.settings(f"127.0.0.1:{standin.port}", standin_url=standin.base_url, **values)

    def crawl(self, source_id: int, settings: CrawlSettings, **options: Any) -> Outcome:
        """One crawl: with options in a process of its own, otherwise as a sweep does it, in the one of its settings."""
        run_id = self.start(source_id)
        if options:
            ended = run_crawl(
                source_id, run_id, settings=settings, database_url=self.database_url, data_dir=self.data_dir, **options
            )
        else:
            ended = self._swept(source_id, run_id, settings)
        return Outcome(ended, self.run(run_id))

    def _swept(self, source_id: int, run_id: int, settings: CrawlSettings) -> CrawlExit:
        pool = self.pools.setdefault(
            settings.model_dump_json(),
            CrawlPool(settings, database_url=self.database_url, data_dir=self.data_dir),
        )
        pool.begin(run_id, source_id=source_id, platform=self.source(source_id).platform)
        while not (ends := pool.wait(1)):
            assert not pool.is_dead, "the process of the crawls has died"
            assert not pool.overdue(), "the process of the crawls hangs"
        (end,) = ends
        log_path = log_file(self.data_dir, "crawl-batch.log")
        return CrawlExit(
            ended=Ended.DIED if end.fault else Ended.CLEAN, returncode=0, message=end.fault, log_path=log_path
        )

    def start(self, source_id: int) -> int:
        with session_scope(self.engine) as session:
            return start_run(session, source_id, now=datetime.now(UTC))

    def run(self, run_id: int) -> CrawlRun:
        with session_scope(self.engine) as session:
            return session.get_one(CrawlRun, run_id)

    def source(self, source_id: int) -> Source:
        with session_scope(self.engine) as session:
            return session.get_one(Source, source_id)

    def reviews(self) -> list[Review]:
        with session_scope(self.engine) as session:
            return list(session.scalars(select(Review).order_by(Review.external_id)))


@pytest.fixture
def desk(tmp_path: Path, sqlite_template: Path) -> Iterator[Desk]:
    """On SQLite: what these tests look at lies before the database."""
    data_dir = tmp_path / "data"
    data_dir.mkdir()
    shutil.copy(sqlite_template, data_dir / "amends.db")
    made = Desk(data_dir, f"sqlite:///{data_dir / 'amends.db'}")
    yield made
    for pool in made.pools.values():
        pool.kill()
    made.engine.dispose()
