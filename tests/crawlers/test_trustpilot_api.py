"""Trustpilot: the public API with a key alone, the private one with its secret, pages to the empty one."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest

from crawlers.platforms import PLATFORMS
from crawlers.standin import StandIn
from db.models import CrawlState

from .conftest import Desk
from .site import Answer, Site
from .test_apis_over_time import ANCHOR

KEY = {"api_key": "trustpilot-standin-key"}
SECRET = KEY | {"api_secret": "trustpilot-standin-secret"}
REFRESH = SECRET | {"refresh_token": "trustpilot-standin-refresh"}
UNIT = "5c0000000000000000000051"


@pytest.fixture
def standin() -> Iterator[StandIn]:
    with StandIn(anchor=ANCHOR) as started:
        yield started


@pytest.mark.parametrize(
    ("keys", "path"),
    [(KEY, "/business-units/"), (SECRET, "/private/"), (REFRESH, "/private/")],
    ids=["key", "secret", "refresh"],
)
def test_the_keys_decide_which_api_is_asked(keys: dict[str, str], path: str, standin: StandIn, desk: Desk) -> None:
    """Either tells all reviews and how many there are, so that removals are seen."""
    run = desk.crawl(desk.add_api(standin, "trustpilot", keys=keys), desk.api_settings(standin)).run
    assert (run.state, run.found, run.advertised_total, run.is_complete) == (CrawlState.FINISHED, 4, 4, True)
    (listed,) = [one for one in standin.requests() if "/reviews" in one]
    assert listed.startswith(f"/api/trustpilot{path}")
    stored = {review.external_id: review for review in desk.reviews()}
    assert stored["6900000000000000000051a1"].reply_body == "Beklager ventetiden."
    assert stored["6900000000000000000051a2"].is_verified


def test_domain_leads_to_the_business_unit(standin: StandIn, desk: Desk) -> None:
    """Owners know the address of their page rather than its number."""
    source_id = desk.add_api(standin, "trustpilot", keys=KEY, place_ref="lanterna.example")
    assert desk.crawl(source_id, desk.api_settings(standin)).run.found == 4
    unknown = desk.add_api(standin, "trustpilot", keys=KEY, place_ref="nobody.example")
    run = desk.crawl(unknown, desk.api_settings(standin)).run
    assert (run.state, run.reason) == (CrawlState.MISCONFIGURED, "place_unknown")


def test_wrong_public_key_is_told(standin: StandIn, desk: Desk) -> None:
    """Without a token there is nothing to renew: the first refusal is the answer."""
    source_id = desk.add_api(standin, "trustpilot", keys={"api_key": "wr0ng"})
    run = desk.crawl(source_id, desk.api_settings(standin)).run
    assert (run.state, run.reason) == (CrawlState.MISCONFIGURED, "key_refused")
    assert sum(standin.requests().values()) == 1


def test_pages_are_read_to_the_empty_one(standin: StandIn, desk: Desk) -> None:
    """A page beyond the last is an empty list, and the end."""
    answers: dict[str, Any] = {
        f"/api/trustpilot/business-units/{UNIT}": {"id": UNIT, "numberOfReviews": {"total": 200}}
    }
    for page, count in ((1, 100), (2, 100), (3, 0)):
        reviews = [{"id": f"{page:012x}{number:012x}", "stars": 3, "text": "x"} for number in range(count)]
        path = f"/api/trustpilot/business-units/{UNIT}/reviews?perPage=100&orderBy=createdat.desc&page={page}"
        answers[path] = {"links": [], "reviews": reviews}
    source_id = desk.add_api(standin, "trustpilot", keys=KEY)
    with Site(
        {path: Answer(body=json.dumps(value), kind="application/json") for path, value in answers.items()}
    ) as site:
        run = desk.crawl(source_id, desk.settings(site.host, standin_url=site.url(""))).run
    assert (run.state, run.pages, run.found, run.is_complete) == (CrawlState.FINISHED, 3, 200, True)


def test_answer_without_a_unit_is_a_fault(standin: StandIn, desk: Desk) -> None:
    """No number, no list: it is tried again by itself."""
    source_id = desk.add_api(standin, "trustpilot", keys=KEY)
    path = f"/api/trustpilot/business-units/{UNIT}"
    with Site({path: Answer(body="[]", kind="application/json")}) as site:
        run = desk.crawl(source_id, desk.settings(site.host, standin_url=site.url(""))).run
    assert (run.state, run.reason) == (CrawlState.FAILED, "unreadable")


def test_edits_and_removals_are_taken_over_daily() -> None:
    """Trustpilot's terms ask for a refresh every 24 hours."""
    facts = PLATFORMS["trustpilot"]
    assert facts.retention == "24h"
    assert facts.most_every_s < 24 * 3600
