"""Acts on the rows that are ticked: one at once, several after a question, none that one may not touch, and back."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import Engine
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from db.models import Case, CaseStage
from db.roles import Access, Role
from db.session import read_scope, session_scope
from db.tags import tags_of
from tests.factories import make_case, make_location, make_review, make_source

from .html import Page
from .posting import form_token
from .signing import client_of, make_person, signed_in


class Scene:
    """Two places with two flagged cases each; Ana works at the first and reads at the second, Ben works at both."""

    def __init__(self, app: Flask, session: Session) -> None:
        self.here, self.there, self.hidden = (make_location(session).id for _ in range(3))
        self.at_here, self.at_there, self.at_hidden = (
            self._cases(session, place) for place in (self.here, self.there, self.hidden)
        )
        ana = Access(at={self.here: Role.STAFF, self.there: Role.VIEWER})
        self.ana = make_person(session, ana, app=app, name="Ana")
        self.ben = make_person(session, app=app, name="Ben").id
        self.cara = make_person(session, Access(at={self.there: Role.STAFF}), app=app, name="Cara").id

    def _cases(self, session: Session, place_id: int) -> list[int]:
        source = make_source(session, location_id=place_id)
        return [make_case(session, make_review(session, source), is_flagged=True).id for _ in range(2)]


@pytest.fixture
def scene(app: Flask, engine: Engine) -> Scene:
    with session_scope(engine) as session:
        return Scene(app, session)


@pytest.fixture
def ana(app: Flask, scene: Scene) -> FlaskClient:
    return client_of(app, scene.ana)


def send(client: FlaskClient, address: str = "/cases", **fields: Any) -> TestResponse:
    token = form_token(client)
    return client.post(address, data={"csrf_token": token, **fields})


def told(client: FlaskClient, answer: TestResponse) -> Page:
    """The page that an act leads to."""
    assert answer.status_code == 303, answer.text
    return Page(client.get(answer.headers["Location"]))


def of_cases(engine: Engine, ids: list[int], name: str) -> list[object]:
    with read_scope(engine) as session:
        return [getattr(session.get_one(Case, id_), name) for id_ in ids]


def test_one_case_is_assigned_at_once_and_the_list_goes_on(ana: FlaskClient, engine: Engine, scene: Scene) -> None:
    """No question for one; the next row is where one goes on, in the same list."""
    answer = send(ana, "/cases?view=open&stars=2", act="mine", case=scene.at_here[0], then="review-2")
    assert answer.headers["Location"] == "/?view=open&stars=2#review-2"
    page = told(ana, answer)
    assert page.one("#told").text.startswith("Assigned to you. Undo")
    assert of_cases(engine, scene.at_here, "assignee_id") == [scene.ana.id, None]
    assert page.one("a.view[data-key=go-mine] .view-count").text == "1"


def test_it_can_be_taken_back_without_a_script(ana: FlaskClient, engine: Engine, scene: Scene) -> None:
    """Once; a second press is told that it is too late."""
    page = told(ana, send(ana, act="done", case=scene.at_here[0]))
    assert of_cases(engine, scene.at_here[:1], "stage") == [CaseStage.DONE]
    way_back = page.one("#told form").attrs["action"]
    assert "Taken back" in told(ana, send(ana, way_back)).one("#told").text
    assert of_cases(engine, scene.at_here[:1], "stage") == [CaseStage.TODO]
    assert "can no longer be taken back" in told(ana, send(ana, way_back)).one("#told").text


def test_nobody_takes_back_what_others_did(app: Flask, ana: FlaskClient, engine: Engine, scene: Scene) -> None:
    """Whoever learns the token of somebody else's act can do nothing with it."""
    page = told(ana, send(ana, act="done", case=scene.at_here[0]))
    other = signed_in(app)
    assert (
        "no longer be taken back" in told(other, send(other, page.one("#told form").attrs["action"])).one("#told").text
    )
    assert of_cases(engine, scene.at_here[:1], "stage") == [CaseStage.DONE]


def test_several_are_asked_about_with_their_number(ana: FlaskClient, engine: Engine, scene: Scene) -> None:
    """Nothing happens before the answer. What one may only read is left out and told; what one may not see is not."""
    every = [*scene.at_here, *scene.at_there, *scene.at_hidden]
    page = Page(send(ana, act="assign", to=scene.ben, case=every, then="review-9"))
    assert page.one("h1").text == "2 cases: assign to Ben?"
    assert "2 cases stay as they are: at their places you may only read." in page.one("main form").text
    assert of_cases(engine, every, "assignee_id") == [None] * 6
    fields: dict[str, Any] = {field.attrs["name"]: field.attrs["value"] for field in page.all("main form input")}
    fields["case"] = [field.attrs["value"] for field in page.all("main form input[name=case]")]
    fields.pop("csrf_token")
    answer = send(ana, **fields)
    assert answer.headers["Location"] == "/#review-9"
    assert told(ana, answer).find("#told .told > span").text == "2 cases: Assigned to Ben."
    assert of_cases(engine, every, "assignee_id") == [scene.ben, scene.ben, None, None, None, None]


def test_nobody_is_given_what_they_cannot_work_on(ana: FlaskClient, engine: Engine, scene: Scene) -> None:
    """Cara works elsewhere; there is nobody of the last number."""
    page = told(ana, send(ana, act="assign", to=scene.cara, case=scene.at_here, sure="yes"))
    assert page.one("#told").text == "2 cases stay as they are: Cara does not work at their places."
    for to in ("", "x", "4711"):
        page = told(ana, send(ana, act="assign", to=to, case=scene.at_here[0]))
        assert page.one("#told").text == "Choose somebody to assign them to."
    assert of_cases(engine, scene.at_here, "assignee_id") == [None, None]


def test_case_comes_back_in_the_morning_of_its_place(
    ana: FlaskClient, engine: Engine, scene: Scene, now: datetime
) -> None:
    """At nine by the clocks there; what is not offered is taken as tomorrow."""
    told(ana, send(ana, act="snooze", until="monday", case=scene.at_here[0]))
    told(ana, send(ana, act="snooze", until="never", case=scene.at_here[1]))
    morning = now.replace(hour=9) + timedelta(days=1)  # the tests live on a Sunday
    assert of_cases(engine, scene.at_here, "snoozed_until") == [morning, morning]


@pytest.mark.parametrize("cases", [[], ["x"], ["99999999999"], ["4711"]])
def test_nothing_ticked_is_told(ana: FlaskClient, cases: list[str]) -> None:
    """Nor does a number that is none harm anything."""
    page = told(ana, send(ana, act="done", case=cases))
    assert page.one("#told").text in {
        "Nothing is selected. Tick some rows first.",
        "These cases are not there any more.",
    }
    assert send(ana, act="launch", case=cases).status_code == 404


def test_all_of_a_page_can_be_ticked_without_a_script(ana: FlaskClient, app: Flask, scene: Scene) -> None:
    """By a link; whoever may only read gets neither ticks nor acts."""
    link = Page(ana.get("/")).one("[data-tick-all]").attrs["href"]
    page = Page(ana.get(link))
    assert len(page.all("input[name=case][checked]")) == len(page.all("li.row")) == 4
    viewer = Page(signed_in(app, Access(at={scene.here: Role.VIEWER})).get("/"))
    assert viewer.all("main form[method=post], input[name=case]") == []


def test_people_to_assign_to_are_those_of_the_own_places(
    app: Flask, ana: FlaskClient, engine: Engine, scene: Scene
) -> None:
    """Somebody who works elsewhere only is not in the list."""
    with session_scope(engine) as session:
        make_person(session, Access(at={scene.hidden: Role.STAFF}), app=app, name="Dan")
        make_person(session, Access(at={scene.here: Role.VIEWER}), app=app, name="Eva")
    assert [option.text for option in Page(ana.get("/")).all("#bulk-to option")] == ["Ana", "Ben", "Cara"]


def test_several_are_tagged_with_one_word(ana: FlaskClient, engine: Engine, scene: Scene) -> None:
    """After the question, which names it; a tag without a letter is refused in words."""
    page = Page(send(ana, act="tag", tag=" Terrace  noise ", case=scene.at_here))
    assert page.one("h1").text == "2 cases: tag with “Terrace noise”?"
    page = told(ana, send(ana, act="tag", tag="Terrace noise", case=scene.at_here, sure="yes"))
    assert "2 cases: Tagged with “Terrace noise”." in page.one("#told").text
    with read_scope(engine) as session:
        assert set(tags_of(session, scene.at_here)) == set(scene.at_here)
    rows = Page(ana.get("/?tag=terrace+NOISE")).all("li.row")
    assert [[tag.text for tag in row.all(".tag-own")] for row in rows] == [["Terrace noise"]] * 2
    assert "Type a word" in told(ana, send(ana, act="tag", tag="#", case=scene.at_here[0])).one("#told").text


def test_tags_of_other_places_are_not_offered(app: Flask, ana: FlaskClient, scene: Scene) -> None:
    """A word may tell who was there."""
    boss = signed_in(app)
    told(boss, send(boss, act="tag", tag="Minister", case=scene.at_hidden[0]))
    told(boss, send(boss, act="tag", tag="Window", case=scene.at_here[0]))
    offered = [option.text for option in Page(ana.get("/")).all("#filter-tag option")]
    assert offered == ["Any", "Window"]
    assert "Minister" in Page(boss.get("/")).one("#filter-tag").text
    assert Page(ana.get("/?view=all&tag=minister")).all("li.row") == []
