"""The second factor: codes of an app, each once, and recovery codes for the day when the phone is gone."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import Engine

from db.models import Person
from db.session import read_scope, session_scope
from webui.second_factor import totp

from .html import Page
from .signing import PASSWORD, client_of, make_person
from .test_signing_in import send


@pytest.fixture
def now() -> datetime:
    """Codes are counted by the clock of the machine."""
    return datetime.now(UTC)


@pytest.fixture(autouse=True)
def standing_clock(app: Flask, now: datetime) -> None:
    """One moment for the whole test: on a slow machine a code would otherwise age by a period on its way."""
    with app.app_context():
        made = totp()
        made._totp = made._totp.using(now=now.timestamp)


@pytest.fixture
def ana(app: Flask, engine: Engine) -> Person:
    with session_scope(engine) as session:
        return make_person(session, app=app, name="Ana Lópes", password=PASSWORD)


def code_of(app: Flask, sealed: str, *, ahead: int = 0) -> str:
    """What the app of a phone shows; `ahead` periods later."""
    with app.app_context():
        made = totp()._totp.from_source(sealed)
        return str(made.generate(made.now() + 30 * ahead).token)


def switched_on(app: Flask, ana: Person) -> tuple[str, list[str]]:
    """(sealed secret, recovery codes) after she has set it up as a person does."""
    client = client_of(app, ana)
    page = Page(client.get("/account/second-factor"))
    assert page.one("svg.qr path").attrs["d"].startswith("M")
    with client.session_transaction() as cookie:
        sealed = str(cookie["totp"])
    assert page.one("#key").attrs["value"].replace("-", "") not in sealed, "the cookie holds it encrypted"
    shown = send(client, "/account/second-factor", code=code_of(app, sealed, ahead=-1))
    return sealed, [code.text for code in Page(shown).all(".codes code")]


def half_in(app: Flask, ana: Person) -> FlaskClient:
    """A browser in which the password was right."""
    client = app.test_client()
    answer = send(client, "/sign-in?next=/account", email=ana.email, password=PASSWORD)
    assert answer.headers["Location"] == "/sign-in/code"
    assert client.get("/account").status_code == 303, "the password alone opens nothing"
    return client


def test_code_of_the_app_lets_in_once(app: Flask, ana: Person) -> None:
    """The same code a second time does not, nor does an earlier one."""
    sealed, codes = switched_on(app, ana)
    assert len(set(codes)) == 10
    code = code_of(app, sealed, ahead=1)
    assert send(half_in(app, ana), "/sign-in/code", code=f"{code[:3]} {code[3:]}").headers["Location"] == "/account"
    for old in (code, code_of(app, sealed)):
        assert send(half_in(app, ana), "/sign-in/code", code=old).status_code == 422


def test_recovery_code_lets_in_once(app: Flask, ana: Person) -> None:
    """And the page says how many are left."""
    _, codes = switched_on(app, ana)
    client = half_in(app, ana)
    assert send(client, "/sign-in/code", code=codes[3].upper()).status_code == 303
    assert "9 recovery codes are left" in Page(client.get("/account/second-factor")).one(".sheet").text
    assert send(half_in(app, ana), "/sign-in/code", code=codes[3]).status_code == 422


@pytest.mark.parametrize("code", ["", "000000", "12345", "x" * 40, "１２３４５６", "-1"])
def test_wrong_codes_open_nothing(app: Flask, ana: Person, code: str) -> None:
    """However they are typed."""
    switched_on(app, ana)
    assert send(half_in(app, ana), "/sign-in/code", code=code).status_code == 422


def test_codes_cannot_be_tried_out(app: Flask, ana: Person) -> None:
    """After six wrong ones the right one waits as well, whatever browser it comes from."""
    sealed, _ = switched_on(app, ana)
    for _ in range(6):
        assert send(half_in(app, ana), "/sign-in/code", code="000000").status_code == 422
    assert send(half_in(app, ana), "/sign-in/code", code=code_of(app, sealed, ahead=1)).status_code == 429


def test_secret_and_codes_lie_sealed(app: Flask, ana: Person, engine: Engine) -> None:
    """Whoever copies the database alone has no codes."""
    _, codes = switched_on(app, ana)
    with read_scope(engine) as session:
        person = session.get_one(Person, ana.id)
        stored = person.sealed_totp + person.sealed_codes
    assert not [code for code in codes if code in stored]
    assert '"enckey"' in stored


def test_nothing_changes_without_a_right_code(app: Flask, ana: Person, engine: Engine) -> None:
    """Nobody locks themselves out with an app that has learnt nothing."""
    client = client_of(app, ana)
    client.get("/account/second-factor")
    answer = send(client, "/account/second-factor", code="000000")
    assert "not the code of this moment" in Page(answer, status=422).one("#code-fault").text
    with read_scope(engine) as session:
        assert session.get_one(Person, ana.id).sealed_totp == ""


def test_turning_it_off_asks_who_it_is(app: Flask, ana: Person) -> None:
    """A session left open on a table is not enough: the password once more, then it goes."""
    switched_on(app, ana)
    client = client_of(app, ana)
    with client.session_transaction() as cookie:
        cookie["fs_paa"] = 0
    asked = client.get("/account/second-factor").headers["Location"]
    assert asked == "/account/prove?next=/account/second-factor"
    assert send(client, "/account/second-factor/off", seen="/account").headers["Location"].startswith("/account/prove")
    assert send(client, asked, seen=asked, password="not this one").status_code == 422
    assert send(client, asked, seen=asked, password=PASSWORD).headers["Location"] == "/account/second-factor"
    assert send(client, "/account/second-factor/off", seen="/account").headers["Location"] == "/account"
    answer = send(app.test_client(), "/sign-in", email=ana.email, password=PASSWORD)
    assert answer.headers["Location"] == "/"


def test_owner_helps_who_has_lost_everything(app: Flask, ana: Person, client: FlaskClient) -> None:
    """Another owner turns it off; the next sign-in asks for the password alone."""
    switched_on(app, ana)
    assert send(client, f"/people/{ana.id}/second-factor/off", seen="/people").status_code == 303
    assert send(app.test_client(), "/sign-in", email=ana.email, password=PASSWORD).headers["Location"] == "/"
