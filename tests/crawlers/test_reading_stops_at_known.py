"""A reading between two full ones stops at what is known and old; a dry one stores nothing."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawlers.items import ParsedPage, ReviewItem
from crawlers.process import run_crawl
from crawlers.spiders.reach import OLD, Reach
from db.crawls import start_run
from db.models import CrawlRun, CrawlState
from db.session import session_scope

from .conftest import Desk
from .site import Answer, Site

NOW = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)


def review(name: str, days: float | None) -> ReviewItem:
    return ReviewItem(external_id=name, body="x", published_at=None if days is None else NOW - timedelta(days=days))


def a_page(*days: float | None) -> ParsedPage:
    return ParsedPage(reviews=tuple(review(f"r{day}", day) for day in days))


@pytest.mark.parametrize(
    ("pages", "stops"),
    [
        ([a_page(40, 50)], True),
        ([a_page(1, 40), a_page(41, 50)], True),
        ([a_page(1, 40)], False),
        ([a_page(50, 40)], False),
        ([a_page(50, 60), a_page(40, 45)], False),
        ([a_page(40, None)], False),
        ([a_page()], False),
    ],
    ids=["old", "young-then-old", "young", "oldest-first", "a-newer-page", "undated", "empty"],
)
def test_crawl_stops_in_lists_that_run_from_new_to_old(pages: list[ParsedPage], stops: bool) -> None:
    """All of these reviews are known; only where the rest must be older is it left out."""
    reach = Reach(is_full=False, known=set)
    assert [reach.ends_with(one, now=NOW) for one in pages][-1] is stops


def test_unknown_review_is_a_reason_to_go_on() -> None:
    """One that is not stored yet may be followed by more."""
    assert not Reach(is_full=False, known=lambda ids: set(ids[1:])).ends_with(a_page(40, 50), now=NOW)


@given(st.lists(st.lists(st.none() | st.floats(0, 100), max_size=4), max_size=5))
def test_full_reading_never_stops(pages: list[list[float | None]]) -> None:
    """Whatever the dates are."""
    reach = Reach(known=set)
    assert not any(reach.ends_with(a_page(*days), now=NOW) for days in pages)


def test_older_reviews_than_asked_for_are_left_out() -> None:
    """And the pages behind them; undated ones are taken."""
    reach = Reach(since=NOW - timedelta(days=10))
    assert [one.external_id for one in reach.wanted(a_page(1, None, 20).reviews)] == ["r1", "rNone"]
    assert not reach.ends_with(a_page(1, 9), now=NOW)
    assert reach.ends_with(a_page(11, 20), now=NOW)


def listing() -> dict[str, Answer]:
    """Five pages of two reviews each, from new to old, none younger than OLD but those of the first."""
    today = datetime.now(UTC).date()
    pages = {}
    for number in range(1, 6):
        dates = [today - (OLD * (number - 1)) - timedelta(days=1 + at) for at in range(2)]
        reviews = [
            {
                "@type": "Review",
                "@id": f"urn:r:{number}-{at}",
                "author": "Guest",
                "reviewBody": f"Text {number}-{at}",
                "datePublished": day.isoformat(),
            }
            for at, day in enumerate(dates)
        ]
        document = {
            "@context": "https://schema.org",
            "@type": "Restaurant",
            "name": "Lanterna",
            "aggregateRating": {"@type": "AggregateRating", "ratingValue": "3", "reviewCount": "10"},
            "review": reviews,
        }
        following = f'<link rel="next" href="/r?page={number + 1}">' if number < 5 else ""
        html = (
            f'<html><head>{following}<script type="application/ld+json">{json.dumps(document)}</script></head></html>'
        )
        pages[f"/r?page={number}"] = Answer(body=html.encode())
    return pages


def test_reading_between_two_full_ones_asks_for_less(desk: Desk) -> None:
    """The first reads five pages and is complete; the next two, says so, and proves no absence."""
    with Site(listing()) as site:
        source_id, settings = desk.add(site.url("/r?page=1")), desk.settings(site.host)
        first = desk.crawl(source_id, settings).run
        assert (first.pages, first.found, first.is_full, first.is_complete) == (5, 10, True, True), first.message
        with session_scope(desk.engine) as session:
            run_id = start_run(session, source_id, now=datetime.now(UTC), is_full=False)
        run_crawl(source_id, run_id, settings=settings, database_url=desk.database_url, data_dir=desk.data_dir)
        with session_scope(desk.engine) as session:
            again = session.get_one(CrawlRun, run_id)
    assert (again.state, again.reason, again.pages) == (CrawlState.FINISHED, "known", 2), again.message
    assert (again.is_full, again.is_complete) == (False, False)


def test_dry_run_tells_what_would_change_and_stores_nothing(desk: Desk, tmp_path: Path) -> None:
    """Up to a date: two pages are asked for, the reviews since are counted, and the database stays empty."""
    with Site(listing()) as site:
        source_id, settings = desk.add(site.url("/r?page=1")), desk.settings(site.host)
        told = tmp_path / "result.json"
        since = date.today() - timedelta(days=10)  # noqa: DTZ011 - as a person would say it
        run_crawl(
            source_id,
            0,
            settings=settings,
            database_url=desk.database_url,
            data_dir=desk.data_dir,
            since=since,
            result=told,
        )
    result = json.loads(told.read_text())
    assert (result["state"], result["new"], result["pages"], result["is_full"]) == ("finished", 2, 2, False)
    assert desk.reviews() == []
