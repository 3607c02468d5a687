"""Days away are entered by oneself or by the owner; pages say who stands in where work is given."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import Engine

from db.absences import Away, add_absence, coming_absences
from db.models import Person
from db.roles import Access, Role
from db.session import session_scope
from tests.factories import NOW, make_case, make_location, make_review, make_score, make_source

from .html import Page
from .posting import form_token
from .signing import client_of, make_person, signed_in
from .test_rules_pages import sent

FIRST, LAST = date(2026, 11, 22), date(2026, 12, 3)


class Scene:
    """Ana and Ben work at a place where there is a case; Dora works elsewhere."""

    def __init__(self, app: Flask, engine: Engine) -> None:
        self.app, self.engine = app, engine
        with session_scope(engine) as session:
            place, other = make_location(session, name="Lanterna"), make_location(session, name="Elsewhere")
            self.place = place.id
            self.ana, self.ben, self.dora = (
                make_person(session, Access(at={at.id: Role.STAFF}), app=app, name=name)
                for name, at in (("Ana", place), ("Ben", place), ("Dora", other))
            )
            review = make_review(session, make_source(session, location=place))
            make_score(session, review)
            self.case = make_case(session, review, is_flagged=True).id
            self.review = review.id
            session.flush()
            session.expunge_all()

    def away(self) -> None:
        with session_scope(self.engine) as session:
            add_absence(session, self.ana.id, self.ben.id, from_on=FIRST, until_on=LAST, now=NOW)

    def coming(self, person: Person) -> list[Away]:
        with session_scope(self.engine) as session:
            return coming_absences(session, [person.id], now=NOW).get(person.id, [])


@pytest.fixture
def scene(app: Flask, engine: Engine) -> Scene:
    return Scene(app, engine)


def test_days_are_entered_and_taken_off_on_the_account_page(scene: Scene) -> None:
    """Offered are those who work at the same places; what was taken off comes back by the button that is shown."""
    client = client_of(scene.app, scene.ana)
    form = Page(client.get("/account")).one("#away form.form")
    assert [option.text for option in form.all("option")] == ["Ben", "Nobody"]
    days: dict[str, Any] = {"from_on": FIRST.isoformat(), "until_on": LAST.isoformat()}
    page = sent(client, form, deputy=str(scene.ben.id), **days)
    assert "Ben stands in" in page.one("#away li").text
    (away,) = scene.coming(scene.ana)
    assert (away.from_on, away.until_on, away.deputy_id) == (FIRST, LAST, scene.ben.id)
    gone = sent(client, page.one("#away li form"))
    assert scene.coming(scene.ana) == []
    sent(client, gone.one(".undo"))
    assert [(one.from_on, one.until_on, one.deputy_id) for one in scene.coming(scene.ana)] == [
        (FIRST, LAST, scene.ben.id)
    ]


def test_days_that_cannot_be_are_said_beside_the_form(scene: Scene) -> None:
    """What was typed stands there still; somebody of another place is not on the list."""
    client = client_of(scene.app, scene.ana)
    form = Page(client.get("/account")).one("#away form.form")
    for fields, words in (
        ({"from_on": LAST, "until_on": FIRST}, "before the first"),
        ({"from_on": "soon", "until_on": LAST}, "the first and the last day"),
        ({"from_on": FIRST, "until_on": LAST, "deputy": scene.dora.id}, "somebody of the list"),
        ({"from_on": FIRST, "until_on": LAST, "deputy": scene.ana.id}, "somebody of the list"),
    ):
        typed: dict[str, Any] = {name: str(value) for name, value in fields.items()}
        refused = sent(client, form, status=422, **typed)
        assert words in refused.one("#away-fault").text
        assert refused.one("#from_on").attrs["value"] == typed["from_on"]
    assert scene.coming(scene.ana) == []


def test_owner_enters_days_for_somebody(client: FlaskClient, scene: Scene) -> None:
    """They stand in the list of people."""
    page = Page(client.get(f"/people/{scene.ana.id}"))
    days: dict[str, Any] = {"from_on": FIRST.isoformat(), "until_on": LAST.isoformat()}
    page = sent(client, page.one("#away form.form"), deputy=str(scene.ben.id), **days)
    assert "Ben stands in" in page.one("#away li").text
    assert "away 22 Nov 2026 to 3 Dec 2026" in Page(client.get("/people")).one(f"#person-{scene.ana.id}").text
    assert "taken" in sent(client, page.one("#away li form")).one(".told").text.lower()
    assert scene.coming(scene.ana) == []


def test_somebody_elses_days_are_not_there(scene: Scene) -> None:
    """Neither by their number, nor by the page of a person at another place or of one who works elsewhere as well."""
    scene.away()
    (away,) = scene.coming(scene.ana)
    ben = client_of(scene.app, scene.ben)
    token = form_token(ben)
    assert ben.post(f"/account/away/{away.id}/end", data={"csrf_token": token}).status_code == 404
    assert ben.post(f"/people/{scene.ana.id}/away", data={"csrf_token": token}).status_code == 403
    with session_scope(scene.engine) as session:
        everywhere = make_person(session, Access(everywhere=Role.STAFF), app=scene.app).id
    owner = signed_in(scene.app, Access(at={scene.place: Role.OWNER}))
    token = form_token(owner)
    for person_id, status in ((scene.dora.id, 404), (everywhere, 403)):
        for address in ("", f"/{away.id}/end"):
            answer = owner.post(f"/people/{person_id}/away{address}", data={"csrf_token": token})
            assert answer.status_code == status, (person_id, address)
    assert scene.coming(scene.ana) == [away]


def test_pages_say_who_stands_in_where_work_is_given(client: FlaskClient, scene: Scene) -> None:
    """In the list to choose from, after it, on the case, and at the head of the list of who stands in."""
    scene.away()
    page = Page(client.get(f"/reviews/{scene.review}"))
    options = {option.attrs["value"]: option.text for option in page.all("#to option")}
    assert options[str(scene.ana.id)].startswith("Ana (away until ")
    assert options[str(scene.ana.id)].endswith("; Ben stands in)")
    form = next(form for form in page.all("form") if form.all("#to"))
    version = form.find("input[name=version]").attrs["value"]
    after = sent(client, form, to=str(scene.ana.id), version=version)
    assert "Assigned to Ana. Ana is away until" in after.one(".told").text
    assert "Ben stands in" in after.one(".work > .work-rests").text
    ben = client_of(scene.app, scene.ben)
    mine = Page(ben.get("/?view=mine"))
    assert "You stand in for Ana until" in mine.one(".notice").text
    assert [row.attrs["id"] for row in mine.all("li.row")] == [f"review-{scene.review}"]
    assert Page(client.get("/?view=mine")).all("main .notice") == []
