"""Platforms that call when there is news: a hint makes a source due, and nothing of the message is kept or believed."""

from __future__ import annotations

import base64
import json
import logging
from datetime import datetime, timedelta

import pytest
from flask.testing import FlaskClient
from sqlalchemy import Engine

from db.models import Source
from db.session import read_scope, session_scope
from tests.factories import make_source
from webui.receivers import RECEIVERS

from .html import Page
from .posting import post

PLACE = {"thefork": "0b8c9f0e-7f3e-4f5a-9a53-0d2f4a1c9e11", "google": "accounts/11/locations/22"}
REVIEW = "5f0f7d2a-1111-4222-8333-444455556666"


def message(platform: str, place: str) -> bytes:
    """News of one review, in the platform's own form."""
    if platform == "thefork":
        event = {"entityType": "review", "eventType": "reviewRatingCreated", "uuid": REVIEW, "restaurantUuid": place}
        return json.dumps(event).encode()
    told = {"notificationType": "NEW_REVIEW", "locationName": place, "reviewName": f"{place}/reviews/r1"}
    data = base64.b64encode(json.dumps(told).encode()).decode()
    return json.dumps({"message": {"data": data, "messageId": "1"}, "subscription": "s"}).encode()


@pytest.fixture(params=sorted(RECEIVERS))
def platform(request: pytest.FixtureRequest) -> str:
    pytest.importorskip(RECEIVERS[request.param].module, reason="this platform's messages cannot be read yet")
    return str(request.param)


@pytest.fixture
def source_id(engine: Engine, now: datetime, platform: str) -> int:
    with session_scope(engine) as session:
        due_at = now + timedelta(hours=6)
        return make_source(session, platform=platform, place_ref=PLACE[platform], next_crawl_at=due_at).id


def address_of(client: FlaskClient, source_id: int) -> str:
    """A new address, as the page shows it once."""
    page = Page(post(client, f"/sources/{source_id}/hook", do="new"))
    return page.one("#address").attrs["value"].removeprefix("http://127.0.0.1:8000")


def source_of(engine: Engine, source_id: int) -> Source:
    with read_scope(engine) as session:
        return session.get_one(Source, source_id)


def test_message_makes_the_source_due_at_once(
    client: FlaskClient, engine: Engine, now: datetime, platform: str, source_id: int
) -> None:
    """Once or ten times, without a form's token; the platform hears what it wants to hear."""
    address = address_of(client, source_id)
    for _ in range(3):
        answer = client.post(address, data=message(platform, PLACE[platform]), content_type="application/json")
        assert answer.status_code == RECEIVERS[platform].status
        assert answer.text == RECEIVERS[platform].answer
        assert "Set-Cookie" not in answer.headers
    source = source_of(engine, source_id)
    assert source.next_crawl_at == source.hinted_at == now


def test_one_address_serves_the_other_places_of_an_account(
    client: FlaskClient, engine: Engine, now: datetime, platform: str, source_id: int
) -> None:
    """The place that the message names is read, not the one whose address was called."""
    other_place = PLACE[platform].replace("1", "3")
    with session_scope(engine) as session:
        due_at = now + timedelta(hours=6)
        other = make_source(session, platform=platform, place_ref=other_place, next_crawl_at=due_at).id
    client.post(address_of(client, source_id), data=message(platform, other_place))
    assert source_of(engine, other).next_crawl_at == now
    assert source_of(engine, source_id).hinted_at is None


def test_token_is_stored_as_a_digest_and_shown_once(client: FlaskClient, engine: Engine, source_id: int) -> None:
    """Neither the database nor a later page gives it away; a new one makes it void."""
    first = address_of(client, source_id)
    token = first.rpartition("/")[2]
    assert len(token) == 43
    assert token not in source_of(engine, source_id).hook_digest
    assert token not in client.get(f"/sources/{source_id}/edit").text
    address_of(client, source_id)
    assert client.post(first, data=b"{}").status_code == 404
    post(client, f"/sources/{source_id}/hook", do="close")
    assert source_of(engine, source_id).hook_digest == ""


@pytest.mark.parametrize("body", [b"", b"{", b"[]x", b"\xff\x00", b'{"a": 1}', b"9" * 70_000])
def test_what_is_no_message_is_refused(
    client: FlaskClient, engine: Engine, caplog: pytest.LogCaptureFixture, source_id: int, body: bytes
) -> None:
    """400, without a trace of it in the log, and nothing becomes due."""
    caplog.set_level(logging.DEBUG)
    answer = client.post(address_of(client, source_id), data=body)
    assert answer.status_code == 400
    assert source_of(engine, source_id).hinted_at is None
    assert "9999" not in caplog.text


@pytest.mark.parametrize("token", ["x", "a" * 43, "é" * 43, "a" * 5000])
def test_unknown_tokens_find_nothing(client: FlaskClient, token: str) -> None:
    """Whatever their length."""
    assert client.post(f"/hooks/{token}", data=b"{}").status_code == 404


def test_other_platforms_have_no_address(client: FlaskClient, engine: Engine) -> None:
    """Those that call nobody."""
    with session_scope(engine) as session:
        source_id = make_source(session, platform="schemaorg").id
    assert post(client, f"/sources/{source_id}/hook", do="new").status_code == 404


def test_foreign_host_names_are_refused_here_too(client: FlaskClient) -> None:
    """The public name must be the one of AMENDS_BASE_URL."""
    assert client.post(f"/hooks/{'a' * 43}", headers={"Host": "evil.example"}).status_code == 400
