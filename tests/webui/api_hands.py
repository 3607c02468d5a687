"""Programs that ask the API in tests: with a token of somebody new, or of somebody known."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from db.acting import Actor
from db.api_tokens import make_token
from db.roles import Access
from db.scopes import Scope
from db.session import session_scope
from webui.pages import KEY, Pages

from .signing import OWNER, make_person


class Program:
    """Asks with one token."""

    def __init__(self, client: FlaskClient, secret: str, person_id: int) -> None:
        self.client, self.secret, self.person_id = client, secret, person_id

    def ask(self, method: str, path: str, *, seen: str = "", **given: Any) -> TestResponse:
        """A request; `seen` goes out as If-Match, `key` as Idempotency-Key, `json` as the body."""
        headers = {"Authorization": f"Bearer {self.secret}"}
        if seen:
            headers["If-Match"] = seen
        if key := given.pop("key", ""):
            headers["Idempotency-Key"] = key
        return self.client.open(f"/api/v1{path}", method=method, headers=headers, **given)


def program(
    app: Flask, access: Access = OWNER, scopes: Collection[str] = tuple(Scope), *, name: str = "till", days: int = 30
) -> Program:
    """A program that asks for somebody new with these roles."""
    parts: Pages = app.extensions[KEY]
    with session_scope(parts.engine) as session:
        person = make_person(session, access, app=app, name="Ana Ruiz")
        by = Actor(person_id=person.id, name=person.name, now=parts.clock())
        made = make_token(session, person.id, name, scopes, days=days, by=by)
    return Program(app.test_client(), made.secret, person.id)


def kind_of(answer: TestResponse) -> str:
    """The kind of a problem, which says all that one must."""
    assert answer.mimetype == "application/problem+json", (answer.status, answer.text[:200])
    told = answer.get_json()
    assert told["status"] == answer.status_code
    assert told["title"], told
    assert told["detail"], told
    assert told["next"], told
    return str(told["type"]).partition("#")[2]
