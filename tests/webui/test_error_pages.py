"""What people see when something does not work: what it is, what to do next, and never a bare number."""

from __future__ import annotations

import json
import re
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from sqlalchemy import Engine, text

import webui
from db.session import make_engine, session_scope
from webui import create_app
from webui.accounts import TOKEN
from webui.settings import WebSettings
from webui.typed_words import FIELDS

from .answers import answerable
from .html import Page
from .posting import form_token


@contextmanager
def locked(file: Path) -> Iterator[None]:
    """Another program holds the whole SQLite file, readers and all."""
    with closing(sqlite3.connect(file, isolation_level=None)) as connection:
        connection.execute("PRAGMA locking_mode=EXCLUSIVE")
        connection.execute("BEGIN EXCLUSIVE")
        yield
        connection.execute("ROLLBACK")


@pytest.mark.parametrize("address", ["/nowhere", "/?view=never", "/reviews/", "/static/none.css"])
def test_unknown_address(client: FlaskClient, address: str) -> None:
    """Not found, with the way to the queue."""
    page = Page(client.get(address), status=404)
    assert page.one("h1").text == "There is nothing here"
    assert page.one(".empty a.button").attrs["href"] == "/"


@pytest.mark.parametrize("cursor", ["x", "AAAA", "%00", "..%2F..", "é", "A" * 5000, "f_gAAAAAAAAAAAAAAAAAAA"])
@pytest.mark.parametrize("side", ["after", "before"])
def test_bad_cursor(client: FlaskClient, side: str, cursor: str) -> None:
    """A page address that we have not given out is told as such, wherever it stands."""
    page = Page(client.get(f"/?{side}={cursor}"), status=400)
    assert page.one("h1").text == "This page of the queue cannot be found"


@pytest.mark.parametrize("method", ["post", "put", "delete", "patch"])
def test_pages_can_only_be_read(client: FlaskClient, method: str) -> None:
    """Nothing is taken from anybody yet."""
    answer = getattr(client, method)("/")
    assert Page(answer, status=405).one("h1").text == "This page can only be read"
    assert "GET" in answer.headers["Allow"]


def test_database_without_tables(empty_url: str, settings: WebSettings) -> None:
    """The page names the command that helps; the watcher of the machine learns it too."""
    engine = make_engine(empty_url)
    client = create_app(settings, engine).test_client()
    for address in ("/", "/sources", "/reviews/1"):
        answer = client.get(address)
        page = Page(answer, status=503)
        assert page.one("h1").text == "The database is older than this Amends"
        assert page.one("pre code").text == "amends db upgrade"
        assert answer.headers["Retry-After"] == "5"
    health = client.get("/healthz")
    assert (health.status_code, json.loads(health.text)["problem"]) == (503, "MigrationNeeded")
    engine.dispose()


def test_locked_database(sqlite_template: Path, tmp_path: Path, settings: WebSettings) -> None:
    """Somebody else holds the file: a page that says so, at once and not after half a minute of silence."""
    file = tmp_path / "amends.db"
    file.write_bytes(sqlite_template.read_bytes())
    engine = make_engine(f"sqlite:///{file}", busy_timeout_s=0.2)
    client = create_app(settings, engine).test_client()
    with locked(file):
        assert Page(client.get("/"), status=503).one("h1").text == "The database is busy"
    engine.dispose()
    assert client.get("/sign-in", follow_redirects=True).status_code == 200
    engine.dispose()


def test_damaged_database(tmp_path: Path, settings: WebSettings) -> None:
    """A file that is no database is left alone and told."""
    file = tmp_path / "amends.db"
    file.write_bytes(b"this is no database, whatever its name says" * 100)
    engine = make_engine(f"sqlite:///{file}")
    page = Page(create_app(settings, engine).test_client().get("/"), status=503)
    assert page.one("h1").text == "The database file is damaged"
    engine.dispose()


def test_unreachable_server(settings: WebSettings) -> None:
    """No server listens: the page says where to look, and repeats no password."""
    engine = make_engine("postgresql://amends:geheim@127.0.0.1:1/amends")
    page = Page(create_app(settings, engine).test_client().get("/"), status=503)
    assert page.one("h1").text == "The database cannot be reached"
    assert "geheim" not in page.source
    engine.dispose()


def test_fault_of_ours_is_a_page_too(engine: Engine, client: FlaskClient, caplog: pytest.LogCaptureFixture) -> None:
    """A row that no page expects ends in a page; the log has the trace, the page has nothing of it."""
    from tests.factories import make_case, make_review, make_score

    with session_scope(engine) as session:
        review = make_review(session, body="Secret words of a guest.")
        make_score(session, review, sentences=[])
        make_case(session, review, is_flagged=True)
        session.flush()
        session.execute(text("UPDATE score SET sentences = '[{\"no\": 1}]'"))
    page = Page(client.get("/"), status=500)
    assert page.one("h1").text == "Something went wrong in Amends"
    assert "KeyError" not in page.source
    assert "KeyError" in caplog.text
    assert "Secret words" not in caplog.text


def test_health_page_of_a_sound_program(client: FlaskClient) -> None:
    """Machines get one word."""
    answer = client.get("/healthz")
    assert (answer.status_code, answer.json) == (200, {"status": "ok"})
    assert answer.headers["Cache-Control"] == "no-store"


FROM_HERE = {"Sec-Fetch-Site": "same-origin"}


def test_words_come_back_when_a_form_is_not_taken(client: FlaskClient, engine: Engine) -> None:
    """Out of date or of somebody who is signed out by now: they stand on the page that says so, to be copied."""
    with session_scope(engine) as session:
        id_ = answerable(session).id
    form = {
        "body": "I am <b>sorry</b>.",
        "lift_reason": "A quote",
        "reason": " ",
        "csrf_token": "x",
        "password": "secret",
    }
    address = f"/reviews/{id_}/answer/submit"
    late = Page(client.post(address, data=form, headers=FROM_HERE), status=400)
    assert late.one("h1").text == "This form is out of date"
    assert [one.text for one in late.all(".typed textarea")] == ["I am <b>sorry</b>.", "A quote"]
    token = form_token(client)
    with client.session_transaction() as cookie:  # signed out in another window
        del cookie["_user_id"], cookie[TOKEN]
    for given in (form, form | {"csrf_token": token}):
        out = Page(client.post(address, data=given, headers=FROM_HERE), status=401)
        assert out.one("h1").text == "You are signed out"
        assert out.one(".buttons a").text == "Sign in"
        assert out.all(".typed textarea")
    assert client.post(address, data=form, headers={"X-Autosave": "1"}).status_code == 401


def test_words_of_another_site_are_not_shown(client: FlaskClient, engine: Engine) -> None:
    """It could put into our page what nobody has typed."""
    with session_scope(engine) as session:
        id_ = answerable(session).id
    for headers in ({"Sec-Fetch-Site": "cross-site"}, {"Origin": "http://elsewhere.example"}, {}):
        page = Page(client.post(f"/reviews/{id_}/answer", data={"body": "Call us"}, headers=headers), status=400)
        assert page.all(".typed") == []


def test_every_field_for_words_is_known() -> None:
    """A form that is not taken gives all of them back."""
    templates = Path(webui.__file__).with_name("templates").rglob("*.html")
    named = {name for one in templates for name in re.findall(r'<textarea[^>]* name="(\w+)"', one.read_text("utf-8"))}
    assert named == set(FIELDS)
