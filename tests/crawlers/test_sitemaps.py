"""A source may be a sitemap: its pages are read, as far as they are the source's, changed and allowed."""

from __future__ import annotations

import gzip
from datetime import UTC, datetime, timedelta

import pytest

from crawlers.errors import ParseError
from crawlers.listed import MAX_DEPTH, MAX_SITEMAPS, Listed
from crawlers.parsers.sitemap import Entry, Sitemap, is_sitemap, named_in_robots, read_sitemap
from crawlers.probe import probe
from db.models import CrawlState

from .conftest import Desk
from .expected import NOW
from .markup import page
from .site import Answer, Site

HOME = "https://lanterna.example/sitemap.xml"
SPACE = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'


def urlset(*entries: str | tuple[str, str]) -> str:
    pairs = [entry if isinstance(entry, tuple) else (entry, "") for entry in entries]
    inner = "".join(
        f"<url><loc>{url}</loc>{f'<lastmod>{changed}</lastmod>' if changed else ''}</url>" for url, changed in pairs
    )
    return f'<?xml version="1.0" encoding="UTF-8"?>\n<urlset {SPACE}>{inner}</urlset>'


def index(*urls: str) -> str:
    inner = "".join(f"<sitemap><loc>{url}</loc></sitemap>" for url in urls)
    return f'<?xml version="1.0"?><sitemapindex {SPACE}>{inner}</sitemapindex>'


def read(body: bytes | str) -> Sitemap:
    raw = body.encode() if isinstance(body, str) else body
    return read_sitemap(raw, url=HOME, encoding=None, now=NOW)


def test_list_of_pages_is_read() -> None:
    """Addresses in their order, each once, with the day of the last change; what is no address is left out."""
    found = read(urlset(("/a", "2026-11-02"), "https://lanterna.example/b", "/a", "javascript:x", " /c "))
    assert found.pages == (
        Entry("https://lanterna.example/a", datetime(2026, 11, 2, tzinfo=UTC)),
        Entry("https://lanterna.example/b"),
        Entry("https://lanterna.example/c"),
    )
    assert found.sitemaps == ()


@pytest.mark.parametrize("body", [b"", b"<html></html>", b"\x1f\x8bxx", b"<urls", b"{}", b"\xff\xfe\x00"])
def test_other_files_are_no_sitemaps(body: bytes) -> None:
    """They raise, and are not taken for empty ones."""
    assert not is_sitemap(body)
    with pytest.raises(ParseError):
        read(body)


def test_packed_sitemap_is_unpacked_up_to_the_cap() -> None:
    """A small file that grows without end is refused."""
    small, bomb = gzip.compress(urlset("/a").encode()), gzip.compress(b"<urlset>" + b" " * 30_000_000)
    assert is_sitemap(small)
    assert len(read(small).pages) == 1
    with pytest.raises(ParseError, match="larger than 10 MB"):
        read(bomb)


def test_entities_are_refused() -> None:
    """As in feeds."""
    with pytest.raises(ParseError, match="declares entities"):
        read('<!DOCTYPE urlset [<!ENTITY x SYSTEM "file:///etc/passwd">]><urlset><url><loc>&x;</loc></url></urlset>')


def test_robots_names_sitemaps() -> None:
    """In any case and position, each once."""
    body = b"Sitemap: /one.xml\nUser-agent: *\nDisallow: /x\nSITEMAP:https://lanterna.example/2.gz\nsitemap: /one.xml"
    named = named_in_robots(body, url="https://lanterna.example/robots.txt")
    assert named == ("https://lanterna.example/one.xml", "https://lanterna.example/2.gz")


def test_lists_have_an_end() -> None:
    """An index that names itself, too many, or goes too deep is read so far and no further."""
    listed = Listed(is_ours=lambda url: "other" not in url)
    names = [Entry(f"https://lanterna.example/{number}.xml") for number in range(MAX_SITEMAPS + 20)]
    listed.add(Sitemap(sitemaps=(*names, Entry("https://other.example/s.xml"))), depth=1)
    assert (len(listed.waiting), listed.elsewhere, listed.is_cut) == (MAX_SITEMAPS, 1, True)
    deep = Listed(is_ours=lambda _: True)
    deep.add(Sitemap(sitemaps=(Entry("https://lanterna.example/x.xml"),)), depth=MAX_DEPTH)
    assert (len(deep.waiting), deep.is_cut) == (0, True)


@pytest.mark.parametrize(
    ("pattern", "expected"),
    [("", ["/reviews/a"]), ("/reviews/", ["/reviews/a"]), ("/*/b", ["/shop/b"]), ("/none/", [])],
)
def test_owner_says_which_pages(pattern: str, expected: list[str]) -> None:
    """By a piece of the address; without one, those that speak of reviews."""
    listed = Listed(is_ours=lambda _: True, pattern=pattern)
    listed.add(Sitemap(pages=(Entry("/shop/b"), Entry("/reviews/a"), Entry("/reviews/a"))), depth=1)
    assert listed.chosen() == expected


def test_pages_of_a_sitemap_are_read(desk: Desk) -> None:
    """Through an index, packed or not, page after page, without other sites; a closed or lost page is passed over."""
    with Site({}, robots="User-agent: *\nDisallow: /reviews/closed\n") as site:
        pages = {
            "/sitemap.xml": Answer(body=index(site.url("/one.xml"), site.url("/two.xml.gz")), kind="text/xml"),
            "/one.xml": Answer(
                body=urlset(site.url("/reviews/a"), site.url("/reviews/closed"), site.url("/about")), kind="text/xml"
            ),
            "/two.xml.gz": Answer(
                body=gzip.compress(
                    urlset(site.url("/reviews/b"), site.url("/reviews/lost"), "https://other.example/reviews/").encode()
                ),
                kind="application/x-gzip",
            ),
            "/reviews/a": Answer(body=page([1, 2], following="/reviews/a?page=2")),
            "/reviews/a?page=2": Answer(body=page([3])),
            "/reviews/b": Answer(body=page([4])),
            "/about": Answer(body="<html>About</html>"),
        }
        site.pages.update({path: [answer] for path, answer in pages.items()})
        source = desk.add(site.url("/sitemap.xml"), options={"pages": "/reviews/"})
        run = desk.crawl(source, desk.settings(site.host)).run
    assert (run.state, run.new, run.is_complete) == (CrawlState.FINISHED, 4, False), run.message
    assert "/reviews/closed" not in site.paths
    assert "/about" not in site.paths
    assert [review.external_id for review in desk.reviews()] == [f"urn:test:{number}" for number in (1, 2, 3, 4)]


def test_robots_is_a_source_when_it_names_a_sitemap(desk: Desk) -> None:
    """The owner may give the site's robots.txt; fragments that two pages share name two reviews."""
    with Site({}) as site:
        site.pages["/robots.txt"] = [Answer(body=f"Sitemap: {site.url('/s.xml')}\n", kind="text/plain")]
        site.pages["/s.xml"] = [Answer(body=urlset(site.url("/a"), site.url("/b")), kind="application/xml")]
        for path, number in (("/a", 1), ("/b", 2)):
            text = page([number]).replace(f"urn:test:{number}", "#first")
            site.pages[path] = [Answer(body=text)]
        run = desk.crawl(desk.add(site.url("/robots.txt")), desk.settings(site.host)).run
        urls = [site.url("/a#first"), site.url("/b#first")]
    assert (run.state, run.new) == (CrawlState.FINISHED, 2), run.message
    assert [one.external_id for one in desk.reviews()] == urls


def test_unchanged_pages_are_passed_over(desk: Desk) -> None:
    """Between full readings only pages that changed are asked for, and nothing is taken for gone."""
    now = datetime.now(UTC)
    with Site({}) as site:
        changed, old = now.isoformat(timespec="seconds"), (now - timedelta(days=9)).date().isoformat()
        body = urlset((site.url("/review/new"), changed), (site.url("/review/old"), old))
        site.pages["/sitemap.xml"] = [Answer(body=body, kind="application/xml")]
        site.pages["/review/new"] = [Answer(body=page([1], total=1))]
        site.pages["/review/old"] = [Answer(body=page([2], total=1))]
        read_before = {"last_success_at": now - timedelta(hours=6), "last_full_at": now - timedelta(days=1)}
        partial = desk.crawl(desk.add(site.url("/sitemap.xml"), **read_before), desk.settings(site.host)).run
        asked = list(site.paths)
    assert (partial.state, partial.new, partial.is_complete) == (CrawlState.FINISHED, 1, False), partial.message
    assert "/review/old" not in asked
    assert partial.is_full is False, "else the weekly reading of every page would never be due"


@pytest.mark.parametrize(
    ("body", "reason"),
    [(urlset(), "no_pages"), (urlset("/reviews/lost"), "unreadable"), ("<urlset>" + "<a>" * 9, "no_pages")],
)
def test_sitemap_without_readable_pages_says_so(body: str, reason: str, desk: Desk) -> None:
    """The owner learns that the pattern or the address is wrong."""
    with Site({"/sitemap.xml": Answer(body=body, kind="text/xml"), "/reviews/lost": Answer(body="<html>x")}) as site:
        run = desk.crawl(desk.add(site.url("/sitemap.xml")), desk.settings(site.host)).run
    assert (run.state, run.reason) == (CrawlState.FAILED, reason), run.message


def test_page_cap_ends_a_long_list(desk: Desk) -> None:
    """As many pages as the source may take, and the record says that more follow."""
    with Site({}) as site:
        urls = [f"/reviews/{number}" for number in range(9)]
        site.pages["/sitemap.xml"] = [Answer(body=urlset(*(site.url(url) for url in urls)), kind="text/xml")]
        site.pages.update({url: [Answer(body=page([number]))] for number, url in enumerate(urls)})
        run = desk.crawl(desk.add(site.url("/sitemap.xml"), max_pages=3), desk.settings(site.host)).run
    assert (run.state, run.reason, run.pages, run.new) == (CrawlState.FINISHED, "page_limit", 3, 3)


def test_probe_knows_a_sitemap(desk: Desk) -> None:
    """It can be added, and the report says what it names."""
    with Site({"/sitemap.xml": Answer(body=urlset("/reviews/a", "/b"), kind="text/xml")}) as site:
        report = probe(site.url("/sitemap.xml"), settings=desk.settings(site.host), data_dir=desk.data_dir)
    assert (report.platform, report.syntax, report.refusal) == ("schemaorg", "sitemap", "")
    assert "2 pages" in report.warnings[0]
