"""Every view, asked by visitors, by people of another place, and by people whose role is too low."""

from __future__ import annotations

from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import Engine
from sqlalchemy.orm import Session
from werkzeug.routing import Rule as Address

from db.acting import Actor
from db.alert_routes import Wanted, add_route
from db.assignment_rules import When, add_rule
from db.attachments import NewAttachment, attach, attachments_of
from db.causes import add_cause
from db.contacts import log_contact, promise
from db.improvements import Plan, open_improvement
from db.models import AttachmentKind, Case, Channel
from db.notes import write_note
from db.queries.follow_ups import follow_ups_of
from db.roles import LEAST, RANKS, Access, Act, Role, allows
from db.saved_replies import Fields, keep_reply
from db.session import session_scope
from db.vault import vault_of
from tests.db.offer_hands import made_offer
from tests.factories import NOW, make_case, make_location, make_review, make_source
from webui import create_app
from webui.guard import rule_of
from webui.settings import WebSettings

from .html import Page
from .pictures import png
from .posting import form_token
from .signing import make_person, signed_in

# What stands for the arguments that do not name something at a place.
ARGUMENTS = {
    "filename": "amends.css",
    "token": "x" * 43,
    "look_id": "x" * 22,
    "asked_id": "x" * 22,
    "upload_id": "x" * 24,
    "key": "yelp",
    "slug": "x" * 16,
    "case_key": "garage-1",
    "number": 1,
    "name": "anger",
    "code": "X" * 12,
    "hook_id": 4711,  # of owners of all places
    "delivery_id": 4711,
    "week": "2026-W46",
    "suffix": ".txt",
}
OF_CUSTOMERS = {"offer_id", "attachment_id", "contact_id", "promise_id", "follow_up_id"}
OF_PLACES = {"review_id", "other_id", "source_id", "note_id", "place_id", "improvement_id"} | OF_CUSTOMERS
# Of somebody else: unknown to whoever asks.
OWN = {"absence_id", "sign_in_id", "person_id", "passkey_id", "rule_id", "saved_id", "slug", "api_token_id", "route_id"}


def addresses() -> list[tuple[str, str]]:
    """(endpoint, method) of everything that people may ask for; test_api_doors looks at programs."""
    app = create_app(WebSettings(_env_file=None))
    rules = [rule for rule in app.url_map.iter_rules() if not rule.endpoint.startswith("api.")]
    return sorted((rule.endpoint, method) for rule in rules for method in _methods(rule))


def _methods(rule: Address) -> set[str]:
    return (rule.methods or set()) & {"GET", "POST", "PUT", "PATCH", "DELETE"}


ALL = addresses()


class Scene:
    """Two places with a source and a review each; somebody works at the first."""

    def __init__(self, app: Flask, session: Session) -> None:
        self.app = app
        self.here, self.there = make_location(session, name="Here"), make_location(session, name="There")
        self.at_here = self._things(session, self.here.id)
        self.at_there = self._things(session, self.there.id)

    def _things(self, session: Session, place_id: int) -> dict[str, int]:
        source = make_source(session, location_id=place_id)
        review, other = make_review(session, source), make_review(session, source)
        case = make_case(session, review)
        make_case(session, other)
        person = make_person(session, Access(at={place_id: Role.STAFF}), app=self.app)
        by = Actor(person_id=person.id, name=person.name, now=NOW)
        note_id = write_note(session, case.id, "She called.", [], by=by)
        ids = {"review_id": review.id, "other_id": other.id, "source_id": source.id}
        rule_id = add_rule(session, When(location_id=place_id), [person.id], now=NOW)
        ids |= {"note_id": note_id, "place_id": place_id, "rule_id": rule_id}
        ids |= self._of_customer(session, case, by)
        ids["saved_id"] = keep_reply(session, None, Fields(name="Wait", body="Sorry.", location_id=place_id), by=by).id
        ids["offer_id"] = made_offer(session, case.id, by=by).id
        cause = add_cause(session, f"Waiting {place_id}", words={}, now=NOW)
        plan = Plan(title="More hands", owner_id=person.id, due_on=NOW.date())
        ids["improvement_id"] = open_improvement(session, place_id, cause.id, plan, by=by).id
        ids["follow_up_id"] = follow_ups_of(session, case.id)[0].id
        way = {"address": "", "service": "", "vault": vault_of(self.app.extensions["amends"].database), "now": NOW}
        ids["route_id"] = add_route(session, person.id, Wanted(), **way)  # type: ignore[arg-type]
        return ids | {"person_id": person.id, "sign_in_id": 4711, "passkey_id": 4711, "absence_id": 4711,
                      "api_token_id": 4711, "tag_id": 4711}  # fmt: skip

    def _of_customer(self, session: Session, case: Case, by: Actor) -> dict[str, int]:
        picture = NewAttachment(kind=AttachmentKind.PICTURE, media_type="image/png", name="x", data=png())
        attach(session, case.review_id, [picture], by=by)
        said = {"channel": Channel.PHONE, "happened_at": NOW, "said": "She called."}
        step = {"owner_id": by.person_id, "due_on": NOW.date(), "today": NOW.date()}
        return {
            "attachment_id": attachments_of(session, case.review_id)[0].id,
            "contact_id": log_contact(session, case.id, **said, by=by),  # type: ignore[arg-type]
            "promise_id": promise(session, case.id, "Call her", **step, by=by),  # type: ignore[arg-type]
        }

    def ask(self, client: FlaskClient, endpoint: str, method: str, things: dict[str, int]) -> tuple[int, str]:
        """(status, text) of a request; a form carries its token."""
        rule = next(self.app.url_map.iter_rules(endpoint))
        values: dict[str, Any] = {name: things.get(name) or ARGUMENTS[name] for name in rule.arguments}
        with self.app.test_request_context():
            address = self.app.url_for(endpoint, **values, _external=False)
        if method == "GET":
            answer = client.get(address, buffered=True)
        else:
            answer = client.open(address, method=method, data={"csrf_token": form_token(client)}, buffered=True)
        return answer.status_code, "" if answer.mimetype != "text/html" else answer.text


@pytest.fixture
def scene(app: Flask, engine: Engine) -> Scene:
    with session_scope(engine) as session:
        return Scene(app, session)


def test_every_view_says_who_may_ask(app: Flask) -> None:
    """One that says nothing would be closed to all; better that it is told here."""
    assert [endpoint for endpoint, _ in ALL if rule_of(app, endpoint) is None] == []


def test_every_view_is_asked_with_known_arguments(app: Flask) -> None:
    """A new argument must be sorted: does it name something at a place?"""
    known = set(ARGUMENTS) | OF_PLACES | OWN | {"tag_id"}
    assert {name for rule in app.url_map.iter_rules() for name in rule.arguments} <= known
    for rule in app.url_map.iter_rules():
        needed = rule_of(app, rule.endpoint)
        if needed is not None and needed.act is not None and OF_PLACES & rule.arguments:
            assert needed.of in rule.arguments, f"{rule.endpoint} does not say whose place counts"


def test_view_without_a_rule_is_closed(fresh_app: Flask) -> None:
    """Forgetting is no way in."""
    fresh_app.add_url_rule("/new", "new", lambda: "all the reviews")
    assert signed_in(fresh_app).get("/new").status_code == 500


def test_visitors_are_led_to_the_door(scene: Scene) -> None:
    """Whatever is not public asks who is there, and leads back afterwards."""
    client = scene.app.test_client()
    for endpoint, method in ALL:
        rule = rule_of(scene.app, endpoint)
        assert rule is not None
        status, _ = scene.ask(client, endpoint, method, scene.at_here)
        if rule.is_public:
            assert status in {200, 302, 303, 400, 404, 422}, (endpoint, method)
        else:
            assert status == 303, (endpoint, method)
    assert client.get("/sources?q=x").headers["Location"] == "/sign-in?next=/sources?q%3Dx"


def test_somebody_elses_place_does_not_exist(scene: Scene) -> None:
    """An owner of one place, at what belongs to another: 404 everywhere, and nothing of it in sight."""
    client = signed_in(scene.app, Access(at={scene.here.id: Role.OWNER}))
    asked = 0
    for endpoint, method in ALL:
        rule = next(scene.app.url_map.iter_rules(endpoint))
        if (OF_PLACES | OWN) & rule.arguments:
            status, text = scene.ask(client, endpoint, method, scene.at_there)
            assert status == 404, (endpoint, method)
            assert "There" not in text.replace("There is nothing", ""), endpoint
            asked += 1
    assert asked > 10


@pytest.mark.parametrize("role", list(Role))
def test_role_that_is_too_low_is_told_whom_to_ask(scene: Scene, role: Role) -> None:
    """At one's own place: 403 with the names of who may, for every view above the role, and no 403 below it."""
    boss = Access(everywhere=Role.OWNER)
    with session_scope(scene.app.extensions["amends"].engine) as session:
        name = make_person(session, boss, app=scene.app, name="Olivia Ferri").name
    client = signed_in(scene.app, Access(at={scene.here.id: role}))
    for endpoint, method in ALL:
        rule = rule_of(scene.app, endpoint)
        assert rule is not None
        if rule.act is None or endpoint == "signing.out":
            continue
        status, text = scene.ask(client, endpoint, method, scene.at_here)
        if allows(role, rule.act):
            assert status != 403 or "all places" in text or name in text, (endpoint, method)
            assert status < 500, (endpoint, method)
        else:
            assert status == 403, (endpoint, method)
            assert name in text, (endpoint, method)


def test_lists_and_counts_show_own_places_only(scene: Scene) -> None:
    """The queue, its counts, the sources and the people of one place."""
    client = signed_in(scene.app, Access(at={scene.here.id: Role.OWNER}))
    page = Page(client.get("/?view=all"))
    assert [count.text for count in page.all("a.view .view-count")] == [
        "0",
        "0",
        "0",
        "0",
        "0",
        "0",
        "0",
        "2",
        "0",
        "2",
        "1",
    ]
    assert {row.find(".row-place bdi").text for row in page.all("li.row")} == {"Here"}
    assert len(Page(client.get("/sources")).all("tbody tr")) == 1
    everybody = Page(client.get("/people")).all("tbody tr")
    assert len(everybody) == 2, "the staff of the place, and whoever asks"
    assert "There" not in Page(client.get("/import")).text
    visible = Page(client.get("/people/new"))
    assert [label.text for label in visible.all(".field-row label")] == ["Here"]


def test_next_review_is_one_of_the_own_places(scene: Scene) -> None:
    """Neither the neighbours of a review nor their number tell of others."""
    client = signed_in(scene.app, Access(at={scene.here.id: Role.VIEWER}))
    page = Page(client.get(f"/reviews/{scene.at_here['review_id']}?view=all"))
    assert "of 2 on this page" in page.one(".trail").text


def test_what_a_role_may_not_do_is_not_offered(scene: Scene) -> None:
    """A viewer sees no button that would be refused."""
    address = f"/reviews/{scene.at_here['review_id']}"
    viewer = Page(signed_in(scene.app, Access(at={scene.here.id: Role.VIEWER})).get(address))
    assert [form.attrs["action"] for form in viewer.all("main form[method=post]")] == [f"{address}/watch"]
    assert [link.text for link in viewer.all(".account li a")] == ["Mentions of you", "Your account"]
    assert "Sources" not in viewer.one(".views").text
    assert Page(signed_in(scene.app).get(address)).all("main form")


def test_new_places_are_for_owners_of_all(scene: Scene) -> None:
    """An owner of one place imports into it, not into one that is still to be made, nor into somebody else's."""
    client = signed_in(scene.app, Access(at={scene.here.id: Role.OWNER}))
    for place, status in {"Here": 302, "There": 404, "Nowhere yet": 403}.items():
        given = {"csrf_token": form_token(client), "text": "Fine.\n\nBad.", "place": place}
        assert client.post("/import", data=given).status_code == status, place


def test_roles_are_a_ladder() -> None:
    """Each may all that those below may; the higher of two roles at a place counts."""
    for act, least in LEAST.items():
        assert [role for role in Role if allows(role, act)] == [role for role in Role if RANKS[role] >= RANKS[least]]
    mixed = Access(everywhere=Role.VIEWER, at={1: Role.OWNER})
    assert mixed.may(Act.SOURCES, 1)
    assert not mixed.may(Act.SOURCES, 2)
    assert mixed.may(Act.READ, 2)
    assert mixed.places(Act.SOURCES) == frozenset({1})
    assert mixed.places(Act.READ) is None
    assert Access().places(Act.READ) == frozenset()
