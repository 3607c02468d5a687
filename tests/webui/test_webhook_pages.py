"""Webhooks on the pages: added, tried, changed, given a new secret, sent again, switched off, removed."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import Engine, select
from standardwebhooks import Webhook as Verifier

from crawlers.config import CrawlSettings, Environment
from db.models import AuditEntry, Webhook
from db.session import session_scope
from db.settings import DbSettings
from tests.factories import make_location
from webui import create_app
from webui.settings import WebSettings

from .answers import sent
from .hook_receiver import Receiver, hook_receiver
from .html import Page
from .signing import signed_in


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    with hook_receiver() as made:
        yield made


@pytest.fixture
def client(engine: Engine, database_url: str, data_dir: Path, settings: WebSettings, receiver: Receiver) -> FlaskClient:
    """An owner, on pages that may send to the receiver and to nothing else of this machine."""
    crawl = CrawlSettings(environment=Environment.TEST, crawl_allow_hosts=receiver.address, _env_file=None)
    database = DbSettings(data_dir=data_dir, database_url=database_url, _env_file=None)
    app: Flask = create_app(settings, engine, database=database, crawl=crawl, clock=lambda: datetime.now(UTC))
    app.testing = False
    return signed_in(app)


def page_of(client: FlaskClient, address: str = "/webhooks/1") -> Page:
    return Page(client.get(address))


def test_places_are_chosen_and_changed(client: FlaskClient, receiver: Receiver, engine: Engine) -> None:
    """All of them by default; a choice of none is a fault; the list says which, and the log who chose."""
    with session_scope(engine) as session:
        here, there = (make_location(session, name=name).id for name in ("Mill <1>", "Harbour"))
    form = page_of(client, "/webhooks/new")
    assert form.one("input[name=where][checked]").attrs["value"] == "all"
    given: dict[str, Any] = {"url": receiver.url, "event": "case.closed", "where": "some"}
    refused = sent(client, form, "/webhooks/new", status=422, **given)
    assert "at least one place" in refused.one("#places-fault").text
    assert refused.one("input[name=where][checked]").attrs["value"] == "some"
    sent(client, form, "/webhooks/new", **given, place=str(here))
    assert "Mill <1>" in page_of(client, "/webhooks").one(".hook .note").text
    chosen = page_of(client)
    assert [one.attrs["value"] for one in chosen.all("input[name=place][checked]")] == [str(here)]
    sent(client, chosen, "/webhooks/1", **given, place=str(there))
    assert "Harbour" in page_of(client, "/webhooks").one(".hook .note").text
    sent(client, chosen, "/webhooks/1", **{**given, "where": "all"})
    assert "at all places" in page_of(client, "/webhooks").one(".hook .note").text
    with session_scope(engine) as session:
        facts = [entry.facts["place_ids"] for entry in session.scalars(select(AuditEntry).order_by(AuditEntry.id))]
    assert facts == [[here], [there], None]


def test_the_whole_life_of_one(client: FlaskClient, receiver: Receiver, engine: Engine) -> None:
    """From the empty list to the empty list; the secret is on the page once and nowhere else."""
    assert "Nobody else hears" in page_of(client, "/webhooks").text
    form = page_of(client, "/webhooks/new")
    refused = sent(client, form, "/webhooks/new", status=422, url="https://10.0.0.1/x", event="case.closed")
    assert "private" in refused.one("#url-fault").text
    assert "at least one" in sent(client, form, "/webhooks/new", status=422, url=receiver.url).one("#events-fault").text
    shown = sent(client, form, "/webhooks/new", url=receiver.url, event="case.closed")
    secret = str(shown.one("#secret").attrs["value"])
    assert secret.startswith("whsec_")
    assert secret not in page_of(client).text

    receiver.status, receiver.answer = 200, b"<script>alert(1)</script>" * 20
    tried = sent(client, page_of(client), "/webhooks/1/test")
    assert "Delivered: it answered 200." in tried.text
    line = tried.one(".delivery")
    assert "Delivered" in line.text
    assert tried.one(".try-answer").text == ("<script>alert(1)</script>" * 20)[:199] + "…"
    assert Verifier(secret).verify(receiver.came[0].body, receiver.came[0].headers)["type"] == "webhook.test"

    receiver.status = 500
    assert "it answered 500" in sent(client, tried, "/webhooks/1/deliveries/1/resend").text
    assert {one.name for one in receiver.came} == {receiver.came[0].name}
    assert "Takes nothing at the moment" in page_of(client, "/webhooks").text

    changed = sent(client, page_of(client), "/webhooks/1", url=receiver.url, event="offer.issued", is_named="yes")
    assert [one.attrs["value"] for one in changed.all("input[name=event][checked]")] == ["offer.issued"]
    other = str(sent(client, changed, "/webhooks/1/secret").one("#secret").attrs["value"])
    assert other != secret
    off = sent(client, page_of(client), "/webhooks/1/switch", is_on="no")
    assert "Switched off" in off.one("h1 + .head-words").text
    assert "Switch it on first" in sent(client, off, "/webhooks/1/test").text
    sent(client, off, "/webhooks/1/switch", is_on="yes")
    assert "Tick that" in sent(client, page_of(client), "/webhooks/1/remove").text
    assert "hears of nothing" in sent(client, page_of(client), "/webhooks/1/remove", sure="yes").text
    with session_scope(engine) as session:
        assert session.scalars(select(Webhook)).all() == []
        told = [(entry.kind, str(entry.facts)) for entry in session.scalars(select(AuditEntry).order_by(AuditEntry.id))]
    assert [kind for kind, _ in told] == [
        "webhook_added",
        "webhook_resent",
        "webhook_changed",
        "webhook_secret",
        "webhook_off",
        "webhook_on",
        "webhook_removed",
    ]
    assert not any(secret in facts or other in facts or "/hooks/amends" in facts for _, facts in told)
