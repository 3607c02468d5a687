"""Invitations and links for new passwords, against a real SMTP server on this machine."""

from __future__ import annotations

import re
from collections.abc import Callable
from email.message import Message
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import Engine

from db.session import session_scope
from db.settings import DbSettings
from tests.clock import Clock
from tests.flow.running import until
from webui import create_app

from .html import Page
from .inbox import Inbox, mail_settings
from .inbox import inbox as inbox  # noqa: PLC0414 - the server
from .signing import PASSWORD, client_of, make_person, signed_in
from .test_signing_in import clock as clock  # noqa: PLC0414
from .test_signing_in import send

NEW = "another four words"


@pytest.fixture
def app(engine: Engine, database_url: str, data_dir: Path, inbox: tuple[Inbox, int], clock: Clock) -> Flask:
    database = DbSettings(data_dir=data_dir, database_url=database_url, _env_file=None)
    made = create_app(mail_settings(inbox[1]), engine, database=database, clock=clock)
    made.testing = False
    return made


def only_mail(kept: Inbox) -> Message:
    """The one that came; mails of this kind go out a moment after the page."""
    until(lambda: kept.mails, within_s=20, what="the mail has come")
    [mail] = kept.mails
    return mail


def path_in(mail: Message) -> str:
    """The path of the link that stands in it."""
    body = mail.get_payload(decode=True)
    assert isinstance(body, bytes)
    found = re.search(r"http://127\.0\.0\.1:8000(/link/[\w-]{43})\s", body.decode())
    assert found is not None
    return found[1]


def test_forgotten_password_comes_by_mail(app: Flask, engine: Engine, inbox: tuple[Inbox, int]) -> None:
    """The link works once, ends every session, and the old password is no good any more."""
    with session_scope(engine) as session:
        ana = make_person(session, app=app, password=PASSWORD)
    before = client_of(app, ana)
    Page(send(app.test_client(), "/forgotten", email=f" {ana.email.upper()}"))
    mail = only_mail(inbox[0])
    assert mail["To"] == ana.email
    client = app.test_client()
    assert send(client, path_in(mail), password=NEW, again=NEW).headers["Location"] == "/"
    assert client.get("/").status_code == 200
    assert before.get("/").status_code == 303
    assert app.test_client().get(path_in(mail)).status_code == 404
    assert send(app.test_client(), "/sign-in", email=ana.email, password=PASSWORD).status_code == 422
    assert send(app.test_client(), "/sign-in", email=ana.email, password=NEW).status_code == 303


def test_nobody_learns_who_is_here(app: Flask, engine: Engine, inbox: tuple[Inbox, int]) -> None:
    """The page says the same of an unknown address, and no mail goes there."""
    with session_scope(engine) as session:
        ana = make_person(session, app=app)
    said = [
        Page(send(app.test_client(), "/forgotten", email=email)).one("main").text
        for email in ("nobody@lanterna.example", ana.email)
    ]
    assert said[0] == said[1]
    assert only_mail(inbox[0])["To"] == ana.email


def test_mails_to_one_address_are_few(app: Flask) -> None:
    """Nobody's inbox is flooded: three an hour, whoever asks."""
    signed_in(app)
    codes = [send(app.test_client(), "/forgotten", email="nobody@lanterna.example").status_code for _ in range(4)]
    assert codes == [200, 200, 200, 429]


def test_invitation_goes_out_by_mail(app: Flask, inbox: tuple[Inbox, int]) -> None:
    """And its link is shown all the same."""
    given = {"name": "Bo Lind", "email": "bo@lanterna.example", "everywhere": "staff", "mail": "yes"}
    page = Page(send(signed_in(app), "/people/new", **given))
    mail = only_mail(inbox[0])
    assert mail["To"] == "bo@lanterna.example"
    assert page.one("#address").attrs["value"].endswith(path_in(mail))
    assert app.test_client().get(path_in(mail)).status_code == 200


def test_mail_that_is_not_taken_is_told(app: Flask) -> None:
    """With the link to be handed over by other means."""
    given = {"name": "Bo Lind", "email": "later@lanterna.example", "everywhere": "staff", "mail": "yes"}
    page = Page(send(signed_in(app), "/people/new", **given))
    assert page.one("main [role=alert]").text
    assert "/link/" in page.one("#address").attrs["value"]


def test_without_a_mail_server_the_page_says_who_helps(visitor_without_mail: Callable[[], FlaskClient]) -> None:
    """No mail is promised that nobody would send."""
    page = Page(visitor_without_mail().get("/forgotten"))
    assert page.all("main form") == []
    assert page.one("pre code").text == "amends user reset-link ADDRESS"


@pytest.fixture
def visitor_without_mail(engine: Engine, data_dir: Path, clock: Clock) -> Callable[[], FlaskClient]:
    from webui.settings import WebSettings

    database = DbSettings(data_dir=data_dir, _env_file=None)
    app = create_app(WebSettings(_env_file=None), engine, database=database, clock=clock)
    return app.test_client
