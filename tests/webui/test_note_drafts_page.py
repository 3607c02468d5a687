"""The note that is being written, on the page of a case: kept by itself, shown again, gone with the note."""

from __future__ import annotations

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import Engine

from db.session import session_scope
from tests.factories import make_case, make_review

from .html import Element
from .posting import form_token
from .signing import client_of, make_person
from .test_case_page import form_of, page_of, send

AUTOSAVE = {"X-Autosave": "1"}


@pytest.fixture
def review_id(engine: Engine) -> int:
    with session_scope(engine) as session:
        review = make_review(session)
        make_case(session, review, is_flagged=True)
        return review.id


def keep(client: FlaskClient, form: Element, body: str) -> tuple[int, str, int | None]:
    """What static/autosave.js does: (status, words, version)."""
    hidden = {one.attrs["name"]: one.attrs["value"] for one in form.all("input[type=hidden]")}
    answer = client.post(form.attrs["data-autosave"], data=hidden | {"body": body}, headers=AUTOSAVE)
    told = answer.get_json()
    return answer.status_code, told["told"], told.get("version")


def note_form(client: FlaskClient, review_id: int) -> Element:
    return form_of(page_of(client, review_id), "/notes")


def test_draft_is_there_on_another_device(app: Flask, engine: Engine, review_id: int) -> None:
    """Of the same person and no other; with the note it goes."""
    with session_scope(engine) as session:
        ana, ben = make_person(session, app=app, name="Ana"), make_person(session, app=app, name="Ben")
        session.flush()
        session.expunge_all()
    desk, phone = client_of(app, ana), client_of(app, ana)
    assert keep(desk, note_form(desk, review_id), "She cal") == (200, "Draft kept.", 1)
    there = note_form(phone, review_id)
    assert there.find("textarea").raw_text == "She cal"
    assert "Not sent yet. Kept as your draft" in there.text
    assert note_form(client_of(app, ben), review_id).find("textarea").raw_text == ""
    after = send(phone, there, body="She called.")
    assert after.find(".event .note-words").text == "She called."
    assert after.one("#note-body").raw_text == ""
    assert note_form(desk, review_id).find("textarea").raw_text == ""


def test_other_words_of_ones_own_are_not_overwritten(client: FlaskClient, review_id: int) -> None:
    """The page that saves later is told what it can do, and keeps its words."""
    first, second = note_form(client, review_id), note_form(client, review_id)
    keep(client, first, "from the desk")
    status, told, _ = keep(client, second, "from the phone")
    assert (status, told.partition(".")[2]) == (409, " Add the note to send these, or reload to see the others.")
    assert keep(client, second, "x" * 4001)[0] == 422
    sent = send(client, second, body="from the phone")
    assert sent.one("#note-body").raw_text == "from the desk"


def test_taking_a_note_back_leaves_its_words_in_the_field(client: FlaskClient, review_id: int) -> None:
    """Whoever sent it too early goes on where they were."""
    after = send(client, note_form(client, review_id), body="She called; no")
    undone = send(client, after.one(".undo"))
    assert undone.all(".event .note-words") == []
    assert undone.one("#note-body").raw_text == "She called; no"
    assert "your words stand in the field" in undone.one("#told").text


def test_trouble_elsewhere_keeps_the_draft_in_its_field(client: FlaskClient, review_id: int) -> None:
    """A form that is refused shows the page again, with what was typed for the note."""
    page = page_of(client, review_id)
    keep(client, form_of(page, "/notes"), "half a sent")
    refused = send(client, form_of(page, "/snooze"), until="never", status=422)
    assert refused.one("#note-body").raw_text == "half a sent"


def test_who_is_signed_out_is_told_instead_of_led_away(visitor: FlaskClient, review_id: int) -> None:
    """The script says so beside the field; the words stay in it."""
    token = form_token(visitor)
    address = f"/reviews/{review_id}/notes/draft"
    assert visitor.post(address, data={"csrf_token": token}, headers=AUTOSAVE).status_code == 401
    assert visitor.post(address, data={"csrf_token": token}).status_code == 303
