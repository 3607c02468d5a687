"""Whatever bytes arrive, a parser returns a page or raises ParseError, and soon."""

from __future__ import annotations

import json
import random
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from crawlers.errors import ParseError
from crawlers.items import ParsedPage
from crawlers.parsers import Parser
from crawlers.parsers.dates import read_date
from crawlers.parsers.page import MAX_BYTES
from crawlers.parsers.ratings import read_rating, split_title
from crawlers.parsers.text import plain
from crawlers.selftest import URLS

from .expected import NOW, PARSERS, URL, cases

PIECES = st.sampled_from(
    [
        b"<div itemscope itemprop='review' itemref='a a' id=a itemtype='https://schema.org/Review'>",
        b"</div>",
        b"<p property='review' typeof='Review'",
        b" vocab='https://schema.org/' resource='_:a'>",
        b"<script type='application/ld+json'>",
        b"</script>",
        b'{"@type":"Review","review":[',
        b"]}",
        b'"ratingValue":"',
        b"1e999",
        b"NaN",
        b"4,5/0",
        b'"datePublished":"',
        b"99.99.9999",
        b"\xff\xfe",
        b"\x00",
        b"\xed\xa0\x80",
        b"\\ud800",
        b"&#0;",
        b"<rss><channel><item>",
        b"<title>",
        b"5/5",
        b"</title>",
        b"<feed xmlns='http://www.w3.org/2005/Atom'><entry>",
        b"<![CDATA[",
        b"]]>",
        b'{"feed":{"entry":',
        b'{"im:rating":{"label":',
        b'"id":{"label":',
        b"&#1;",
        b"&nbsp;",
        b"<a:b:c d:e='f' xmlns:a='u'>",
        b"<!DOCTYPE x [",
        b"<!--",
        b"<?xml encoding='utf-7'?>",
        b"\x1b$B",
    ]
)
SOUP = st.lists(st.one_of(PIECES, st.binary(max_size=12)), max_size=40).map(b"".join)
CHARSETS = st.sampled_from(
    [None, "utf-8", "utf-16", "iso-2022-jp", "zip", "undefined", "unicode_escape", "latin-1", "x" * 50, "\x00"]
)
PAGES = [page.read_bytes() for page in cases()]


def storable(parsed: ParsedPage) -> None:
    """Texts fit both databases: no NUL, no lone surrogate."""
    for item in parsed.reviews:
        for text in (
            item.external_id,
            item.body,
            item.title,
            item.author_name,
            item.author_ref,
            item.url,
            item.rating_raw,
        ):
            assert "\x00" not in text
            text.encode("utf-8")
        assert item.external_id
        assert item.published_at is None or item.published_at.tzinfo is not None


def read(parser: Parser, body: bytes, charset: str | None = None, *, url: str = URL) -> None:
    try:
        parsed = parser(body, url=url, encoding=charset, now=NOW)
    except ParseError:
        return
    storable(parsed)


@pytest.mark.parametrize("name", sorted(PARSERS))
@settings(max_examples=80, suppress_health_check=[HealthCheck.too_slow])
@given(body=st.one_of(st.binary(max_size=400), SOUP), charset=CHARSETS)
@example(body=b"<p>a</p></body></body></body>", charset=None)
@example(body=b"", charset=None)
@example(body=b"/etc/passwd", charset=None)
@example(body=b"http://127.0.0.1:9/", charset=None)
def test_any_bytes(name: str, body: bytes, charset: str | None) -> None:
    """Any bytes give a storable page or ParseError."""
    read(PARSERS[name], body, charset)


@pytest.mark.parametrize("name", sorted(PARSERS))
@settings(max_examples=60, suppress_health_check=[HealthCheck.too_slow])
@given(seed=st.integers(0, 2**32), page=st.integers(0, len(PAGES) - 1))
def test_damaged_pages(name: str, seed: int, page: int) -> None:
    """Good pages with bytes cut out, doubled or replaced give a storable page or ParseError."""
    dice = random.Random(seed)
    body = bytearray(PAGES[page])
    for _ in range(dice.randint(1, 30)):
        at = dice.randrange(len(body) or 1)
        cut = body[at : at + dice.randint(1, 60)]
        body[at : at + len(cut)] = dice.choice(
            [b"", bytes(cut) * 2, bytes([dice.randrange(256)]), b'"', b"<", b"[", b"{"]
        )
    read(PARSERS[name], bytes(body))


ODD: list[Any] = ["", "\x00\ud800\u202e<b>x", "9" * 30, None, True, -1, 1e308, [], {}, [[{}]], {"data": "x"}]
ANSWERS = [page for page in cases() if page.suffix == ".json"]


@pytest.mark.parametrize("page", ANSWERS, ids=lambda page: f"{page.parent.name}/{page.name}")
def test_odd_values_in_every_place(page: Path) -> None:
    """Each value of an answer, replaced by one of another kind, gives a storable page or ParseError."""
    parser, answer, url = PARSERS[page.parent.name], json.loads(page.read_bytes()), URLS.get(page.parent.name, URL)
    for odd in ODD:
        for changed in with_one(answer, odd):
            read(parser, json.dumps(changed).encode(), url=url)


def with_one(value: Any, odd: Any) -> Iterator[Any]:
    """The value with one of its parts replaced, for every part."""
    yield odd
    parts = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, inner in parts:
        for changed in with_one(inner, odd):
            whole = value.copy()
            whole[key] = changed
            yield whole


def feed(entry: bytes) -> bytes:
    return b"<rss version='2.0'><channel><item><title>5/5 x</title>" + entry + b"</item></channel></rss>"


def deep(opening: bytes, closing: bytes, count: int) -> bytes:
    return opening * count + closing * count


def reviews(count: int, before: object = None, **fields: object) -> bytes:
    """A page of reviews that differ in their text; `fields` are the same or made from the number."""
    nodes = [
        {
            "@type": "Review",
            "reviewBody": f"b{number}",
            **{name: value.format(number) if isinstance(value, str) else value for name, value in fields.items()},
        }
        for number in range(count)
    ]
    graph = json.dumps([before, {"@type": "Hotel", "review": nodes}])
    return b'<script type="application/ld+json">' + graph.encode() + b"</script>"


TRAPS: dict[str, Callable[[], bytes]] = {
    "json_depth": lambda: b'<script type="application/ld+json">' + deep(b'{"review":[', b"]}", 100_000) + b"</script>",
    "json_width": lambda: b'<script type="application/ld+json">[' + b'{"@type":"Review"},' * 100_000 + b"{}]</script>",
    "json_row": lambda: b'<script type="application/ld+json">' + b"{}" * 1_200_000 + b"</script>",
    "json_digits": lambda: (
        b'<script type="application/ld+json">{"@type":"Review","reviewBody":"x","reviewRating":'
        + b"9" * 50_000
        + b"}</script>"
    ),
    "json_comments": lambda: b'<script type="application/ld+json">{' + b"/*" * 1_000_000 + b"</script>",
    "json_commas": lambda: b'<script type="application/ld+json">{' + b", " * 500_000 + b"]</script>",
    "shared_text": lambda: reviews(
        5000, {"@id": "#x", "@type": "Text", "name": "<a> & " * 6_000}, author="{}", reviewBody={"@id": "#x"}
    ),
    "shared_id": lambda: reviews(
        5000, {"@id": "#x", "@type": "Id", "value": "x " * 4_000_000}, identifier={"@id": "#x"}
    ),
    "shared_type": lambda: reviews(
        5000,
        {"@id": "#x", "@type": ["x"] * 75_000, "name": "x"},
        comment={"text": "x", "author": {"@id": "#x"}, "name": "x"},
    ),
    "shared_address": lambda: (
        b'<script type="application/ld+json">{"url":"http://x/'
        + b"x/../" * 1_500_000
        + b'","review":['
        + b'{"@type":"Review","reviewBody":"x"},' * 4_900
        + b"{}]}</script>"
    ),
    "unknown_dates": lambda: reviews(
        5000,
        datePublished="{} foo 2019 bar",
        dateModified="{} bar 2020 foo",
        comment={"text": "x", "author": {"@type": "Organization"}, "dateCreated": "sometime in 2021"},
    ),
    "json_salvage_depth": lambda: b'<script type="application/ld+json">{review:' + b"[{'a':" * 400_000 + b"</script>",
    "json_salvage_quotes": lambda: (
        b'<script type="application/ld+json">{"review": "' + b'a" b' * 150_000 + b"</script>"
    ),
    "json_salvage_comments": lambda: (
        b'<script type="application/ld+json">{"review":' + b"/* // " * 400_000 + b"</script>"
    ),
    "json_salvage_row": lambda: b'<script type="application/ld+json">review' + b"[{'a':1},]{]}" * 50_000 + b"</script>",
    "hidden_graphs": lambda: b"<script>/* schema.org Review */" + b'{"@type":"Review",' * 150_000 + b"</script>",
    "hidden_escapes": lambda: b"<script>schema.org Review " + b'{\\\\\\"@type' * 150_000 + b"</script>",
    "state_lists": lambda: (
        b"<script type='application/json'>" + b'{"reviews":[{"text":"a","rating":1},' * 30 + b'{"x":[' * 300_000
    ),
    "state_width": lambda: (
        b"<script type='application/json'>{\"reviews\":[" + b'{"text":"a","rating":1},' * 30_000 + b"{}]}</script>"
    ),
    "same_author": lambda: (
        b"<div itemprop=review itemscope itemtype='https://schema.org/Review'><b itemprop=author>a</b>"
        b"<p itemprop=reviewBody>b</p></div>" * 4_900 + reviews(4_900, None, author="a")
    ),
    "answers_width": lambda: (
        b"<div itemscope itemtype='https://schema.org/Review'><b itemprop=reviewBody>b</b>"
        b"<p class=owner-reply><i class=reply-text></i></p></div>" * 10_000
    ),
    "answers_depth": lambda: (
        b"<div itemscope itemtype='https://schema.org/Review'>"
        + deep(b"<p class='review-reply reply-text'>a<br>", b"</p>", 10_000)
    ),
    "cards_in_cards": lambda: deep(b"<div class=review-item><div class=review-item>", b"</div></div>", 40_000),
    "scopes": lambda: b"<p itemscope itemtype='https://schema.org/Review' itemprop=review>" * 25_000,
    "product_feed": lambda: (
        b"<feed><reviews>" + b"<review><review_id>1</review_id><content>a</content></review>" * 30_000
    ),
    "html_depth": lambda: deep(b"<div itemscope itemprop=review>", b"</div>", 100_000),
    "html_text_depth": lambda: b"<div itemscope>" + deep(b"<b itemprop=reviewBody>x" + b"y" * 50, b"</b>", 90_000),
    "microdata_width": lambda: (
        b"<div itemscope>" + b"<p itemprop=review itemscope><b itemprop=author>a</b></p>" * 25_000
    ),
    "microdata_refs": lambda: (
        b"<div itemscope itemref='a b'>" * 300
        + b"<p id=a itemscope itemref=b>" * 300
        + b"<p id=b itemscope itemref=a>" * 300
    ),
    "microdata_names": lambda: (
        b"<div itemscope>"
        + b"<div itemscope itemprop='a b c d e f g h'>" * 5
        + b"".join(b"<meta itemprop=k%d content=x>" % number for number in range(50_000))
    ),
    "hreview_depth": lambda: deep(b"<div class=hreview><b class=rating>", b"</b></div>", 60_000),
    "hreview_width": lambda: b"<div class='hreview x'><b class='fn reviewer'>a</b></div>" * 25_000,
    "cards_depth": lambda: deep(b"<div data-review-id=1 class=review-text>x", b"</div>", 90_000),
    "cards_width": lambda: b"<div class=review><b class=author>a</b><p class=review-text>b</p></div>" * 22_000,
    "cards_names": lambda: b"<div data-review-id=1>" + b"<b class='review-review-review-review-a'>a</b>" * 40_000,
    "bodies": lambda: b"<body>" * 225_000,
    "rdfa_width": lambda: (
        b"<body vocab='https://schema.org/'>" + b"<p property=review typeof=Review><b property=author>a</b></p>" * 3_900
    ),
    "rdfa_bulk": lambda: b"<body vocab='https://schema.org/' typeof=Hotel property=x>" + b"<i>a</i>" * 240_000,
    "rdfa_relations": lambda: (
        b"<body vocab='https://schema.org/' typeof=Hotel property=x><i rel='"
        + b" ".join(b"a%d" % number for number in range(1_500))
        + b"'>"
        + b"<b typeof=x></b>" * 1_500
    ),
    "rdfa_terms": lambda: (
        b"<body vocab='https://schema.org/' typeof=Hotel property=x><i property='" + b"a " * 900_000 + b"'>x"
    ),
    "rdfa_text_depth": lambda: (
        b"<body vocab='https://schema.org/' typeof=Hotel property=x>" + b"<i property=a>x" * 200 + b"z" * 1_900_000
    ),
    "attributes": lambda: b"<div itemscope " + b" ".join(b"a%d" % number for number in range(250_000)) + b">",
    "links": lambda: b"<div itemscope>" + b"<a href='='>" * 600_000,
    "tags_open": lambda: b"<" * 5_000_000,
    "scripts_open": lambda: (
        b'<script type="application/ld+json">{"@type":"Review","reviewBody":"' + b"<script>" * 40_000 + b'"}'
    ),
    "entities": lambda: (
        b"<rss version='2.0'><channel><item><title>" + b"&amp;" * 1_500_000 + b"</title></item></channel></rss>"
    ),
    "feed_depth": lambda: b"<rss version='2.0'><channel><item>" + deep(b"<a>", b"</a>", 125_000),
    "feed_broken": lambda: b"<rss version='2.0'><channel>" + b"<item><title>& <" * 30_000,
    "feed_broken_big": lambda: b"<rss version='2.0'><channel>" + b"<item><title>& <" * 125_000,
    "feed_quotes": lambda: b"<rss version='2.0'><channel><item " + b"a='" * 150_000,
    "feed_blank": lambda: b" " * (MAX_BYTES - 9),
    "feed_declarations": lambda: b"<rss>" + b"<?xml " * 1_500_000,
    "feed_document_type": lambda: b"<!DOCTYPE" + b" " * 9_000_000,
    "feed_comment": lambda: (
        b"<rss><!--" + b"\n" * 9_000_000 + b"--><channel><item><title>5/5</title></item></channel></rss>"
    ),
    "feed_author": lambda: feed(b"<author>" + b"a" * 9_000_000 + b"</author>"),
    "feed_authors": lambda: feed(b"<author>%s</author>" % (b"a" * 90) * 12_000),
    "feed_categories": lambda: feed(b"".join(b"<category>%d</category>" % number for number in range(22_000))),
    "feed_keywords": lambda: feed(
        b"<k:keywords xmlns:k='http://www.itunes.com/dtds/podcast-1.0.dtd'>"
        + b",".join(b"%d" % number for number in range(1_000_000))
        + b"</k:keywords>"
    ),
    "feed_lines": lambda: (
        b"<feed xmlns='http://www.w3.org/2005/Atom'><entry><content type='xhtml'>"
        + b"\n" * 9_000_000
        + b"x</content></entry></feed>"
    ),
    "feed_bases": lambda: feed((b"<a xml:base='" + b"b/" * 900 + b"'>") * 200 + b"<link href='a'/>" * 22_000),
    "feed_links": lambda: feed(b"<link href='a'/>" * 150_000),
    "feed_attributes": lambda: feed(b"<a " + b" ".join(b"a%d='1'" % number for number in range(150_000)) + b"/>"),
    "feed_width": lambda: (
        b"<rss version='2.0'><channel>" + b"<item><title>5/5</title></item>" * 5_000 + b"</channel></rss>"
    ),
    "api_rows": lambda: b'{"data":[' + b'{"created_time":"1 May 20xx","review_text":"a"},' * 60_000 + b"{}]}",
    "api_comments": lambda: (
        b'{"data":[{"rating":1,"open_graph_story":{"comments":{"data":['
        + b'{"from":{"id":"1"},"message":"a","created_time":"1 May 20xx"},' * 12_000
        + b"{}]}}}]}"
    ),
    "api_included": lambda: b'{"data":[],"included":[' + b'{"type":"customerReviewResponses"},' * 100_000 + b"{}]}",
    "api_reviews": lambda: b'{"reviews":[' + b'{"reviewId":1,"comments":[{"userComment":{}}]},' * 15_000 + b"{}]}",
    "appstore_depth": lambda: b'{"feed":{"entry":' + b"[" * 500_000,
    "too_large": lambda: b"<html>" + b"x" * MAX_BYTES,
}


@pytest.mark.timeout(300)
@pytest.mark.parametrize("trap", sorted(TRAPS))
def test_traps_end_soon(trap: str) -> None:
    """Depth, width and unclosed constructs of a megabyte or more cost a moment, in every parser.

    What grows with the square of one of these numbers does not end in time; the limit is generous.
    """
    body = TRAPS[trap]()
    for parser in PARSERS.values():
        read(parser, body)


@given(st.text(max_size=300))
def test_text_is_safe_and_stable(text: str) -> None:
    """Plain text holds no control characters, and cleaning it again changes nothing but decoded markup."""
    cleaned = plain(text)
    assert not any(ord(mark) < 32 and mark != "\n" for mark in cleaned)
    assert not any(mark in cleaned for mark in "\u202e\u2066\u200b\x7f")
    if "<" not in cleaned and "&" not in cleaned:
        assert plain(cleaned) == cleaned


@given(st.one_of(st.text(max_size=80), st.integers(), st.floats(), st.none(), st.booleans(), st.lists(st.integers())))
def test_any_value_as_rating_or_date(value: object) -> None:
    """Whatever stands where a rating or date should, the answer is one or none, never outside its scale."""
    rating = read_rating(value, best=value)
    if rating.stars is not None:
        assert 0 <= rating.stars <= 5
        assert rating.low is not None
        assert rating.high is not None
        assert rating.low <= (rating.value or 0) <= rating.high
    json.dumps(rating.value, allow_nan=False)
    read_date(value, language="de", now=NOW)
    split_title(str(value))
