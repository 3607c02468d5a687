"""The facts per platform are complete, and agree with the spiders and the database."""

from __future__ import annotations

from pathlib import Path

import pytest

from crawlers import spiders
from crawlers.platforms import (
    PLATFORMS,
    REPLY_SENTENCES,
    RETENTION_SENTENCES,
    Platform,
    ReadBy,
    ReplyBy,
    app_feed_for,
    by_host,
    is_app_feed,
)
from db.models import Retention

SPIDERS = Path(spiders.__file__).parent
PAGES = Path(__file__).parent.parent / "pages"


@pytest.mark.parametrize("platform", PLATFORMS.values(), ids=lambda platform: platform.key)
def test_facts_are_complete(platform: Platform) -> None:
    """A name, a terms sentence, a document, and a way out where crawling is none."""
    assert platform.name
    assert platform.terms.endswith(".")
    assert platform.doc_url.startswith("https://")
    assert Retention(platform.retention)
    assert RETENTION_SENTENCES[platform.retention]
    assert REPLY_SENTENCES[platform.reply_by]
    assert platform.is_crawlable or platform.alternative
    assert platform.is_crawlable or platform.hosts or platform.read_by in (ReadBy.IMPORT, ReadBy.MAIL)


def test_file_of_facts_is_called_by_its_key() -> None:
    """The file that is there is the platform that is known."""
    assert all(key == platform.key for key, platform in PLATFORMS.items())


def test_crawlable_platforms_are_the_spiders() -> None:
    """Each platform that is crawled or asked through its API has its spider file, and each such file its facts."""
    files = {file.stem for file in SPIDERS.glob("*.py")} - {
        "__init__",
        "api",
        "base",
        "listed",
        "polite",
        "probe",
        "probe_lists",
        "reach",
        "token",
    }
    assert files == {platform.key for platform in PLATFORMS.values() if platform.is_crawlable or platform.apis}


def test_readings_show_answers_where_recorded_ones_do() -> None:
    """Of the platforms that are one site each and take answers; what other sites mark up nobody knows."""
    shown = {
        key: any('"reply": {' in file.read_text() for file in (PAGES / key).glob("*.expected.json"))
        for key, one in PLATFORMS.items()
        if one.hosts and one.reply_by is not ReplyBy.NONE
    }
    assert {key for key, shows in shown.items() if not shows} == {"appstore", "flipkart", "yelp"}
    assert {key: PLATFORMS[key].shows_answers for key in shown} == shown


def test_a_platform_is_small() -> None:
    """What a platform adds to the spiders stays below 100 lines."""
    assert all(len(file.read_text().splitlines()) < 100 for file in SPIDERS.glob("*.py") if file.stem in PLATFORMS)


@pytest.mark.parametrize(
    "url", ["https://nottripadvisor.com/", "https://tripadvisor.com.evil.net/", "https://lanterna.example/"]
)
def test_look_alikes_are_nobody(url: str) -> None:
    """Hosts that merely contain a platform's name are ordinary sites."""
    assert by_host(url) is None


def test_app_store_addresses() -> None:
    """An app's page leads to its feed; the feed is known by its path on any host."""
    feed = "https://itunes.apple.com/it/rss/customerreviews/page=1/id=990001/sortby=mostrecent/json"
    assert app_feed_for("https://apps.apple.com/it/app/lanterna-a-casa/id990001?l=en") == feed
    assert app_feed_for("https://evil.example/it/app/x/id990001") is None
    assert is_app_feed(feed)
    assert is_app_feed("http://127.0.0.1:8099/it/rss/customerreviews/page=1/id=990001/sortby=mostrecent/json")
    assert not is_app_feed("https://itunes.apple.com/it/app/id990001")
