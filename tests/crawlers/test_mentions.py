"""Mentions: what people say elsewhere, by the feeds of alerts and networks, as far as it holds the owner's words."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from crawlers.items import ReviewItem
from crawlers.mention_feeds import is_mention_feed, mention_feed_for
from crawlers.parsers import mentions
from crawlers.platforms import PLATFORMS
from crawlers.probe import probe
from crawlers.standin import StandIn
from db.models import CrawlState, Source

from .conftest import Desk
from .expected import NOW, PAGES

ANCHOR = datetime.now(UTC).replace(microsecond=0) - timedelta(hours=1)
FEEDS = {  # path, entries, of these with "lanterna", a new or edited one later
    "alerts": ("/alerts/feeds/1/2", 2, 1, False),
    "mastodon": ("/tags/lanterna.rss", 2, 2, True),
    "bluesky": ("/profile/guest.example/rss", 2, 1, False),
    "bluesky_search": ("/xrpc/app.bsky.feed.searchPosts?q=lanterna", 2, 1, False),
    "reddit": ("/search.rss?q=lanterna", 2, 2, False),
}


def add(desk: Desk, standin: StandIn, path: str, **columns: object) -> int:
    return desk.add(f"{standin.base_url}/api/mentions{path}", platform="mentions", **columns)


@pytest.mark.parametrize("network", sorted(FEEDS))
def test_feed_of_a_network_is_read(network: str, desk: Desk) -> None:
    """Only what holds one of the owner's words; without stars, with the post's own address; later ones are seen."""
    path, every, with_word, has_news = FEEDS[network]
    with StandIn(anchor=ANCHOR) as standin:
        settings = desk.api_settings(standin)
        source = add(desk, standin, path, options={"words": ["Lanterna", "  "]})
        first = desk.crawl(source, settings).run
        again = desk.crawl(source, settings).run
        standin.set_snapshot("t2")
        later = desk.crawl(source, settings).run
    assert (first.state, first.new, first.is_complete) == (CrawlState.FINISHED, with_word, False), first.message
    assert (again.new, again.changed) == (0, 0)
    assert (later.new + later.changed > 0) is has_news
    kept = desk.reviews()
    assert all(one.stars is None and one.url.startswith("https://") for one in kept)
    assert not any("google.com/url" in one.url for one in kept)
    assert with_word <= len(kept) <= every + 1


def test_all_are_kept_without_words(desk: Desk) -> None:
    """A feed that somebody has chosen already needs no words; the platform tells that these are mentions."""
    with StandIn(anchor=ANCHOR) as standin:
        source = add(desk, standin, "/alerts/feeds/1/2")
        run = desk.crawl(source, desk.api_settings(standin)).run
    assert (run.state, run.new) == (CrawlState.FINISHED, 2)
    assert isinstance(desk.source(source), Source)
    assert desk.source(source).platform == "mentions"
    assert PLATFORMS["mentions"].scale is None


@pytest.mark.parametrize("network", sorted(FEEDS))
def test_probe_knows_the_feeds(network: str, desk: Desk) -> None:
    """By what the feed says of its generator and its entries, on whichever host."""
    path, every, _, _ = FEEDS[network]
    with StandIn(anchor=ANCHOR) as standin:
        url = f"{standin.base_url}/api/mentions{path}"
        report = probe(url, settings=desk.api_settings(standin), data_dir=desk.data_dir)
    assert (report.platform, report.reviews_seen, report.refusal) == ("mentions", every, "")
    assert report.terms


@pytest.mark.parametrize(
    ("url", "feed"),
    [
        ("https://bsky.app/profile/guest.example", "https://bsky.app/profile/guest.example/rss"),
        ("https://www.reddit.com/search/?q=lanterna", "https://www.reddit.com/search.rss?q=lanterna"),
        ("https://www.reddit.com/r/genova/", "https://www.reddit.com/r/genova/.rss"),
        ("https://mastodon.social/tags/lanterna", "https://mastodon.social/tags/lanterna.rss"),
        ("https://mastodon.social/@guest", "https://mastodon.social/@guest.rss"),
    ],
)
def test_page_leads_to_its_feed(url: str, feed: str) -> None:
    """The owner may give the address that stands in the browser."""
    assert mention_feed_for(url) == feed
    assert is_mention_feed(feed)
    assert mention_feed_for(feed) is None


@pytest.mark.parametrize(
    "url",
    ["https://www.google.com/maps/place/x", "https://evil.example/profile/x", "https://lanterna.example/reviews.rss"],
)
def test_other_addresses_are_no_mentions(url: str) -> None:
    """Google's maps stay Google's, and a shop's own feed a feed."""
    assert mention_feed_for(url) is None
    assert not is_mention_feed(url)


def test_alerts_of_google_are_not_taken_for_maps() -> None:
    """Their host is Google's, and their path that of a feed."""
    assert is_mention_feed("https://www.google.com/alerts/feeds/100/200")
    assert is_mention_feed("https://www.google.it/alerts/feeds/100/200")


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("", 4),
        ("lanterna", 2),
        ("LANTERNA, soup", 3),
        (["art"], 1),
        ("lanterna\n\nparty", 3),
        (None, 4),
        (7, 4),
        (["ＬＡＮＴＥＲＮＡ"], 2),
        ([3, ""], 4),
    ],
)
def test_words_are_found_whatever_their_case(words: object, expected: int) -> None:
    """Long ones also within a hashtag, short ones only by themselves."""
    texts = ("#TrattoriaLanterna again", "At the Lanterna", "The party was fun and the Soup cold", "Modern art")
    items = [ReviewItem(external_id=str(number), body=text) for number, text in enumerate(texts)]
    assert len(mentions.holding(items, mentions.words_of(words))) == expected


def test_shop_feed_is_of_no_network() -> None:
    """Reviews in a feed keep their stars."""
    assert not mentions.is_of_a_network((PAGES / "feed" / "reviews_atom.xml").read_bytes())
    item = "<item><guid>1</guid><title>4/5 of &lt;b&gt;guests&lt;/b&gt;</title></item>"
    xml = f"<rss version='2.0'><channel>{item}</channel></rss>"
    page = mentions.parse(xml.encode(), url="https://x.example/", encoding=None, now=NOW)
    assert [(item.title, item.stars, item.rating_raw) for item in page.reviews] == [("4/5 of guests", None, "")]
