"""Replies kept for reuse: their page, the second person who approves them, and how one gets into an answer."""

from __future__ import annotations

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import Engine, select

from db.models import SavedReply
from db.people import get_person, set_signature
from db.roles import Access, Role
from db.saved_replies import Fields, keep_reply
from db.session import session_scope
from tests.factories import make_location

from .answers import actor_of, answerable, autosave, sent, the_reply
from .html import Page
from .signing import client_of, make_person, signed_in
from .test_case_page import form_of, page_of, send

BODY = "Hello {name}, I am sorry. Write to {contact}. {signature}, {place}"


def the_page(client: FlaskClient, query: str = "") -> Page:
    return Page(client.get(f"/saved-replies{query}"))


def test_first_one_is_written_found_and_deleted(app: Flask, client: FlaskClient) -> None:
    """The empty page leads to the form; a second person approves; deleting can be undone; markup is words."""
    empty = the_page(client)
    assert "There is no saved reply yet" in empty.one(".empty").text
    form = form_of(Page(client.get("/saved-replies/new")), "/new")
    refused = send(client, form, status=422, name="Wait", body="Hello {nobody}")
    assert "Nothing fills in {nobody}" in refused.one(".notice-fault").text
    assert refused.one("#body").text == "Hello {nobody}"
    kept = send(client, form, name="<b>Wait</b>", body=BODY + "\x00<script>", language="en", topic="waiting", level="x")
    assert kept.one("li.sheet h2 bdi").text == "<b>Wait</b>"
    assert "not approved yet" in kept.one("li.sheet").text
    assert kept.all("li.sheet script") == []
    assert [one for one in kept.all("form") if one.attrs["action"].endswith("/approve")] == []
    assert the_page(client, "?words=sorry&language=en&topic=waiting").all("li.sheet")
    for other in ("?words=nothing", "?topic=price", "?language=de", "?place=99999999999999"):
        found = the_page(client, other)
        assert bool(found.all("li.sheet")) == ("place" in other), other
    second = signed_in(app)
    approved = send(second, form_of(the_page(second), "/approve"))
    assert "without a second person" in approved.one(".told").text
    changed = send(client, form_of(Page(client.get("/saved-replies/1")), "/1"), body=BODY, name="Wait")
    assert "not approved yet" in changed.one("li.sheet").text
    gone = send(client, form_of(changed, "/delete"))
    assert gone.all("li.sheet") == []
    assert send(client, gone.one(".undo")).all("li.sheet")


def test_two_who_change_one_see_both(client: FlaskClient, app: Flask) -> None:
    """Whoever is late keeps their words; approving what has changed since is refused."""
    send(client, form_of(Page(client.get("/saved-replies/new")), "/new"), name="Wait", body="One")
    second = signed_in(app)
    old, old_list = Page(second.get("/saved-replies/1")), the_page(second)
    send(client, form_of(Page(client.get("/saved-replies/1")), "/1"), name="Wait", body="Two")
    late = send(second, form_of(old, "/1"), status=409, name="Wait", body="Three")
    assert late.one(".theirs .reply-text").text == "Two"
    assert late.one("#body").text == "Three"
    assert "changed this saved reply" in send(second, form_of(old_list, "/approve")).one(".told-not").text


def test_those_of_other_places_do_not_exist(app: Flask, engine: Engine) -> None:
    """Neither in the list nor by their number; and what is for every place is changed by who works at all of them."""
    with session_scope(engine) as session:
        here, there = make_location(session, name="Here"), make_location(session, name="There")
        by = actor_of(make_person(session, app=app).id)
        keep_reply(session, None, Fields(name="Theirs", body="A", location_id=there.id), by=by)
        keep_reply(session, None, Fields(name="All", body="B"), by=by)
        here_id, there_id = here.id, there.id
    client = signed_in(app, Access(at={here_id: Role.STAFF}))
    page = the_page(client)
    assert [one.text for one in page.all("li.sheet h2 bdi")] == ["All"]
    token = page.find("input[name=csrf_token]").attrs["value"]
    fields = {"csrf_token": token, "name": "Mine", "body": "C", "version": "1"}
    assert client.post("/saved-replies/2", data=fields).status_code == 403
    assert client.post("/saved-replies/2/delete", data=fields).status_code == 403
    assert client.post("/saved-replies/new", data=fields).status_code == 403
    assert client.post("/saved-replies/new", data=fields | {"place": str(there_id)}).status_code == 404
    assert client.post("/saved-replies/new", data=fields | {"place": str(here_id)}).status_code == 303


def test_one_is_put_into_an_answer(app: Flask, engine: Engine) -> None:
    """Filled in; what stood there is kept; then it comes last, so that nobody sends the same twice in a row."""
    with session_scope(engine) as session:
        review = answerable(session, author_name="Sam K.")
        person = make_person(session, app=app, name="Elena")
        other = make_location(session)
        for name in ("First", "Second"):
            keep_reply(session, None, Fields(name=name, body=f"{name}: {BODY}"), by=actor_of(person.id))
        elsewhere = keep_reply(session, None, Fields(name="X", body="X", location_id=other.id), by=actor_of(person.id))
        stored = get_person(session, person.id)
        assert stored is not None
        set_signature(session, stored, "Elena Rossi, {name}")
        session.flush()
        session.expunge(person)
        id_, elsewhere_id = review.id, elsewhere.id
    client = client_of(app, person)
    autosave(client, id_, "My own start", 0)
    page = page_of(client, id_)
    assert [one.text for one in page.all(".saved-pick strong")] == ["First", "Second"]
    used = sent(
        client, page, "/answer/use", body="My own start", saved=page.all(".saved-pick button")[0].attrs["value"]
    )
    words = used.one("#answer-body").text
    assert words.startswith("First: Hello Sam, I am sorry. Write to hello@lanterna.example. Elena Rossi, {name}, Trat")
    assert "My own start" in [one.text for one in used.all(".wordings .reply-text")]
    assert [one.text for one in used.all(".saved-pick strong")] == ["Second", "First"]
    searched = sent(client, used, "/answer/saved", body=words, words="first")
    assert [one.text for one in searched.all(".saved-pick strong")] == ["First"]
    token = used.find("input[name=csrf_token]").attrs["value"]
    given = {"csrf_token": token, "words": "zzz"}
    part = Page(client.post(f"/reviews/{id_}/answer/saved", data=given, headers={"HX-Request": "true"}))
    assert "None suits this" in part.text
    for wrong in (str(elsewhere_id), "0", "x", "9" * 20):
        assert "is gone" in sent(client, used, "/answer/use", status=409, body=words, saved=wrong).one(".fault").text
    with session_scope(engine) as session:
        first = session.scalars(select(SavedReply).where(SavedReply.name == "First")).one()
        assert (the_reply(session, id_).saved_reply_id, first.used) == (first.id, 0)
        assert first.used_at is not None
