"""What the partner APIs of Facebook, Booking.com, Apple and Google refuse, and what the owner reads of it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

from crawlers.standin import StandIn
from db.models import CrawlState

from .conftest import Desk

ANCHOR = datetime.now(UTC).replace(microsecond=0) - timedelta(hours=1)
LISTS = {
    "appstoreconnect": "/api/appstoreconnect/v1",
    "booking": "/api/booking/properties",
    "facebook": "/api/facebook",
    "googleplay": "/api/googleplay/applications",
}


@pytest.fixture
def standin() -> Iterator[StandIn]:
    with StandIn(anchor=ANCHOR) as made:
        yield made


@pytest.mark.parametrize(
    ("code", "state", "reason", "words"),
    [
        (12, CrawlState.MISCONFIGURED, "api_gone", "import them or enter them by hand"),
        (190, CrawlState.MISCONFIGURED, "key_refused", "has run out or was withdrawn"),
        (283, CrawlState.MISCONFIGURED, "key_not_allowed", "pages_read_user_content"),
        (10, CrawlState.MISCONFIGURED, "key_not_allowed", "Moderate"),
        (100, CrawlState.MISCONFIGURED, "place_unknown", "knows no Page"),
        (4, CrawlState.THROTTLED, "throttled", "too often"),
        (17, CrawlState.THROTTLED, "throttled", "too often"),
        (32, CrawlState.THROTTLED, "throttled", "too often"),
        (1, CrawlState.FAILED, "http_error", "status 400"),
    ],
)
def test_errors_of_graph(code: int, state: CrawlState, reason: str, words: str, standin: StandIn, desk: Desk) -> None:
    """Its error numbers say more than the status: each ends in words, once, and a limit names the time to wait for."""
    source_id = desk.add_api(standin, "facebook", keys={"page_token": f"error-{code}"})
    run = desk.crawl(source_id, desk.api_settings(standin)).run
    assert (run.state, run.reason) == (state, reason)
    assert words in run.message
    assert sum(standin.requests().values()) == 1
    assert (desk.source(source_id).next_crawl_at is not None) or state is not CrawlState.THROTTLED


@pytest.mark.parametrize(
    ("platform", "reason", "words"),
    [
        ("appstoreconnect", "place_unknown", "knows no place 404404"),
        ("booking", "key_not_allowed", "connect it with the property 404404"),
        ("facebook", "place_unknown", "knows no Page 404404"),
        ("googleplay", "place_unknown", "knows no place 404404"),
    ],
)
def test_place_of_somebody_else(platform: str, reason: str, words: str, standin: StandIn, desk: Desk) -> None:
    """The sentence names the id that was entered."""
    source_id = desk.add_api(standin, platform, place_ref="404404")
    run = desk.crawl(source_id, desk.api_settings(standin)).run
    assert (run.state, run.reason) == (CrawlState.MISCONFIGURED, reason)
    assert words in run.message


@pytest.mark.parametrize(
    ("kind", "state", "reason"),
    [
        ("429", CrawlState.THROTTLED, "throttled"),
        ("503", CrawlState.FAILED, "site_error"),
        ("cut", CrawlState.FAILED, "cut_off"),
        ("401", CrawlState.BLOCKED, "wall_login"),  # a page where JSON should be: not the API that answers
    ],
)
@pytest.mark.parametrize("platform", sorted(LISTS))
def test_faults_on_the_second_page(
    platform: str, kind: str, state: CrawlState, reason: str, standin: StandIn, desk: Desk
) -> None:
    """What came before stays stored; the run is neither finished nor complete."""
    standin.set_scenario(LISTS[platform], kind, skip=1)
    run = desk.crawl(desk.add_api(standin, platform), desk.api_settings(standin)).run
    assert (run.state, run.reason) == (state, reason), run.message
    assert run.new == run.found == 3
    assert not run.is_complete


@pytest.mark.parametrize("name", ["issuer_id", "key_id", "private_key"])
def test_token_signed_otherwise_is_refused(name: str, standin: StandIn, desk: Desk) -> None:
    """App Store Connect checks signature, key and issuer; the sentence names all three."""
    made = ec.generate_private_key(ec.SECP256R1())
    other = made.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()).decode()
    keys = dict(standin.api_site("appstoreconnect").keys) | {name: other if name == "private_key" else "other"}
    run = desk.crawl(desk.add_api(standin, "appstoreconnect", keys=keys), desk.api_settings(standin)).run
    assert (run.state, run.reason) == (CrawlState.MISCONFIGURED, "key_refused")
    assert "issuer id, key id and private key" in run.message


@pytest.mark.parametrize("name", ["client_email", "private_key"])
def test_assertion_signed_otherwise_is_refused(name: str, standin: StandIn, desk: Desk) -> None:
    """Google gives no token for it, and the reviews are not asked for."""
    made = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    other = made.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()).decode()
    account = json.loads(standin.api_site("googleplay").keys["service_account_json"])
    account[name] = other if name == "private_key" else "somebody@else.example"
    source_id = desk.add_api(standin, "googleplay", keys={"service_account_json": json.dumps(account)})
    run = desk.crawl(source_id, desk.api_settings(standin)).run
    assert run.state is CrawlState.MISCONFIGURED
    assert "service account key" in run.message
    assert list(standin.requests()) == ["/api/googleplay/auth/token"]


def test_machine_account_with_name_and_password(standin: StandIn, desk: Desk) -> None:
    """Booking.com's older way in serves as well as a token."""
    keys = {name: value for name, value in standin.api_site("booking").keys.items() if name != "token"}
    run = desk.crawl(desk.add_api(standin, "booking", keys=keys), desk.api_settings(standin)).run
    assert run.state is CrawlState.FINISHED, run.message


@pytest.mark.parametrize(
    ("platform", "path", "next_step"),
    [
        ("appstoreconnect", "/v1", "Give it the role Customer Support"),
        ("booking", "/properties", "connect it with the property"),
        ("foursquare", "/places", "Switch on billing"),
        ("google", "/accounts", "connect with one that does"),
        ("googleplaces", "/places", "let the key use the Places API"),
        ("googleplay", "/applications", "Invite it in the Play Console"),
        ("thefork", "/v1", "write to integrations@thefork.com"),
        ("tripadvisor", "/locations", "whose plan holds reviews"),
        ("trustpilot", "/business-units", "ask Trustpilot whether your plan holds them"),
        ("yelp", "/businesses", "it has to be Enhanced or above"),
    ],
)
def test_key_without_the_right_is_told_what_to_do(
    platform: str, path: str, next_step: str, standin: StandIn, desk: Desk
) -> None:
    """Its platform knows it, so nobody is sent to look for a typing error alone."""
    standin.set_scenario(f"/api/{platform}{path}", "403")
    run = desk.crawl(desk.add_api(standin, platform), desk.api_settings(standin)).run
    assert run.state is CrawlState.MISCONFIGURED
    assert next_step in run.message


def test_machine_without_a_network_is_not_taken_for_a_wrong_address(standin: StandIn, desk: Desk) -> None:
    """The owner of an API source has typed no address that could be looked at again."""
    source_id = desk.add_api(standin, "yelp")
    run = desk.crawl(source_id, desk.settings(standin_url="http://nobody.invalid")).run
    assert run.state is CrawlState.FAILED
    assert "may reach the internet" in run.message
