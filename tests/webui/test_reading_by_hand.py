"""Crawling and judging by hand, right after another Amends was killed in the middle of it: its claims still stand."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from crawlers.config import CrawlSettings, Environment
from db.claims import claim_source
from db.models import CrawlState
from db.session import session_scope
from tests.crawlers.markup import page
from tests.crawlers.site import Answer, Site
from tests.factories import make_case, make_review, make_source
from webui.faults import Refused
from webui.reading import judge_reviews, read_sources
from webui.wiring import Services, build_services


@pytest.fixture
def site() -> Iterator[Site]:
    """One review at /r."""
    with Site({"/r": Answer(body=page([1], total=1))}) as running:
        yield running


@pytest.fixture
def services(tmp_path: Path, sqlite_template: Path, site: Site, monkeypatch: pytest.MonkeyPatch) -> Iterator[Services]:
    """Services of a folder of their own that may read the site."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("AMENDS_DATA_DIR", str(tmp_path / "data"))
    (tmp_path / "data").mkdir()
    shutil.copy(sqlite_template, tmp_path / "data" / "amends.db")
    built = build_services(crawl=CrawlSettings(environment=Environment.TEST, crawl_allow_hosts=site.host))
    yield built
    built.engine.dispose()


def held_source(services: Services, site: Site, *, lease_s: float) -> None:
    """A source that another worker has claimed."""
    with session_scope(services.engine) as session:
        source = make_source(session, slug="held", url=site.url("/r"), delay_s=0.0)
        assert claim_source(session, source.id, now=datetime.now(UTC), lease_s=lease_s)


def test_source_of_a_killed_start_is_waited_for(services: Services, site: Site) -> None:
    """The claim lapses and the source is read, once however often it was named."""
    held_source(services, site, lease_s=1)
    outcomes = read_sources(services, ["held", "held"], patience_s=20)
    assert [(outcome.state, outcome.new) for outcome in outcomes] == [(CrawlState.FINISHED, 1)]


def test_source_that_stays_claimed_is_told(services: Services, site: Site) -> None:
    """Without patience nothing is waited for; the sentence says what to do."""
    held_source(services, site, lease_s=600)
    (outcome,) = read_sources(services)
    assert outcome.state is CrawlState.RUNNING
    assert "try again" in outcome.message


def test_reviews_of_a_killed_start_are_waited_for(services: Services) -> None:
    """Nothing is called judged that is only claimed."""
    with session_scope(services.engine) as session:
        until = datetime.now(UTC) + timedelta(seconds=1)
        make_case(session, make_review(session, score_claim="of a killed one", score_claimed_until=until))
    assert judge_reviews(services) == (1, 0)


def test_every_source_switched_off_is_told(services: Services) -> None:
    """Reading nothing is no success."""
    with session_scope(services.engine) as session:
        make_source(session, is_enabled=False)
    with pytest.raises(Refused, match="amends source enable"):
        read_sources(services)
