"""The door: who comes in, who does not, and how long one stays."""

from __future__ import annotations

import json
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import Engine, select
from werkzeug.test import TestResponse

from db.models import Person, SignIn
from db.people import disable_person, get_person
from db.session import read_scope, session_scope
from db.settings import DbSettings
from tests.clock import Clock
from webui import create_app
from webui.own_paths import own_path
from webui.settings import WebSettings

from .html import Page
from .signing import PASSWORD, client_of, make_person, signed_in


def send(client: FlaskClient, address: str, *, seen: str = "", **fields: str) -> TestResponse:
    """The answer to the form of a page, sent as a browser does."""
    token = Page(client.get(seen or address)).find("input[name=csrf_token]").attrs["value"]
    return client.post(address, data={"csrf_token": token, **fields})


@pytest.fixture
def clock(now: datetime) -> Clock:
    return Clock(now)


@pytest.fixture
def app(engine: Engine, database_url: str, data_dir: Path, settings: WebSettings, clock: Clock) -> Flask:
    database = DbSettings(data_dir=data_dir, database_url=database_url, _env_file=None)
    made = create_app(settings, engine, database=database, clock=clock)
    made.testing = False
    return made


@pytest.fixture
def ana(app: Flask, engine: Engine) -> Person:
    with session_scope(engine) as session:
        return make_person(session, app=app, name="Ana Lópes", password=PASSWORD)


def test_right_password_leads_to_where_one_wanted_to_go(app: Flask, ana: Person) -> None:
    """Back to the page that was asked for, whatever capitals the address is typed in."""
    client = app.test_client()
    door = client.get("/?view=all").headers["Location"]
    form = Page(client.get(door)).find("main form")
    answer = send(client, form.attrs["action"], seen=door, email=f" {ana.email.upper()} ", password=PASSWORD)
    assert (answer.status_code, answer.headers["Location"]) == (303, "/?view=all")
    assert Page(client.get("/")).one(".account-name").text == "Signed in as Ana Lópes"


def test_wrong_password_and_unknown_address_are_told_alike(app: Flask, ana: Person, engine: Engine) -> None:
    """Nobody learns who has an account here; one who is shut out learns nothing either."""
    said = []
    for email, password in ((ana.email, "wrong words here"), ("nobody@lanterna.example", PASSWORD), ("no address", "")):
        page = Page(send(app.test_client(), "/sign-in", email=email, password=password), status=422)
        said.append(page.find("main [role=alert]").text)
        assert page.all("input[name=password][value]") == []
    with session_scope(engine) as session:
        disable_person(session, session.merge(make_person(session, app=app)))
        somebody = get_person(session, ana.id)
        assert somebody is not None
        somebody.is_active = False
    page = Page(send(app.test_client(), "/sign-in", email=ana.email, password=PASSWORD), status=422)
    assert set(said) == {page.find("main [role=alert]").text}


def test_passwords_are_argon2(ana: Person) -> None:
    """Salted, and none is stored in the clear."""
    assert ana.password_hash.startswith("$argon2id$")
    assert PASSWORD not in ana.password_hash


def test_too_many_tries_shut_the_door_for_a_while(app: Flask, ana: Person, clock: Clock) -> None:
    """Also for the right password, in every process; after a quarter of an hour it opens again."""
    for _ in range(8):
        assert send(app.test_client(), "/sign-in", email=ana.email, password="wrong words").status_code == 422
    refused = send(app.test_client(), "/sign-in", email=ana.email, password=PASSWORD)
    assert "Try again in 15 minutes." in Page(refused, status=429).find("main [role=alert]").text
    other = send(app.test_client(), "/sign-in", email="nobody@lanterna.example", password=PASSWORD)
    assert other.status_code == 422, "others are not shut out with them"
    clock.now += timedelta(minutes=16)
    assert send(app.test_client(), "/sign-in", email=ana.email, password=PASSWORD).status_code == 303


def test_success_wipes_the_slate(app: Flask, ana: Person) -> None:
    """Who mistypes now and then is never shut out."""
    for _ in range(3):
        for _ in range(5):
            send(app.test_client(), "/sign-in", email=ana.email, password="wrong words")
        assert send(app.test_client(), "/sign-in", email=ana.email, password=PASSWORD).status_code == 303


def test_one_network_address_may_not_try_every_account(app: Flask) -> None:
    """Sixty tries in a quarter of an hour, whoever they are for."""
    signed_in(app)
    client = app.test_client()
    token = Page(client.get("/sign-in")).find("input[name=csrf_token]").attrs["value"]
    given = {"csrf_token": token, "email": "", "password": ""}
    codes = [
        client.post("/sign-in", data=given | {"email": f"n{number}@lanterna.example"}).status_code
        for number in range(61)
    ]
    assert codes == [422] * 60 + [429]


@pytest.mark.parametrize(
    ("wanted", "expected"),
    [
        ("/sources?q=1", "/sources?q=1"),
        ("https://evil.example/", None),
        ("//evil.example", None),
        ("/\\evil.example", None),
        ("\\\\evil.example", None),
        ("/\t/evil.example", None),
        ("javascript:alert(1)", None),
        ("sources", None),
        ("", None),
    ],
)
def test_only_own_paths_are_followed(wanted: str, expected: str | None) -> None:
    """After the sign-in nobody is sent elsewhere."""
    assert own_path(wanted) == expected


def test_foreign_wish_is_not_followed(app: Flask, ana: Person) -> None:
    """Not even from the address of the form."""
    client = app.test_client()
    answer = send(client, "/sign-in?next=//evil.example", email=ana.email, password=PASSWORD)
    assert answer.headers["Location"] == "/"


def test_session_ends_when_it_is_not_used(app: Flask, clock: Clock) -> None:
    """After twelve hours; every page in between makes it longer."""
    client = signed_in(app)
    for _ in range(3):
        clock.now += timedelta(hours=11)
        assert client.get("/").status_code == 200
    clock.now += timedelta(hours=13)
    assert client.get("/").status_code == 303


def test_kept_session_outlives_the_browser(app: Flask, ana: Person, clock: Clock) -> None:
    """A month, on a device of one's own; without the tick the cookie goes with the browser."""
    client = app.test_client()
    cookie = send(client, "/sign-in", email=ana.email, password=PASSWORD, keep="yes").headers["Set-Cookie"]
    assert "Expires=" in cookie
    assert "HttpOnly" in cookie
    clock.now += timedelta(days=29)
    assert client.get("/").status_code == 200
    other = send(app.test_client(), "/sign-in", email=ana.email, password=PASSWORD).headers["Set-Cookie"]
    assert "Expires=" not in other


def test_sign_out_ends_the_session_also_for_a_copied_cookie(app: Flask, ana: Person) -> None:
    """What somebody took along before opens nothing afterwards."""
    client = client_of(app, ana)
    with client.session_transaction() as cookie:
        copied = dict(cookie)
    assert send(client, "/sign-out", seen="/account").headers["Location"] == "/sign-in"
    thief = app.test_client()
    with thief.session_transaction() as cookie:
        cookie.update(copied)
    assert thief.get("/").status_code == 303


def test_sign_in_takes_nothing_of_the_visitors_cookie_along(app: Flask, ana: Person) -> None:
    """Whoever had put a cookie there before knows nothing of the session (session fixation)."""
    client = app.test_client()
    client.get("/sign-in")
    with client.session_transaction() as cookie:
        cookie["planted"] = "x"
        before = cookie["csrf_token"]
    send(client, "/sign-in", email=ana.email, password=PASSWORD)
    with client.session_transaction() as cookie:
        assert "planted" not in cookie
        assert cookie["csrf_token"] != before


def test_being_shut_out_counts_at_once(app: Flask, ana: Person, engine: Engine) -> None:
    """The next page is the door."""
    with session_scope(engine) as session:
        make_person(session, app=app)
    client = client_of(app, ana)
    with session_scope(engine) as session:
        disable_person(session, session.merge(ana))
    assert client.get("/").status_code == 303


def test_cookie_is_for_safe_connections_where_there_are_any(engine: Engine, data_dir: Path) -> None:
    """Behind https it is never sent without."""
    database = DbSettings(data_dir=data_dir, _env_file=None)
    settings = WebSettings(base_url="https://desk.lanterna.example", _env_file=None)
    client = create_app(settings, engine, database=database).test_client()
    cookie = client.get("/welcome", base_url="https://desk.lanterna.example").headers["Set-Cookie"]
    assert "Secure" in cookie
    assert "SameSite=Lax" in cookie


def test_first_visit_makes_the_owner(app: Flask, engine: Engine) -> None:
    """Once: with name, address and a password that is long enough; then the queue."""
    client = app.test_client()
    assert client.get("/sources").headers["Location"] == "/welcome"
    assert client.get("/sign-in").headers["Location"] == "/welcome"
    given = {"name": "Ana", "email": "Ana@Lanterna.example", "password": "short", "again": "short"}
    page = Page(send(client, "/welcome", **given), status=422)
    assert "at least 10" in page.one("#password-fault").text
    assert page.one("#email").attrs["value"] == "Ana@Lanterna.example"
    given |= {"password": PASSWORD, "again": PASSWORD}
    assert send(client, "/welcome", **given).headers["Location"] == "/"
    assert client.get("/people").status_code == 200
    with read_scope(engine) as session:
        assert [person.email for person in session.scalars(select(Person))] == ["ana@lanterna.example"]
        assert [row.via for row in session.scalars(select(SignIn))] == ["setup"]
    late = app.test_client()
    token = Page(late.get("/sign-in")).find("input[name=csrf_token]").attrs["value"]
    assert late.get("/welcome").headers["Location"] == "/sign-in"
    answer = late.post("/welcome", data={"csrf_token": token, **given, "email": "thief@lanterna.example"})
    assert answer.headers["Location"] == "/sign-in"
    with read_scope(engine) as session:
        assert len(session.scalars(select(Person)).all()) == 1


def test_first_visit_from_the_network_needs_the_printed_code(engine: Engine, data_dir: Path, now: datetime) -> None:
    """Whoever reaches the pages first is not the owner for that."""
    from webui.first_owner import setup_code, told

    database = DbSettings(data_dir=data_dir, _env_file=None)
    settings = WebSettings(base_url="http://127.0.0.1:8000", _env_file=None)
    app = create_app(settings, engine, database=database, clock=lambda: now)
    client = app.test_client()
    given = {"name": "Ana", "email": "ana@lanterna.example", "password": PASSWORD, "again": PASSWORD}
    assert "not the code" in Page(send(client, "/welcome", **given, code="1-2-3-4"), status=422).one("#code-fault").text
    [line] = told(engine, database, settings, settings.public_url)
    code = setup_code(database)
    assert code in line
    assert send(client, "/welcome", **given, code=f" {code.upper()} ").status_code == 303
    assert told(engine, database, settings, settings.public_url) == []


@pytest.fixture
def demo(engine: Engine, data_dir: Path, now: datetime, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A data folder that holds the demo and its people."""
    from webui.demo_people import register

    monkeypatch.delenv("AMENDS_ENVIRONMENT", raising=False)
    data_dir.mkdir()
    (data_dir / "standin.json").write_text(json.dumps({"port": 8099, "anchor": now.isoformat()}))
    with session_scope(engine) as session:
        register(session, now)
        register(session, now)
    return data_dir


@pytest.mark.parametrize("role", ["owner", "approver", "staff", "viewer"])
def test_demo_has_one_click_for_each_role(app: Flask, demo: Path, role: str) -> None:
    """And each comes in with it."""
    client = app.test_client()
    assert demo.is_dir()
    page = Page(client.get("/sign-in"))
    assert [button.attrs["value"] for button in page.all(".player")] == ["owner", "approver", "staff", "viewer"]
    assert send(client, "/sign-in/demo", seen="/sign-in", role=role).status_code == 303
    assert client.get("/").status_code == 200
    assert client.get("/people").status_code == (200 if role == "owner" else 403)


@pytest.mark.parametrize("why", ["production", "served to others", "no demo"])
def test_click_of_the_demo_opens_nothing_else(
    engine: Engine, database_url: str, demo: Path, why: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Not in production, not where others reach the pages, not in a folder that holds no demo."""
    settings = WebSettings(_env_file=None)
    if why == "production":
        monkeypatch.setenv("AMENDS_ENVIRONMENT", "production")
    elif why == "served to others":
        settings = WebSettings(base_url="http://localhost", _env_file=None)
    else:
        (demo / "standin.json").unlink()
    database = DbSettings(data_dir=demo, database_url=database_url, _env_file=None)
    client = create_app(settings, engine, database=database).test_client()
    assert Page(client.get("/sign-in")).all(".player") == []
    assert send(client, "/sign-in/demo", seen="/sign-in", role="owner").status_code == 404
