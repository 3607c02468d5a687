"""What tests of the way of an answer share: staff, an approver, and an answer that waits for approval."""

from __future__ import annotations

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import Engine

from db.models import Person, ReplyState
from db.roles import Access, Role
from db.session import session_scope

from .answers import (
    actor_of,
    answerable,
    submitted,
    the_reply,
)
from .html import Page
from .signing import make_person

APPROVER = Access(everywhere=Role.APPROVER)


@pytest.fixture
def ana(app: Flask, engine: Engine) -> Person:
    """Staff, whose words these are."""
    with session_scope(engine) as session:
        person = make_person(session, Access(everywhere=Role.STAFF), app=app, name="Ana Silva")
        session.expunge(person)
    return person


@pytest.fixture
def ben(app: Flask, engine: Engine) -> Person:
    """Somebody who may approve."""
    with session_scope(engine) as session:
        person = make_person(session, APPROVER, app=app, name="Ben Okri")
        session.expunge(person)
    return person


@pytest.fixture
def review_id(engine: Engine, ana: Person) -> int:
    """With an answer that waits for approval."""
    with session_scope(engine) as session:
        id_ = answerable(session).id
        submitted(session, id_, actor_of(ana.id, "Ana Silva"))
        return id_


def approval(client: FlaskClient, review_id: int, *, status: int = 200) -> Page:
    return Page(client.get(f"/reviews/{review_id}/answer/approve"), status=status)


def state_of(engine: Engine, review_id: int) -> ReplyState:
    with session_scope(engine) as session:
        return the_reply(session, review_id).state
