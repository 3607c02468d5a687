"""What programs do over the API goes the ways of the pages: versioned, judged by the policy, and on record."""

from __future__ import annotations

import json
import os
import re
import subprocess
import threading
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from flask import Flask
from openapi_spec_validator import OpenAPIV31SpecValidator
from sqlalchemy import Engine, func, select
from werkzeug.serving import make_server

from db.models import AuditEntry, CaseEvent, Complaint, Review
from db.roles import Access, Role
from db.scopes import Scope
from db.session import session_scope
from tests.factories import make_case, make_location, make_review, make_score, make_source
from webui.api.document import document
from webui.cli import cli

from .api_hands import kind_of, program
from .html import Page
from .posting import form_token
from .signing import signed_in

README = Path(__file__).resolve().parents[2] / "README.md"


@pytest.fixture
def review(engine: Engine) -> Review:
    """Of somebody who says how to reach them."""
    with session_scope(engine) as session:
        words = "Nobody answered. Call Berta Quint at berta@quint.example or +34 600 111 222."
        found = make_review(session, make_source(session), body=words, author_name="Berta Quint")
        make_score(session, found)
        make_case(session, found, is_flagged=True)
        return found


def test_case_is_worked_on_with_its_version(app: Flask, engine: Engine, review: Review) -> None:
    """Without If-Match nothing is overwritten, nor with an old one; timeline and audit log name person and token."""
    who = program(app, name="CRM")
    case = f"/cases/{review.id}"
    first = who.ask("GET", case)
    seen = first.headers["ETag"]
    assert kind_of(who.ask("PUT", f"{case}/stage", json={"stage": "done"})) == "version-needed"
    done = who.ask("PUT", f"{case}/assignee", json={"person_id": who.person_id}, seen=seen)
    assert done.get_json()["assignee"]["name"] == "Ana Ruiz"
    assert kind_of(who.ask("PUT", f"{case}/stage", json={"stage": "done"}, seen=seen)) == "changed"
    later = who.ask(
        "PUT", f"{case}/stage", json={"stage": "waiting", "ask_on": "2026-12-24"}, seen=done.headers["ETag"]
    )
    assert later.get_json()["stage"] == "waiting"
    past = {"stage": "waiting", "ask_on": "2020-01-01"}
    assert kind_of(who.ask("PUT", f"{case}/stage", json=past, seen=later.headers["ETag"])) == "not-taken"
    tagged = who.ask("POST", f"{case}/tags", json={"name": "#phone"}).get_json()["tags"]
    assert [one["name"] for one in tagged] == ["phone"]
    assert who.ask("DELETE", f"{case}/tags/{tagged[0]['id']}").get_json()["tags"] == []
    noted = who.ask("POST", f"{case}/notes", json={"body": "Called her, nobody there."})
    assert [one["body"] for one in noted.get_json()["notes"]] == ["Called her, nobody there."]
    with session_scope(engine) as session:
        events = session.scalars(select(CaseEvent).order_by(CaseEvent.id)).all()
        used = session.scalars(select(AuditEntry).where(AuditEntry.kind == "api_used").order_by(AuditEntry.id)).all()
    assert [(one.kind, one.person_name, one.facts["via"]) for one in events] == [
        (kind, "Ana Ruiz", "CRM") for kind in ("assigned", "stage", "tagged", "untagged")
    ]
    assert [(one.person_name, one.facts["via"], one.facts["operation"]) for one in used] == [
        ("Ana Ruiz", "CRM", name) for name in ("set_assignee", "set_stage", "add_tag", "remove_tag", "add_note")
    ]
    told = Page(signed_in(app).get(f"/reviews/{review.id}")).text
    assert "by the token “CRM”" in " ".join(told.split())


def test_guests_are_masked_unless_the_token_may_read_contacts(app: Flask, review: Review) -> None:
    """Name, mail address and number: hidden in the review and in lists, whole for a token made for it."""
    masked = program(app, scopes=set(Scope) - {Scope.READ_CONTACTS})
    for path in (f"/reviews/{review.id}", "/reviews"):
        text = masked.ask("GET", path).text
        assert "Nobody answered" in text
        assert not [part for part in ("Berta", "quint.example", "600 111") if part in text], path
    note = {"body": "Berta Quint (berta@quint.example) called. Who saw it? @Ana Ruiz"}
    noted = masked.ask("POST", f"/cases/{review.id}/notes", json=note).get_json()["notes"]
    assert [one["body"] for one in noted] == ["B. Q. ([mail]) called. Who saw it? @Ana Ruiz"]
    whole = program(app).ask("GET", f"/reviews/{review.id}").get_json()
    assert (whole["author_name"], whole["body"]) == ("Berta Quint", review.body)


def test_lists_are_filtered_and_paged(app: Flask, engine: Engine) -> None:
    """Every review once, by cursors, whatever the size of a page; filters narrow it."""
    with session_scope(engine) as session:
        source = make_source(session)
        for at in range(5):
            make_case(session, make_review(session, source, stars=float(at % 5 + 1)))
    who = program(app)
    seen: list[int] = []
    after = ""
    while True:
        page = who.ask("GET", "/reviews", query_string={"limit": 2, "after": after}).get_json()
        seen += [one["id"] for one in page["items"]]
        if not (after := page["next"] or ""):
            break
    assert len(seen) == len(set(seen)) == 5
    few = who.ask("GET", "/cases?view=all&stars=1&stars=2&place=nowhere").get_json()
    assert few == {"items": [], "next": None}
    assert len(who.ask("GET", "/reviews?stars=1&stars=2").get_json()["items"]) == 2


def test_complaint_is_taken_once(app: Flask, engine: Engine) -> None:
    """The same key twice makes one; the same key with other words is refused; contact data is read by scope."""
    with session_scope(engine) as session:
        place = make_location(session)
    who = program(app, Access(at={place.id: Role.STAFF}))
    said = {"place_id": place.id, "channel": "phone", "words": "The soup was cold.", "contact": "ana@guest.example"}
    first = who.ask("POST", "/complaints", json=said, key="a1")
    again = who.ask("POST", "/complaints", json=said, key="a1")
    assert (first.status_code, again.status_code) == (201, 201)
    assert [one.get_json()["is_repeated"] for one in (first, again)] == [False, True]
    assert first.headers["Location"] == again.headers["Location"]
    assert kind_of(who.ask("POST", "/complaints", json={**said, "words": "Tea."}, key="a1")) == "not-taken"
    assert who.ask("POST", "/complaints", json=said, key="a2").get_json()["is_repeated"] is False
    taken = who.ask("GET", first.headers["Location"].removeprefix("/api/v1")).get_json()["complaint"]
    assert (taken["contact"], taken["taken_by"]) == ("ana@guest.example", "Ana Ruiz")
    dinner = {**said, "visited_at": "2026-11-20T20:30:00+01:00"}
    assert kind_of(who.ask("POST", "/complaints", json=dinner, key="a1")) == "not-taken"
    assert kind_of(who.ask("POST", "/complaints", json={**said, "visited_at": "2026-11-20T20:30"})) == "not-taken"
    assert who.ask("POST", "/complaints", json=dinner, key="a3").status_code == 201
    [visited] = who.ask("GET", "/reviews?visit_day=fri&visit_hour=19&complaint=true").get_json()["items"]
    assert (visited["visited_at"], visited["visited_precision"]) == ("2026-11-20T19:30:00Z", "instant")
    assert len(who.ask("GET", "/cases?visit_hour=unknown").get_json()["items"]) == 2
    less = program(app, Access(at={place.id: Role.STAFF}), {Scope.READ_CASES})
    assert "guest.example" not in less.ask("GET", first.headers["Location"].removeprefix("/api/v1")).text


def test_offers_stay_inside_the_policy(app: Flask, review: Review) -> None:
    """Staff decide inside; beyond it theirs waits and they cannot approve it; no step twice; codes go by scope."""
    staff = program(app, Access(everywhere=Role.STAFF))
    wish: dict[str, Any] = {"kind": "voucher", "severity": "serious", "value_minor": 2000, "reason": "They waited"}
    offers = f"/cases/{review.id}/offers"
    assert kind_of(staff.ask("POST", offers, json={**wish, "is_unconditional": False})) == "not-taken"
    tied = {**wish, "is_unconditional": True, "reason": "If you change your review to five stars we pay."}
    assert kind_of(staff.ask("POST", offers, json=tied)) == "not-taken"
    made = staff.ask("POST", offers, json={**wish, "is_unconditional": True})
    assert (made.status_code, made.get_json()["state"]) == (201, "approved")
    steps, seen = f"/offers/{made.get_json()['id']}/steps", made.headers["ETag"]
    for step in ({"to": "offered", "channel": "mail"}, {"to": "accepted"}, {"to": "issued"}):
        done = staff.ask("POST", steps, json=step, seen=seen)
        assert done.get_json()["state"] == step["to"]
        seen = done.headers["ETag"]
    assert kind_of(staff.ask("POST", steps, json={"to": "offered", "channel": "mail"}, seen=seen)) == "conflict"
    assert done.get_json()["code"]
    reader = program(app, scopes={Scope.READ_OFFERS})
    assert reader.ask("GET", f"/offers/{made.get_json()['id']}").get_json()["code"] is None
    much = staff.ask("POST", offers, json={**wish, "value_minor": 90_000, "is_unconditional": True})
    assert much.get_json()["state"] == "proposed"
    path = f"/offers/{much.get_json()['id']}/steps"
    yes = {"to": "approved", "reason": "I like them"}
    assert kind_of(staff.ask("POST", path, json=yes, seen=much.headers["ETag"])) == "not-taken"
    owner = program(app)
    exception = owner.ask("POST", path, json=yes, seen=much.headers["ETag"]).get_json()
    assert (exception["state"], exception["exception_reason"]) == ("approved", "I like them")
    assert exception["outside"]


def test_answers_are_submitted_and_never_approved(app: Flask, review: Review) -> None:
    """Written over the version that was read, checked, and then a person's to decide."""
    who = program(app)
    answer = f"/cases/{review.id}/answer"
    seen = who.ask("GET", answer).headers["ETag"]
    assert kind_of(who.ask("POST", f"{answer}/submission", json={}, seen=seen)) == "not-taken", "there is nothing"
    words = (
        "Dear Berta, thank you for telling us. I am sorry that nobody answered when you called: that was our mistake. "
        "Since Monday two of us answer the telephone. Please ask for me at the front desk. Ana Ruiz, manager"
    )
    kept = who.ask("PUT", answer, json={"body": words}, seen=seen)
    assert (kept.get_json()["state"], kept.get_json()["body"]) == ("draft", words)
    assert kind_of(who.ask("PUT", answer, json={"body": "Other"}, seen=seen)) == "changed"
    seen = kept.headers["ETag"]
    first = who.ask("POST", f"{answer}/submission", json={}, seen=seen)
    if first.status_code == 422:  # a person reads what warns, and says so
        checks = [f"{letter}{at:02}" for letter in "SBWCP" for at in range(1, 20)][:60]
        first = who.ask(
            "POST", f"{answer}/submission", json={"read_warnings": checks, "lift_reason": "read"}, seen=seen
        )
    assert first.get_json()["state"] == "submitted", first.text
    assert kind_of(who.ask("PUT", answer, json={"body": "Other"}, seen=first.headers["ETag"])) == "conflict"


def test_description_is_valid_and_the_same_everywhere(app: Flask) -> None:
    """OpenAPI 3.1, served to all and written by the command; the page for people tells every operation."""
    served = app.test_client().get("/api/v1/openapi.json")
    assert served.get_json() == document()
    assert document()["openapi"].startswith("3.1")
    assert list(OpenAPIV31SpecValidator(document()).iter_errors()) == []
    assert json.loads(CliRunner().invoke(cli, ["openapi"]).output) == document()
    page = Page(signed_in(app).get("/api/docs"))
    told = {details.attrs["id"] for details in page.all("details") if "id" in details.attrs}
    assert {one["operationId"] for item in document()["paths"].values() for one in item.values()} <= told


def test_tokens_on_the_account_page(app: Flask, engine: Engine) -> None:
    """Shown once, listed without the secret, revoked; another person's does not exist."""
    mine = signed_in(app)
    given = {"csrf_token": form_token(mine), "name": "Till", "scope": ["read:reviews"], "days": "30"}
    assert mine.post("/account/tokens", data={**given, "scope": []}).status_code == 422
    made = Page(mine.post("/account/tokens", data=given))
    secret = made.find("#secret").attrs["value"]
    asked = {"headers": {"Authorization": f"Bearer {secret}"}}
    assert app.test_client().get("/api/v1/whoami", **asked).get_json()["token"]["name"] == "Till"
    listed = mine.get("/account/tokens").text
    assert "Till" in listed
    assert secret not in listed
    other = signed_in(app)
    assert other.post("/account/tokens/1/revoke", data={"csrf_token": form_token(other)}).status_code == 404
    assert mine.post("/account/tokens/1/revoke", data=given).status_code == 303
    assert kind_of(app.test_client().get("/api/v1/whoami", **asked)) == "bad-token"
    with session_scope(engine) as session:
        kinds = session.scalars(select(AuditEntry.kind).order_by(AuditEntry.id)).all()
    assert kinds == ["token_made", "token_revoked"]


def test_examples_of_the_readme_work_as_they_stand(app: Flask, engine: Engine, tmp_path: Path) -> None:
    """The shell takes the complaint twice and ends the most urgent case; only address and token are of the test."""
    with session_scope(engine) as session:
        make_case(session, make_review(session, make_source(session)), is_flagged=True)
    block = re.search(r"```bash\nURL=(.*?)```", README.read_text(encoding="utf-8"), flags=re.DOTALL)
    assert block is not None
    commands = block[1].split("\n", 2)[2]
    server = make_server("127.0.0.1", 0, app, threaded=True)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        given = {"URL": f"http://127.0.0.1:{server.port}/api/v1", "TOKEN": program(app).secret}
        once = commands.partition("# The most")[0]
        ran = subprocess.run(
            ["bash", "-euc", once + commands],
            env={**os.environ, **given},
            cwd=tmp_path,
            capture_output=True,
            text=True,
            check=False,
        )
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
    assert ran.returncode == 0, ran.stdout + ran.stderr
    assert '"is_repeated":true' in ran.stdout
    assert '"stage":"done"' in ran.stdout
    assert '"kind":"stage","changed":1' in ran.stdout
    with session_scope(engine) as session:
        assert session.scalar(select(func.count()).select_from(Complaint)) == 1
