"""The practice room: a case answered, explained and tried again; figures that only their person and an owner see."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from flask import Flask
from flask.testing import FlaskClient
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import Engine, func, select

from db.acting import Actor
from db.models import AuditEntry, CaseEvent, Person, PracticeAttempt, Reply, StaffMail
from db.practising import end_attempt, keep_attempt
from db.queries.missed import Answered
from db.roles import Access, Role
from db.session import session_scope
from tests.factories import NOW, make_location
from webui.practice.cases import all_cases, case_called
from webui.practice.progress import FEWEST, WINDOW, progress

from .html import Page
from .signing import client_of, make_person, signed_in
from .test_case_page import form_of, send

STAFF = Access(everywhere=Role.STAFF)
BAD = (
    "Please calm down, Steve. We are sorry if you were upset. We will refund you 350 euros once you change your review."
)
HTMX = {"HX-Request": "true"}


def the_form(client: FlaskClient, key: str) -> Any:
    return form_of(Page(client.get(f"/practice/{key}")), "/save")


def finish(client: FlaskClient, key: str, body: str, **more: Any) -> Page:
    """Press "I am done"."""
    form = the_form(client, key)
    hidden = {one.attrs["name"]: one.attrs["value"] for one in form.all("input[type=hidden]")}
    given = hidden | {"body": body} | more
    return Page(client.post(f"/practice/{key}/done", data=given, follow_redirects=True), status=200)


def test_case_is_answered_explained_and_tried_again(app: Flask, engine: Engine) -> None:
    """Found while writing, explained when done, with the good answer only then; it passes; nothing is posted."""
    client, case = signed_in(app, STAFF), case_called("garage-1")
    assert case is not None
    empty = Page(client.get("/practice"))
    assert "You have answered 0 of" in empty.one("#how-far").text
    assert len(empty.all(".practice-card")) == len(all_cases())
    page = Page(client.get("/practice/garage-1"))
    assert case.review in page.one(".voice-text").raw_text
    assert case.model[:40] not in page.source
    form = form_of(page, "/save")
    hidden = {one.attrs["name"]: one.attrs["value"] for one in form.all("input[type=hidden]")}
    part = client.post("/practice/garage-1/check", data=hidden | {"body": BAD}, headers=HTMX).text
    assert "Not telling people how to feel" in part
    assert "<html" not in part
    assert "ticked" not in part, "nothing has to be accepted here"
    saved = client.post("/practice/garage-1/save", data=hidden | {"body": "<b>Ste"}, headers={"X-Autosave": "1"})
    assert saved.get_json()["version"] == 1
    late = client.post("/practice/garage-1/save", data=hidden | {"body": "Other"}, headers={"X-Autosave": "1"})
    assert late.status_code == 409
    both = send(client, form, status=409, body="Other")
    assert (both.one(".theirs .reply-text").text, both.one("textarea").text) == ("<b>Ste", "Other")
    assert "You are writing" in Page(client.get("/practice")).text

    result = finish(client, "garage-1", BAD)
    kinds = {one.text for one in result.all(".finding-name")}
    assert {"Nothing tied to the review", "Not telling people how to feel", "A plain apology"} <= kinds
    assert "An angry person who is told to be calm gets angrier." in result.text
    good = {one.text for one in result.all(".practice-good li")}
    assert not good & {"Sees how it felt", "Says sorry once, for what happened"}, "undone by the sentence beside it"
    assert case.model[:60] in result.text
    assert case.difficult["en"] in result.text
    again = Page(client.get("/practice/garage-1?from=1"))
    assert again.one("textarea").raw_text.strip() == BAD
    fine = finish(client, "garage-1", case.model)
    assert kinds & {one.text for one in fine.all(".finding-name")} == set()
    assert "a trap of this case" in fine.one(".practice-good").text
    assert "1 earlier try" in fine.text
    assert "You have answered 1 of" in Page(client.get("/practice?trade=garage&language=en")).one("#how-far").text
    with session_scope(engine) as session:
        for table in (Reply, CaseEvent, AuditEntry, StaffMail):
            assert session.scalar(select(func.count()).select_from(table)) == 0, table
        assert session.scalar(select(func.count()).select_from(PracticeAttempt)) == 2
    assert case.difficult["es"] in Page(client.get("/practice/garage-1/tries/1?lang=es")).text


def test_what_cannot_be_done_is_told(app: Flask) -> None:
    """Without words nothing is ended; without a script "Check" answers on the page; unknown things do not exist."""
    client = signed_in(app, STAFF)
    form = the_form(client, "hotel-3")
    hidden = {one.attrs["name"]: one.attrs["value"] for one in form.all("input[type=hidden]")}
    assert "Write one first" in Page(client.post("/practice/hotel-3/done", data=hidden), status=422).text
    hidden["version"] = "1"
    checked = Page(client.post("/practice/hotel-3/check", data=hidden | {"body": "Calm down, please, it was nothing."}))
    assert checked.all(".finding-block")
    long = hidden | {"version": "2", "body": "x" * 10_001}
    assert "too long" in Page(client.post("/practice/hotel-3/save", data=long), status=422).one("[role=alert]").text
    for address in ("/practice/nothing", "/practice/hotel-3/tries/1", "/practice/hotel-3/tries/99999999999"):
        assert client.get(address).status_code == 404, address
    none = Page(client.get("/practice?trade=hotel&language=pl&difficulty=x"))
    assert none.one(".empty a").attrs["href"] == "/practice"
    assert Page(client.get("/practice/hotel-4?from=7")).one("textarea").text == ""


def test_figures_are_for_their_person_and_an_owner_of_all_their_places(app: Flask, engine: Engine) -> None:
    """Nobody else sees them, and nobody at all the words; with few answers they say so."""
    with session_scope(engine) as session:
        here, there = make_location(session, name="Here"), make_location(session, name="There")
        tom = make_person(session, Access(at={here.id: Role.STAFF, there.id: Role.STAFF}), app=app, name="Tom")
        person_id, here_id, there_id = tom.id, here.id, there.id
        practise(session, tom, count=FEWEST - 1)
    address, own = f"/people/{person_id}/practice", client_of(app, tom)
    assert "4 answers so far: too few to say" in Page(own.get("/practice/findings")).text
    with session_scope(engine) as session:
        practise(session, tom, count=FEWEST + WINDOW, first=FEWEST - 1)
    mine = Page(own.get("/practice/findings"))
    owner = Page(signed_in(app).get(address))
    for page in (mine, owner):
        assert [row.text for row in page.all("tbody tr")] == ["Think again Sees how it felt 10 8"]
        assert "secret words" not in page.source
    assert "No answer has been submitted yet" in owner.text
    assert Page(signed_in(app).get(f"/people/{person_id}")).all(f"a[href='{address}']")
    assert own.get(address).status_code == 403, "not even whom it is about, by the owner's door"
    others = (
        (Access(everywhere=Role.APPROVER), 403),
        (Access(at={here_id: Role.STAFF}), 403),
        (Access(at={here_id: Role.OWNER}), 403),  # of one of the places alone
        (Access(at={there_id: Role.VIEWER}), 403),
        (Access(at={here_id: Role.OWNER, there_id: Role.OWNER}), 200),
    )
    for access, status in others:
        client = signed_in(app, access)
        assert client.get(address).status_code == status, access
        assert client.get("/practice/garage-1/tries/1").status_code in (403, 404)
    assert signed_in(app, Access(everywhere=Role.VIEWER)).get("/practice").status_code == 403
    assert app.test_client().get(address).status_code == 303


def practise(session: Any, person: Person, *, count: int, first: int = 0) -> None:
    """End the first try at so many cases, all but the very first without empathy."""
    found = [{"check": "S02", "severity": "warn", "override": "author", "outcome": "failed", "spans": []}]
    for at, case in enumerate(all_cases()[first : first + count], start=first):
        by = Actor(person_id=person.id, name=person.name, now=NOW + timedelta(hours=at))
        seen = keep_attempt(session, case.key, "secret words", seen=0, by=by)
        end_attempt(session, case.key, seen=seen, findings=found if at else [], passed=[], by=by)


ANSWERS = st.lists(st.frozensets(st.sampled_from(["S01", "W05", "B06", "X99"])), max_size=25)


@given(ANSWERS)
def test_figures_count_what_they_say(failed: Sequence[frozenset[str]]) -> None:
    """Of any answers: at most ten a column, nothing where few, the most frequent first, and no unknown check."""
    found = progress([Answered(at=NOW, failed=checks) for checks in failed])
    assert (found.answers, found.before) == (min(WINDOW, len(failed)), min(WINDOW, max(0, len(failed) - WINDOW)))
    assert found.clean == sum(not checks for checks in failed[:WINDOW])
    if not found.is_enough:
        assert found.missed == ()
    for one in found.missed:
        assert one.latest == sum(one.check in checks for checks in failed[:WINDOW])
        assert (one.before is None) == (found.before < FEWEST)
        assert one.before in (None, sum(one.check in checks for checks in failed[WINDOW : 2 * WINDOW]))
    assert [one.latest for one in found.missed] == sorted((one.latest for one in found.missed), reverse=True)
    assert "X99" not in {one.check for one in found.missed}
