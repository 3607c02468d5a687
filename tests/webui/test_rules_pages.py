"""Rules of assignment on their pages: added, ordered, counted, deleted and brought back; each owner at their places."""

from __future__ import annotations

from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import Engine

from db.assigning import give_by_rules
from db.assignment_rules import When, add_rule, list_rules
from db.people import disable_person, get_person
from db.roles import Access, Role
from db.session import session_scope
from tests.factories import NOW, make_case, make_location, make_review, make_score, make_source

from .html import Element, Page
from .signing import make_person, signed_in


class Scene:
    """Two places with an angry review each; Ana works at both, Ben at the first."""

    def __init__(self, app: Flask, engine: Engine) -> None:
        self.engine = engine
        with session_scope(engine) as session:
            here, there = make_location(session, name="Here"), make_location(session, name="There")
            self.here, self.there = here.id, there.id
            self.ana = make_person(session, Access(everywhere=Role.STAFF), app=app, name="Ana").id
            self.ben = make_person(session, Access(at={here.id: Role.STAFF}), app=app, name="Ben").id
            self.reviews = []
            for place in (here, there):
                review = make_review(session, make_source(session, location=place))
                make_score(session, review)
                make_case(session, review, is_flagged=True)
                self.reviews.append(review.id)

    def rule(self, when: When | None = None, *people: int) -> int:
        with session_scope(self.engine) as session:
            return add_rule(session, when or When(), people or [self.ana], now=NOW)

    def topics(self) -> list[str]:
        with session_scope(self.engine) as session:
            return [rule.when.topic for rule in list_rules(session)]


@pytest.fixture
def scene(app: Flask, engine: Engine) -> Scene:
    return Scene(app, engine)


def sent(client: FlaskClient, form: Element, status: int = 200, **fields: object) -> Page:
    """The page after a form with these fields."""
    token = form.find("input[name=csrf_token]").attrs["value"]
    answer = client.post(form.attrs["action"], data={"csrf_token": token, **fields}, follow_redirects=True)
    return Page(answer, status=status)


def button(page: Page, words: str, *, at: int = 0) -> Element:
    """The form of the button that begins with these words, of the rule at this place of the list."""
    row = page.all("li[id^=rule-]")[at]
    return next(form for form in row.all("form") if form.find("button").text.startswith(words))


def test_first_rule_is_added_where_there_is_none(client: FlaskClient, scene: Scene) -> None:
    """The empty page says what rules are for; how many it would fit is shown before it is saved."""
    empty = Page(client.get("/places/rules"))
    assert "No rule yet" in empty.one(".empty").text
    form = Page(client.get(empty.find(".empty a.button").attrs["href"])).one("main form")
    assert [option.text for option in form.all("#place option")] == ["All places, also new ones", "Here", "There"]
    assert [tick.text for tick in form.all(".tick")][:2] == ["Ana", "Ben"]
    asked: dict[str, Any] = {"place": str(scene.here), "least": "angry", "topic": "waiting", "person": str(scene.ana)}
    looked = sent(client, form, **asked, do="look")
    assert "fits 1 of 2 cases in the queue" in looked.one(".notice").text
    assert scene.topics() == []
    saved = sent(client, looked.one("main form"), **asked, do="save")
    (row,) = saved.all("li[id^=rule-]")
    assert row.find("strong").text == "Here · angry or worse · waiting"
    assert "Goes to Ana" in row.text
    assert "Saved" in saved.one(".told").text


def test_rule_that_cannot_be_saved_says_why(client: FlaskClient, scene: Scene) -> None:
    """Nobody chosen; or somebody who does not work at the place. What was entered stands there still."""
    form = Page(client.get("/places/rules/new")).one("main form")
    refused = sent(client, form, status=422, place=str(scene.there), topic="price", do="save")
    assert "Choose who gets" in refused.one("#people-fault").text
    assert [option.attrs["value"] for option in refused.all("option[selected]")] == [str(scene.there), "price"]
    refused = sent(client, form, status=422, place=str(scene.there), person=str(scene.ben), do="save")
    assert "does not work there" in refused.one("#people-fault").text
    assert sent(client, form, status=422, place="4711", do="look").one("#place-fault")
    assert scene.topics() == []


def test_rules_are_ordered_changed_and_deleted_by_buttons(client: FlaskClient, scene: Scene) -> None:
    """The first has no way up and the last none down; what was deleted comes back to its place."""
    for topic in ("price", "waiting", "staff"):
        scene.rule(When(topic=topic))
    page = Page(client.get("/places/rules"))
    words = [[one.text.partition(":")[0] for one in row.all(".act")] for row in page.all("li[id^=rule-]")]
    give = "Give the 2 that nobody has"
    assert words == [["Down", "Change", "Delete"], ["Up", "Down", "Change", give, "Delete"], ["Up", "Change", "Delete"]]
    page = sent(client, button(page, "Up", at=1), to="up")
    assert scene.topics() == ["waiting", "price", "staff"]
    page = sent(client, button(page, "Down", at=1), to="down")
    assert scene.topics() == ["waiting", "staff", "price"]
    change = Page(client.get(page.all("li[id^=rule-] a.act")[0].attrs["href"])).one("main form")
    page = sent(client, change, place="all", topic="hygiene", person=str(scene.ana), do="save")
    page = sent(client, button(page, "Delete"))
    assert scene.topics() == ["staff", "price"]
    back = sent(client, page.one(".undo"))
    assert "Taken back" in back.one(".told").text
    assert scene.topics() == ["hygiene", "staff", "price"]


def test_rule_whose_people_are_gone_says_so(client: FlaskClient, scene: Scene) -> None:
    """And what an earlier rule takes is told of the later one."""
    scene.rule(When(), scene.ana)
    scene.rule(When(location_id=scene.here), scene.ben)
    with session_scope(scene.engine) as session:
        ben = get_person(session, scene.ben)
        assert ben is not None
        disable_person(session, ben)
    first, second = Page(client.get("/places/rules")).all("li[id^=rule-]")
    assert not first.all(".fault")
    assert "Ben does not work there any more" in second.find(".fault").text
    assert "the rule is skipped" in second.find(".fault").text
    assert "fits 1 of 2 cases in the queue, of which an earlier rule takes 1" in second.text


def test_case_tells_which_rule_gave_it_away(client: FlaskClient, scene: Scene) -> None:
    """On its timeline, by nobody in particular."""
    scene.rule(When(location_id=scene.here, topic="waiting"), scene.ben)
    with session_scope(scene.engine) as session:
        assert give_by_rules(session, now=NOW).given == 1
    page = Page(client.get(f"/reviews/{scene.reviews[0]}"))
    assert "Assigned to Ben by the rule “Here · waiting”" in page.one("#timeline").text
    assert "Ben" in page.find(".owner-name").text


def test_owner_of_one_place_looks_after_its_rules(app: Flask, scene: Scene) -> None:
    """Those of all places are shown and not theirs to change; those of another place are not there."""
    everywhere, here, there = (
        scene.rule(When(location_id=place, topic=topic))
        for place, topic in ((None, "price"), (scene.here, "staff"), (scene.there, "waiting"))
    )
    client = signed_in(app, Access(at={scene.here: Role.OWNER}))
    page = Page(client.get("/places/rules"))
    rows = page.all("li[id^=rule-]")
    assert [row.attrs["id"] for row in rows] == [f"rule-{everywhere}", f"rule-{here}"]
    assert [len(row.all(".act")) for row in rows] == [0, 2], "to change and to delete: there is nothing to pass by"
    token = page.find("input[name=csrf_token]").attrs["value"]
    for id_, status in ((everywhere, 403), (there, 404)):
        assert client.get(f"/places/rules/{id_}").status_code == status
        for address in ("", "/move", "/delete", "/restore"):
            answer = client.post(f"/places/rules/{id_}{address}", data={"csrf_token": token, "to": "up"})
            assert answer.status_code == status, (id_, address)
    form = Page(client.get("/places/rules/new")).one("main form")
    assert [option.text for option in form.all("#place option")] == ["Here"]
    sent(client, form, status=422, place="all", person=str(scene.ana), do="save")
    sent(client, form, status=422, place=str(scene.there), person=str(scene.ana), do="save")
    sent(client, form, place=str(scene.here), person=str(scene.ana), do="save")
    assert scene.topics() == ["price", "staff", "waiting", ""]


def test_rule_is_applied_to_what_waits_after_a_look_and_taken_back(client: FlaskClient, scene: Scene) -> None:
    """Saving offers it, with the number; the question says who gets them; then it is done, with a way back."""
    form = Page(client.get("/places/rules/new")).one("main form")
    saved = sent(client, form, place=str(scene.here), person=str(scene.ben), do="save")
    assert "1 that waits already and nobody has can be given as well" in saved.one(".told").text
    offer = next(
        link for link in saved.all("li[id^=rule-] a.act") if link.text.startswith("Give the 1 that nobody has")
    )
    question = Page(client.get(offer.attrs["href"]))
    assert question.one("h1").text == "1 case that nobody has: give it by this rule?"
    assert "Goes to Ben" in question.one("main form").text
    done = sent(client, question.one("main form"))
    assert "1 case is given." in done.one(".told").text
    assert not [link for link in done.all("a.act") if link.text.startswith("Give the")]
    back = sent(client, done.one(".told form"))
    assert "Taken back" in back.one(".told").text
    assert [link for link in back.all("a.act") if link.text.startswith("Give the 1")]
    sent(client, question.one("main form"))
    again = Page(client.get(offer.attrs["href"], follow_redirects=True))
    assert "Nothing waits any more" in again.one(".told").text
    assert "Nothing waits any more" in sent(client, question.one("main form")).one(".told").text
