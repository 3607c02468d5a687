"""What has come into the list since the page was rendered: a pill, and no row that moves."""

from __future__ import annotations

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import Engine

from db.roles import Access, Role
from db.session import session_scope
from tests.factories import make_case, make_location, make_review, make_source

from .html import Page
from .signing import signed_in


def poll(client: FlaskClient, page: Page, told: str = "0") -> Page | None:
    """What the open page would be answered; None where it stays as it is."""
    address = page.one("[data-poll]").attrs["hx-get"]
    answer = client.get(f"{address}&told={told}", headers={"HX-Request": "true"})
    return None if answer.status_code == 204 else Page(answer)


def test_pill_leads_to_the_same_list_from_its_top(client: FlaskClient, engine: Engine) -> None:
    """It counts what stands in the view and passes the filters, and is told once."""
    page = Page(client.get("/?view=all&stars=2&sort=newest&rows=compact"))
    assert poll(client, page) is None
    with session_scope(engine) as session:
        for stars in (2.0, 2.0, 5.0):
            make_case(session, make_review(session, make_source(session), stars=stars))
    pill = poll(client, page)
    assert pill is not None
    assert pill.one(".pill").text.startswith("2 new")
    assert pill.one(".pill").attrs["href"] == "/?view=all&sort=newest&stars=2"
    assert poll(client, page, told="2") is None
    assert len(Page(client.get(pill.one(".pill").attrs["href"])).all("li.row")) == 2


def test_reviews_of_other_places_are_not_counted(app: Flask, engine: Engine) -> None:
    """Nor do those who see one place only learn that something came elsewhere."""
    with session_scope(engine) as session:
        here, there = make_location(session), make_location(session)
    staff = signed_in(app, Access(at={here.id: Role.STAFF}))
    page = Page(staff.get("/?view=all"))
    with session_scope(engine) as session:
        make_case(session, make_review(session, make_source(session, location=there)))
    assert poll(staff, page) is None


def test_poll_is_answered_without_a_page_of_its_own(client: FlaskClient, visitor: FlaskClient) -> None:
    """A mark that is none changes nothing; whoever is signed out gets no door in the place of the pill."""
    for mark in ("", "1.2.3", "a.b.c.d", "1.1.1.99999999999999999999"):
        assert client.get(f"/queue/arrivals?seen={mark}").status_code == 204
    assert visitor.get("/queue/arrivals?seen=0.0.0.0", headers={"HX-Request": "true"}).status_code == 401
    assert visitor.get("/queue/arrivals?seen=0.0.0.0").status_code == 303
