"""Causes that come back, and the actions on them, as people of every role see and use them."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from db.acting import Actor
from db.causes import add_cause
from db.improvements import Plan, open_improvement
from db.models import Case, Improvement, ImprovementState, Source
from db.roles import Access, Role
from db.session import session_scope
from tests.factories import make_case, make_location, make_review, make_source

from .html import Page
from .posting import post
from .signing import client_of, make_person, signed_in


class Stage:
    """Two places in November 2026: waiting is up at the first, and nothing is at the second."""

    def __init__(self, app: Flask, session: Session, now: datetime) -> None:
        self.here = make_location(session, name="Harbour", slug="harbour", timezone="Europe/Rome").id
        self.there = make_location(session, name="Station", slug="station").id
        self.cause = add_cause(session, "Waiting", words={}, now=now).id
        for place, (month, cases, calm) in (
            (self.here, (11, 9, 11)),
            (self.here, (9, 3, 37)),
            (self.there, (11, 1, 2)),
        ):
            source = make_source(session, location_id=place)
            self._reviews(session, source, month, cases, self.cause)
            self._reviews(session, source, month, calm, None)
        self.boss = make_person(session, Access(at={self.here: Role.APPROVER}), app=app, name="Bea")
        self.ben = make_person(session, Access(at={self.here: Role.STAFF}), app=app, name="Ben")
        self.app = app

    def _reviews(self, session: Session, source: Source, month: int, number: int, cause_id: int | None) -> None:
        for day in range(number):
            at = datetime(2026, month, 1 + day % 20, 12, tzinfo=UTC)
            review = make_review(session, source, published_at=at, body="x")
            make_case(session, review, cause_id=cause_id)


@pytest.fixture
def stage(app: Flask, engine: Engine, now: datetime) -> Stage:
    with session_scope(engine) as session:
        return Stage(app, session, now)


def opened(engine: Engine, stage: Stage, now: datetime, **more: object) -> int:
    with session_scope(engine) as session:
        by = Actor(person_id=stage.boss.id, name="Bea", now=now)
        plan = Plan(title="More hands", owner_id=stage.ben.id, due_on=date(2026, 12, 1))
        one = open_improvement(session, stage.here, stage.cause, plan, by=by)
        for name, value in more.items():
            setattr(one, name, value)
        return one.id


def number_of(client: FlaskClient, address: str) -> str:
    return Page(client.get(address)).find(".chips-count").text


@pytest.mark.usefixtures("stage")
def test_every_number_of_a_trend_leads_to_the_list_that_proves_it(client: FlaskClient) -> None:
    """At one place and at all; the sentence tells counts, denominators, the mean and what it says."""
    page = Page(client.get("/causes/trends?place=harbour"))
    trend = page.one(".trend")
    for words in ("9 of 20 reviews this month (45 per 100)", "1 a month before: 3 of 40 (7.5 per 100)"):
        assert words in trend.text
    assert "more than chance explains" in trend.find(".tag").text
    links = {link.text: link.attrs["href"] for link in trend.all("a")}
    assert number_of(client, links["9 of 20 reviews this month"]).startswith("9 ")
    assert number_of(client, links["3 of 40"]).startswith("3 ")
    assert number_of(client, page.one(".trend-whole").all("a")[1].attrs["href"]).startswith("40 ")
    whole = Page(client.get("/causes/trends"))
    assert "10 of 23 reviews this month" in whole.one(".trend").text
    by_place = [one.text for one in whole.all(".trend-places li")]
    assert "Harbour" in by_place[0]
    assert "1 of 3 reviews this month" in by_place[1]
    assert "Too few to say" in by_place[1]
    assert Page(client.get("/causes/trends?month=2026-07")).find(".empty h2").text == "No cause came up"
    for wrong in ("place=nowhere", "month=2026-12", "month=2026-13", "month=x", "month=0001-01"):
        assert client.get(f"/causes/trends?{wrong}").status_code == 404


def test_one_sees_the_causes_of_ones_own_places(stage: Stage) -> None:
    """Neither the counts nor the name of another; an action is opened by those who approve."""
    staff = client_of(stage.app, stage.ben)
    page = Page(staff.get("/causes/trends"))
    assert "Station" not in page.text
    assert "9 of 20 reviews" in page.one(".trend").text
    assert staff.get("/causes/trends?place=station").status_code == 404
    new = f"/actions/new?place={stage.here}&cause={stage.cause}"
    assert [link.attrs["href"] for link in page.all(".trend .acts a")] == []
    boss = Page(client_of(stage.app, stage.boss).get("/causes/trends"))
    assert [link.attrs["href"] for link in boss.all(".trend .acts a")] == [new]
    assert staff.get(new).status_code == 403


def test_an_action_is_opened_from_a_row_and_told_in_the_case(stage: Stage, engine: Engine) -> None:
    """What is refused stands in the form still; undo takes it away."""
    boss = client_of(stage.app, stage.boss)
    fields = {"place": str(stage.here), "cause": str(stage.cause), "owner": str(stage.ben.id), "due_on": "2026-12-01"}
    for wrong, words in (
        ({"title": " "}, "what shall change"),
        ({"title": "Kept words", "due_on": "2026-11-01"}, "still to come"),
        ({"title": "Kept words", "due_on": "soon"}, "the day by which"),
        ({"title": "Kept words", "owner": ""}, "who sees to it"),
        ({"title": "Kept words", "cause": "4711"}, "offered no more"),
    ):
        refused = Page(post(boss, "/actions", **fields | wrong), status=422)
        assert words in refused.one("[role=alert]").text
        assert refused.one("#title").attrs["value"] == wrong["title"]
    assert post(boss, "/actions", **fields | {"title": "x", "place": str(stage.there)}).status_code == 404
    answer = post(boss, "/actions", **fields, title="<b>More hands</b>")
    page = Page(boss.get(answer.location))
    assert page.one("h1").text == "<b>More hands</b>"
    with session_scope(engine) as session:
        review_id = session.scalars(select(Case.review_id).where(Case.cause_id == stage.cause)).first()
    case = Page(client_of(stage.app, stage.ben).get(f"/reviews/{review_id}"))
    assert "An action on this cause is open: <b>More hands</b>, by 1 Dec 2026" in case.one("#cause").text
    post(boss, page.find(".told form").attrs["action"])
    with session_scope(engine) as session:
        assert session.scalars(select(Improvement)).all() == []


def test_it_is_noted_by_whoever_has_it_and_closed_by_those_who_approve(
    stage: Stage, engine: Engine, now: datetime
) -> None:
    """Staff see it; somebody faster is not overwritten; undo opens it again."""
    address = f"/actions/{opened(engine, stage, now)}"
    staff, boss = client_of(stage.app, stage.ben), client_of(stage.app, stage.boss)
    other = signed_in(stage.app, Access(at={stage.here: Role.STAFF}))
    assert post(other, f"{address}/work", version="0", work="Mine.").status_code == 403
    assert post(staff, f"{address}/work", version="0", work="Found one.").status_code == 303
    assert post(staff, f"{address}/state", version="1", do="done").status_code == 403
    late = Page(post(boss, address, version="0", title="Kept", owner="1", due_on="2026-12-02"), status=409)
    assert late.one("#title").attrs["value"] == "Kept"
    assert "Somebody else" in late.one("[role=alert]").text
    ahead = Page(post(boss, f"{address}/state", version="1", do="done", done_on="2026-12-24"), status=422)
    assert ahead.one("#done_on").attrs["value"] == "2026-12-24"
    assert post(boss, f"{address}/state", version="1", do="done", done_on="2026-11-20").status_code == 303
    page = Page(boss.get(address))
    assert "since 20 Nov 2026" in page.one(".action-steps").text
    assert "look again on" in page.one(".effect").text
    post(boss, page.find(".told form").attrs["action"])
    page = Page(staff.get(address))
    assert page.one(".head .tag").text == "Open"
    assert page.one("textarea").text == "Found one."
    assert page.all("button[name=do]") == []


def test_list_tells_what_is_overdue_first_and_what_helped(stage: Stage, engine: Engine, now: datetime) -> None:
    """Rates before and after as far as there is enough, each with its list."""
    opened(engine, stage, now)
    opened(engine, stage, now, title="Late one", due_on=date(2026, 11, 21))
    done = {"state": ImprovementState.DONE, "done_on": date(2026, 10, 15)}
    opened(engine, stage, now, title="Done one", **done)
    boss = client_of(stage.app, stage.boss)
    page = Page(boss.get("/actions"))
    assert [head.text for head in page.all("section h2")] == ["Overdue", "Open", "Done"]
    assert page.find(".promise-late a").text == "Late one"
    effect = page.one(".effect")
    assert "More often" in effect.find(".tag").text
    assert "56 days before: 3 of 40 reviews (7.5 per 100)" in effect.text
    assert "37 days after: 9 of 20 reviews (45 per 100)" in effect.text
    for link, count in zip(effect.all("a"), ("3 ", "9 "), strict=True):
        assert number_of(boss, link.attrs["href"]).startswith(count)
    stranger = signed_in(stage.app, Access(at={stage.there: Role.OWNER}))
    assert "No action yet" in Page(stranger.get("/actions")).text
