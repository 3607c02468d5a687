"""The whole loop against the stand-in platform: every kind of source, at three moments, twice each."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from crawlers.probe import probe
from crawlers.standin import StandIn
from db.crawls import start_run
from db.models import CrawlState
from db.session import session_scope

from .conftest import Desk

ANCHOR = datetime.now(UTC).replace(microsecond=0) - timedelta(hours=1)
SITES = {
    "trattoria-site": ("schemaorg", "jsonld", True),
    "trattoria-guide": ("feed", "rss", False),
    "hotel-site": ("schemaorg", "microdata", True),
    "hotel-travel": ("schemaorg", "rdfa", True),
    "casa-app": ("appstore", "json", False),
    "casa-board": ("feed", "atom", False),
}


@pytest.mark.parametrize("slug", sorted(SITES))
def test_every_kind_of_source_is_read_and_changes_are_seen(slug: str, desk: Desk) -> None:
    """Read once all is new, read again nothing is; later moments bring new, edited and answered reviews."""
    platform, syntax, is_complete = SITES[slug]
    with StandIn(anchor=ANCHOR) as standin:
        settings = desk.settings(f"127.0.0.1:{standin.port}")
        url = standin.source_urls()[slug]
        report = probe(url, settings=settings, data_dir=desk.data_dir)
        assert (report.platform, report.syntax, report.refusal) == (platform, syntax, "")
        source_id = desk.add(report.url, platform=report.platform)
        first = desk.crawl(source_id, settings).run
        again = desk.crawl(source_id, settings).run
        assert first.state is again.state is CrawlState.FINISHED, (first.message, again.message)
        assert (first.found, first.new, first.is_complete) == (again.found, again.unchanged, is_complete)
        assert first.new == first.found > 30
        assert (again.new, again.changed, again.dropped) == (0, 0, 0)
        stored = {review.external_id: review for review in desk.reviews()}
        standin.set_snapshot("t1")
        later = desk.crawl(source_id, settings).run
        assert later.state is CrawlState.FINISHED
        changed = [
            review
            for review in desk.reviews()
            if review.external_id not in stored or review.content_hash != stored[review.external_id].content_hash
        ]
        assert len(changed) == later.new + later.changed


def test_removed_review_is_missing_after_two_complete_runs(desk: Desk) -> None:
    """What t2 no longer shows is counted once, then marked; nothing is erased."""
    with StandIn(anchor=ANCHOR, snapshot="t1") as standin:
        settings = desk.settings(f"127.0.0.1:{standin.port}")
        source_id = desk.add(standin.source_urls()["trattoria-site"])
        before = desk.crawl(source_id, settings).run
        standin.set_snapshot("t2")
        desk.crawl(source_id, settings)
        counted = [review for review in desk.reviews() if review.missed_runs]
        assert counted
        assert all(review.missing_since_at is None for review in counted)
        desk.crawl(source_id, settings)
    marked = [review.id for review in desk.reviews() if review.missing_since_at is not None]
    assert marked == [review.id for review in counted]
    assert len(desk.reviews()) >= before.found


def test_crawl_stores_in_postgresql(database_url: str, desk: Desk) -> None:
    """The same crawl on either database: the address reaches the child."""
    from db.session import make_engine

    desk.engine.dispose()
    desk.database_url, desk.engine = database_url, make_engine(database_url)
    with StandIn(anchor=ANCHOR) as standin:
        source_id = desk.add(standin.source_urls()["casa-board"], platform="feed")
        run = desk.crawl(source_id, desk.settings(f"127.0.0.1:{standin.port}")).run
    assert (run.state, run.new) == (CrawlState.FINISHED, len(desk.reviews()))
    with session_scope(desk.engine) as session:
        assert start_run(session, source_id, now=datetime.now(UTC)) == run.id + 1
