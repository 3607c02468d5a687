"""What odd sites and unfriendly guests write: identities, links, dates and references that lead astray."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from time import process_time

import pytest

from crawlers.blocks import recognise
from crawlers.errors import ParseError
from crawlers.items import DatePrecision, IdKind, ParsedPage
from crawlers.parsers import feeds, schemaorg
from crawlers.parsers.paging import next_in_header
from db.models import CrawlState

from .conftest import Desk
from .markup import page, review
from .site import Answer, Site

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
HOME = "https://lanterna.example/reviews"


def entry(number: int, *, link: str, date: str = "Mon, 02 Nov 2026 10:00:00 +0000") -> str:
    text = f"<title>{number}/5 – Visit {number}</title><description>Soup {number} was cold.</description>"
    return f"<item>{text}<link>{link}</link><pubDate>{date}</pubDate></item>"


def read_feed(*entries: str) -> ParsedPage:
    xml = f'<rss version="2.0"><channel><title>L</title><link>{HOME}</link>{"".join(entries)}</channel></rss>'
    return feeds.parse(xml.encode(), url=HOME + "/feed", encoding=None, now=NOW)


def read_page(*reviews: dict[str, object], url: str = HOME) -> ParsedPage:
    script = json.dumps({"@type": "Restaurant", "name": "Lanterna", "review": reviews})
    html = f'<html><script type="application/ld+json">{script}</script></html>'
    return schemaorg.parse(html.encode(), url=url, encoding=None, now=NOW)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "utf-16-le", "utf-16-be", "utf-7"])
def test_entities_are_refused_in_every_encoding(encoding: str) -> None:
    """Also where zeros stand between the letters and no mark tells the encoding."""
    xml = '<!DOCTYPE rss [<!ENTITY x SYSTEM "file:///etc/passwd">]><rss version="2.0"><channel><item><title>&x;</title>'
    with pytest.raises(ParseError, match=r"declares entities|not a feed"):
        feeds.parse(xml.encode(encoding), url=HOME, encoding=None, now=NOW)


def test_old_feed_with_its_plain_document_type_is_read() -> None:
    """RSS 0.91 names a file of Netscape's, which nobody fetches."""
    kind = '<!DOCTYPE rss PUBLIC "-//Netscape//DTD RSS 0.91//EN" "http://my.netscape.com/rss-0.91.dtd">'
    xml = f'<?xml version="1.0"?>\n{kind}\n<rss version="0.91"><channel>{entry(1, link=HOME + "/1")}</channel></rss>'
    assert len(feeds.parse(xml.encode(), url=HOME, encoding=None, now=NOW).reviews) == 1


def test_malformed_feed_keeps_the_words_of_its_guests() -> None:
    """Bare signs, names of HTML and a prefix that nothing declares are mended and not dropped."""
    text = "<title>2/5 – R&D</title><description><p>5 < 6 &amp; caf&eacute; <br>AT&T</description>"
    found = read_feed(f"<item><guid>1</guid>{text}<dc:creator>Bo</dc:creator></item>", entry(2, link=HOME + "/2"))
    item, _ = found.reviews
    assert (item.title, item.body, item.author_name) == ("R&D", "5 < 6 & café\n\nAT&T", "Bo")
    assert found.warnings == ("the feed is malformed XML; it was read as far as it goes",)


def test_long_address_of_an_author_leaves_the_name() -> None:
    """What is cut for its length is a name, not what stands beside it."""
    author = f"<author><name>Ana</name><uri>https://lanterna.example/guests/{'a' * 300}</uri></author>"
    xml = f'<feed xmlns="http://www.w3.org/2005/Atom"><entry><id>1</id><title>5/5 Good</title>{author}</entry></feed>'
    (item,) = feeds.parse(xml.encode(), url=HOME, encoding=None, now=NOW).reviews
    assert (item.author_name, len(item.author_ref)) == ("Ana", 332)


@pytest.mark.parametrize("link", [HOME, HOME + "/all"])
def test_entries_that_share_a_link_are_all_read(link: str) -> None:
    """A feed whose entries lead to the place's page holds as many reviews as entries."""
    found = read_feed(*(entry(number, link=link) for number in (1, 2, 3))).reviews
    assert len({item.external_id for item in found}) == 3
    assert {item.id_kind for item in found} == {IdKind.DIGEST}
    assert {item.url for item in found} == {link}


def test_link_to_the_place_names_no_review() -> None:
    """A feed's only entry does not take the place's address for its own: the next entry may have it as well."""
    first = read_feed(entry(1, link=HOME)).reviews
    later = read_feed(entry(2, link=HOME), entry(1, link=HOME)).reviews
    assert first[0].external_id == later[1].external_id


def test_fragment_link_is_the_same_on_every_page() -> None:
    """A review keeps its identity when newer ones push it to the next page."""
    node = review(1, url="#review-881") | {"@id": ""}
    one, two = read_page(node).reviews[0], read_page(node, url=HOME + "?page=2").reviews[0]
    assert (one.external_id, one.id_kind) == (two.external_id, two.id_kind) == ("#review-881", IdKind.URL)
    assert one.url == HOME + "#review-881"


@pytest.mark.parametrize("written", ["0001-01-01T00:00:00", "0001-01-01T00:00:00Z", "1970-01-01", "1900-01-01"])
def test_empty_dates_of_programs_are_no_dates(written: str) -> None:
    """The first day of a calendar stands for "none"; in zones west of UTC it does not even exist."""
    found = read_page(review(1, datePublished=written))
    assert (found.reviews[0].published_at, found.reviews[0].published_precision) == (None, DatePrecision.NONE)
    assert found.warnings == ("a date lies too far in the past",)


@pytest.mark.parametrize("written", ["20310301", "2031-060", "Thu, 01 Jan 2099 10:00:00 PDT", "0001-01-01T00:00:00Z"])
def test_impossible_dates_of_feeds_are_no_dates(written: str) -> None:
    """Also those that only the feed reader understands."""
    found = read_feed(entry(1, link=HOME + "/1", date=written))
    assert found.reviews[0].published_at is None
    assert "a date lies" in found.warnings[0]


@pytest.mark.parametrize("link", ["javascript:void(0)", "http://[", "mailto:desk@lanterna.example", "tel:112"])
def test_next_link_that_leads_nowhere_is_the_end(link: str, desk: Desk) -> None:
    """A script or a broken address behind "next" neither fails the crawl nor is asked for."""
    with Site({"/r": Answer(body=page([1, 2], total=2, following=link))}) as site:
        run = desk.crawl(desk.add(site.url("/r")), desk.settings(site.host)).run
    assert (run.state, run.new, run.is_complete) == (CrawlState.FINISHED, 2, True), run.message


@pytest.mark.parametrize(
    ("header", "target"),
    [
        ('</r?page=2>; rel="next"', "/r?page=2"),
        ('</r>; rel="first", </r?page=2>; title="a, b"; rel="prefetch next"', "/r?page=2"),
        ("<https://l.example/2>;rel=next;type=x", "https://l.example/2"),
        ('</r?page=2>; rel="nextish", </x>; rel=prev', None),
        ("<" * 9_000 + '; rel="next"', None),
    ],
)
def test_next_page_of_a_link_header(header: str, target: str | None) -> None:
    """Among several links, in quotes or without; what is none of them is the end."""
    assert next_in_header(header) == target


def test_list_goes_on_where_the_header_says_so(desk: Desk) -> None:
    """A page without a link of its own, of a site that names the next one in the answer's header."""
    first = Answer(body=page([1, 2], total=3), headers={"Link": '</r?page=2>; rel="next"'})
    with Site({"/r": first, "/r?page=2": Answer(body=page([3], total=3))}) as site:
        run = desk.crawl(desk.add(site.url("/r")), desk.settings(site.host)).run
    assert (run.state, run.new, run.is_complete) == (CrawlState.FINISHED, 3, True), run.message


@pytest.mark.parametrize("words", ["captcha-delivery.com", "awswaf.com", "AwsWafIntegration", "Just a moment..."])
def test_guest_who_names_a_wall_builds_none(words: str) -> None:
    """What stands in a review does not stop the reading of its page, however short the page is."""
    text = page([1]).replace("Soup number 1", f"Your site sent me to {words} and soup")
    assert words in text
    assert recognise(200, {"x-datadome": "protected"}, text.encode()) is None


def test_references_to_the_whole_page_end_soon() -> None:
    """Hundreds of items that each name the page's body as a part of theirs are refused, not read for minutes."""
    items = '<div itemscope itemtype="https://schema.org/Review" itemref="b"></div>' * 200
    html = f'<html><body id="b">{"<i></i>" * 150_000}{items}</body></html>'
    started = process_time()
    with pytest.raises(ParseError, match="refers to itself"):
        schemaorg.parse(html.encode(), url=HOME, encoding=None, now=NOW)
    assert process_time() - started < 10
