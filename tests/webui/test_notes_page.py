"""Notes on the page of a case: written, changed, taken back, merged; who is named, who watches, who is here."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import Engine, select

from db.acting import Actor
from db.models import Note, Person
from db.notes import edit_note, write_note
from db.roles import Access, Role
from db.session import session_scope
from tests.factories import make_case, make_review

from .html import Page
from .signing import client_of, make_person, signed_in
from .test_case_page import case_of, form_of, page_of, send


@pytest.fixture
def review_id(engine: Engine) -> int:
    with session_scope(engine) as session:
        review = make_review(session)
        make_case(session, review, is_flagged=True)
        return review.id


@pytest.fixture
def ben(app: Flask, engine: Engine) -> Person:
    with session_scope(engine) as session:
        person = make_person(session, app=app, name="Ben Okri")
        session.flush()
        session.expunge(person)
    return person


def test_note_is_written_and_taken_back(client: FlaskClient, review_id: int) -> None:
    """As it was typed, whatever it holds; undo takes it away, and deleting can be undone as well."""
    body = "She called <script>alert(1)</script>\nat noon"
    after = send(client, form_of(page_of(client, review_id), "/notes"), body=body)
    assert after.find(".event .note-words").raw_text == body
    assert "<script>alert" not in after.source
    assert send(client, after.one(".undo")).all(".event .note-words") == []
    again = send(client, form_of(after, "/notes"), body="Again")
    deleted = send(client, form_of(again.one("#timeline"), "/delete"))
    assert deleted.all(".event .note-words") == []
    assert send(client, deleted.one(".undo")).find(".event .note-words").text == "Again"


def test_note_that_cannot_be_kept_stays_in_its_field(client: FlaskClient, review_id: int) -> None:
    """Nothing that was typed is lost."""
    form = form_of(page_of(client, review_id), "/notes")
    refused = send(client, form, body="x" * 4001, status=422)
    assert "too long" in refused.one(".trouble").text
    assert len(refused.one("#note-body").text) == 4001
    assert send(client, form, body="  ", status=422).all(".trouble")


def test_named_person_is_told_until_they_look(app: Flask, client: FlaskClient, ben: Person, review_id: int) -> None:
    """By @ in the text or chosen beside it; marked on every page, in the list and on the note."""
    hers = client_of(app, ben)
    after = send(client, form_of(page_of(client, review_id), "/notes"), body="Please call her, @ben okri.")
    assert after.one(".mention").text == "@ben okri"
    assert after.one(".watching bdi").text == "Ben Okri"
    assert "1 note names you" in Page(hers.get("/")).one(".views ~ .pulse a").text
    listed = Page(hers.get("/mentions")).one(".mentions")
    assert "new" in listed.text
    assert listed.find("a").attrs["href"].startswith(f"/reviews/{review_id}#note-")
    assert "names you" in page_of(hers, review_id).one(".timeline").text
    assert "names you" not in page_of(hers, review_id).one(".timeline").text
    assert "new" not in Page(hers.get("/mentions")).one(".mentions").text
    chosen = send(client, form_of(after, "/notes"), body="And this.", mention=str(ben.id))
    assert chosen.all(".note-words")[-1].text == "@Ben Okri And this."
    assert "Nobody has named you" in Page(client.get("/mentions")).text


@pytest.mark.usefixtures("ben")
def test_name_that_fits_two_is_said(app: Flask, client: FlaskClient, engine: Engine, review_id: int) -> None:
    """Neither is told, and the writer knows."""
    with session_scope(engine) as session:
        make_person(session, app=app, name="Ben Nadir")
    after = send(client, form_of(page_of(client, review_id), "/notes"), body="Look, @Ben")
    assert "“Ben” fits several people" in after.one(".told-not").text
    assert after.one(".mention-unclear").text == "@Ben"


def test_nobody_of_another_place_is_named(app: Flask, client: FlaskClient, engine: Engine, review_id: int) -> None:
    """They may not see the case: neither offered nor told."""
    with session_scope(engine) as session:
        outsider = make_person(session, Access(at={}), app=app, name="Zoe Elsewhere")
        id_ = str(outsider.id)
    page = page_of(client, review_id)
    assert id_ not in {one.attrs["value"] for one in page.all("#mention option")}
    after = send(client, form_of(page, "/notes"), body="@Zoe Elsewhere, look", mention=id_)
    assert after.all(".mention") == []


def test_two_edits_of_a_note_are_merged_by_hand(
    client: FlaskClient, engine: Engine, review_id: int, now: datetime
) -> None:
    """The second finds both texts side by side, and what it then sends is kept."""
    shown = send(client, form_of(page_of(client, review_id), "/notes"), body="One.")
    with session_scope(engine) as session:
        note = session.scalars(select(Note)).one()
        by = Actor(person_id=note.person_id or 0, name=note.person_name, now=now)
        edit_note(session, note.case_id, note.id, "One. Two.", [], by=by, seen=0)
    refused = send(client, form_of(shown, "/edit"), body="One. Three.", status=409)
    merge = refused.one(".merge")
    assert merge.find(".note-words").text == "One. Two."
    assert merge.find("textarea").text == "One. Three."
    after = send(client, form_of(refused, "/edit"), body="One. Two. Three.")
    assert after.find(".event .note-words").text == "One. Two. Three."
    assert "(edited)" in after.one(".timeline").text


def test_notes_of_others_are_not_theirs_to_change(
    app: Flask, client: FlaskClient, engine: Engine, review_id: int
) -> None:
    """Not even for an owner: neither offered nor done; nor under the address of another case."""
    send(client, form_of(page_of(client, review_id), "/notes"), body="Mine.")
    other = signed_in(app)
    page = page_of(other, review_id)
    assert page.all(".note-acts") == []
    token = page.find("input[name=csrf_token]").attrs["value"]
    with session_scope(engine) as session:
        note_id = session.scalars(select(Note.id)).one()
        second = make_review(session)
        make_case(session, second)
        second_id = second.id
    for act in ("edit", "delete"):
        address = f"/reviews/{review_id}/notes/{note_id}/{act}"
        assert other.post(address, data={"csrf_token": token, "body": "Theirs."}).status_code == 404
        elsewhere = f"/reviews/{second_id}/notes/{note_id}/{act}"
        own = page_of(client, review_id).find("input[name=csrf_token]").attrs["value"]
        assert client.post(elsewhere, data={"csrf_token": own, "body": "Theirs."}).status_code == 404
    assert page_of(client, review_id).find(".event .note-words").text == "Mine."


def test_watching(app: Flask, review_id: int) -> None:
    """A viewer may as well."""
    viewer = signed_in(app, Access(everywhere=Role.VIEWER))
    watched = send(viewer, form_of(page_of(viewer, review_id), "/watch"), watch="yes")
    assert "Watched by" in watched.one(".watching").text
    ended = send(viewer, form_of(watched, "/watch"), watch="no")
    assert "Nobody watches it" in ended.one(".watching").text
    assert "Watched by" in send(viewer, ended.one(".undo")).one(".watching").text


def test_who_is_here(app: Flask, client: FlaskClient, ben: Person, review_id: int) -> None:
    """Told by heartbeats, shown when a page is loaded, over when it is closed."""
    hers = client_of(app, ben)
    here = page_of(hers, review_id).one("#here")
    beat = {"csrf_token": here.attrs["data-token"]}
    assert hers.post(here.attrs["data-beat"], data=beat | {"state": "writing"}).json == {"here": "", "version": 0}
    assert page_of(client, review_id).one("#here").text == "Ben Okri is writing."
    mine = {"csrf_token": page_of(client, review_id).one("#here").attrs["data-token"], "state": "here"}
    answer = client.post(here.attrs["data-beat"], data=mine).json
    assert answer == {"here": "Ben Okri is writing.", "version": 0}
    hers.post(here.attrs["data-beat"], data=beat | {"state": "left"})
    assert page_of(client, review_id).one("#here").text == ""
    assert client.post("/reviews/999/presence", data=mine).status_code == 404


def test_mentions_end_with_the_place(app: Flask, engine: Engine, review_id: int, now: datetime) -> None:
    """Whoever may no longer see it finds it neither in the list nor in the count."""
    with session_scope(engine) as session:
        writer = make_person(session, app=app, name="Ana")
        former = make_person(session, Access(at={}), app=app, name="Former")
        by = Actor(person_id=writer.id, name="Ana", now=now + timedelta(seconds=1))
        write_note(session, case_of(session, review_id).id, "@Former", [former.id], by=by)
        session.expunge(former)
    page = Page(client_of(app, former).get("/mentions"))
    assert page.all(".mentions") == []
    assert "names you" not in page.text.replace("that name you", "")


def test_words_whose_form_is_gone_are_still_shown(client: FlaskClient, review_id: int) -> None:
    """A note that was deleted on another page, a reason where it was asked already: nothing is to be typed again."""
    page = send(client, form_of(page_of(client, review_id), "/notes"), body="She called.")
    ask = form_of(page, "/let-go")
    edit = form_of(page.one("#timeline"), "/edit")
    send(client, form_of(page.one("#timeline"), "/delete"))
    late = send(client, edit, body="She called at noon.", status=409)
    assert "This note was deleted since you opened it." in late.one(".trouble").text
    assert late.one(".trouble blockquote").text == "She called at noon."
    send(client, ask, reason="Not a guest of ours.")
    again = send(client, ask, reason="A former supplier.", status=409)
    assert again.one(".trouble blockquote").text == "A former supplier."
    kept = send(client, form_of(page, "/tags"), tag="x" * 41, status=422)
    assert kept.one(".trouble a").attrs["href"] == "#tag"
