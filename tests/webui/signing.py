"""People for tests of pages, and clients that are signed in as one of them."""

from __future__ import annotations

from itertools import count

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from db.models import Person
from db.people import add_person
from db.roles import Access, Role
from db.session import session_scope
from db.sign_ins import open_sign_in
from webui.accounts import TOKEN
from webui.pages import KEY, Pages

OWNER = Access(everywhere=Role.OWNER)
PASSWORD = "four words in a row"
_numbers = count(1)


def make_person(session: Session, access: Access = OWNER, *, app: Flask, name: str = "", password: str = "") -> Person:
    """Somebody with these roles; without a password unless one is given, for hashing takes its time."""
    number = next(_numbers)
    parts: Pages = app.extensions[KEY]
    name = name or f"Person {number}"
    person = add_person(session, f"person-{number}@lanterna.example", name=name, access=access, now=parts.clock())
    if password:
        with app.app_context():
            from flask_security import hash_password

            person.password_hash = hash_password(password)
    session.flush()
    return person


def signed_in(app: Flask, access: Access = OWNER) -> FlaskClient:
    """A client that somebody new with these roles has signed in with."""
    parts: Pages = app.extensions[KEY]
    with session_scope(parts.engine) as session:
        person = make_person(session, access, app=app)
    return client_of(app, person)


def client_of(app: Flask, person: Person) -> FlaskClient:
    """A client that this person has signed in with, just now."""
    parts: Pages = app.extensions[KEY]
    now = parts.clock()
    with session_scope(parts.engine) as session:
        token = open_sign_in(
            session, person.id, via="password", is_kept=False, agent="tests", address="127.0.0.1", now=now
        )
    client = app.test_client()
    with client.session_transaction() as cookie:
        cookie.update({"_user_id": person.session_key, TOKEN: token, "fs_paa": now.timestamp(), "csrf_token": "0" * 40})
    return client
