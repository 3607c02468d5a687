"""Asking customers again: on the case with one press, and in the list of all that is due."""

from __future__ import annotations

from datetime import timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import Engine, select

from db.acting import Actor
from db.follow_ups import set_follow_up
from db.models import Case, CaseStage, CaseState, FollowUp, Review, Source
from db.roles import Access, Role
from db.session import session_scope
from tests.db.offer_hands import made_offer
from tests.factories import make_case, make_location, make_review, make_source

from .html import Page
from .posting import form_token
from .signing import make_person, signed_in

HOSTILE = "<script>alert(1)</script>"


@pytest.fixture
def review_ids(app: Flask, engine: Engine) -> list[int]:
    """At a place of one's own with two cases, the first answered and given something; and at one of others."""
    made = []
    with session_scope(engine) as session:
        own, other = (make_location(session, name=name, timezone="UTC") for name in ("Lanterna", "Elsewhere"))
        for number, place in enumerate((own, own, other)):
            review = make_review(session, make_source(session, location=place), author_name=f"Guest {number} {HOSTILE}")
            case = make_case(session, review)
            by = Actor(
                person_id=make_person(session, Access(everywhere=Role.STAFF), app=app).id,
                name="Sofia",
                now=app.extensions["amends"].clock(),
            )
            if number == 0:
                case.state = CaseState.ANSWERED
                made_offer(session, case.id, by=by)
            else:
                set_follow_up(session, case.id, by.now.date() + timedelta(days=30), by=by)
            made.append(review.id)
    return made


@pytest.fixture
def client(app: Flask, engine: Engine, review_ids: list[int]) -> FlaskClient:
    """Staff of the first place."""
    with session_scope(engine) as session:
        at = select(Source.location_id).join(Review, Review.source_id == Source.id).where(Review.id == review_ids[0])
        place_id = session.scalars(at).one()
    return signed_in(app, Access(at={place_id: Role.STAFF}))


def press(client: FlaskClient, page: Page, selector: str, **fields: str) -> Page:
    """Send a form of a page as its button does; the page behind it."""
    form = page.find(selector)
    hidden = {one.attrs["name"]: one.attrs.get("value", "") for one in form.all("input[type=hidden]")}
    answer = client.post(form.attrs["action"], data=hidden | fields, follow_redirects=False)
    assert answer.status_code == 303, answer.text[:2000]
    return Page(client.get(answer.headers["Location"].partition("#")[0]))


def rows(engine: Engine, review_id: int) -> list[FollowUp]:
    with session_scope(engine) as session:
        wanted = select(FollowUp).join(Case).where(Case.review_id == review_id).order_by(FollowUp.due_on)
        found = list(session.scalars(wanted))
        session.expunge_all()
        return found


def test_a_remedy_is_followed_up_on_its_case(client: FlaskClient, engine: Engine, review_ids: list[int]) -> None:
    """Both days stand there; not content reopens and says what next, content lets it be closed, each can be undone."""
    address = f"/reviews/{review_ids[0]}"
    page = Page(client.get(address))
    assert [one.text.split(" ", 1)[0] for one in page.all("#follow-ups .follow-head strong")] == ["Ask:", "Ask:"]
    assert "The customer will be asked on" in page.one("#timeline").text
    page = press(client, page, "#follow-ups .follow form", outcome="not_content", note=f"Cold again. {HOSTILE}")
    assert "The customer is not content" in page.one(".follow-next-grave").text
    assert [link.attrs["href"] for link in page.all(".follow-ways a")] == ["#offers", "#contacts", "#follow-day"]
    assert "Not content: to do again" in page.one("#work").text
    assert "<script>alert" not in client.get(address).text
    assert "is not content, says" in page.one("#timeline").text
    page = press(client, page, ".told form")
    assert rows(engine, review_ids[0])[0].outcome is None
    assert "Cold again." in page.find("#follow-ups input[name=note]").attrs["value"]
    page = press(client, page, "#follow-ups .follow form", outcome="content", note="")
    assert page.find(".follow-next form button").text == "Close the case"
    page = press(client, page, ".follow-asked form")
    assert rows(engine, review_ids[0])[0].outcome is None
    page = press(client, page, "#follow-ups .follow form", outcome="content")
    press(client, page, ".follow-next form", stage="done")
    with session_scope(engine) as session:
        assert session.scalars(select(Case.stage).where(Case.review_id == review_ids[0])).one() is CaseStage.DONE


def test_what_cannot_be_is_told(client: FlaskClient, engine: Engine, review_ids: list[int]) -> None:
    """No day, a day that is past, no outcome, a book of a note, a form that somebody else was faster with."""
    address, given = f"/reviews/{review_ids[0]}/follow-ups", {"csrf_token": form_token(client)}
    one = rows(engine, review_ids[0])[0]
    for path, fields, status, words in (
        ("", {"day": "soon"}, 422, "Choose the day on which to ask."),
        ("", {"day": "2020-01-01"}, 422, "Choose a day from today on"),
        (f"/{one.id}/outcome", {"version": "0", "outcome": "happy"}, 422, "Choose what came of it."),
        (f"/{one.id}/outcome", {"version": "0", "outcome": "taken_back"}, 422, "Choose what came of it."),
        (f"/{one.id}/outcome", {"version": "0", "outcome": "content", "note": "x" * 1001}, 422, "That is too long"),
        (f"/{one.id}/outcome", {"version": "7", "outcome": "content"}, 409, "Somebody else has changed this"),
        (f"/{one.id}/reopen", {"version": "0"}, 409, "This is open already"),
        (f"/{one.id + 99}/reopen", {"version": "0"}, 409, "This follow-up is gone"),
    ):
        answer = client.post(address + path, data=given | fields)
        assert answer.status_code == status, path
        assert words in answer.text
    assert rows(engine, review_ids[0])[0].outcome is None


@pytest.mark.usefixtures("review_ids")
def test_the_list_shows_what_is_due_at_own_places(client: FlaskClient, engine: Engine) -> None:
    """Mine at first, all on request; nothing of other places; what is due is said there, and one comes back to it."""
    page = Page(client.get("/follow-ups"))
    assert "Nobody is to be asked" in page.text
    assert "Of others: 3 coming." in page.text
    page = Page(client.get("/follow-ups?who=all"))
    heads = [one.text for one in page.all(".follow-head a")]
    assert heads == [f"Guest 0 {HOSTILE}", f"Guest 0 {HOSTILE}", f"Guest 1 {HOSTILE}"]
    assert "Elsewhere" not in page.text
    for wrong in ("/follow-ups?after=x", "/follow-ups?after=2026-13-45.1", "/follow-ups?who=4711&place=4711"):
        assert client.get(wrong).status_code == 200
    with session_scope(engine) as session:
        for row in session.scalars(select(FollowUp).where(FollowUp.offer_id.is_not(None))):
            row.due_on -= timedelta(days=40)
    page = Page(client.get("/follow-ups?who=all"))
    assert [head.text for head in page.all("section h2")] == ["Overdue", "Coming"]
    page = press(client, page, ".follow-outcomes", outcome="no_answer")
    assert "Noted: no answer." in page.text
    assert len(page.all(".follow-head a")) == 2
    page = press(client, page, ".told form")
    assert len(page.all(".follow-head a")) == 3
