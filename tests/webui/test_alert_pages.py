"""The page of alerts: whose ways are seen, what is refused, the test button, and the way back."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import timedelta
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import Engine, select
from werkzeug.test import TestResponse

from crawlers.config import CrawlSettings, Environment
from db.alert_routes import Wanted, add_route, forget_removed
from db.models import AlertChannel, AlertReason, AlertRoute, Person
from db.roles import Access, Role
from db.session import session_scope
from db.settings import DbSettings
from db.vault import Vault, vault_of
from tests.factories import NOW, make_location
from webui import create_app
from webui.settings import WebSettings

from .hook_receiver import Receiver, hook_receiver
from .html import Page
from .inbox import Inbox, mail_settings
from .inbox import inbox as inbox  # noqa: PLC0414 - the server
from .posting import form_token
from .signing import make_person, signed_in

MAIL = {"channel": "mail", "reason": ["risk", "spike"], "where": "all", "bundle": "15"}


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    with hook_receiver() as made:
        made.status = 200
        yield made


@pytest.fixture
def app(engine: Engine, database_url: str, data_dir: Path, receiver: Receiver, inbox: tuple[Inbox, int]) -> Flask:
    database = DbSettings(data_dir=data_dir, database_url=database_url, _env_file=None)
    crawl = CrawlSettings(environment=Environment.TEST, crawl_allow_hosts=receiver.address, _env_file=None)
    made = create_app(mail_settings(inbox[1]), engine, database=database, crawl=crawl, clock=lambda: NOW)
    made.testing = False
    return made


@pytest.fixture
def vault(app: Flask) -> Vault:
    return vault_of(app.extensions["amends"].database)


def post(client: FlaskClient, address: str, fields: Mapping[str, object], *, status: int = 200) -> TestResponse:
    """The page at which a form ends."""
    token = form_token(client)
    answer = client.post(address, data={"csrf_token": token, **fields}, follow_redirects=True)
    assert answer.status_code == status
    return answer


def routes(engine: Engine) -> list[AlertRoute]:
    with session_scope(engine) as session:
        found = list(session.scalars(select(AlertRoute).order_by(AlertRoute.id)))
        session.expunge_all()
        return found


def test_way_is_added_changed_tried_and_removed_with_a_way_back(
    client: FlaskClient, engine: Engine, inbox: tuple[Inbox, int]
) -> None:
    """By mail, from the empty page on."""
    assert "You hear of nothing by itself yet" in client.get("/alerts").text
    page = post(client, "/alerts/new", MAIL | {"name": "Me", "quiet_from": "22:00", "quiet_to": "06:30"})
    assert "Added" in page.text
    (one,) = routes(engine)
    assert (one.reasons, one.quiet_from_min, one.quiet_to_min) == (["risk", "spike"], 1320, 390)
    assert "Sent. Look into your mailbox." in post(client, f"/alerts/{one.id}/test", {}).text
    assert [mail["Subject"] for mail in inbox[0].mails] == ["Amends: a test"]
    post(client, f"/alerts/{one.id}", MAIL | {"reason": ["source"], "passes_quiet": "yes"})
    (one,) = routes(engine)
    assert (one.reasons, one.quiet_from_min, one.passes_quiet) == (["source"], None, True)
    assert "It is back as it was." in post(client, f"/alerts/{one.id}/undo", {}).text
    assert (routes(engine)[0].reasons, routes(engine)[0].quiet_from_min) == (["risk", "spike"], 1320)
    assert "Nothing was changed." in post(client, f"/alerts/{one.id}/undo", {}).text
    removed = post(client, f"/alerts/{one.id}/remove", {})
    assert "Removed: Me" in removed.text
    assert client.get(f"/alerts/{one.id}").status_code == 404
    assert "It is back as it was." in post(client, f"/alerts/{one.id}/restore", {}).text
    assert client.get(f"/alerts/{one.id}").status_code == 200
    assert "Switched off" in post(client, f"/alerts/{one.id}/switch", {"is_on": "no"}).text


def test_tests_are_limited_and_the_page_says_until_when(
    client: FlaskClient, engine: Engine, inbox: tuple[Inbox, int]
) -> None:
    """Four on one way in a quarter of an hour, twelve in all: neither hammering nor ways made anew for it."""
    ids = []
    for _ in range(4):
        post(client, "/alerts/new", MAIL)
        ids.append(routes(engine)[-1].id)
    for _ in range(4):
        assert "Sent. Look into your mailbox." in post(client, f"/alerts/{ids[0]}/test", {}).text
    refused = Page(post(client, f"/alerts/{ids[0]}/test", {"then": "list"}))
    assert refused.one("#told").text == "That was tried too often. Try again in 15 minutes."
    for id_ in (*ids[1:3] * 4, ids[3], ids[3]):
        post(client, f"/alerts/{id_}/test", {})
    assert len(inbox[0].mails) == 11, "the one that was refused was a try as well"


def test_removed_way_is_gone_for_good_after_a_day(client: FlaskClient, engine: Engine) -> None:
    """With its sealed address."""
    post(client, "/alerts/new", MAIL)
    (one,) = routes(engine)
    post(client, f"/alerts/{one.id}/remove", {})
    with session_scope(engine) as session:
        forget_removed(session, now=NOW + timedelta(days=1, minutes=1))
    assert routes(engine) == []


def test_service_is_named_and_its_address_shown_to_nobody(
    client: FlaskClient, engine: Engine, receiver: Receiver
) -> None:
    """Nor stored as it is; an empty field keeps it; what came of a test is said in words."""
    url = f"json://ana:hunter2@{receiver.address}/x"
    page = post(client, "/alerts/new", MAIL | {"channel": "service", "address": url})
    (one,) = routes(engine)
    assert (one.service, one.channel) == ("JSON", AlertChannel.SERVICE)
    assert "hunter2" not in one.sealed_address + page.text + client.get("/alerts").text
    post(client, f"/alerts/{one.id}", MAIL | {"address": ""})
    assert routes(engine)[0].sealed_address == one.sealed_address
    assert "Sent: JSON has taken it." in post(client, f"/alerts/{one.id}/test", {}).text
    assert receiver.came[0].json["title"] == "Amends: a test"
    receiver.status = 401
    assert "refused it (status 401)" in post(client, f"/alerts/{one.id}/test", {}).text


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"reason": []}, "Choose at least one reason."),
        ({"reason": ["target"]}, "Choose at least one reason."),  # of these there are mails already
        ({"where": "some"}, "Choose at least one place."),
        ({"where": "some", "place": ["4711", "x"]}, "Choose at least one place."),
        ({"quiet_from": "22:00"}, "Write both times"),
        ({"quiet_from": "25:00", "quiet_to": "07:00"}, "Write both times"),
        ({"quiet_from": "07:00", "quiet_to": "07:00"}, "no time at all"),
        ({"channel": "service"}, "Enter the address of the service."),
        ({"channel": "service", "address": "file:///etc/passwd"}, "not supported"),
        ({"channel": "service", "address": "jsons://10.0.0.1/x"}, "does not lead to the public internet"),
        ({"channel": "service", "address": "slack://x"}, "No notification service has such an address"),
    ],
)
def test_what_cannot_be_is_told_at_its_field(
    client: FlaskClient, engine: Engine, fields: dict[str, object], words: str
) -> None:
    """And nothing is kept."""
    answer = post(client, "/alerts/new", MAIL | fields, status=422)
    assert words in answer.text
    assert routes(engine) == []


def test_eleventh_way_is_too_many(client: FlaskClient, engine: Engine) -> None:
    """Whoever needs more bundles them elsewhere."""
    for _ in range(10):
        post(client, "/alerts/new", MAIL)
    assert "10 ways already" in post(client, "/alerts/new", MAIL, status=422).text
    assert len(routes(engine)) == 10


def test_owner_sees_ways_of_their_people_without_addresses_and_nobody_elses(
    app: Flask, engine: Engine, vault: Vault, receiver: Receiver
) -> None:
    """An owner of one place: those who work there; staff: their own alone; and none may touch another's."""
    with session_scope(engine) as session:
        here, there = make_location(session, name="Here"), make_location(session, name="There")
        wanted = Wanted(channel=AlertChannel.SERVICE, reasons=(AlertReason.RISK,), name="Night shift")
        for place, name in ((here, "Nina"), (there, "Theo")):
            person = make_person(session, Access(at={place.id: Role.STAFF}), app=app, name=name)
            url = f"json://{name}:hunter2@{receiver.address}"
            add_route(session, person.id, wanted, address=url, service="JSON", vault=vault, now=NOW)
        here_id = here.id
    owner = signed_in(app, Access(at={here_id: Role.OWNER}))
    page = Page(owner.get("/alerts"))
    names = [one.text for one in page.all(".ways-others h3 > bdi")]
    assert names == ["Nina"]
    assert "hunter2" not in owner.get("/alerts").text
    for route in routes(engine):
        assert owner.get(f"/alerts/{route.id}").status_code == 404
        assert post(owner, f"/alerts/{route.id}/remove", {}, status=404).status_code == 404
    staff = signed_in(app, Access(at={here_id: Role.STAFF}))
    assert "Nina" not in staff.get("/alerts").text


def test_only_own_places_can_be_chosen(app: Flask, engine: Engine) -> None:
    """Whatever a form names."""
    with session_scope(engine) as session:
        here, there = make_location(session, name="Here").id, make_location(session, name="There").id
    client = signed_in(app, Access(at={here: Role.STAFF}))
    assert "There" not in client.get("/alerts/new").text
    post(client, "/alerts/new", MAIL | {"where": "some", "place": [str(here), str(there)]})
    assert routes(engine)[0].place_ids == [here]


def test_mails_that_go_nowhere_are_said_to(engine: Engine, database_url: str, data_dir: Path) -> None:
    """Without a server they become files, and the test button does not say that they were sent."""
    database = DbSettings(data_dir=data_dir, database_url=database_url, _env_file=None)
    app = create_app(WebSettings(_env_file=None), engine, database=database, clock=lambda: NOW)
    client = signed_in(app)
    post(client, "/alerts/new", MAIL)
    with session_scope(engine) as session:
        assert session.scalars(select(Person)).all()
    (one,) = routes(engine)
    assert "No mail server is set" in post(client, f"/alerts/{one.id}/test", {}).text
    assert list((data_dir / "mail").glob("*.eml"))
