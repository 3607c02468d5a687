"""RSS, Atom and the app store's feed."""

from __future__ import annotations

from typing import Any

import feedparser

from crawlers.standin import StandIn

from .http import ask


def entries(url: str) -> list[dict[str, Any]]:
    parsed = feedparser.parse(ask(url).body)
    assert not parsed.bozo
    return list(parsed.entries)


def test_rss_rates_in_title_in_an_element_or_not_at_all(standin: StandIn) -> None:
    """All thirty are in one feed; each of the three ways to rate is met, and never two at once."""
    found = entries(standin.source_urls()["rss"])
    assert len(found) == 30
    in_title = [entry for entry in found if entry["title"].startswith("★★★☆☆ Title g-")]
    in_element = [entry for entry in found if entry.get("rev_rating") == "3"]
    assert in_title
    assert in_element
    assert 0 < len(found) - len(in_title) - len(in_element) < 12
    assert not [entry for entry in in_title if "rev_rating" in entry]


def test_rss_items_have_identity_date_author_and_text(standin: StandIn) -> None:
    """The guid is not a link, the date has a zone, the text comes as HTML."""
    first = entries(standin.source_urls()["rss"])[0]
    assert first["id"] == "urn:lanterna:review:g-1"
    assert first["link"] == f"{standin.base_url}/guide/eat?review=g-1#r-g-1"
    assert first["published"] == "Thu, 19 Nov 2026 13:00:00 +0100"
    assert first["author"] == "Guest g-1"
    assert first["summary"] == "<p>Text of g-1.</p>"


def test_atom_is_paged_and_knows_no_stars(standin: StandIn) -> None:
    """Twenty entries a page, the next page linked in the feed; entries have id, dates and author."""
    url = standin.source_urls()["atom"]
    parsed = feedparser.parse(ask(url).body)
    assert len(parsed.entries) == 20
    (following,) = [link.href for link in parsed.feed.links if link.rel == "next"]
    rest = feedparser.parse(ask(following).body)
    assert len(rest.entries) == 10
    assert not [link for link in rest.feed.links if link.rel == "next"]
    first = parsed.entries[0]
    assert (first.id, first.title, first.author) == ("urn:lanterna:review:b-1", "Title b-1", "Guest b-1")
    assert first.published == first.updated == "2026-11-19T13:00:00+01:00"
    assert first.content[0].value == "<p>Text of b-1.</p>"
    assert "★" not in ask(url).text
    assert ask(f"{url}?page=3").status == 404


def app_page(standin: StandIn, number: int) -> dict[str, Any]:
    feed: dict[str, Any] = ask(standin.source_urls()["app"].replace("page=1", f"page={number}")).json["feed"]
    return feed


def test_app_feed_begins_with_the_app_itself(standin: StandIn) -> None:
    """The first entry of the first page is no review; the rest wrap each value in a label."""
    feed = app_page(standin, 1)
    assert "im:rating" not in feed["entry"][0]
    first = feed["entry"][1]
    assert len(feed["entry"]) == 21
    assert first["im:rating"] == {"label": "2"}
    assert first["title"]["label"] == "Title a-1"
    assert first["content"]["label"] == "Text of a-1."
    assert first["updated"]["label"] == "2026-11-19T05:00:00-07:00"
    assert first["id"]["label"].isdigit()
    assert first["link"]["attributes"]["href"].endswith("/it/app/id77?review=a-1#r-a-1")


def test_app_feed_writes_a_lone_entry_as_an_object(standin: StandIn) -> None:
    """41 reviews leave one for the third page: an object, not a list. After it the key is missing."""
    assert len(app_page(standin, 2)["entry"]) == 20
    assert app_page(standin, 3)["entry"]["title"]["label"] == "Title a-41"
    for number in range(4, 11):
        assert "entry" not in app_page(standin, number)
    assert ask(standin.source_urls()["app"].replace("page=1", "page=11")).status == 400


def test_app_feed_points_to_the_next_page_as_xml(standin: StandIn) -> None:
    """As on the real one, rel=next leads to the XML form, which holds the same reviews."""
    (following,) = [x["attributes"]["href"] for x in app_page(standin, 1)["link"] if x["attributes"]["rel"] == "next"]
    assert following.endswith("/page=2/id=77/sortby=mostrecent/xml")
    titles = [entry["title"] for entry in entries(following)]
    assert titles == [entry["title"]["label"] for entry in app_page(standin, 2)["entry"]]
