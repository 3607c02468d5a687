"""Yelp: excerpts in Pacific time, no conclusions from what is missing, and two kinds of too many requests."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from crawlers.parsers import yelp
from crawlers.platforms import PLATFORMS
from crawlers.standin import StandIn
from db.models import CrawlRun, CrawlState

from .conftest import Desk
from .expected import NOW, PAGES
from .site import Answer, Site
from .test_apis_over_time import ANCHOR

JSON = "application/json"
LIST = "/api/yelp/businesses/lanterna/reviews?limit=50&offset=0&sort_by=yelp_sort"
GOOD = Answer(body=(PAGES / "yelp" / "fusion_reviews.json").read_bytes(), kind=JSON)
DAILY = (PAGES / "yelp" / "error_429_daily.json").read_bytes()
HURRY = Answer(status=429, body=(PAGES / "yelp" / "error_429_qps.json").read_bytes(), kind=JSON)


def crawl(desk: Desk, *answers: Answer, **columns: Any) -> tuple[CrawlRun, Site]:
    with StandIn(anchor=ANCHOR) as standin:
        source_id = desk.add_api(standin, "yelp", **({"place_ref": "lanterna"} | columns))
    with Site({LIST: list(answers)}) as site:
        run = desk.crawl(source_id, desk.settings(site.host, standin_url=site.url(""))).run
    return run, site


def test_excerpts_prove_no_absence(desk: Desk) -> None:
    """412 are said to exist and two are shown: neither suspicious nor a reason to take others for removed."""
    run, _ = crawl(desk, GOOD)
    assert (run.state, run.found, run.advertised_total, run.is_complete) == (CrawlState.FINISHED, 2, None, False)
    assert any(review.body.endswith("on unti...") for review in desk.reviews())


@pytest.mark.parametrize(
    ("written", "utc"),
    [
        ("2026-11-08 19:32:11", datetime(2026, 11, 9, 3, 32, 11, tzinfo=UTC)),
        ("2026-07-08 19:32:11", datetime(2026, 7, 9, 2, 32, 11, tzinfo=UTC)),
    ],
)
def test_dates_are_pacific_time(written: str, utc: datetime) -> None:
    """Eight hours behind in winter, seven in summer."""
    body = json.dumps({"reviews": [{"id": "a", "text": "x", "rating": 1, "time_created": written}]}).encode()
    (item,) = yelp.parse(body, url="https://api.yelp.com/v3/x", encoding=None, now=NOW).reviews
    assert item.published_at == utc


def test_full_page_is_followed_by_the_next() -> None:
    """By offset, and not beyond the thousand that Yelp allows."""
    body = json.dumps({"reviews": [{"id": "a", "rating": 1}, {"id": "b", "rating": 2}]}).encode()

    def following(query: str) -> str | None:
        return yelp.parse(body, url=f"https://api.yelp.com/v3/x?{query}", encoding=None, now=NOW).next_url

    assert following("limit=2&offset=0") == "https://api.yelp.com/v3/x?limit=2&offset=2"
    assert following("limit=3&offset=0") is None
    assert following("limit=2&offset=1000") is None


def test_used_up_day_is_waited_for_until_the_stated_time(desk: Desk) -> None:
    """It is asked once, then left alone until the calls are given anew."""
    until = (datetime.now(UTC) + timedelta(hours=5)).replace(microsecond=0)
    run, site = crawl(
        desk, Answer(status=429, body=DAILY, kind=JSON, headers={"RateLimit-ResetTime": until.isoformat()})
    )
    assert (run.state, len(site.seen)) == (CrawlState.THROTTLED, 1)
    assert run.not_before_at is not None
    assert abs(run.not_before_at - until) < timedelta(seconds=2)
    assert "used up for today" in run.message


def test_hurried_second_passes(desk: Desk) -> None:
    """The page is read a little later in the same run."""
    run, _ = crawl(desk, HURRY, GOOD)
    assert (run.state, run.found) == (CrawlState.FINISHED, 2)


@pytest.mark.parametrize(
    ("status", "reason"), [(401, "key_refused"), (403, "key_not_allowed"), (404, "place_unknown"), (301, "place_moved")]
)
def test_refusals_are_the_owners_to_mend(status: int, reason: str, desk: Desk) -> None:
    """A key, a plan, an id: nothing that passes by itself."""
    body = (PAGES / "yelp" / "error_401.json").read_bytes()
    run, _ = crawl(desk, Answer(status=status, body=body, kind=JSON, headers={"Location": "/elsewhere"}))
    assert (run.state, run.reason) == (CrawlState.MISCONFIGURED, reason)


def test_language_may_be_chosen(desk: Desk) -> None:
    """Yelp shows the excerpts of one language; the option travels as `locale`."""
    with StandIn(anchor=ANCHOR) as standin:
        source_id = desk.add_api(standin, "yelp", options={"locale": "es_ES"})
        desk.crawl(source_id, desk.api_settings(standin))
        assert all("locale=es_ES" in path for path in standin.requests())


def test_nothing_older_than_a_day_and_nothing_for_the_model() -> None:
    """As Yelp's terms ask, unless the owner has it otherwise in writing."""
    facts = PLATFORMS["yelp"]
    assert (facts.retention, facts.may_judge) == ("24h", False)
    assert facts.most_every_s < 24 * 3600
