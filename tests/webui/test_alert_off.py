"""The link in a mail of alerts: it stops this way and nothing else, by one click of a mail program, with a way back."""

from __future__ import annotations

import pytest
from flask import Flask
from sqlalchemy import Engine, select

from db.alert_routes import Wanted, add_route, remove_route
from db.mail_wishes import wants
from db.models import AlertRoute, MailKind, Person
from db.people import disable_person
from db.roles import Access
from db.session import session_scope
from db.vault import vault_of
from tests.clock import Clock
from tests.factories import NOW
from webui import create_app
from webui.mail_links import off_address, way_off_address
from webui.pages import KEY, Pages

from .alert_desk import MINUTE, Desk
from .alert_desk import clock as clock  # noqa: PLC0414 - a fixture, as those that follow
from .alert_desk import desk as desk  # noqa: PLC0414
from .alert_desk import receiver as receiver  # noqa: PLC0414
from .alert_desk import services as services  # noqa: PLC0414
from .html import Page
from .inbox import Inbox
from .inbox import inbox as inbox  # noqa: PLC0414 - the server
from .signing import make_person


@pytest.fixture
def ben(app: Flask, engine: Engine) -> tuple[int, int, int]:
    """Ben, his two ways by mail, "Night" and one without a name."""
    with session_scope(engine) as session:
        make_person(session, app=app)  # the owner who remains
        person = make_person(session, Access(), app=app, name="Ben")
        vault = vault_of(app.extensions[KEY].database)
        ways = [
            add_route(session, person.id, Wanted(name=name), address="", service="", vault=vault, now=NOW)
            for name in ("Night <b>", "")
        ]
        return person.id, ways[0], ways[1]


def link_of(app: Flask, route_id: int) -> str:
    """The path of the link in its mails."""
    parts: Pages = app.extensions[KEY]
    address = way_off_address(parts.settings, parts.database, route_id)
    return address.removeprefix(parts.settings.public_url)


def on(engine: Engine) -> list[int]:
    with session_scope(engine) as session:
        return list(session.scalars(select(AlertRoute.id).where(AlertRoute.is_on).order_by(AlertRoute.id)))


def test_one_click_of_a_mail_program_stops_what_the_mail_came_on(
    desk: Desk, clock: Clock, inbox: tuple[Inbox, int]
) -> None:
    """The address in the head is that at the foot, and the same in each mail of the way; what comes next comes no more,
    on this way alone.
    """
    desk.way(name="All")
    desk.review()
    assert desk.sweep() == (1, 1)
    mail = inbox[0].mails[0]
    address = str(mail["List-Unsubscribe"]).strip("<>")
    assert mail["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert b"List-Unsubscribe: <" + address.encode() + b">\r\n" in inbox[0].raw[0], "on one line"
    assert f"nothing else: {address}\n" in mail.get_content().replace("\r\n", "\n")
    desk.way(name="Second")
    services = desk.services
    app = create_app(services.web, services.engine, database=services.database, clock=services.clock)
    program = app.test_client(use_cookies=False)
    path = address.removeprefix(services.web.public_url)
    for _ in range(2):
        assert program.post(path, data={"List-Unsubscribe": "One-Click"}).status_code == 200
    clock.now += MINUTE
    desk.review()
    assert desk.sweep() == (1, 1)
    assert str(inbox[0].mails[-1]["List-Unsubscribe"]).strip("<>") != address


@pytest.mark.usefixtures("client")
def test_page_of_the_link_asks_says_what_it_did_and_takes_it_back(
    app: Flask, engine: Engine, ben: tuple[int, int, int]
) -> None:
    """Opening it changes nothing: guards of mailboxes open every link. Other ways and mails go on."""
    person_id, night, other = ben
    visitor, link = app.test_client(), link_of(app, night)
    asked = Page(visitor.get(link))
    assert asked.one("h1").text == "Turn these mails off?"
    assert "Night <b>" in asked.one("main").text
    assert on(engine) == [night, other]
    button = asked.one("main button")
    done = Page(visitor.post(link, data={button.attrs["name"]: button.attrs["value"]}))
    assert done.one("h1").text == "Turned off"
    assert "Other ways of yours, the weekly digest and all other mails go on" in done.one("main").text
    assert on(engine) == [other]
    with session_scope(engine) as session:
        assert all(wants(session.get_one(Person, person_id), kind) for kind in MailKind)
    assert Page(visitor.get(link)).one("h1").text == "These mails are off"
    back = done.one("main button")
    again = Page(visitor.post(link, data={back.attrs["name"]: back.attrs["value"]}))
    assert again.one("h1").text == "Turned on again"
    assert on(engine) == [night, other]


@pytest.mark.usefixtures("client")
def test_link_of_another_way_or_use_is_unknown_and_of_one_that_is_gone_says_so(
    app: Flask, engine: Engine, ben: tuple[int, int, int]
) -> None:
    """No link of one way opens another, nor one that turns a kind of mails off; a way that is gone, or whose person may
    no longer enter, is said to be.
    """
    person_id, night, other = ben
    visitor, link = app.test_client(), link_of(app, night)
    parts: Pages = app.extensions[KEY]
    kind = off_address(parts.settings, parts.database, person_id, MailKind.NOTE).rpartition("/")[2]
    way = link.rpartition("/")[2]
    mixed = f"{other}.{way.partition('.')[2]}"
    for path in (f"/alerts/off/{mixed}", f"/alerts/off/{kind}", f"/mails/{way}", "/alerts/off/x", "/alerts/off/1.é"):
        assert [visitor.get(path).status_code, visitor.post(path).status_code] == [404, 404]
    assert on(engine) == [night, other]
    with session_scope(engine) as session:
        remove_route(session, person_id, night, now=NOW)
    for answer in (visitor.get(link), visitor.post(link)):
        assert Page(answer).one("h1").text == "This way is gone"
    with session_scope(engine) as session:
        disable_person(session, session.get_one(Person, person_id))
    assert Page(visitor.get(link_of(app, other))).one("h1").text == "This way is gone"
    assert Page(visitor.post(link_of(app, other))).one("h1").text == "This way is gone"
    assert other in on(engine)
