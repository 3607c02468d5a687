"""The APIs of Facebook, Booking.com, Apple and Google as played here refuse what the real ones refuse."""

from __future__ import annotations

import base64
import time
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urlsplit

import pytest
from joserfc import jwt
from joserfc.jwk import ECKey, OctKey

from crawlers.standin import StandIn

from .http import Answer, ask


@pytest.fixture
def shipped() -> Iterator[StandIn]:
    with StandIn(anchor=datetime.now(UTC)) as running:
        yield running


def apple(keys: Mapping[str, str], *, alg: str = "ES256", **claims: Any) -> str:
    now = int(time.time())
    said = {"iss": keys["issuer_id"], "iat": now, "exp": now + 600, "aud": "appstoreconnect-v1"} | claims
    key = ECKey.import_key(keys["private_key"]) if alg == "ES256" else OctKey.import_key("x" * 32)
    return jwt.encode({"alg": alg, "kid": keys["key_id"], "typ": "JWT"}, said, key)


def get(standin: StandIn, path: str, authorization: str = "") -> Answer:
    return ask(standin.base_url + path, headers={"Authorization": authorization} if authorization else {})


def test_apple_checks_the_token(shipped: StandIn) -> None:
    """Alive for 20 minutes at most, for this audience, signed with ES256."""
    site = shipped.api_site("appstoreconnect")
    path, now = f"/api/appstoreconnect/v1/apps/{site.ref}/customerReviews", int(time.time())
    assert get(shipped, path, f"Bearer {apple(site.keys)}").status == 200
    wrong: list[dict[str, Any]] = [
        {"exp": now + 1300},
        {"iat": now - 700, "exp": now - 100},
        {"aud": "somebody"},
        {"exp": "soon"},
        {"alg": "HS256"},
    ]
    assert [get(shipped, path, f"Bearer {apple(site.keys, **one)}").status for one in wrong] == [401] * len(wrong)
    assert get(shipped, path).status == 401


def test_apple_checks_parameters_and_pages(shipped: StandIn) -> None:
    """At most 200, sorted as asked, responses only where they are asked for."""
    site = shipped.api_site("appstoreconnect")
    path, bearer = f"/api/appstoreconnect/v1/apps/{site.ref}/customerReviews", f"Bearer {apple(site.keys)}"
    for wrong in ("limit=201", "limit=0", "sort=title", "page=2", "cursor=x"):
        assert get(shipped, f"{path}?{wrong}", bearer).status == 400, wrong
    first = get(shipped, f"{path}?sort=rating&limit=2", bearer).json
    assert "included" not in first
    second = get(shipped, first["links"]["next"].removeprefix(shipped.base_url), bearer).json
    ratings = [row["attributes"]["rating"] for row in (*first["data"], *second["data"])]
    assert ratings == sorted(ratings)
    assert len(ratings) == 4


def test_booking_checks_account_and_parameters(shipped: StandIn) -> None:
    """Basic or Bearer; 100 at most; the end is a page without reviews."""
    site = shipped.api_site("booking")
    path = f"/api/booking/properties/{site.ref}/reviews"
    pair = base64.b64encode(f"{site.keys['username']}:{site.keys['password']}".encode()).decode()
    assert get(shipped, path, f"Basic {pair}").status == 200
    assert get(shipped, path, f"Basic {base64.b64encode(b'a:b').decode()}").status == 401
    bearer = f"Bearer {site.keys['token']}"
    for wrong in ("limit=101", "from_date=yesterday", "next_page=-1"):
        assert get(shipped, f"{path}?{wrong}", bearer).status == 400, wrong
    seen: list[str] = []
    following: str | None = f"{shipped.base_url}{path}?limit=2"
    while following:
        answer = get(shipped, following.removeprefix(shipped.base_url), bearer).json
        seen += [row["review_id"] for row in answer["data"]["reviews"]]
        following = answer["meta"].get("next_page")
    assert len(seen) == len(set(seen)) == 5
    assert get(shipped, f"{path}/{seen[0]}", bearer).json["data"]["review_id"] == seen[0]
    assert get(shipped, f"{path}/none", bearer).status == 404


def test_facebook_checks_fields_and_repeats_the_token(shipped: StandIn) -> None:
    """Only the fields that were asked for; the next address carries the token, as Graph's does."""
    site = shipped.api_site("facebook")
    path, bearer = f"/api/facebook/{site.ref}/ratings", f"Bearer {site.keys['page_token']}"
    assert get(shipped, path).json["error"]["code"] == 104
    assert get(shipped, f"{path}?fields=stars", bearer).json["error"]["code"] == 100
    assert get(shipped, f"{path}?limit=101", bearer).json["error"]["code"] == 100
    answer = get(shipped, f"{path}?fields=created_time,rating", bearer).json
    assert all(set(row) <= {"created_time", "rating"} for row in answer["data"])
    assert f"access_token={site.keys['page_token']}" in urlsplit(answer["paging"]["next"]).query


def test_google_wants_a_token_it_gave(shipped: StandIn) -> None:
    """No reviews without one, and none for an assertion of another kind."""
    site = shipped.api_site("googleplay")
    assert get(shipped, f"/api/googleplay/applications/{site.ref}/reviews", "Bearer made-up").status == 401
    assert get(shipped, "/api/googleplay/auth/token").status == 400
