"""Ways of alerts that keep failing: told on every page, once by mail, to owners without addresses, and healed."""

from __future__ import annotations

from dataclasses import replace

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import delete, select

from db.alert_outbox import BACK_OFF, MESSAGE_MOST
from db.alert_routes import switch_route
from db.broken_ways import BROKEN_FROM
from db.mail_wishes import set_mails_off
from db.models import AlertRoute, AlertState, Case, CaseStage, MailKind, Person, StaffMail
from db.people import set_access
from db.roles import Access, Role
from db.session import session_scope
from tests.clock import Clock
from tests.ports import free_port
from webui import create_app
from webui.jobs.mailing import send_mails

from .alert_desk import DAY, HOUR, MINUTE, NIGHT, NOON, Desk, json_url, messages
from .alert_desk import clock as clock  # noqa: PLC0414 - a fixture, as those that follow
from .alert_desk import desk as desk  # noqa: PLC0414
from .alert_desk import receiver as receiver  # noqa: PLC0414
from .alert_desk import services as services  # noqa: PLC0414
from .hook_receiver import Receiver
from .html import Page
from .inbox import Inbox, mail_settings
from .inbox import inbox as inbox  # noqa: PLC0414 - the server
from .posting import form_token
from .signing import client_of

NOTICE = ".ways-broken"


@pytest.fixture
def app(desk: Desk) -> Flask:
    at = desk.services
    made = create_app(at.web, at.engine, database=at.database, crawl=at.crawl, clock=at.clock)
    made.testing = False
    return made


@pytest.fixture
def ana(app: Flask, desk: Desk) -> FlaskClient:
    return signed_in_now(app, desk)


def signed_in_now(app: Flask, desk: Desk) -> FlaskClient:
    """Ana; where days have passed, for a sign-in runs out."""
    with session_scope(desk.services.engine) as session:
        person = session.get_one(Person, desk.ana_id)
    return client_of(app, person)


def press(client: FlaskClient, address: str) -> Page:
    """The page at which a button ends."""
    token = form_token(client)
    return Page(client.post(address, data={"csrf_token": token, "then": "list"}, follow_redirects=True))


def fail(desk: Desk, clock: Clock, *, times: int) -> None:
    """So many reviews, each an alert of its own."""
    for _ in range(times):
        clock.now += 2 * MINUTE
        desk.review()
        assert desk.sweep() == (1, 0)


def is_broken(desk: Desk) -> bool:
    with session_scope(desk.services.engine) as session:
        return session.scalars(select(AlertRoute.broken_at)).one() is not None


def mails(desk: Desk, inbox: tuple[Inbox, int]) -> list[str]:
    send_mails(desk.services)
    return [str(mail["Subject"]) for mail in inbox[0].mails]


def test_service_that_refuses_several_in_a_row_is_told_on_every_page_and_once_by_mail(
    desk: Desk, clock: Clock, receiver: Receiver, inbox: tuple[Inbox, int], ana: FlaskClient
) -> None:
    """Not at the first two; then until something gets through, however long that takes."""
    receiver.status = 401
    route_id = desk.way(url=json_url(receiver), name="Kitchen <b>")
    fail(desk, clock, times=BROKEN_FROM - 1)
    assert not is_broken(desk)
    assert mails(desk, inbox) == []
    assert Page(ana.get("/account")).all(NOTICE) == []
    fail(desk, clock, times=2)
    assert is_broken(desk)
    assert mails(desk, inbox) == ["Your alerts do not reach you: Kitchen <b>"]
    body = inbox[0].mails[0].get_content().replace("\r\n", "\n")
    assert "“Kitchen <b> (JSON)” takes no alerts any more" in body
    assert "The last time: The service refused it (status 401)." in body
    assert f"https://desk.example/alerts/{route_id}\n" in body
    assert "List-Unsubscribe" in inbox[0].mails[0]
    assert "hunter2" not in body
    for path in ("/", "/account", "/sources", "/figures", "/alerts/new"):
        assert Page(ana.get(path)).one(NOTICE).text == "Your alerts on Kitchen <b> do not get through"
    shown = Page(ana.get("/alerts"))
    assert shown.all(NOTICE) == [], "the page itself says more"
    assert Page(ana.get(f"/alerts/{route_id}")).all(NOTICE) == []
    assert "refused it (status 401)" in Page(ana.get(f"/alerts/{route_id}")).one(".way-broken").text
    told = shown.one(".way-broken").text
    assert "refused it (status 401)" in told
    assert "Send a test." in told
    fail(desk, clock, times=2)
    assert len(mails(desk, inbox)) == 1, "once, however many more fail"


def test_something_that_gets_through_ends_it_and_the_next_time_is_told_anew(
    desk: Desk, clock: Clock, receiver: Receiver, inbox: tuple[Inbox, int], ana: FlaskClient
) -> None:
    """A row that is broken by one success is no row."""
    receiver.status = 401
    desk.way(url=json_url(receiver))

    def get_one_through() -> None:
        receiver.status = 200
        clock.now += 2 * MINUTE
        desk.review()
        assert desk.sweep() == (1, 1)
        receiver.status = 401

    fail(desk, clock, times=BROKEN_FROM - 1)
    get_one_through()
    fail(desk, clock, times=BROKEN_FROM - 1)
    assert not is_broken(desk)
    fail(desk, clock, times=1)
    assert len(mails(desk, inbox)) == 1
    get_one_through()
    assert not is_broken(desk)
    assert Page(ana.get("/account")).all(NOTICE) == []
    fail(desk, clock, times=BROKEN_FROM)
    assert len(mails(desk, inbox)) == 2


def test_service_that_is_away_counts_once_its_tries_are_over(
    desk: Desk, clock: Clock, receiver: Receiver, inbox: tuple[Inbox, int], ana: FlaskClient
) -> None:
    """Three alerts that wait for their next try, of which the page says when it is, are late and not lost."""
    receiver.status = 503
    desk.way(url=json_url(receiver))
    for _ in range(BROKEN_FROM):
        desk.review()
        desk.sweep()
        assert "next try in " in Page(ana.get("/alerts")).find(".told-log").text
        clock.now += 2 * MINUTE
        assert "goes out within a minute" in Page(ana.get("/alerts")).find(".told-log").text
    assert not is_broken(desk)
    for _ in range(2 * 24):
        desk.sweep()
        clock.now += HOUR
    assert {state for state, _ in desk.states()} == {AlertState.GIVEN_UP}
    assert is_broken(desk)
    assert len(mails(desk, inbox)) == 1


def test_test_that_gets_through_heals_it_and_what_was_missed_follows(
    desk: Desk, receiver: Receiver, inbox: tuple[Inbox, int], ana: FlaskClient
) -> None:
    """As far as it is still to be told; a test that fails changes nothing; the mail that waits is not sent."""
    receiver.status = 404
    route_id = desk.way(url=json_url(receiver))
    ids = []
    for _ in range(BROKEN_FROM):
        ids.append(desk.review())
        desk.sweep()
    with session_scope(desk.services.engine) as session:
        session.scalars(select(Case).where(Case.review_id == ids[0])).one().stage = CaseStage.DONE
    press(ana, f"/alerts/{route_id}/test")
    assert is_broken(desk)
    receiver.status, receiver.came = 200, []
    page = press(ana, f"/alerts/{route_id}/test")
    assert "Sent: JSON has taken it." in page.one("#told").text
    assert "3 alerts that were given up go out again." in page.one("#told").text
    assert page.all(".way-broken") == []
    assert not is_broken(desk)
    assert desk.sweep() == (0, 1)
    title, body = messages(receiver)[-1]
    assert title == "2 urgent reviews: Trattoria"
    assert [f"/reviews/{id_}\n" in f"{body}\n" for id_ in ids] == [False, True, True]
    assert mails(desk, inbox) == []
    press(ana, f"/alerts/{route_id}/test")
    assert desk.sweep() == (0, 0), "nothing is told twice"


def test_what_is_old_does_not_follow(app: Flask, desk: Desk, clock: Clock, receiver: Receiver) -> None:
    """A week later nobody wants it on their phone; the log has it. At night it waits for the morning."""
    receiver.status = 404
    route_id = desk.way(url=json_url(receiver), quiet=NIGHT)
    fail(desk, clock, times=BROKEN_FROM)
    clock.now = NOON + 8 * DAY + 11 * HOUR
    desk.review(published_at=clock.now)
    assert desk.sweep() == (1, 0), "it is night"
    receiver.status = 200
    page = press(signed_in_now(app, desk), f"/alerts/{route_id}/test")
    assert "given up" not in page.one("#told").text
    assert desk.sweep() == (0, 0)
    clock.now += 8 * HOUR
    assert desk.sweep() == (0, 1)


def test_of_mails_that_are_not_taken_the_pages_alone_tell(app: Flask, desk: Desk, clock: Clock) -> None:
    """They are tried on for as long as it takes; after as many tries as a service would get it is said."""
    alive = desk.services
    desk.services = replace(alive, web=mail_settings(free_port()))
    desk.way(bundle_min=0)
    for _ in range(BROKEN_FROM):
        desk.review()
    desk.sweep()
    clock.now += HOUR
    desk.sweep()
    assert not is_broken(desk)
    for _ in range(3 * 24):
        clock.now += HOUR
        desk.sweep()
    assert is_broken(desk)
    assert {state for state, _ in desk.states()} == {AlertState.WAITING}
    with session_scope(alive.engine) as session:
        assert session.scalars(select(StaffMail)).all() == []
    ana = signed_in_now(app, desk)
    assert "Your alerts on Mail do not get through" in Page(ana.get("/account")).one(NOTICE).text
    assert "look at the mail server" in Page(ana.get("/alerts")).one(".way-broken").text
    desk.services = alive
    clock.now += 2 * BACK_OFF[-1]
    assert desk.sweep() == (0, 1)
    assert BROKEN_FROM < MESSAGE_MOST
    assert not is_broken(desk)


def test_way_that_is_switched_off_fails_nobody(desk: Desk, clock: Clock, receiver: Receiver, ana: FlaskClient) -> None:
    """Nor is one whose person is told of it no more by mail told of by mail."""
    receiver.status = 401
    route_id = desk.way(url=json_url(receiver))
    with session_scope(desk.services.engine) as session:
        set_mails_off(session, desk.ana_id, [MailKind.BROKEN_WAY])
    fail(desk, clock, times=BROKEN_FROM)
    assert Page(ana.get("/account")).all(NOTICE)
    assert send_mails(desk.services) == 0
    with session_scope(desk.services.engine) as session:
        switch_route(session, desk.ana_id, route_id, is_on=False, now=clock.now)
    assert Page(ana.get("/account")).all(NOTICE) == []
    assert Page(ana.get("/alerts")).all(".way-broken") == []


def test_owner_sees_failing_ways_of_their_people_without_addresses_and_staff_do_not(
    app: Flask, desk: Desk, clock: Clock, receiver: Receiver, ana: FlaskClient
) -> None:
    """Before the log, with the reason; nothing of it on the owner's other pages, for it is not theirs."""
    receiver.status = 401
    with session_scope(desk.services.engine) as session:
        eve = session.get_one(Person, desk.eve_id)
        set_access(session, eve, Access(at={desk.place_id: Role.STAFF}))
    desk.way(desk.eve_id, url=json_url(receiver), name="Night shift")
    fail(desk, clock, times=BROKEN_FROM)
    page = ana.get("/alerts")
    (way,) = Page(page).all(".ways-others .way")
    assert way.find("h3 > bdi").text == "Eve"
    assert "refused it (status 401)" in way.find(".way-broken").text
    assert receiver.address not in page.text
    assert "hunter2" not in page.text
    assert Page(ana.get("/account")).all(NOTICE) == []
    other = client_of(app, eve)
    assert Page(other.get("/account")).one(NOTICE)
    with session_scope(desk.services.engine) as session:
        session.execute(delete(AlertRoute))
    assert Page(other.get("/account")).all(NOTICE) == []
