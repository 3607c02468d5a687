"""Whatever a site answers, the run ends in a state and a sentence, and nothing that was stored is lost."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

import pytest

from crawlers import page_cache
from db.models import CrawlState, Retention, SourceHealth

from .conftest import Desk
from .expected import PAGES
from .markup import page, review
from .site import Answer, Site

MARKUP_FREE = "<html><title>x</title><body>nothing here</body></html>"
LOGIN = '<html><body><form action="/in"><input name="u"><input type="password" name="p"></form></body></html>'
HUGE = page([1]) + "<!--" + "x" * (11 * 1024 * 1024) + "-->"
DATADOME = (PAGES / "walls" / "datadome.html").read_text(encoding="utf-8")

# name: answer, platform, state, reason, part of the message, reviews stored
CASES: dict[str, tuple[Answer, str, CrawlState, str, str, int]] = {
    "good": (
        Answer(body=page([1, 2], total=2)),
        "schemaorg",
        CrawlState.FINISHED,
        "finished",
        "2 reviews on 1 page",
        2,
    ),
    "zero_with_total": (
        Answer(body=page([], total=57)),
        "schemaorg",
        CrawlState.SUSPICIOUS,
        "zero_with_total",
        "57",
        0,
    ),
    "zero_without_total": (Answer(body=page([])), "schemaorg", CrawlState.FINISHED, "finished", "0 reviews", 0),
    "no_markup": (Answer(body=MARKUP_FREE), "schemaorg", CrawlState.FAILED, "unreadable", "no schema.org markup", 0),
    "login_form": (Answer(body=LOGIN), "schemaorg", CrawlState.BLOCKED, "wall_login", "log-in form", 0),
    "too_large": (Answer(body=HUGE), "schemaorg", CrawlState.FAILED, "too_large", "larger than 10 MB", 0),
    "bomb": (
        Answer(body=gzip.compress(b"<p>" * 8_000_000), headers={"Content-Encoding": "gzip"}),
        *("schemaorg", CrawlState.FAILED, "too_large", "larger than 10 MB", 0),
    ),
    "wall_403": (Answer(body=DATADOME, status=403), "schemaorg", CrawlState.BLOCKED, "wall_datadome", "DataDome", 0),
    "wall_200": (Answer(body=DATADOME), "schemaorg", CrawlState.BLOCKED, "wall_datadome", "DataDome", 0),
    "denied": (Answer(body="no", status=403), "schemaorg", CrawlState.BLOCKED, "wall_denied", "refuses", 0),
    "unauthorized": (Answer(body="no", status=401), "schemaorg", CrawlState.BLOCKED, "wall_login", "log-in", 0),
    "gone": (Answer(body="no", status=410), "schemaorg", CrawlState.FAILED, "not_found", "410", 0),
    "picture": (Answer(body=b"\x89PNG", kind="image/png"), "schemaorg", CrawlState.FAILED, "not_text", "neither", 0),
    "xxe": (
        Answer(body=(PAGES / "feed" / "xxe_feed.xml").read_bytes(), kind="application/rss+xml"),
        *("feed", CrawlState.FAILED, "unreadable", "declares entities", 0),
    ),
    "broken_feed": (
        Answer(body=(PAGES / "feed" / "broken_feed.xml").read_bytes(), kind="application/rss+xml"),
        *("feed", CrawlState.FINISHED, "finished", "1 review", 1),
    ),
    "html_for_feed": (Answer(body=MARKUP_FREE), "feed", CrawlState.FAILED, "unreadable", "not a feed", 0),
    "html_for_json": (Answer(body=MARKUP_FREE), "appstore", CrawlState.FAILED, "unreadable", "not JSON", 0),
    "empty": (Answer(body=""), "schemaorg", CrawlState.FAILED, "unreadable", "not an HTML page", 0),
}


@pytest.mark.parametrize("case", sorted(CASES))
def test_answer_ends_in_its_state(case: str, desk: Desk) -> None:
    """Each kind of answer has a state, a reason for machines and a sentence for people."""
    answer, platform, state, reason, words, stored = CASES[case]
    with Site({"/r": answer}) as site:
        outcome = desk.crawl(desk.add(site.url("/r"), platform=platform), desk.settings(site.host))
    run = outcome.run
    assert (run.state, run.reason) == (state, reason), run.message
    assert words in run.message
    assert run.finished_at is not None
    assert len(desk.reviews()) == stored
    assert not outcome.exit.message
    assert site.paths.count("/r") == 1, "walls and unreadable pages are not asked again"


def test_broken_script_does_not_take_the_good_ones_with_it(desk: Desk) -> None:
    """Malformed JSON-LD beside good JSON-LD: the good one is stored."""
    broken = '<script type="application/ld+json">{"@type":"Review","reviewBody":"cut off</script>'
    with Site({"/r": Answer(body=page([1, 2], total=2, before=broken))}) as site:
        run = desk.crawl(desk.add(site.url("/r")), desk.settings(site.host)).run
    assert (run.state, run.new) == (CrawlState.FINISHED, 2)


def test_review_in_a_script_that_breaks_is_not_taken_for_removed(desk: Desk) -> None:
    """The count is near the total, but the missing review may stand in the broken part: the run proves no absence."""
    broken = '<script type="application/ld+json">{"@type":"Review","reviewBody":"cut off</script>'
    with Site({"/r": [Answer(body=page([1, 2], total=2)), Answer(body=page([1], total=2, before=broken))]}) as site:
        source_id = desk.add(site.url("/r"))
        runs = [desk.crawl(source_id, desk.settings(site.host)).run for _ in range(3)]
    assert [run.is_complete for run in runs] == [True, False, False]
    assert [run.reason for run in runs] == ["finished", "broken_markup", "broken_markup"]
    assert "nothing is counted as removed" in runs[-1].message
    assert [(one.missed_runs, one.missing_since_at) for one in desk.reviews()] == [(0, None), (0, None)]


@pytest.mark.parametrize("claimed", ["utf-8", "iso-8859-1", "utf-16", "x-unknown", ""])
def test_wrong_charset_is_seen_through(claimed: str, desk: Desk) -> None:
    """A page in UTF-8 or Windows-1252 is read right, whatever its header claims."""
    node = json.dumps({"@type": "Restaurant", "review": review(1, body="Déçu, à éviter – 5 €")}, ensure_ascii=False)
    text = f'<html><script type="application/ld+json">{node}</script></html>'
    kind = f"text/html; charset={claimed}" if claimed else "text/html"
    for encoding in ("utf-8", "cp1252") if claimed != "utf-16" else ("utf-16",):
        with Site({"/r": Answer(body=text.encode(encoding), kind=kind)}) as site:
            desk.crawl(desk.add(site.url("/r")), desk.settings(site.host))
        assert desk.reviews()[-1].body == "Déçu, à éviter – 5 €", encoding


def test_cut_answer_is_tried_again_and_then_told(desk: Desk) -> None:
    """A body shorter than its announced length is no page: three tries, then FAILED."""
    with Site({"/r": Answer(body=page([1]), cut_at=80)}) as site:
        run = desk.crawl(desk.add(site.url("/r")), desk.settings(site.host)).run
    assert (run.state, run.reason) == (CrawlState.FAILED, "cut_off")
    assert site.paths.count("/r") == 3
    assert desk.reviews() == []


def test_slow_site_is_given_up(desk: Desk) -> None:
    """No answer within the time set: FAILED, saying how long was waited."""
    with Site({"/r": Answer(body=page([1]), delay_s=30)}) as site:
        run = desk.crawl(desk.add(site.url("/r")), desk.settings(site.host, crawl_timeout_s=2)).run
    assert (run.state, run.reason) == (CrawlState.FAILED, "timeout")
    assert "within 2 seconds" in run.message


def test_site_that_is_down_is_told(desk: Desk) -> None:
    """Nobody listens: FAILED, and no word of ports or addresses."""
    with Site({}) as site:
        host, url = site.host, site.url("/r")
    run = desk.crawl(desk.add(url), desk.settings(host)).run
    assert (run.state, run.reason) == (CrawlState.FAILED, "robots_unreachable")
    assert "127.0.0.1" not in run.message
    assert "refused" not in run.message


def test_failure_on_a_later_page_keeps_what_was_read(desk: Desk) -> None:
    """Page two cannot be read: the reviews of page one are stored, the run is FAILED and nothing counts as absent."""
    pages = {"/r": Answer(body=page([1, 2], total=4, following="/r?page=2")), "/r?page=2": Answer(body=MARKUP_FREE)}
    with Site(pages) as site:
        source_id = desk.add(site.url("/r"))
        run = desk.crawl(source_id, desk.settings(site.host)).run
    assert (run.state, run.pages, run.errors, run.new, run.is_complete) == (CrawlState.FAILED, 1, 1, 2, False)
    assert run.message.startswith("1 page could be read, then: ")
    assert len(desk.reviews()) == 2
    assert desk.source(source_id).health is SourceHealth.DEGRADED


def test_zero_reviews_with_a_total_removes_nothing(desk: Desk) -> None:
    """A page that shows nothing though it counts 2 is suspicious, twice in a row as well."""
    with Site({"/r": [Answer(body=page([1, 2], total=2)), Answer(body=page([], total=2))]}) as site:
        source_id = desk.add(site.url("/r"))
        states = [desk.crawl(source_id, desk.settings(site.host)).run.state for _ in range(3)]
    assert states == [CrawlState.FINISHED, CrawlState.SUSPICIOUS, CrawlState.SUSPICIOUS]
    assert [(one.missed_runs, one.missing_since_at) for one in desk.reviews()] == [(0, None), (0, None)]


def test_pages_are_followed_to_the_end_and_no_further(desk: Desk) -> None:
    """Three pages, the last of which leads back to the first: each is read once, and the run is complete."""
    pages = {
        f"/r?page={number}": Answer(body=page([number], total=3, following=f"/r?page={number % 3 + 1}"))
        for number in (1, 2, 3)
    }
    with Site(pages) as site:
        run = desk.crawl(desk.add(site.url("/r?page=1")), desk.settings(site.host)).run
    assert site.paths == ["/robots.txt", "/r?page=1", "/r?page=2", "/r?page=3"]
    assert (run.state, run.pages, run.found, run.is_complete) == (CrawlState.FINISHED, 3, 3, True)


def test_same_page_under_every_number_ends_the_paging(desk: Desk) -> None:
    """A site that ignores the page number is left after the second page."""
    pages = {f"/r?page={n}": Answer(body=page([1], total=9, following=f"/r?page={n + 1}")) for n in range(1, 9)}
    with Site(pages) as site:
        run = desk.crawl(desk.add(site.url("/r?page=1")), desk.settings(site.host)).run
    assert (run.pages, run.found, run.is_complete) == (2, 1, False)


def test_page_cap_is_kept_and_told(desk: Desk) -> None:
    """A source that may take two pages takes two, and its run is not complete."""
    pages = {f"/r?page={n}": Answer(body=page([n], total=9, following=f"/r?page={n + 1}")) for n in range(1, 9)}
    with Site(pages) as site:
        run = desk.crawl(desk.add(site.url("/r?page=1"), max_pages=2), desk.settings(site.host)).run
    assert (run.state, run.reason, run.pages, run.is_complete) == (CrawlState.FINISHED, "page_limit", 2, False)


def test_ids_numbered_anew_on_every_page_are_not_believed(desk: Desk) -> None:
    """Review #1 of page two is another one than #1 of page one: both are stored."""
    pages = {}
    for number in (1, 2):
        node = {"@type": "Hotel", "review": review(number, **{"@id": "#1"})}
        link = '<link rel="next" href="/r?page=2">' if number == 1 else ""
        body = f'<html>{link}<script type="application/ld+json">{json.dumps(node)}</script></html>'
        pages[f"/r?page={number}"] = Answer(body=body)
    with Site(pages) as site:
        run = desk.crawl(desk.add(site.url("/r?page=1")), desk.settings(site.host)).run
    assert run.found == 2
    assert sorted(one.body for one in desk.reviews()) == ["Soup number 1 was cold.", "Soup number 2 was cold."]


def test_unchanged_page_is_asked_for_conditionally(desk: Desk) -> None:
    """With an ETag the second crawl sends If-None-Match, takes 304 for an answer and still sees the reviews."""
    full = Answer(body=page([1], total=1), headers={"ETag": '"v1"'})
    with Site({"/r": [full, Answer(status=304)]}) as site:
        source_id = desk.add(site.url("/r"))
        runs = [desk.crawl(source_id, desk.settings(site.host)).run for _ in range(2)]
    assert [(run.state, run.found, run.unchanged) for run in runs] == [
        (CrawlState.FINISHED, 1, 0),
        (CrawlState.FINISHED, 1, 1),
    ]
    assert [seen.headers.get("If-None-Match") for seen in site.seen if seen.path == "/r"] == [None, '"v1"']


def test_stored_page_does_not_hide_a_dead_site(desk: Desk) -> None:
    """A server error after a good crawl is a failure, not the old page again."""
    full = Answer(body=page([1], total=1), headers={"ETag": '"v1"'})
    with Site({"/r": [full, Answer(status=500)]}) as site:
        source_id = desk.add(site.url("/r"))
        runs = [desk.crawl(source_id, desk.settings(site.host)).run for _ in range(2)]
    assert [(run.state, run.reason) for run in runs] == [
        (CrawlState.FINISHED, "finished"),
        (CrawlState.FAILED, "site_error"),
    ]


def test_nothing_is_cached_where_the_terms_forbid_keeping(desk: Desk) -> None:
    """Retention other than "store" leaves no page on the disk."""
    with Site({"/r": Answer(body=page([1]), headers={"ETag": '"v1"'})}) as site:
        desk.crawl(desk.add(site.url("/r"), retention=Retention.DAYS_30), desk.settings(site.host))
        assert not (desk.data_dir / "crawl-cache").exists()
        source_id = desk.add(site.url("/r"))
        desk.crawl(source_id, desk.settings(site.host))
    kept = page_cache.folder_of(desk.data_dir, source_id)
    assert any(kept.rglob("response_body"))
    page_cache.purge(desk.data_dir, source_id)
    assert not kept.exists()


def test_logs_hold_no_word_of_a_guest(desk: Desk) -> None:
    """Neither names nor texts, of stored reviews or of dropped ones."""
    with Site({"/r": Answer(body=page([1, 2]))}) as site:
        outcome = desk.crawl(desk.add(site.url("/r")), desk.settings(site.host))
    log = Path(outcome.exit.log_path).read_text(encoding="utf-8")
    assert "state=finished" in log
    assert "Guest" not in log
    assert "Soup" not in log
