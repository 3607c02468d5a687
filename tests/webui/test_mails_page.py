"""Which mails somebody gets: ticked on the account page, or turned off by the link in a mail, without signing in."""

from __future__ import annotations

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import Engine

from db.models import MailKind, Person
from db.people import disable_person
from db.session import session_scope
from webui.mail_links import off_address
from webui.pages import KEY, Pages

from .html import Page
from .signing import client_of, make_person


@pytest.fixture
def ben(app: Flask, engine: Engine) -> Person:
    with session_scope(engine) as session:
        make_person(session, app=app)  # the owner who remains
        person = make_person(session, app=app, name="Ben")
        session.flush()
        session.expunge(person)
    return person


def link_of(app: Flask, person: Person, kind: MailKind) -> str:
    """The path of the link in a mail to them."""
    parts: Pages = app.extensions[KEY]
    return off_address(parts.settings, parts.database, person.id, kind).removeprefix(parts.settings.public_url)


def off(engine: Engine, person: Person) -> list[str]:
    with session_scope(engine) as session:
        return session.get_one(Person, person.id).mails_off


def ticked(page: Page) -> list[str]:
    return [one.attrs["value"] for one in page.all("#mails input[type=checkbox]") if "checked" in one.attrs]


def test_mails_are_chosen_on_the_account_page(app: Flask, engine: Engine, ben: Person) -> None:
    """All at first; what is not ticked is off, and words that are no kind of mail change nothing."""
    client = client_of(app, ben)
    page = Page(client.get("/account"))
    assert ticked(page) == list(MailKind)
    token = page.find("#mails input[name=csrf_token]").attrs["value"]
    answer = client.post("/account/mails", data={"csrf_token": token, "mail": ["mention", "assigned", "x"]})
    assert answer.status_code == 303
    assert off(engine, ben) == sorted(set(MailKind) - {MailKind.MENTION, MailKind.ASSIGNED})
    assert ticked(Page(client.get("/account"))) == ["mention", "assigned"]


@pytest.mark.usefixtures("client")
def test_link_in_a_mail_works_without_signing_in(app: Flask, engine: Engine, ben: Person) -> None:
    """Opening it changes nothing, for guards of mailboxes open every link; it says what was done, and back again."""
    visitor = app.test_client()
    link = link_of(app, ben, MailKind.NOTE)
    asked = Page(visitor.get(link))
    assert "Notes on cases that you watch or have" in asked.one("main").text
    assert off(engine, ben) == []
    button = asked.one("main button")
    done = Page(visitor.post(link, data={button.attrs["name"]: button.attrs["value"]}))
    assert done.one("h1").text == "Turned off"
    assert off(engine, ben) == ["note"]
    assert Page(visitor.get(link)).one("h1").text == "These mails are off"
    back = done.one("main button")
    assert Page(visitor.post(link, data={back.attrs["name"]: back.attrs["value"]})).one("h1").text == "Turned on again"
    assert off(engine, ben) == []


@pytest.mark.usefixtures("client")
def test_mail_program_turns_it_off_by_one_click(app: Flask, engine: Engine, ben: Person) -> None:
    """As RFC 8058 has it: a post without cookies, which is not led elsewhere. Twice is once."""
    visitor = app.test_client(use_cookies=False)
    for _ in range(2):
        answer = visitor.post(link_of(app, ben, MailKind.ESCALATION), data={"List-Unsubscribe": "One-Click"})
        assert "last step" in Page(answer).one("main").text
    assert off(engine, ben) == ["escalation"]


def test_link_of_nobody_is_unknown(app: Flask, engine: Engine, visitor: FlaskClient, ben: Person) -> None:
    """One that was changed, and that of somebody who was shut out."""
    link = link_of(app, ben, MailKind.MENTION)
    other = link.replace("mention", "assigned")
    assert [visitor.get(other).status_code, visitor.post(other).status_code] == [404, 404]
    with session_scope(engine) as session:
        disable_person(session, session.get_one(Person, ben.id))
    assert [visitor.get(link).status_code, visitor.post(link).status_code] == [404, 404]
    assert off(engine, ben) == []
