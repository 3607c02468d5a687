"""The owner's weights of the priority: seen, tried, saved, taken back, and every case ranked by them."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from sqlalchemy import Engine, select

from crawlers.config import CrawlSettings
from db.models import Case, CaseState
from db.ranking import ranking, weights_value
from db.session import read_scope, session_scope
from db.settings import DbSettings
from scoring.priority import DEFAULT
from scoring.settings import ScoringSettings
from tests.factories import NOW, make_case, make_review, make_score, make_source
from webui.jobs.judging import rank_anew, reprioritise_due
from webui.settings import WebSettings
from webui.weights import numbers_of, read_weights, stored_value, weights_of
from webui.wiring import LazyScorer, Services

from .html import Page
from .posting import post


@pytest.fixture
def services(engine: Engine, database_url: str, tmp_path: Path) -> Services:
    """What the job needs; no model is asked."""
    return Services(
        database=DbSettings(data_dir=tmp_path, database_url=database_url, _env_file=None),
        crawl=CrawlSettings(_env_file=None),
        web=WebSettings(_env_file=None),
        engine=engine,
        scorer=LazyScorer(ScoringSettings(_env_file=None), tmp_path),
        clock=lambda: NOW,
    )


@pytest.fixture
def ranked(engine: Engine, services: Services) -> dict[str, int]:
    """A furious case, one that threatens a lawsuit, and an answered one; ids by name, ranked by the default."""
    with session_scope(engine) as session:
        source = make_source(session)
        found = {}
        for name, level, risks, state in (
            ("furious", "furious", [], CaseState.OPEN),
            (
                "legal",
                "calm",
                [{"risk": "legal", "probability": 1.0, "origin": "rule", "evidence": ""}],
                CaseState.OPEN,
            ),
            ("done", "angry", [], CaseState.ANSWERED),
        ):
            review = make_review(session, source, body=f"A {name} review", published_at=NOW - timedelta(days=2))
            make_score(session, review, anger_level=level, anger=0.9 if level != "calm" else 0.1, risks=risks)
            found[name] = make_case(session, review, is_flagged=True, state=state, priority_due_at=NOW).id
    reprioritise_due(services)
    return found


def numbers(**changes: str) -> dict[str, str]:
    """A form with the default in every field but these; "_" stands for the dot in a name."""
    defaults = {name: f"{number:g}" for name, number in numbers_of(DEFAULT).items()}
    return defaults | {name.replace("_", ".", 1): value for name, value in changes.items()}


def priorities(engine: Engine, cases: dict[str, int]) -> dict[str, float]:
    with read_scope(engine) as session:
        found = dict(session.execute(select(Case.id, Case.priority)).all())
    return {name: round(found[id_], 1) for name, id_ in cases.items()}


def test_page_shows_the_weights_and_the_formula(client: FlaskClient) -> None:
    """Every number of the default stands in a field of its own with its bounds."""
    page = Page(client.get("/priority"))
    shown = {field.attrs["name"]: float(field.attrs["value"]) for field in page.all(".weight input")}
    assert shown == numbers_of(DEFAULT)
    assert {(field.attrs["min"], field.attrs["max"]) for field in page.all(".weight input")} == {("0", "100")}
    assert "The usual numbers hold." in page.text
    assert page.all(".move") == []


def test_preview_shows_what_would_move_and_changes_nothing(
    client: FlaskClient, engine: Engine, ranked: dict[str, int]
) -> None:
    """With a heavy lawsuit the calm threat stands above the furious one; stored is nothing."""
    before = priorities(engine, ranked)
    page = Page(post(client, "/priority", do="preview", **numbers(risk_legal="100")))
    assert [move.find(".move-text").text for move in page.all(".move")] == ["A legal review", "A furious review"]
    assert "up 1, from 2" in page.all(".move")[0].text
    assert "down 1, from 1" in page.all(".move")[1].text
    assert page.one("[name='risk.legal']").attrs["value"] == "100"
    assert priorities(engine, ranked) == before
    with read_scope(engine) as session:
        assert weights_value(session) == {}


def test_saved_weights_rank_every_case_in_the_background(
    client: FlaskClient, engine: Engine, services: Services, ranked: dict[str, int]
) -> None:
    """The page tells how far it is; answered ones are ranked too, but age does not bring them back."""
    before = priorities(engine, ranked)
    answer = post(client, "/priority", do="save", **numbers(risk_legal="100"))
    assert answer.status_code == 303
    page = Page(client.get("/priority"))
    assert "0% done" in page.one("p.notice[role=status]").text
    assert "Your own numbers hold." in page.text
    assert priorities(engine, ranked) == before
    assert rank_anew(services) == 3
    after = priorities(engine, ranked)
    assert after["legal"] > after["furious"]
    assert after["done"] > 0.0
    with read_scope(engine) as session:
        assert not ranking(session).is_running
        due = dict(session.execute(select(Case.id, Case.priority_due_at)).all())
    assert due[ranked["done"]] is None
    assert due[ranked["legal"]] == NOW + timedelta(days=1)
    assert rank_anew(services) == 0
    assert "% done" not in Page(client.get("/priority")).text
    order = [row.text for row in Page(client.get("/")).all("a.row-link")]
    assert order == ["A legal review", "A furious review"]


def test_age_and_new_scores_count_by_the_saved_weights(
    client: FlaskClient, engine: Engine, services: Services, ranked: dict[str, int]
) -> None:
    """The sweep that age calls for does not bring the old weights back."""
    post(client, "/priority", do="save", **numbers(risk_legal="100"))
    with session_scope(engine) as session:
        session.get_one(Case, ranked["legal"]).priority_due_at = NOW
    reprioritise_due(services)
    by_sweep = priorities(engine, ranked)["legal"]
    rank_anew(services)
    assert priorities(engine, ranked)["legal"] == by_sweep


def test_default_is_offered_tried_and_saved(client: FlaskClient, engine: Engine, services: Services) -> None:
    """The button fills the form and previews; saved, nothing of one's own is kept."""
    post(client, "/priority", do="save", **numbers(stars="50"))
    page = Page(post(client, "/priority", do="default", **numbers(stars="60")))
    shown = {field.attrs["name"]: field.attrs["value"] for field in page.all(".weight input")}
    assert shown == numbers()
    with read_scope(engine) as session:
        assert weights_value(session)["stars"] == 50.0
    post(client, "/priority", do="save", **shown)
    with read_scope(engine) as session:
        assert weights_value(session) == {}
    rank_anew(services)


@pytest.mark.parametrize("value", ["", "-1", "101", "many", "nan", "inf", "1e999", "9" * 400])
def test_number_out_of_bounds_is_told_and_stored_nowhere(client: FlaskClient, engine: Engine, value: str) -> None:
    """The field is marked and keeps what was typed."""
    page = Page(post(client, "/priority", do="save", **numbers(reach=value)), status=422)
    assert page.one("[name=reach]").attrs["aria-invalid"] == "true"
    assert page.one("[name=reach]").attrs["value"] == value
    assert "from 0 to 100" in page.one(".fault").text
    with read_scope(engine) as session:
        assert weights_value(session) == {}


def test_all_zero_is_no_order(client: FlaskClient) -> None:
    """At least one number must count."""
    nothing = dict.fromkeys(numbers(), "0")
    assert "above zero" in Page(post(client, "/priority", do="preview", **nothing), status=422).one(".fault").text


def test_weights_go_to_the_database_and_back() -> None:
    """Whatever was typed comes back; a value of another version is filled up with the default."""
    weights, faults = read_weights(numbers(level_furious="12,5", age_2="0"))
    assert weights is not None
    assert faults == {}
    assert weights_of(stored_value(weights)) == weights
    assert weights_of({}) == DEFAULT
    assert weights_of({"stars": 9, "risk.of_the_future": 3}).stars == 9
