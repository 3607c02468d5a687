"""The consent pages of Google and Trustpilot as played here refuse what the real ones refuse."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

import pytest
import requests
from authlib.oauth2.rfc7636 import create_s256_code_challenge  # type: ignore[import-untyped]

from crawlers.standin import StandIn

from .http import Answer, ask

BACK = "http://127.0.0.1:8000/sources/consent/back"
SCOPE = "https://www.googleapis.com/auth/business.manage"
VERIFIER = "v" * 50


@pytest.fixture
def shipped() -> Iterator[StandIn]:
    with StandIn(anchor=datetime.now(UTC)) as running:
        yield running


def question(standin: StandIn, **changes: str) -> str:
    """The address of Google's page."""
    asked = {
        "client_id": standin.api_site("google").keys["client_id"],
        "redirect_uri": BACK,
        "response_type": "code",
        "scope": SCOPE,
        "state": "s&1",
        "access_type": "offline",
        "prompt": "consent",
        "code_challenge": create_s256_code_challenge(VERIFIER),
        "code_challenge_method": "S256",
    }
    return f"{standin.base_url}/api/google/consent?{urlencode(asked | changes)}"


def came_back(answer: Answer) -> dict[str, str]:
    assert answer.status == 302
    location = answer.headers["Location"]
    assert location.startswith(f"{BACK}?")
    return {name: values[0] for name, values in parse_qs(urlsplit(location).query).items()}


def exchange(standin: StandIn, code: str, **changes: str) -> tuple[int, dict[str, Any]]:
    keys = standin.api_site("google").keys
    form = {
        "grant_type": "authorization_code",
        "code": code,
        "redirect_uri": BACK,
        "code_verifier": VERIFIER,
        "client_id": keys["client_id"],
        "client_secret": keys["client_secret"],
    }
    answer = requests.post(f"{standin.base_url}/api/google/auth/token", data=form | changes, timeout=10)
    return answer.status_code, answer.json()


def code(standin: StandIn, **changes: str) -> str:
    return came_back(ask(question(standin, say="yes", **changes)))["code"]


@pytest.mark.parametrize(
    ("changes", "status", "word"),
    [
        ({"client_id": "somebody"}, 401, "invalid_client"),
        ({"redirect_uri": "https://evil.example/back"}, 400, "redirect_uri_mismatch"),
        ({"redirect_uri": BACK + "/more"}, 400, "redirect_uri_mismatch"),
        ({"redirect_uri": BACK + "?a=1"}, 400, "redirect_uri_mismatch"),
        ({"redirect_uri": "javascript:alert(1)"}, 400, "redirect_uri_mismatch"),
        ({"redirect_uri": "http://[/x"}, 400, "redirect_uri_mismatch"),
        ({"scope": "openid"}, 400, "invalid_scope"),
    ],
)
def test_wrong_question_is_shown_and_sends_nobody_back(
    shipped: StandIn, changes: dict[str, str], status: int, word: str
) -> None:
    """Before it is clear who asks, an answer would go to a stranger."""
    answer = ask(question(shipped, **changes, say="yes"))
    assert (answer.status, answer.headers["Location"]) == (status, None)
    assert word in answer.text
    assert "<script" not in answer.text


def test_person_is_asked_and_may_say_no(shipped: StandIn) -> None:
    """The state comes back as it was sent, whatever they say."""
    page = ask(question(shipped, state='"><script>'))
    assert page.status == 200
    assert "<script>" not in page.text
    assert came_back(ask(question(shipped, say="no"))) == {"error": "access_denied", "state": "s&1"}
    assert came_back(ask(question(shipped, response_type="token")))["error"] == "unsupported_response_type"


def test_code_counts_once(shipped: StandIn) -> None:
    """It brings both tokens, and the second time nothing."""
    given = code(shipped)
    status, tokens = exchange(shipped, given)
    assert (status, tokens["scope"]) == (200, SCOPE)
    assert tokens["refresh_token"] == shipped.api_site("google").keys["refresh_token"]
    assert exchange(shipped, given) == (400, {"error": "invalid_grant", "error_description": "Malformed auth code."})


@pytest.mark.parametrize(
    ("changes", "status", "word"),
    [
        ({"client_secret": "wrong"}, 401, "invalid_client"),
        ({"redirect_uri": "http://127.0.0.1:9000/sources/consent/back"}, 400, "redirect_uri_mismatch"),
        ({"code_verifier": "w" * 50}, 400, "invalid_grant"),
        ({"code_verifier": ""}, 400, "invalid_grant"),
    ],
)
def test_exchange_must_fit_the_question(shipped: StandIn, changes: dict[str, str], status: int, word: str) -> None:
    """Client, address of return and the proof of PKCE."""
    told = exchange(shipped, code(shipped), **changes)
    assert (told[0], told[1]["error"]) == (status, word)


@pytest.mark.parametrize("changes", [{"access_type": "online"}, {"prompt": "none"}])
def test_lasting_token_has_to_be_asked_for(shipped: StandIn, changes: dict[str, str]) -> None:
    """As Google has it; Trustpilot always gives one."""
    assert "refresh_token" not in exchange(shipped, code(shipped, **changes))[1]
