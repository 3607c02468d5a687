"""The review page in one key: angry, not angry, and back to what the model says."""

from __future__ import annotations

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import Engine

from db.models import Case
from db.roles import Access, Role
from db.session import read_scope, session_scope
from tests.factories import make_case, make_review, make_score, make_source

from .html import Page
from .posting import post
from .signing import client_of, make_person, signed_in


@pytest.fixture
def review_id(engine: Engine) -> int:
    """A review that the model calls angry."""
    with session_scope(engine) as session:
        review = make_review(session, make_source(session))
        make_score(session, review, anger=0.71)
        make_case(session, review, is_flagged=True)
        return review.id


def say(client: FlaskClient, review_id: int, word: str) -> Page:
    """The page after somebody pressed one of the buttons that it showed."""
    page = Page(client.get(f"/reviews/{review_id}"))
    form = page.one(".said-acts")
    assert word in {button.attrs["value"] for button in form.all("button")}
    fields = {field.attrs["name"]: field.attrs["value"] for field in form.all("input")}
    answer = client.post(form.attrs["action"], data=fields | {"say": word})
    assert answer.status_code == 303
    return Page(client.get(answer.headers["Location"]))


def is_in_queue(engine: Engine) -> bool:
    with read_scope(engine) as session:
        return session.query(Case).one().in_queue


def test_not_angry_leaves_the_queue_and_is_shown(client: FlaskClient, engine: Engine, review_id: int) -> None:
    """With what the model had said; the key is on the word that would change it."""
    before = Page(client.get(f"/reviews/{review_id}"))
    assert before.one("[data-key=wrong]").text == "Not angry"
    page = say(client, review_id, "not-angry")
    assert page.one(".said p").text == "You said: not angry. The model said 0.71."
    assert "It has left the queue." in page.text
    assert not is_in_queue(engine)
    assert page.one("[data-key=wrong]").text == "Is angry"
    page = say(client, review_id, "none")
    assert page.all(".said p") == []
    assert is_in_queue(engine)


def test_confirming_is_feedback_too(client: FlaskClient, engine: Engine, review_id: int) -> None:
    """A flag that was right counts as much."""
    page = say(client, review_id, "angry")
    assert page.one(".said p").text == "You said: angry. The model said 0.71."
    assert is_in_queue(engine)
    assert page.one("[data-key=wrong]").text == "Not angry"


def test_what_others_said_is_shown_with_their_name(app: Flask, client: FlaskClient, review_id: int) -> None:
    """And their last word counts."""
    with session_scope(app.extensions["amends"].engine) as session:
        ana = make_person(session, app=app, name="Ana Ricci")
    say(client_of(app, ana), review_id, "not-angry")
    page = Page(client.get(f"/reviews/{review_id}"))
    assert page.one(".said p").text.startswith("Ana Ricci said: not angry.")
    assert page.one("[data-key=wrong]").text == "Is angry"


def test_viewer_reads_and_says_nothing(app: Flask, client: FlaskClient, review_id: int) -> None:
    """No button; a request by hand is refused."""
    say(client, review_id, "not-angry")
    viewer = signed_in(app, Access(everywhere=Role.VIEWER))
    page = Page(viewer.get(f"/reviews/{review_id}"))
    assert page.one(".said p").text
    assert page.all(".said form") == []


def test_stale_and_odd_words_change_nothing(client: FlaskClient, engine: Engine, review_id: int) -> None:
    """A page of an earlier wording says so; a word that there is not is refused."""
    answer = post(client, f"/reviews/{review_id}/anger", say="not-angry", seen="0" * 64)
    assert "has changed the review" in Page(client.get(answer.headers["Location"])).text
    assert post(client, f"/reviews/{review_id}/anger", say="perhaps").status_code == 400
    assert is_in_queue(engine)
