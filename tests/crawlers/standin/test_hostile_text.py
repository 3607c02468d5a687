"""Text that tries to break out of its page arrives as text."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import feedparser
import pytest
from parsel import Selector

from crawlers.standin import StandIn

from .http import ask
from .made_up import BUSINESS, CONTROLS, HOSTILE, review, write
from .reading import jsonld, microdata, rdfa

SLUGS = [source["slug"] for source in BUSINESS["sources"]]


@pytest.fixture
def hostile(tmp_path: Path, anchor: datetime) -> Iterator[StandIn]:
    lines = []
    for slug in SLUGS:
        stars = None if slug == "atom" else 3
        text = {"author": HOSTILE, "title": HOSTILE, "text": HOSTILE, "stars": stars}
        lines.append(review(f"{slug}-1", slug, **text, days_ago=1, reply={"text": HOSTILE, "days_ago": 0.5}))
        lines.append(review(f"{slug}-2", slug, **(text | {"text": CONTROLS}), days_ago=2))
    with StandIn(anchor=anchor, data_dir=write(tmp_path, lines, [])) as standin:
        yield standin


def test_jsonld_keeps_every_character(hostile: StandIn) -> None:
    """Markup and control characters come back exactly; nothing in the block can close it."""
    page = ask(hostile.source_urls()["ld"]).text
    first, second = jsonld(page)["review"]
    assert (first["reviewBody"], first["name"], first["author"]["name"]) == (HOSTILE, HOSTILE, HOSTILE)
    assert first["comment"]["text"] == HOSTILE
    assert second["reviewBody"] == CONTROLS
    block = page.split('<script type="application/ld+json">')[1].split("</script>")[0]
    assert block.endswith("}")
    assert "<" not in block


def test_markup_pages_keep_the_text(hostile: StandIn) -> None:
    """Microdata and RDFa give the text back."""
    found = microdata(ask(hostile.source_urls()["micro"]).text)["review"][0]["properties"]
    assert found["reviewBody"].split() == HOSTILE.split()
    nodes = rdfa(ask(hostile.source_urls()["rdfa"]).text)
    assert nodes["urn:lanterna:review:rdfa-1"]["reviewBody"][0]["@value"].split() == HOSTILE.split()


@pytest.mark.parametrize("path", ["/eat", "/guide/eat", "/stay", "/travel/stay", "/it/app/id77", "/board/eat"])
def test_no_page_runs_or_hides_anything(hostile: StandIn, path: str) -> None:
    """No element comes out of a review's text, and characters HTML forbids are left out."""
    page = ask(hostile.base_url + path).text
    shown = Selector(text=page)
    assert "\x00" not in page
    assert shown.xpath("//script[not(@type='application/ld+json')]").getall() == []
    assert "".join(shown.css(".text ::text").getall()).count("<script>alert(1)</script>") == 2
    assert "beforeafter" in page


def test_feeds_stay_well_formed(hostile: StandIn) -> None:
    """Strict XML reading succeeds and gives the text back, less the characters XML forbids."""
    for slug in ("rss", "atom"):
        parsed = feedparser.parse(ask(hostile.source_urls()[slug]).body, sanitize_html=False)
        assert not parsed.bozo
        first, second = parsed.entries
        shown = Selector(text=first.content[0].value if slug == "atom" else first.summary)
        assert " ".join(shown.css("p ::text").getall()).split() == HOSTILE.split()
        assert "beforeafter" in (second.content[0].value if slug == "atom" else second.summary)


def test_the_app_feed_keeps_every_character(hostile: StandIn) -> None:
    """JSON carries everything, control characters included; its XML form stays well formed."""
    url = hostile.source_urls()["app"]
    entries = ask(url).json["feed"]["entry"]
    assert entries[1]["content"]["label"] == HOSTILE
    assert entries[2]["content"]["label"] == CONTROLS
    assert not feedparser.parse(ask(url.removesuffix("json") + "xml").body).bozo


def test_hostile_text_survives_the_wrong_charset_as_json(hostile: StandIn) -> None:
    """Characters Windows-1252 lacks become JSON escapes, so the feed is whole once decoded."""
    hostile.set_scenario("/it", "wrong_charset")
    body = ask(hostile.source_urls()["app"]).body.decode("windows-1252")
    assert HOSTILE.split()[0] in body
    assert "\\ud83c\\udf5d" in body
