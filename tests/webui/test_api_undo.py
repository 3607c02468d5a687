"""What a program did is taken back by the token of its answer: soon, once, by the same person, if nobody was faster."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import Engine, func, select, update

from db.acting import UNDO_KEPT, Actor
from db.api_tokens import make_token
from db.case_acts import set_stage
from db.causes import add_cause
from db.clocks import set_clocks
from db.models import AuditEntry, Case, CaseEvent, CaseStage, Complaint, Membership, Note, Person, Review
from db.roles import Access, Role
from db.scopes import Scope
from db.session import session_scope
from tests.factories import make_case, make_review, make_score, make_source
from webui.pages import KEY, Pages

from .api_hands import Program, kind_of, program
from .posting import form_token
from .signing import client_of

VOUCHER: dict[str, Any] = {
    "kind": "voucher",
    "severity": "serious",
    "value_minor": 2000,
    "reason": "They waited",
    "is_unconditional": True,
}


@pytest.fixture
def review(engine: Engine, now: datetime) -> Review:
    with session_scope(engine) as session:
        found = make_review(session, make_source(session))
        make_score(session, found)
        case = make_case(session, found, is_flagged=True)
        set_clocks(session, [case.id], now=now)
        return found


def back(who: Program, answer: Any) -> Any:
    """Take back what this is the answer of."""
    assert answer.status_code in (200, 201), answer.text
    return who.ask("POST", answer.get_json()["undo"]["path"].removeprefix("/api/v1"))


def later(app: Flask, by: timedelta) -> None:
    parts: Pages = app.extensions[KEY]
    now = parts.clock() + by
    app.extensions[KEY] = replace(parts, clock=lambda: now)


def test_every_act_on_a_case_is_taken_back(app: Flask, engine: Engine, review: Review, now: datetime) -> None:
    """Stage, assignee, cause, tags and notes: the case is as it was, and timeline and audit log tell both."""
    who = program(app)
    case = f"/cases/{review.id}"
    first = who.ask("GET", case).get_json()
    assert "undo" not in first
    with session_scope(engine) as session:
        cause = add_cause(session, "Kitchen", words={}, now=now).id
    acts: list[tuple[str, str, str, dict[str, Any]]] = [
        ("stage", "PUT", "/stage", {"stage": "done"}),
        ("assigned", "PUT", "/assignee", {"person_id": who.person_id}),
        ("cause", "PUT", "/cause", {"cause_id": cause}),
        ("tagged", "POST", "/tags", {"name": "soup"}),
        ("note_written", "POST", "/notes", {"body": "She called."}),
    ]
    for kind, method, path, body in acts:
        done = who.ask(method, case + path, json=body, seen="*")
        undo = done.get_json()["undo"]
        assert datetime.fromisoformat(undo["until"]) == now + UNDO_KEPT
        assert who.ask("GET", case).get_json() != first
        taken = back(who, done)
        assert taken.get_json() == {"kind": kind, "changed": 1, "kept": 0}
        assert {**who.ask("GET", case).get_json(), "version": 0} == {**first, "version": 0}, kind
        assert kind_of(back(who, done)) == "too-late", "once"
    tagged = who.ask("POST", f"{case}/tags", json={"name": "soup"}).get_json()["tags"]
    gone = who.ask("DELETE", f"{case}/tags/{tagged[0]['id']}")
    assert back(who, gone).get_json()["kind"] == "untagged"
    assert [one["name"] for one in who.ask("GET", case).get_json()["tags"]] == ["soup"]
    same = who.ask("PUT", f"{case}/stage", json={"stage": "todo"}, seen="*")
    assert same.get_json()["undo"] is None, "nothing was changed"
    with session_scope(engine) as session:
        undone = session.scalars(select(CaseEvent).where(CaseEvent.kind == "undone")).all()
        assert [one.facts["via"] for one in undone] == ["till"] * 5
        used = session.scalars(select(AuditEntry.facts).where(AuditEntry.kind == "api_used")).all()
        assert sum(facts["operation"] == "undo" for facts in used) == 6
        assert not any(str(undo["token"]) in str(facts) for facts in used)


def test_an_offer_goes_back_step_by_step_until_there_is_another(app: Flask, review: Review) -> None:
    """A proposal is cancelled; a step leads back to the one before; over a newer step nothing is taken back."""
    who = program(app, Access(everywhere=Role.STAFF))
    made = who.ask("POST", f"/cases/{review.id}/offers", json=VOUCHER)
    offer = f"/offers/{made.get_json()['id']}"
    offered = who.ask("POST", f"{offer}/steps", json={"to": "offered", "channel": "mail"}, seen="*")
    accepted = who.ask("POST", f"{offer}/steps", json={"to": "accepted"}, seen="*")
    stale = back(who, offered)
    assert kind_of(stale) == "conflict"
    assert "changed since" in stale.get_json()["detail"]
    assert back(who, accepted).get_json() == {"kind": "offer_step", "changed": 1, "kept": 0}
    assert who.ask("GET", offer).get_json()["state"] == "offered"
    other = who.ask("POST", f"/cases/{review.id}/offers", json=VOUCHER)
    assert back(who, other).status_code == 200
    assert who.ask("GET", f"/offers/{other.get_json()['id']}").get_json()["state"] == "cancelled"


def test_a_complaint_is_gone_unless_somebody_works_on_it(app: Flask, engine: Engine, review: Review) -> None:
    """With its case; the key of its request then says so."""
    who = program(app)
    with session_scope(engine) as session:
        place = session.get_one(Review, review.id).source.location_id
    said = {"place_id": place, "channel": "phone", "words": "The soup was cold."}
    first = who.ask("POST", "/complaints", json=said, key="a1")
    assert who.ask("POST", "/complaints", json=said, key="a1").get_json()["undo"] is None
    assert back(who, first).get_json()["kind"] == "complaint_taken"
    assert kind_of(who.ask("GET", f"/cases/{first.get_json()['review_id']}")) == "not-found"
    assert kind_of(who.ask("POST", "/complaints", json=said, key="a1")) == "conflict"
    second = who.ask("POST", "/complaints", json=said)
    who.ask("PUT", f"/cases/{second.get_json()['review_id']}/stage", json={"stage": "done"}, seen="*")
    refused = back(who, second)
    assert kind_of(refused) == "conflict"
    assert "by hand" in refused.get_json()["detail"]
    with session_scope(engine) as session:
        assert session.scalar(select(func.count()).select_from(Complaint)) == 1


def test_nobody_is_overwritten_and_time_runs_out(app: Flask, engine: Engine, review: Review, now: datetime) -> None:
    """A case that somebody has changed since stays; after the time there is no way back."""
    who = program(app)
    case = f"/cases/{review.id}"
    done = who.ask("PUT", f"{case}/stage", json={"stage": "done"}, seen="*")
    with session_scope(engine) as session:
        case_id = session.scalars(select(Case.id).where(Case.review_id == review.id)).one()
        set_stage(session, [case_id], CaseStage.WAITING, by=Actor(person_id=who.person_id, name="Ben", now=now))
    assert kind_of(back(who, done)) == "conflict"
    assert who.ask("GET", case).get_json()["stage"] == "waiting"
    noted = who.ask("POST", f"{case}/notes", json={"body": "She called."})
    later(app, UNDO_KEPT)
    late = back(who, noted)
    assert kind_of(late) == "too-late"
    assert late.status_code == 410
    assert "60 seconds" in late.get_json()["detail"]
    with session_scope(engine) as session:
        assert session.scalars(select(Note.deleted_at)).all() == [None]


def test_it_takes_the_person_the_scope_and_the_role(app: Flask, engine: Engine, review: Review) -> None:
    """Another person's token opens nothing, one without the scope neither, nor a role that was taken away meanwhile."""
    with session_scope(engine) as session:
        place = session.get_one(Review, review.id).source.location_id
    who = program(app, Access(at={place: Role.STAFF}))
    case = f"/cases/{review.id}"
    tagged = who.ask("POST", f"{case}/tags", json={"name": "soup"})
    offer = who.ask("POST", f"{case}/offers", json=VOUCHER)
    assert kind_of(back(program(app), tagged)) == "too-late"
    less = program(app, Access(at={place: Role.STAFF}), {Scope.WRITE_CASES})
    theirs = less.ask("POST", f"{case}/tags", json={"name": "tea"})
    with session_scope(engine) as session:
        session.execute(update(Membership).where(Membership.person_id == who.person_id).values(role=Role.VIEWER))
    for answer in (tagged, offer):
        assert kind_of(back(who, answer)) == "role-too-low"
    with session_scope(engine) as session:
        session.execute(update(Membership).where(Membership.person_id == who.person_id).values(role=Role.STAFF))
    assert back(who, tagged).status_code == 200
    assert back(less, theirs).status_code == 200
    reader = Program(app.test_client(), who.secret, who.person_id)
    assert back(reader, offer).status_code == 200


def test_scope_of_the_act_is_needed(app: Flask, engine: Engine, review: Review) -> None:
    """A second token of the same person, made for cases alone, takes no offer back."""
    who = program(app)
    parts: Pages = app.extensions[KEY]
    with session_scope(engine) as session:
        by = Actor(person_id=who.person_id, name="Ana Ruiz", now=parts.clock())
        made = make_token(session, who.person_id, "cases", {Scope.WRITE_CASES}, days=30, by=by)
    less = Program(app.test_client(), made.secret, who.person_id)
    offer = who.ask("POST", f"/cases/{review.id}/offers", json=VOUCHER)
    refused = back(less, offer)
    assert kind_of(refused) == "scope-missing"
    assert "write:offers" in refused.get_json()["detail"]
    tagged = who.ask("POST", f"/cases/{review.id}/tags", json={"name": "soup"})
    assert back(less, tagged).status_code == 200


def test_pages_take_the_same_tokens(app: Flask, engine: Engine, review: Review) -> None:
    """Of the same person; and what they cannot take back they say, rather than break."""
    who = program(app)
    with session_scope(engine) as session:
        person = session.get_one(Person, who.person_id)
    browser = client_of(app, person)
    form = {"csrf_token": form_token(browser)}
    made = who.ask("POST", f"/cases/{review.id}/offers", json=VOUCHER).get_json()
    offer = f"/offers/{made['id']}"
    who.ask("POST", f"{offer}/steps", json={"to": "offered", "channel": "mail"}, seen="*")
    page = made["undo"]["path"].removeprefix("/api/v1")
    assert "has changed since" in browser.post(page, data=form, follow_redirects=True).text
    assert who.ask("GET", offer).get_json()["state"] == "offered"
    tagged = who.ask("POST", f"/cases/{review.id}/tags", json={"name": "soup"}).get_json()
    page = tagged["undo"]["path"].removeprefix("/api/v1")
    assert "all is as it was" in browser.post(page, data=form, follow_redirects=True).text
