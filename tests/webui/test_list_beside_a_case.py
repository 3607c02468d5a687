"""The list beside a case, and what the case tells in short: the server's part of the three zones."""

from __future__ import annotations

from datetime import timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from db.models import Review, Source
from db.roles import Access, Role
from db.session import session_scope
from tests.factories import NOW, make_case, make_location, make_review, make_score, make_source

from .html import Page
from .signing import signed_in


def a_case(session: Session, source: Source, priority: float, **columns: object) -> Review:
    review = make_review(session, source, **columns)
    make_score(session, review, risks=[{"risk": risk, "probability": 0.9} for risk in ("refund", "safety", "legal")])
    make_case(session, review, is_flagged=True, priority=priority)
    return review


@pytest.fixture
def ids(engine: Engine) -> list[int]:
    """Three reviews of one author at one place, the most urgent first."""
    with session_scope(engine) as session:
        source = make_source(session, location=make_location(session, name="Lanterna"))
        return [a_case(session, source, priority, author_name="Pat").id for priority in (90.0, 60.0, 30.0)]


def test_list_stands_beside_its_case_with_its_filters(client: FlaskClient, ids: list[int]) -> None:
    """The same page of it, in the same order; the open one is marked, the search keeps what is filtered."""
    page = Page(client.get(f"/reviews/{ids[1]}?view=all&stars=2&q=waited"))
    assert [row.find("a").attrs["href"].partition("?")[0] for row in page.all(".near-row")] == [
        f"/reviews/{id_}" for id_ in ids
    ]
    assert page.one(".near-row[data-here] a").attrs["aria-current"] == "true"
    first = page.find(".near-row")
    assert "view=all&q=waited&stars=2" in first.find("a").attrs["href"]
    assert first.find(".tag").text == "Safety +2"
    assert first.find(".tag").attrs["title"] == "Safety, Legal step, Wants money back"
    find = page.one(".beside form")
    assert {one.attrs["name"]: one.attrs["value"] for one in find.all("input[type=hidden]")} == {
        "view": "all",
        "stars": "2",
    }
    assert page.one(".beside-filters").text == "1 filter is on Clear all"
    assert page.one(".beside-filters a").attrs["href"] == f"/reviews/{ids[1]}?view=all"


def test_case_that_has_left_the_list_stands_beside_what_is_left(client: FlaskClient, ids: list[int]) -> None:
    """No row is marked; an empty list says so."""
    assert Page(client.get(f"/reviews/{ids[0]}?view=done")).one(".near-none").text == "Nothing is left in this list."
    assert Page(client.get(f"/reviews/{ids[0]}?stars=1")).all("[data-here]") == []


def test_list_beside_a_case_tells_nothing_of_other_places(app: Flask, engine: Engine, ids: list[int]) -> None:
    """Whoever sees one place sees its rows alone."""
    with session_scope(engine) as session:
        there = make_source(session, location=make_location(session))
        a_case(session, there, 99.0, body="Elsewhere.")
        place_id = session.get_one(Source, session.get_one(Review, ids[0]).source_id).location_id
    viewer = signed_in(app, Access(at={place_id: Role.VIEWER}))
    assert len(Page(viewer.get(f"/reviews/{ids[0]}")).all(".near-row")) == 3


def test_pill_beside_a_case_keeps_it_open(client: FlaskClient, engine: Engine, ids: list[int]) -> None:
    """What has come in is shown beside the case that is being read."""
    poll = Page(client.get(f"/reviews/{ids[0]}?view=all")).one("[data-poll]").attrs["hx-get"]
    with session_scope(engine) as session:
        a_case(session, make_source(session), 10.0)
    pill = Page(client.get(poll, headers={"HX-Request": "true"})).one(".pill")
    assert pill.attrs["href"] == f"/reviews/{ids[0]}?view=all"


def test_case_tells_in_short_what_stands_further_down(client: FlaskClient, engine: Engine, ids: list[int]) -> None:
    """Others of the author and like complaints with their number, the last that happened, each with the way there."""
    with session_scope(engine) as session:
        alone = a_case(session, make_source(session), 5.0, author_name="Kim", published_at=NOW - timedelta(days=200)).id
    glance = Page(client.get(f"/reviews/{ids[0]}")).one(".glance")
    lines = {one.attrs["href"]: one.text for one in glance.all("a")}
    assert lines["#author-head"] == "2 others by the same author"
    assert lines["#similar-head"] == "3 complaints about waiting since 24 August"
    assert lines["#timeline"] == "Notes and timeline"
    assert [one.text for one in glance.all(".latest-words")] == [
        "Judged: angry",
        "First seen at " + glance.all(".latest-words")[1].find("bdi").text,
        "The guest wrote the review",
    ]
    assert "Nothing else by this author" in Page(client.get(f"/reviews/{alone}")).one(".glance").text
