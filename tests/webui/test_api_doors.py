"""Every operation of the API, asked without a token, without its scope, from another place and with too low a role."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import Engine, update
from sqlalchemy.orm import Session

from db.acting import Actor
from db.api_tokens import bearer_of
from db.models import ApiToken, Membership, Person
from db.roles import Access, Act, Role
from db.scopes import Scope
from db.session import session_scope
from tests.db.offer_hands import made_offer
from tests.factories import NOW, make_case, make_location, make_review, make_source
from webui.api.door import OPERATIONS, Operation
from webui.pages import KEY, Pages

from .api_hands import Program, kind_of, program
from .signing import make_person, signed_in

BODIES: dict[str, dict[str, Any]] = {
    "set_stage": {"stage": "done"},
    "set_assignee": {"person_id": None},
    "set_cause": {"cause_id": None},
    "add_tag": {"name": "soup"},
    "add_note": {"body": "She called."},
    "write_answer": {"body": "I am sorry that you waited."},
    "submit_answer": {},
    "propose_offer": {
        "kind": "voucher",
        "severity": "minor",
        "value_minor": 100,
        "reason": "x",
        "is_unconditional": True,
    },
    "step_offer": {"to": "cancelled", "reason": "A slip."},
}
DONE = {200, 201, 409, 422, 428}  # past the door; what is missing beyond it is told


class Scene:
    """Two places with a review, its case and an offer each."""

    def __init__(self, session: Session) -> None:
        self.here, self.there = self._things(session), self._things(session)

    def _things(self, session: Session) -> dict[str, Any]:
        place = make_location(session)
        case = make_case(session, make_review(session, make_source(session, location=place)))
        by = Actor(person_id=1, name="Ana", now=NOW)
        offer = made_offer(session, case.id, by=by)
        return {
            "place_id": place.id,
            "review_id": case.review_id,
            "offer_id": offer.id,
            "tag_id": 4711,
            "token": "of_nothing",
        }


@pytest.fixture
def scene(app: Flask, engine: Engine) -> Scene:
    with session_scope(engine) as session:
        make_person(session, app=app)  # the first: who has made the offers
        return Scene(session)


def ask(who: Program, one: Operation, things: dict[str, Any]) -> Any:
    """An operation on these things."""
    path = one.path.removeprefix("/api/v1").format(**things)
    body = BODIES.get(one.id, {})
    if one.id == "take":
        body = {"place_id": things["place_id"], "channel": "phone", "words": "The soup was cold."}
    return who.ask(one.method, path, json=body) if one.method in ("POST", "PUT") else who.ask(one.method, path)


def test_every_operation_holds_its_doors(app: Flask, scene: Scene) -> None:
    """401 without a token; 403 without the scope or the role; 404 at somebody else's place; and through otherwise."""
    place = scene.here["place_id"]
    nobody = Program(app.test_client(), "amends_of_nobody", 0)
    owner = program(app, Access(at={place: Role.OWNER}))
    viewer = program(app, Access(at={place: Role.VIEWER}))
    less = {scope: program(app, Access(at={place: Role.OWNER}), set(Scope) - {scope}) for scope in Scope}
    told: dict[str, set[str]] = {"place": set(), "role": set()}
    for one in OPERATIONS.values():
        assert kind_of(ask(nobody, one, scene.here)) == "bad-token", one.id
        if one.scope is not None:
            refused = ask(less[one.scope], one, scene.here)
            assert kind_of(refused) == "scope-missing", one.id
            assert one.scope.value in refused.get_json()["detail"]
        if one.of or one.id == "take":
            assert kind_of(ask(owner, one, scene.there)) == "not-found", one.id
            told["place"].add(one.id)
        if one.act is Act.WORK:
            assert kind_of(ask(viewer, one, scene.here)) == "role-too-low", one.id
            told["role"].add(one.id)
        got = ask(owner, one, scene.here)
        if one.id == "remove_tag":
            assert kind_of(got) == "not-found"
        elif one.id == "undo":
            assert kind_of(got) == "too-late"
        else:
            assert got.status_code in DONE, (one.id, got.text)
    assert len(told["place"]) >= 15
    assert len(told["role"]) >= 11


def test_lists_show_own_places_only(app: Flask, scene: Scene) -> None:
    """Reviews, cases, offers, places and sources of the place where the token's person works, and of no other."""
    who = program(app, Access(at={scene.here["place_id"]: Role.VIEWER}))
    for path, count in {"/reviews": 1, "/cases?view=all": 1, "/offers": 1, "/places": 1, "/sources": 1}.items():
        assert len(who.ask("GET", path).get_json()["items"]) == count, path
    assert kind_of(who.ask("GET", f"/offers?place_id={scene.there['place_id']}")) == "not-found"
    assert who.ask("GET", "/whoami").get_json()["roles"] == [{"place_id": scene.here["place_id"], "role": "viewer"}]


def test_tokens_die_with_what_they_stand_on(app: Flask, engine: Engine, scene: Scene) -> None:
    """A role that is taken away, a person who is disabled, a day that is past: each counts at the next request."""
    who = program(app, Access(at={scene.here["place_id"]: Role.STAFF}))
    case = f"/cases/{scene.here['review_id']}"
    assert who.ask("POST", f"{case}/tags", json={"name": "a"}).status_code == 200
    with session_scope(engine) as session:
        session.execute(update(Membership).where(Membership.person_id == who.person_id).values(role=Role.VIEWER))
    assert kind_of(who.ask("POST", f"{case}/tags", json={"name": "b"})) == "role-too-low"
    with session_scope(engine) as session:
        token = session.get_one(ApiToken, 1)
        assert token.digest != who.secret, "it lies nowhere in the clear"
        assert token.used_at == NOW
        assert bearer_of(session, who.secret, now=NOW + timedelta(days=29)) is not None
        assert bearer_of(session, who.secret, now=NOW + timedelta(days=30)) is None
        session.execute(update(Person).where(Person.id == who.person_id).values(is_active=False))
    assert kind_of(who.ask("GET", "/whoami")) == "bad-token"


def test_cookies_open_nothing_and_limits_hold(app: Flask) -> None:
    """A browser that is signed in gets nothing; who asks too often is told for how long to wait."""
    browser = signed_in(app)
    refused = browser.get("/api/v1/reviews?lang=es")
    assert kind_of(refused) == "no-token"
    assert "Bearer" in refused.headers["WWW-Authenticate"]
    assert "Set-Cookie" not in refused.headers
    parts: Pages = app.extensions[KEY]
    app.extensions[KEY] = replace(parts, settings=parts.settings.model_copy(update={"api_per_minute": 10}))
    who = program(app)
    answers = [who.ask("GET", "/whoami") for _ in range(11)]
    assert [one.status_code for one in answers] == [200] * 10 + [429]
    assert kind_of(answers[-1]) == "too-often"
    assert 0 < int(answers[-1].headers["Retry-After"]) <= 60


def test_what_no_operation_answers_is_a_problem_too(app: Flask) -> None:
    """Addresses, methods and bodies that nobody has described."""
    who = program(app)
    place = {"place_id": 1, "channel": "phone", "words": "x"}
    asked = {
        "not-found": who.ask("GET", "/nowhere"),
        "not-allowed": who.ask("DELETE", "/reviews"),
        "bad-request": who.ask("POST", "/complaints", data="{", content_type="application/json"),
        "not-json": who.ask("POST", "/complaints", data=place),
        "bad-cursor": who.ask("GET", "/reviews?after=x"),
        "not-taken": who.ask("POST", "/complaints", json={**place, "place_id": "1", "mood": 3}),
        "too-large": who.ask("POST", "/complaints", json={**place, "words": "x" * 70_000}),
    }
    assert {kind: kind_of(answer) for kind, answer in asked.items()} == {kind: kind for kind in asked}
    assert {one["at"] for one in asked["not-taken"].get_json()["errors"]} == {"place_id", "mood"}
