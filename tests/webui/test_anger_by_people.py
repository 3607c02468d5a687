"""The review page in one key: angry, not angry, and back to what the model says."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import Engine, select

from crawlers.config import CrawlSettings
from db.models import Case, Review
from db.roles import Access, Role
from db.session import read_scope, session_scope
from db.settings import DbSettings
from scoring.settings import ScoringSettings
from tests.factories import make_case, make_review, make_score, make_source
from webui.jobs.judging import reprioritise_due
from webui.settings import WebSettings
from webui.wiring import LazyScorer, Services

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


@pytest.fixture
def services(engine: Engine, database_url: str, tmp_path: Path, now: datetime) -> Services:
    """What ranking needs; no model is asked."""
    return Services(
        database=DbSettings(data_dir=tmp_path, database_url=database_url, _env_file=None),
        crawl=CrawlSettings(_env_file=None),
        web=WebSettings(_env_file=None),
        engine=engine,
        scorer=LazyScorer(ScoringSettings(_env_file=None), tmp_path),
        clock=lambda: now,
    )


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


def test_word_can_be_undone_and_is_told_in_the_timeline(client: FlaskClient, engine: Engine, review_id: int) -> None:
    """By the button that stands beside what was told."""
    page = say(client, review_id, "not-angry")
    assert "says that it is not angry" in page.one(".after").text
    undo = page.one("form.undo")
    token = undo.find("input").attrs["value"]
    answer = client.post(undo.attrs["action"], data={"csrf_token": token})
    page = Page(client.get(answer.headers["Location"]))
    assert page.all(".said p") == []
    assert is_in_queue(engine)
    assert "the word on its anger" in page.one(".after").text


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


def test_word_counts_in_the_priority(client: FlaskClient, engine: Engine, services: Services, now: datetime) -> None:
    """A calm review that people call angry stands above one that they call not angry, and says why."""
    with session_scope(engine) as session:
        source = make_source(session)
        for level, anger in (("furious", 0.95), ("calm", 0.1)):
            review = make_review(session, source, body=f"A {level} review.")
            make_score(session, review, anger=anger, anger_level=level)
            make_case(session, review, is_flagged=True, is_risky=True, priority_due_at=now)
        cases = dict(session.execute(select(Review.body, Case.review_id).join(Case, Case.review_id == Review.id)).all())
    reprioritise_due(services)
    assert [row.text for row in Page(client.get("/")).all("a.row-link")] == ["A furious review.", "A calm review."]
    say(client, cases["A furious review."], "not-angry")
    say(client, cases["A calm review."], "angry")
    reprioritise_due(services)
    page = Page(client.get("/"))
    assert [row.text for row in page.all("a.row-link")] == ["A calm review.", "A furious review."]
    assert "angry, as people say" in page.find(".why").text
