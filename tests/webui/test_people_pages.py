"""Inviting people, giving and taking roles, shutting out; links for passwords; one's own sessions."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import Engine, select

from db.models import Person, PersonLink
from db.people import access_of
from db.roles import Access, Role
from db.session import read_scope, session_scope
from tests.clock import Clock
from tests.factories import make_location

from .html import Page
from .signing import OWNER, PASSWORD, client_of, make_person, signed_in
from .test_signing_in import app as app  # noqa: PLC0414 - with a clock that goes on
from .test_signing_in import clock as clock  # noqa: PLC0414
from .test_signing_in import send

NEW = "another four words"


def invited(client: FlaskClient, **fields: str) -> str:
    """The path of the link that the page shows once."""
    given = {"name": "Bo Lind", "email": "bo@lanterna.example", "everywhere": "staff"} | fields
    page = Page(send(client, "/people/new", **given))
    address = page.one("#address").attrs["value"]
    return "/" + address.split("/", 3)[3]


def test_invitation_leads_to_a_password_and_in(app: Flask, client: FlaskClient) -> None:
    """Looking at the link uses nothing up; choosing the password does."""
    link = invited(client)
    guest = app.test_client()
    for _ in range(2):
        assert "Bo Lind" in Page(guest.get(link)).one("h1").text
    assert send(guest, link, password="short", again="short").status_code == 422
    assert send(guest, link, password=NEW, again="not the same").status_code == 422
    assert send(guest, link, password=NEW, again=NEW).headers["Location"] == "/"
    assert Page(guest.get("/")).one(".account-name").text == "Signed in as Bo Lind"
    assert guest.get("/people").status_code == 403
    assert app.test_client().get(link).status_code == 404
    assert send(app.test_client(), "/sign-in", email="bo@lanterna.example", password=NEW).status_code == 303


def test_link_is_void_after_a_while_or_after_a_newer_one(
    app: Flask, client: FlaskClient, engine: Engine, clock: Clock
) -> None:
    """Seven days; and only its digest is stored."""
    first = invited(client)
    with read_scope(engine) as session:
        [stored] = session.scalars(select(PersonLink.digest))
        person_id = session.scalars(select(Person.id).where(Person.name == "Bo Lind")).one()
    assert first.rpartition("/")[2] not in stored
    second = send(client, f"/people/{person_id}/link", seen="/people")
    assert app.test_client().get(first).status_code == 404
    link = re.search(r"/link/[\w-]+", second.text)
    assert link is not None
    clock.now += timedelta(days=6)
    assert app.test_client().get(link[0]).status_code == 200
    clock.now += timedelta(days=1, seconds=1)
    assert app.test_client().get(link[0]).status_code == 404


@pytest.mark.parametrize(
    ("fields", "fault"),
    [
        ({"email": "bo"}, "email"),
        ({"name": " "}, "name"),
        ({"everywhere": ""}, "roles"),
        ({"everywhere": "god"}, "roles"),
    ],
)
def test_invitation_says_what_is_missing(client: FlaskClient, fields: dict[str, str], fault: str) -> None:
    """And keeps what was typed."""
    given = {"name": "Bo Lind", "email": "bo@lanterna.example", "everywhere": "staff"} | fields
    page = Page(send(client, "/people/new", **given), status=422)
    assert page.one(f"#{fault}-fault")


def test_address_is_one_persons(client: FlaskClient) -> None:
    """Also in capitals."""
    invited(client)
    given = {"name": "Bo", "email": "BO@lanterna.example", "everywhere": "staff"}
    page = Page(send(client, "/people/new", **given), status=422)
    assert "here already" in page.one("#email-fault").text


def test_roles_count_at_once(app: Flask, client: FlaskClient, engine: Engine) -> None:
    """The next page already knows."""
    with session_scope(engine) as session:
        place = make_location(session, name="Hotel").id
        bo = make_person(session, Access(everywhere=Role.OWNER), app=app)
    theirs = client_of(app, bo)
    assert theirs.get("/people").status_code == 200
    saved = send(client, f"/people/{bo.id}", everywhere="viewer", **{f"place-{place}": "approver"})
    assert saved.status_code == 303
    assert theirs.get("/people").status_code == 403
    assert "Approver" in Page(theirs.get("/account")).one(".facts").text


def test_last_owner_stays(app: Flask, client: FlaskClient, engine: Engine) -> None:
    """Neither by a smaller role nor by being shut out."""
    with read_scope(engine) as session:
        owner_id = session.scalars(select(Person.id)).one()
    page = Page(send(client, f"/people/{owner_id}", everywhere="staff"), status=422)
    assert "only owner" in page.one("#roles-fault").text
    send(client, f"/people/{owner_id}/disable", seen="/people")
    assert "only owner" in Page(client.get("/people")).one(".told").text
    with session_scope(engine) as session:
        make_person(session, OWNER, app=app)
    assert send(client, f"/people/{owner_id}", everywhere="staff").status_code == 303


def test_owner_of_a_place_has_no_say_elsewhere(app: Flask, engine: Engine) -> None:
    """Roles at other places stay as they are, whatever is sent; nobody is shut out of them."""
    with session_scope(engine) as session:
        here, there = (make_location(session, name=name).id for name in ("Here", "There"))
        bo = make_person(session, Access(at={here: Role.STAFF, there: Role.APPROVER}), app=app)
    client = signed_in(app, Access(at={here: Role.OWNER}))
    fields = {"everywhere": "owner", f"place-{here}": "viewer", f"place-{there}": "owner"}
    assert send(client, f"/people/{bo.id}", **fields).status_code == 303
    with read_scope(engine) as session:
        access = access_of(session.get_one(Person, bo.id))
    assert access == Access(at={here: Role.VIEWER, there: Role.APPROVER})
    for act in ("disable", "link", "second-factor/off"):
        assert send(client, f"/people/{bo.id}/{act}", seen="/people").status_code == 403


def test_shut_out_and_let_in_again(app: Flask, client: FlaskClient, engine: Engine) -> None:
    """With all sessions and links."""
    with session_scope(engine) as session:
        bo = make_person(session, Access(everywhere=Role.STAFF), app=app, password=PASSWORD)
    theirs = client_of(app, bo)
    send(client, f"/people/{bo.id}/disable", seen="/people")
    assert theirs.get("/").status_code == 303
    assert send(app.test_client(), "/sign-in", email=bo.email, password=PASSWORD).status_code == 422
    send(client, f"/people/{bo.id}/enable", seen="/people")
    assert send(app.test_client(), "/sign-in", email=bo.email, password=PASSWORD).status_code == 303


def test_new_password_ends_other_sessions(app: Flask, engine: Engine) -> None:
    """This browser stays in; the old password is no good."""
    with session_scope(engine) as session:
        bo = make_person(session, app=app, password=PASSWORD)
    here, elsewhere = client_of(app, bo), client_of(app, bo)
    fields = {"password": NEW, "again": NEW}
    assert send(here, "/account/password", seen="/account", current="not this", **fields).status_code == 422
    assert send(here, "/account/password", seen="/account", current=PASSWORD, **fields).status_code == 303
    assert here.get("/account").status_code == 200
    assert elsewhere.get("/account").status_code == 303
    assert send(app.test_client(), "/sign-in", email=bo.email, password=PASSWORD).status_code == 422


def test_sessions_are_listed_and_ended(app: Flask, engine: Engine) -> None:
    """One of them, or all but this one; never somebody else's."""
    with session_scope(engine) as session:
        bo = make_person(session, app=app)
    here, second, third = (client_of(app, bo) for _ in range(3))
    stranger = signed_in(app)
    rows = Page(here.get("/account")).all(".sessions li")
    assert len(rows) == 3
    end = [row.find("form").attrs["action"] for row in rows if row.all("form")]
    assert len(end) == 2
    assert send(stranger, end[0], seen="/account").status_code == 404
    assert send(here, end[0], seen="/account").status_code == 303
    assert sorted(client.get("/").status_code for client in (second, third)) == [200, 303]
    assert send(here, "/account/sessions/end", seen="/account").status_code == 303
    assert [client.get("/").status_code for client in (here, second, third)] == [200, 303, 303]
    assert stranger.get("/").status_code == 200


def test_what_people_sign_answers_with(client: FlaskClient, engine: Engine) -> None:
    """One line on the account page of those who work; a viewer is not asked."""
    form = Page(client.get("/account"))
    token = form.find("input[name=csrf_token]").attrs["value"]
    given = {"csrf_token": token, "signature": " Elena Rossi,\n <i>manager</i>\x00"}
    after = Page(client.post("/account/signature", data=given, follow_redirects=True))
    assert after.one("#signature").attrs["value"] == "Elena Rossi, <i>manager</i>"
    refused = Page(client.post("/account/signature", data=given | {"signature": "x" * 161}), status=422)
    assert "too long" in refused.one("#signature-fault").text
    with read_scope(engine) as session:
        assert [one for one in session.scalars(select(Person.signature)) if one] == ["Elena Rossi, <i>manager</i>"]


def test_viewers_sign_nothing(app: Flask) -> None:
    """They write no answers."""
    assert Page(signed_in(app, Access(everywhere=Role.VIEWER)).get("/account")).all("#signature") == []
