"""Sources whose terms let nothing be stored: crawled, read live, and nothing of them found in the data folder."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from crawlers import page_cache
from crawlers.live import LiveReading, read_live
from crawlers.platforms import PLATFORMS
from crawlers.standin import StandIn
from crawlers.standin.apis import APIS
from db.erasing import erase_at_request
from db.models import CrawlState, Retention
from db.retention import forget_pages
from db.session import session_scope
from db.vault import Vault, open_vault
from tests.crawlers.markup import page
from tests.flow.running import LONGEST_S

from .conftest import Desk
from .site import Answer, Site

UNKEPT = sorted(name for name in APIS if PLATFORMS[name].retention == Retention.NO_STORE)
ANCHOR = datetime.now(UTC).replace(microsecond=0) - timedelta(hours=1)


def _read(desk: Desk, source_id: int, external_id: str, **options: object) -> LiveReading:
    given = {"platform": "schemaorg", "database_url": desk.database_url, "data_dir": desk.data_dir}
    return read_live(source_id, external_id, **(given | {"limit_s": LONGEST_S} | options))  # type: ignore[arg-type]


def files_with(desk: Desk, *words: str) -> list[str]:
    """The files of the data folder, write-ahead log and logs among them, that hold one of these."""
    return [
        file.name
        for file in desk.data_dir.rglob("*")
        if file.is_file() and any(word.encode() in file.read_bytes() for word in words)
    ]


@pytest.mark.parametrize("platform", UNKEPT)
def test_text_of_an_api_is_shown_live_and_left_nowhere(platform: str, desk: Desk) -> None:
    """Ids stay; the words pass through a pipe and are in no file, no log and no cache."""
    with StandIn(anchor=ANCHOR) as standin:
        settings = desk.api_settings(standin)
        source_id = desk.add_api(standin, platform, retention=Retention.NO_STORE)
        run = desk.crawl(source_id, settings).run
        stored = desk.reviews()
        assert run.state is CrawlState.FINISHED, run.message
        assert len(stored) == run.new > 0
        readings = [_read(desk, source_id, one.external_id, platform=platform, settings=settings) for one in stored[:3]]
        bodies = [reading.review.body for reading in readings if reading.review and reading.review.body]
        kept = files_with(desk, *(body[:30] for body in bodies))
    assert all(reading.review for reading in readings), readings
    assert bodies, "some guests give stars alone, but not all of them"
    assert kept == []
    assert files_with(desk, stored[0].external_id)


def test_pages_of_such_a_source_are_not_cached(desk: Desk) -> None:
    """Not even to ask whether they have changed."""
    answer = Answer(body=page([1, 2]), headers={"ETag": '"1"'})
    with Site({"/": answer}) as site:
        settings = desk.settings(site.host)
        source_id = desk.add(site.url("/"), retention=Retention.NO_STORE)
        assert desk.crawl(source_id, settings).run.new == 2
        reading = _read(desk, source_id, desk.reviews()[0].external_id, settings=settings)
        gone = _read(desk, source_id, "never-there", settings=settings)
    assert not page_cache.folder_of(desk.data_dir, source_id).exists()
    assert reading.review
    assert gone == LiveReading(review=None, message="The source shows this review no longer.")
    assert files_with(desk, reading.review.body, reading.review.author_name) == []


def test_slow_source_does_not_hold_the_page(desk: Desk) -> None:
    """After its time the reader is told, and the child is gone."""
    with Site({"/": Answer(body=page([1]), delay_s=30)}) as site:
        source_id = desk.add(site.url("/"), retention=Retention.NO_STORE)
        reading = _read(desk, source_id, "r1", settings=desk.settings(site.host), limit_s=5)
    assert reading.review is None
    assert reading.message


@pytest.mark.own_interpreter
def test_refused_source_says_why(desk: Desk) -> None:
    """The sentence of the crawl is that of the page; here the child is started as in production."""
    with Site({"/": Answer(status=403, body="no")}) as site:
        source_id = desk.add(site.url("/"), retention=Retention.NO_STORE)
        reading = _read(desk, source_id, "r1", settings=desk.settings(site.host))
    assert reading.review is None
    assert len(reading.message) > 20


@pytest.mark.parametrize("platform", [name for name in UNKEPT if not PLATFORMS[name].keeps_ids])
def test_ids_that_may_not_be_kept_are_digests(platform: str, desk: Desk) -> None:
    """Equal from crawl to crawl, and found again live."""
    with StandIn(anchor=ANCHOR) as standin:
        settings = desk.api_settings(standin)
        source_id = desk.add_api(standin, platform, retention=Retention.NO_STORE)
        runs = [desk.crawl(source_id, settings).run for _ in range(2)]
        stored = desk.reviews()
        reading = _read(desk, source_id, stored[0].external_id, platform=platform, settings=settings)
    assert [run.new for run in runs] == [len(stored), 0]
    assert {len(one.external_id) for one in stored} == {64}
    assert reading.review


def test_digest_needs_the_key_of_the_installation() -> None:
    """Two installations write different ones for the same id; one writes the same again."""
    one, other = Vault("a key of sixteen characters"), Vault("another key of that length")
    assert one.digest("r1") == Vault("a key of sixteen characters").digest("r1")
    assert len({one.digest("r1"), one.digest("r2"), other.digest("r1")}) == 3


def test_pages_are_not_cached_once_somebody_had_a_review_erased(desk: Desk) -> None:
    """The site may go on showing it; a copy of the page would bring the words back into the data folder."""
    answer = Answer(body=page([1, 2]), headers={"ETag": '"1"'})
    with Site({"/": answer}) as site:
        source_id = desk.add(site.url("/"))
        desk.crawl(source_id, desk.settings(site.host))
        first = desk.reviews()[0]
        copies = page_cache.folder_of(desk.data_dir, source_id)
        assert list(copies.rglob("response_body"))
        with session_scope(desk.engine) as session:
            erase_at_request(session, first.id, now=datetime.now(UTC), vault=open_vault(desk.data_dir))
        forget_pages(desk.engine)
        desk.crawl(source_id, desk.settings(site.host))
    assert {one.erased_for for one in desk.reviews()} == {"", "request"}
    assert len(desk.reviews()) == 2
    assert not copies.exists()  # they are compressed: looking for words in them would find none
    assert files_with(desk, first.author_name) == []
