"""An API names its next page itself: followed on the very host the key is for, and nowhere else."""

from __future__ import annotations

import gzip
import json
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import quote

import pytest

from crawlers.parsers.facebook import FIELDS
from crawlers.spiders.booking import WINDOW
from crawlers.standin import StandIn
from db.models import CrawlState, Retention
from db.vault import open_vault

from .conftest import Desk
from .site import Answer, Site

REVIEW = {"review_id": "1", "created_timestamp": "2026-11-10 08:12:00", "content": {"negative": "Noise"}}
RATING = {"created_time": "2026-11-03T14:05:42+0000", "recommendation_type": "negative", "review_text": "Noise"}
CUSTOMER = {"type": "customerReviews", "id": "1", "attributes": {"rating": 1, "body": "Noise"}}


def pages_of(platform: str, next_url: str) -> dict[str, Answer]:
    """The first page of a place 77, which names `next_url` as the second."""
    value: dict[str, Any]
    match platform:
        case "booking":
            # Of two days: the test may run over midnight.
            days = [(datetime.now(UTC) + timedelta(days=more) - WINDOW).date() for more in (0, 1)]
            paths = [f"properties/77/reviews?from_date={day}&limit=100" for day in days]
            value = {"data": {"reviews": [REVIEW]}, "meta": {"next_page": next_url}}
        case "facebook":
            paths = [f"77/ratings?fields={quote(FIELDS)}&limit=100"]
            value = {"data": [RATING], "paging": {"next": next_url}}
        case _:
            paths = ["v1/apps/77/customerReviews?limit=200&sort=-createdDate&include=response"]
            value = {"data": [CUSTOMER], "links": {"next": next_url}}
    answer = Answer(body=json.dumps(value), kind="application/json", headers={"ETag": '"1"'})
    return {f"/api/{platform}/{path}": answer for path in paths}


def source_of(desk: Desk, platform: str, site: Site, keys: dict[str, str]) -> int:
    sealed = open_vault(desk.data_dir).seal(keys)
    return desk.add(
        site.url(), platform=platform, place_ref="77", sealed_keys=sealed, retention=Retention.STORE, max_pages=5
    )


@pytest.fixture(scope="module")
def keys() -> dict[str, dict[str, str]]:
    with StandIn(anchor=datetime.now(UTC)) as standin:
        return {name: dict(standin.api_site(name).keys) for name in ("booking", "facebook", "appstoreconnect")}


@pytest.mark.parametrize("platform", ["booking", "facebook", "appstoreconnect"])
def test_next_page_on_another_host_is_not_asked(platform: str, desk: Desk, keys: dict[str, dict[str, str]]) -> None:
    """The key is not sent there; what was read is kept, and the run says why it stopped."""
    with Site({}) as thief, Site({}) as site:
        for path, answer in pages_of(platform, thief.url("/steal?page=2")).items():
            site.pages[path] = [answer]
        settings = desk.settings(site.host, thief.host, standin_url=site.url("").rstrip("/"))
        run = desk.crawl(source_of(desk, platform, site, keys[platform]), settings).run
    assert thief.paths == []
    assert (run.state, run.reason, run.found) == (CrawlState.FAILED, "other_host", 1)
    assert "another host" in run.message


def test_next_page_on_the_same_host_is_asked(desk: Desk, keys: dict[str, dict[str, str]]) -> None:
    """With the key in its header, and without the copy of it that Graph writes into the address."""
    with Site({}) as site:
        second = "/api/facebook/77/ratings?limit=100&after=a2"
        for path, answer in pages_of("facebook", site.url(second) + "&access_token=s3cr3t").items():
            site.pages[path] = [answer]
        other = RATING | {"review_text": "More noise"}
        site.pages[second] = [Answer(body=json.dumps({"data": [other]}), kind="application/json")]
        settings = desk.settings(site.host, standin_url=site.url("").rstrip("/"))
        outcome = desk.crawl(source_of(desk, "facebook", site, keys["facebook"]), settings)
    assert (outcome.run.state, outcome.run.found) == (CrawlState.FINISHED, 2), outcome.run.message
    assert site.paths[-1] == second
    assert all(seen.headers["Authorization"] == f"Bearer {keys['facebook']['page_token']}" for seen in site.seen)


def test_keys_are_not_written_beside_stored_answers(desk: Desk, keys: dict[str, dict[str, str]]) -> None:
    """Neither the page cache nor the log holds one in the clear, though the answer could be stored."""
    with Site(pages_of("booking", "")) as site:
        settings = desk.settings(site.host, standin_url=site.url("").rstrip("/"))
        outcome = desk.crawl(source_of(desk, "booking", site, keys["booking"]), settings)
    assert outcome.run.state is CrawlState.FINISHED, outcome.run.message
    token = keys["booking"]["token"].encode()
    files = {path.name: path.read_bytes() for path in desk.data_dir.rglob("*") if path.is_file()}
    read = {name: gzip.decompress(body) if body.startswith(b"\x1f\x8b") else body for name, body in files.items()}
    assert "amends.db" in read
    assert [name for name, body in read.items() if token in body] == []


def test_bot_check_with_status_200_is_blocked(desk: Desk, keys: dict[str, dict[str, str]]) -> None:
    """Booking.com's wall answers so: nothing is concluded from it, and nothing is tried again."""
    challenge = '<html><script src="https://x.token.awswaf.com/x/challenge.js"></script><body>JavaScript is off</body>'
    answers = {path: Answer(body=challenge) for path in pages_of("booking", "")}
    with Site(answers) as site:
        settings = desk.settings(site.host, standin_url=site.url("").rstrip("/"))
        run = desk.crawl(source_of(desk, "booking", site, keys["booking"]), settings).run
    assert (run.state, run.block_kind) == (CrawlState.BLOCKED, "aws_waf")
    assert len(site.seen) == 1
