"""Google's Business Profile: a token from a refresh token, pages by token, replies that nobody can read yet."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from crawlers.platforms import PLATFORMS
from crawlers.standin import StandIn
from db.models import CrawlState

from .conftest import Desk
from .expected import PAGES
from .site import Answer, Site
from .test_apis_over_time import ANCHOR

JSON = "application/json"
KEYS = {"client_id": "c", "client_secret": "s3cr3t", "refresh_token": "r3fr3sh"}
PLACE = "accounts/1000/locations/2000"
LIST = f"/api/google/{PLACE}/reviews?pageSize=50&orderBy=updateTime%20desc"
TOKEN, GIVEN = "/api/google/auth/token", Answer(body='{"access_token": "t", "expires_in": 3600}', kind=JSON)


@pytest.fixture
def standin() -> Iterator[StandIn]:
    with StandIn(anchor=ANCHOR) as started:
        yield started


def test_all_pages_are_read_and_the_total_agrees(standin: StandIn, desk: Desk) -> None:
    """So that a review which is missing later counts as removed."""
    run = desk.crawl(desk.add_api(standin, "google"), desk.api_settings(standin)).run
    assert (run.pages, run.found, run.advertised_total, run.is_complete) == (2, 6, 6, True)


def test_original_translation_and_replies_are_told_apart(standin: StandIn, desk: Desk) -> None:
    """The guest's own words are the text, in whichever order they come; a rejected reply says why."""
    desk.crawl(desk.add_api(standin, "google"), desk.api_settings(standin))
    stored = {review.external_id: review for review in desk.reviews()}
    assert stored["AbFvOqS01"].body == "Essen kalt, und der Kellner hat uns ausgelacht."
    assert stored["AbFvOqS01"].translation == "Cold food, and the waiter laughed at us."
    assert (stored["AbFvOqS04"].body, stored["AbFvOqS04"].translation) == ("خدمة بطيئة", "Slow service")
    assert (stored["AbFvOqS02"].body, stored["AbFvOqS02"].author_name, stored["AbFvOqS02"].stars) == ("", "", 5)
    assert stored["AbFvOqS03"].reply_state == "published"
    assert (stored["AbFvOqS04"].reply_state, stored["AbFvOqS04"].reply_note) == (
        "rejected",
        "Advertising and solicitation",
    )


@pytest.mark.parametrize("place", ["", "2000", "accounts/1/locations/2/../3", "accounts/1/locations/2?x"])
def test_place_of_another_form_is_never_asked(place: str, standin: StandIn, desk: Desk) -> None:
    """It would become part of an address that is asked with a token."""
    run = desk.crawl(desk.add_api(standin, "google", place_ref=place), desk.api_settings(standin)).run
    assert run.state is CrawlState.MISCONFIGURED
    assert "accounts/123/locations/456" in run.message
    assert not any("reviews" in path for path in standin.requests())


FORBIDDEN = b'{"error": {"code": 403, "status": "PERMISSION_DENIED"}}'
SCOPE = b'{"error": {"code": 403, "details": [{"reason": "ACCESS_TOKEN_SCOPE_INSUFFICIENT"}]}}'
DISABLED = (PAGES / "google" / "gbp_error_403_service_disabled.json").read_bytes()
QUOTA = (PAGES / "google" / "gbp_error_429.json").read_bytes()


@pytest.mark.parametrize(
    ("status", "body", "state", "reason", "words"),
    [
        (403, DISABLED, CrawlState.MISCONFIGURED, "api_disabled", "Basic API access"),
        (403, FORBIDDEN, CrawlState.MISCONFIGURED, "key_not_allowed", "own or manage"),
        (403, SCOPE, CrawlState.MISCONFIGURED, "key_not_allowed", "business.manage"),
        (429, QUOTA, CrawlState.THROTTLED, "throttled", "Basic API access"),
        (401, b"{}", CrawlState.MISCONFIGURED, "key_refused", "settings of this source"),
        (404, b"{}", CrawlState.MISCONFIGURED, "place_unknown", PLACE),
    ],
)
def test_refusals_say_what_to_do(
    status: int, body: bytes, state: CrawlState, reason: str, words: str, standin: StandIn, desk: Desk
) -> None:
    """In words for the owner; what only they can mend is not tried again."""
    with Site({TOKEN: GIVEN, LIST: Answer(status=status, body=body, kind=JSON)}) as site:
        source_id = desk.add_api(standin, "google", keys=KEYS)
        run = desk.crawl(source_id, desk.settings(site.host, standin_url=site.url(""))).run
    assert (run.state, run.reason) == (state, reason)
    assert words in run.message
    assert not any(key in run.message for key in ("s3cr3t", "r3fr3sh"))


def test_copies_are_renewed_well_within_thirty_days() -> None:
    """Google lets its text be kept for 30 days: whoever reads more seldom loses what is still public."""
    facts = PLATFORMS["google"]
    assert facts.retention == "30d"
    assert facts.most_every_s <= 10 * 24 * 3600
