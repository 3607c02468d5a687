"""A source that is removed on its page while a worker reads it: the reading ends, and stores nothing any more."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import Engine, func, select

from crawlers import page_cache
from crawlers.config import CrawlSettings, Environment
from db.claims import claim_source
from db.models import CrawlRun, CrawlState, Review, Source
from db.session import read_scope, session_scope
from tests.crawlers.markup import page as markup
from tests.crawlers.site import Answer, Site
from tests.factories import make_source
from tests.flow.running import until
from webui import create_app
from webui.jobs.crawling import LEASE_S, crawl_claimed
from webui.jobs.outcomes import REMOVED_MEANWHILE
from webui.settings import WebSettings
from webui.wiring import build_services, utc_now

from .html import Page
from .posting import post
from .signing import signed_in

SLOW_S = 3.0


def listing() -> dict[str, Answer]:
    """Six pages of four reviews; the later ones come slowly."""
    pages = {}
    for number in range(1, 7):
        following = f"/r?page={number + 1}" if number < 6 else ""
        html = markup(range(number * 4, number * 4 + 4), total=24, following=following)
        pages[f"/r?page={number}"] = Answer(body=html, headers={"ETag": f'"{number}"'}, delay_s=SLOW_S * (number > 2))
    return pages


@pytest.mark.parametrize("wish", ["keep", "delete"])
def test_source_is_removed_on_its_page_while_it_is_read(
    engine: Engine, database_url: str, data_dir: Path, monkeypatch: pytest.MonkeyPatch, wish: str
) -> None:
    """The page says that it is being read before and after; the run says why it ended; no copy of a page stays."""
    monkeypatch.setenv("AMENDS_DATA_DIR", str(data_dir))
    monkeypatch.setenv("AMENDS_DATABASE_URL", database_url)
    data_dir.mkdir()

    def stored() -> int:
        with read_scope(engine) as session:
            return session.scalar(select(func.count()).select_from(Review)) or 0

    with ExitStack() as stack, Site(listing()) as site, ThreadPoolExecutor(1) as pool:
        crawl = CrawlSettings(environment=Environment.TEST, crawl_allow_hosts=site.host)
        services = build_services(crawl=crawl)
        stack.callback(services.engine.dispose)
        parts = {"database": services.database, "crawl": crawl, "clock": utc_now}
        client = signed_in(create_app(WebSettings(_env_file=None), engine, **parts))  # type: ignore[arg-type]
        with session_scope(engine) as session:
            source_id = make_source(session, slug="slow", url=site.url("/r?page=1"), delay_s=0.0).id
            claim = claim_source(session, source_id, now=datetime.now(UTC), lease_s=LEASE_S)
        assert claim
        reading = pool.submit(crawl_claimed, services, claim)
        until(lambda: stored() >= 8, within_s=60, what="some reviews are stored")
        assert "It is being read right now" in Page(client.get(f"/sources/{source_id}/remove")).one("main form").text
        assert post(client, f"/sources/{source_id}/remove", reviews=wish).status_code == 302
        left = stored()
        told = [one.text for one in Page(client.get("/sources")).all(".told")]
        assert any("It was being read just now" in text for text in told), told
        outcome = reading.result(60)
    assert (outcome.state, outcome.message) == (CrawlState.FAILED, REMOVED_MEANWHILE)
    assert stored() == left
    assert (left > 0) is (wish == "keep")
    assert "/r?page=6" not in site.paths
    assert not list(page_cache.folder_of(data_dir, source_id).rglob("response_body"))
    with read_scope(engine) as session:
        assert list(session.scalars(select(CrawlRun.reason))) == ["removed"] * (wish == "keep")
        assert list(session.scalars(select(Source.claim))) == [None] * (wish == "keep")
