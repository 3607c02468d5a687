"""Facts and feeling on the page of a review: suggested, confirmed, saved by itself, brought together."""

from __future__ import annotations

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import Engine

from db.models import Case
from db.roles import Access, Role
from db.session import read_scope, session_scope
from tests.factories import make_case, make_review, make_score, make_source

from .html import Element, Page
from .posting import post
from .signing import client_of, make_person, signed_in

BODY = "We waited an hour. Never again!"


@pytest.fixture
def address(engine: Engine) -> str:
    """The page of a review about waiting, whose second sentence is the angriest."""
    with session_scope(engine) as session:
        review = make_review(session, make_source(session), body=BODY)
        sentences = [{"start": 0, "end": 18, "anger": 0.3}, {"start": 19, "end": 31, "anger": 0.9}]
        make_score(session, review, sentences=sentences)
        make_case(session, review, is_flagged=True)
        return f"/reviews/{review.id}"


def fields(form: Element) -> dict[str, str]:
    """What a browser would send."""
    hidden = {field.attrs["name"]: field.attrs["value"] for field in form.all("input")}
    return hidden | {field.attrs["name"]: field.raw_text for field in form.all("textarea")}


def test_fields_are_suggested_and_nothing_is_saved_by_that(client: FlaskClient, address: str) -> None:
    """Marked as a suggestion, until somebody confirms it."""
    form = Page(client.get(address)).one(".gist-form")
    told = fields(form)
    assert (told["facts"], told["feeling"], told["version"]) == ("About: waiting", "“Never again!”", "0")
    assert "Suggested by the model." in form.find("[data-suggestion]").text
    assert form.find("button").text == "Confirm"
    answer = client.post(form.attrs["action"], data=told)
    assert answer.status_code == 303
    form = Page(client.get(answer.headers["Location"])).one(".gist-form")
    assert fields(form)["version"] == "1"
    assert form.all("[data-suggestion]") == []
    assert "Saved by" in form.text


def test_script_is_answered_in_json(client: FlaskClient, address: str) -> None:
    """With the version that it needs for saving again."""
    form = Page(client.get(address)).one(".gist-form")
    told = fields(form) | {"facts": "An hour at the door."}
    answer = client.post(form.attrs["action"], data=told, headers={"X-Autosave": "1"})
    assert (answer.status_code, answer.json) == (200, {"told": "Saved.", "version": 1})
    answer = client.post(form.attrs["action"], data=told | {"facts": "Two."}, headers={"X-Autosave": "1"})
    assert answer.status_code == 409
    assert "Not saved." in answer.text


def test_words_of_two_are_shown_to_be_brought_together(app: Flask, client: FlaskClient, address: str) -> None:
    """Nothing is lost: both stand on the page, and saving there puts the merged ones in place."""
    mine = fields(Page(client.get(address)).one(".gist-form")) | {"facts": "Waited at the bar."}
    with session_scope(app.extensions["amends"].engine) as session:
        ana = make_person(session, app=app, name="Ana Ricci")
    hers = client_of(app, ana)
    form = Page(hers.get(address)).one(".gist-form")
    hers.post(form.attrs["action"], data=fields(form) | {"facts": "<i>Waited outside.</i>"})
    page = Page(client.post(f"{address}/gist", data=mine), status=409)
    assert "Ana Ricci has saved other words" in page.one("[role=alert]").text
    assert page.one("[name=facts]").raw_text == "Waited at the bar."
    assert page.find(".facts dd").text == "<i>Waited outside.</i>"
    form = page.one("form.sheet")
    merged = fields(form) | {"facts": "Waited outside, then at the bar."}
    assert client.post(form.attrs["action"], data=merged).status_code == 303
    assert fields(Page(client.get(address)).one(".gist-form"))["facts"] == "Waited outside, then at the bar."


def test_what_is_too_long_stays_on_the_page(client: FlaskClient, address: str) -> None:
    """With the reason, to be cut by whoever wrote it."""
    told = fields(Page(client.get(address)).one(".gist-form")) | {"feeling": "x" * 501}
    page = Page(client.post(f"{address}/gist", data=told), status=422)
    assert page.one("[name=feeling]").raw_text == "x" * 501
    for odd in ("", "-1", "9" * 40, "x"):
        told = {"seen": "0" * 64, "version": odd, "facts": "kept", "feeling": ""}
        page = Page(post(client, f"{address}/gist", **told), status=409)
        assert page.one("[name=facts]").raw_text == "kept"


def test_viewer_reads_what_was_understood(app: Flask, client: FlaskClient, address: str) -> None:
    """No field, and no suggestion of the model's as if somebody had said it."""
    viewer = signed_in(app, Access(everywhere=Role.VIEWER))
    assert Page(viewer.get(address)).all("#gist") == []
    form = Page(client.get(address)).one(".gist-form")
    client.post(form.attrs["action"], data=fields(form))
    part = Page(viewer.get(address)).one("#gist")
    assert part.all("form") == []
    assert "“Never again!”" in part.text


def test_saving_says_nothing_of_the_queue(client: FlaskClient, engine: Engine, address: str) -> None:
    """The case is where it was, and its version too."""
    form = Page(client.get(address)).one(".gist-form")
    client.post(form.attrs["action"], data=fields(form))
    with read_scope(engine) as session:
        case = session.query(Case).one()
        assert (case.version, case.in_queue) == (0, True)
