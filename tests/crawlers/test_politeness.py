"""robots.txt, Retry-After and delays: what a site asks for is done."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import pytest

from db.models import CrawlState, SourceHealth

from .conftest import Desk
from .markup import page
from .site import Answer, Site

GOOD = Answer(body=page([1], total=1))
HTML = "<!doctype html><html><title>Welcome</title></html>"

# name: robots.txt, verdict, state, reason, whether the page was asked for
ROBOTS: dict[str, tuple[Answer | str | None, str, CrawlState, str, bool]] = {
    "open": ("User-agent: *\nDisallow:\n", "allowed", CrawlState.FINISHED, "finished", True),
    "closed": ("User-agent: *\nDisallow: /r\n", "closed", CrawlState.BLOCKED, "robots_closed", False),
    "closed_to_us": ("User-agent: amends\nDisallow: /\n", "closed", CrawlState.BLOCKED, "robots_closed", False),
    "open_to_us": (
        "User-agent: Amends\nAllow: /\n\nUser-agent: *\nDisallow: /\n",
        "allowed",
        CrawlState.FINISHED,
        "finished",
        True,
    ),
    "missing": (None, "none", CrawlState.FINISHED, "finished", True),
    "forbidden": (Answer(status=403, body=HTML), "none", CrawlState.FINISHED, "finished", True),
    "html": (Answer(body=HTML), "html", CrawlState.FINISHED, "finished", True),
    "fault": (Answer(status=500, body="x"), "unreachable", CrawlState.FAILED, "robots_unreachable", False),
    "unavailable": (Answer(status=503, body="x"), "unreachable", CrawlState.FAILED, "robots_unreachable", False),
    "bytes": (Answer(body=b"\xff\xfe\x00\x01" * 100), "allowed", CrawlState.FINISHED, "finished", True),
    "later_rules": (
        "# x\n" * 130_000 + "User-agent: *\nDisallow: /\n",
        "allowed",
        CrawlState.FINISHED,
        "finished",
        True,
    ),
    "blank": (" " * 9_000_000, "allowed", CrawlState.FINISHED, "finished", True),
    "blank_html": ("<html>" + "\n" * 500_000, "html", CrawlState.FINISHED, "finished", True),
    "endless_delay": ("User-agent: *\nCrawl-delay: 99999\n", "closed", CrawlState.BLOCKED, "crawl_delay", False),
}


@pytest.mark.parametrize("case", sorted(ROBOTS))
def test_robots_txt_is_obeyed(case: str, desk: Desk) -> None:
    """The verdict is recorded, and a closed or unreadable robots.txt means that the page is not asked for."""
    robots, verdict, state, reason, is_asked = ROBOTS[case]
    with Site({"/r": GOOD}, robots=robots) as site:
        run = desk.crawl(desk.add(site.url("/r")), desk.settings(site.host)).run
    assert (run.robots_verdict, run.state, run.reason) == (verdict, state, reason), run.message
    assert ("/r" in site.paths) is is_asked
    assert run.new == int(is_asked)


def test_robots_is_read_anew_at_every_run(desk: Desk) -> None:
    """A site that closes is not read again, though yesterday it was open."""
    with Site({"/r": GOOD}) as site:
        source_id = desk.add(site.url("/r"))
        first = desk.crawl(source_id, desk.settings(site.host)).run
        site.pages["/robots.txt"] = [
            Answer(body="User-agent: *\nDisallow: /\n", kind="text/plain", headers={"ETag": '"2"'})
        ]
        second = desk.crawl(source_id, desk.settings(site.host)).run
    assert (first.state, second.state) == (CrawlState.FINISHED, CrawlState.BLOCKED)
    assert desk.source(source_id).health is SourceHealth.BLOCKED


def test_crawl_delay_is_the_least_distance(desk: Desk) -> None:
    """Crawl-delay: 1 keeps at least a second between two requests, although the source would allow none."""
    pages = {f"/r?page={n}": Answer(body=page([n], following=f"/r?page={n + 1}" if n < 3 else "")) for n in (1, 2, 3)}
    with Site(pages, robots="User-agent: *\nCrawl-delay: 1\n") as site:
        run = desk.crawl(desk.add(site.url("/r?page=1")), desk.settings(site.host)).run
    assert run.found == 3
    gaps = [later.at - earlier.at for earlier, later in zip(site.seen, site.seen[1:], strict=False)]
    assert min(gaps) >= 0.9  # the site sees them arrive, on whose way the first may have been slower


def test_source_delay_is_kept(desk: Desk) -> None:
    """The source's own delay stands between robots.txt, page one and page two."""
    pages = {"/r": Answer(body=page([1], following="/r?page=2")), "/r?page=2": Answer(body=page([2]))}
    with Site(pages) as site:
        desk.crawl(desk.add(site.url("/r"), delay_s=0.7), desk.settings(site.host))
    gaps = [later.at - earlier.at for earlier, later in zip(site.seen, site.seen[1:], strict=False)]
    assert len(gaps) == 2
    assert min(gaps) >= 0.6  # as above


@pytest.mark.parametrize("status", [429, 503])
def test_short_retry_after_is_waited(status: int, desk: Desk) -> None:
    """Retry-After: 2 is waited, then the page is read."""
    busy = Answer(status=status, body="later", headers={"Retry-After": "2"})
    with Site({"/r": [busy, GOOD]}) as site:
        run = desk.crawl(desk.add(site.url("/r")), desk.settings(site.host)).run
        first, second = site.times("/r")
    assert (run.state, run.found) == (CrawlState.FINISHED, 1)
    assert second - first >= 2


def test_long_retry_after_ends_the_run_until_then(desk: Desk) -> None:
    """An hour is not waited: the run is THROTTLED, asked once, and the source is due after the hour."""
    with Site({"/r": Answer(status=429, body="later", headers={"Retry-After": "3600"})}) as site:
        source_id = desk.add(site.url("/r"), crawl_every_s=60)
        asked_at = datetime.now(UTC)
        run = desk.crawl(source_id, desk.settings(site.host)).run
    source = desk.source(source_id)
    assert (run.state, run.reason, site.paths.count("/r")) == (CrawlState.THROTTLED, "throttled", 1)
    assert run.not_before_at is not None
    assert timedelta(minutes=59) < run.not_before_at - asked_at < timedelta(minutes=61)
    assert (source.health, source.next_crawl_at) == (SourceHealth.THROTTLED, run.not_before_at)


def test_retry_after_as_a_date_is_read(desk: Desk) -> None:
    """The HTTP date form means the same."""
    until = datetime.now(UTC).replace(microsecond=0) + timedelta(hours=2)
    headers = {"Retry-After": format_datetime(until, usegmt=True)}
    with Site({"/r": Answer(status=503, body="later", headers=headers)}) as site:
        run = desk.crawl(desk.add(site.url("/r")), desk.settings(site.host)).run
    assert run.state is CrawlState.THROTTLED
    assert run.not_before_at is not None
    assert abs(run.not_before_at - until) < timedelta(seconds=5)


def test_absurd_retry_after_does_not_ban_for_ever(desk: Desk) -> None:
    """A year is cut to a week."""
    with Site({"/r": Answer(status=429, body="later", headers={"Retry-After": "31536000"})}) as site:
        run = desk.crawl(desk.add(site.url("/r")), desk.settings(site.host)).run
    assert run.not_before_at is not None
    assert run.not_before_at - datetime.now(UTC) < timedelta(days=7, minutes=1)


def test_too_many_requests_without_a_time_is_asked_thrice(desk: Desk) -> None:
    """No Retry-After: three tries with growing waits, then THROTTLED; never a storm."""
    with Site({"/r": Answer(status=429, body="later")}) as site:
        run = desk.crawl(desk.add(site.url("/r")), desk.settings(site.host)).run
        tries = site.times("/r")
    assert (run.state, len(tries)) == (CrawlState.THROTTLED, 3)
    assert tries[1] - tries[0] >= 1
    assert tries[2] - tries[1] >= 2


def test_passing_server_fault_is_survived(desk: Desk) -> None:
    """A 500 followed by the page is no failure."""
    with Site({"/r": [Answer(status=500, body="x"), GOOD]}) as site:
        run = desk.crawl(desk.add(site.url("/r")), desk.settings(site.host)).run
    assert (run.state, run.found) == (CrawlState.FINISHED, 1)


def test_requests_name_us_and_nothing_else(desk: Desk) -> None:
    """A user agent with version and contact; no cookie, no referer, although the site sets a cookie."""
    first = Answer(body=page([1], following="/r?page=2"), headers={"Set-Cookie": "id=7; Path=/"})
    with Site({"/r": first, "/r?page=2": Answer(body=page([2]))}) as site:
        desk.crawl(desk.add(site.url("/r")), desk.settings(site.host))
    assert {seen.headers["User-Agent"] for seen in site.seen} == {desk.settings(site.host).user_agent}
    assert "desk@example.org" in site.seen[0].headers["User-Agent"]
    assert not any(name in seen.headers for seen in site.seen for name in ("Cookie", "Referer", "Authorization"))
