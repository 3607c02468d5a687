"""Alerts against a real mail server and a real receiver: sent once, late rather than lost, with the reasons told."""

from __future__ import annotations

import json
import logging
from collections import Counter
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import func, select

from db.alert_outbox import AGAIN_AFTER, BACK_OFF, claim_message
from db.alert_routes import switch_route
from db.models import (
    Alert,
    AlertDelivery,
    AlertReason,
    AlertState,
    Case,
    CaseStage,
    Person,
    Source,
    SourceHealth,
)
from db.people import set_access
from db.roles import Access, Role
from db.session import session_scope
from tests.clock import Clock
from tests.db.racers import race
from tests.factories import make_location, make_person
from tests.ports import free_port
from webui.jobs.alerting import find_alerts, forget, send_alerts

from .alert_desk import DAY, HOUR, MINUTE, NIGHT, NOON, WHILE_S, Desk, json_url, messages
from .alert_desk import clock as clock  # noqa: PLC0414 - a fixture, as those that follow
from .alert_desk import desk as desk  # noqa: PLC0414
from .alert_desk import receiver as receiver  # noqa: PLC0414
from .alert_desk import services as services  # noqa: PLC0414
from .hook_receiver import Receiver
from .inbox import Inbox, mail_settings
from .inbox import inbox as inbox  # noqa: PLC0414 - the server


def test_ten_workers_tell_everything_once(
    desk: Desk, receiver: Receiver, inbox: tuple[Inbox, int], database_url: str, data_dir: Path
) -> None:
    """Ten processes: each alert is found once and reaches each way once, whoever comes first."""
    desk.way(bundle_min=0)
    desk.way(url=json_url(receiver), bundle_min=0)
    ids = {desk.review() for _ in range(12)}
    mail = mail_settings(inbox[1]).model_dump(include={"mail_host", "mail_port", "mail_security", "mail_user"})
    mail |= {"mail_password": "right", "mail_from": "desk@lanterna.example", "base_url": "https://desk.example"}
    given = {"data_dir": str(data_dir), "url": database_url, "receiver": receiver.address, "mail": mail}
    found = race("alert", database_url, [json.dumps(given | {"now": NOON.isoformat()})] * 10)
    assert sum(found) == 12
    with session_scope(desk.services.engine) as session:
        assert Counter(session.scalars(select(Alert.review_id))) == Counter(ids)
    for texts in ([body for _, body in messages(receiver)], [mail.get_content() for mail in inbox[0].mails]):
        told = Counter(id_ for text in texts for id_ in ids if f"/reviews/{id_}\n" in f"{text}\n".replace("\r", ""))
        assert told == Counter(ids)
    assert {state for state, _ in desk.states()} == {AlertState.SENT}
    assert desk.sweep() == (0, 0)


def test_dead_mail_server_delays_and_never_loses(desk: Desk, clock: Clock, inbox: tuple[Inbox, int]) -> None:
    """Away for a week: tried again in longer and longer pauses, and there when it is back, each alert once."""
    alive = desk.services
    desk.services = replace(alive, web=mail_settings(free_port()))
    desk.way(bundle_min=0)
    desk.review()
    tries = 0
    for _ in range(7 * 24):
        assert desk.sweep()[1] == 0
        clock.now += HOUR
        with session_scope(alive.engine) as session:
            tries = session.scalars(select(AlertDelivery.tries)).one()
    assert 20 < tries < 40, "no more often than every eight hours in the end"
    ((state, trouble),) = desk.states()
    assert state is AlertState.WAITING
    assert "The mail was not taken" in trouble
    desk.services = alive
    clock.now += BACK_OFF[-1] * 2
    assert desk.sweep()[1] == 1
    assert len(inbox[0].mails) == 1
    assert [state for state, _ in desk.states()] == [AlertState.SENT]


def test_service_that_stays_away_is_given_up_with_the_reason(desk: Desk, clock: Clock, receiver: Receiver) -> None:
    """Tried nine times in a day; others get theirs meanwhile."""
    receiver.status = 503
    desk.way(url=json_url(receiver))
    desk.review()
    for _ in range(3 * 24):
        desk.sweep()
        clock.now += HOUR
    assert len(receiver.came) == len(BACK_OFF) + 1
    assert desk.states() == [(AlertState.GIVEN_UP, "The service did not take it (status 503).")]


def test_address_that_is_refused_is_given_up_at_once(desk: Desk, clock: Clock, receiver: Receiver) -> None:
    """The same again would be answered the same."""
    receiver.status = 403
    desk.way(url=json_url(receiver))
    desk.review()
    desk.sweep()
    clock.now += DAY
    desk.sweep()
    assert len(receiver.came) == 1
    ((state, trouble),) = desk.states()
    assert state is AlertState.GIVEN_UP
    assert "refused it (status 403)" in trouble


def test_what_a_killed_worker_held_comes_again_and_says_so(desk: Desk, clock: Clock, receiver: Receiver) -> None:
    """No sooner than the first could still be at it."""
    desk.way(url=json_url(receiver))
    desk.review()
    find_alerts(desk.services)
    with session_scope(desk.services.engine) as session:
        assert claim_message(session, now=clock.now) is not None
    assert desk.sweep()[1] == 0
    clock.now += AGAIN_AFTER
    assert desk.sweep()[1] == 1
    assert "may have reached you before" in messages(receiver)[0][1]


def test_second_try_of_a_mail_is_the_same_mail(desk: Desk, clock: Clock, inbox: tuple[Inbox, int]) -> None:
    """Killed between the server's word and ours: the same Message-ID, of which mail programs show one."""
    desk.way()
    desk.review()
    find_alerts(desk.services)
    for _ in range(2):
        with session_scope(desk.services.engine) as session:
            session.execute(AlertDelivery.__table__.update().values(state="waiting", due_at=clock.now))  # type: ignore[attr-defined]
        assert send_alerts(desk.services, within_s=WHILE_S) == 1
    first, second = inbox[0].mails
    assert first["Message-ID"] == second["Message-ID"]


def test_at_night_it_waits_for_the_morning_and_comes_as_one(desk: Desk, clock: Clock, receiver: Receiver) -> None:
    """By the clocks of the place; only a risk passes, where the person says so."""
    desk.way(url=json_url(receiver), quiet=NIGHT)
    clock.now = datetime(2026, 11, 23, 22, 30, tzinfo=UTC)  # half past eleven in Rome
    desk.review()
    desk.review()
    assert desk.sweep() == (2, 0)
    desk.review(risk="safety")
    assert desk.sweep() == (1, 1)
    clock.now = datetime(2026, 11, 24, 5, 59, tzinfo=UTC)
    assert desk.sweep() == (0, 0)
    clock.now += MINUTE
    assert desk.sweep() == (0, 1)
    assert [title for title, _ in messages(receiver)] == [
        "Review with a risk (Safety): Trattoria",
        "2 urgent reviews: Trattoria",
    ]


def test_what_failed_in_the_evening_is_not_tried_at_night(desk: Desk, clock: Clock, receiver: Receiver) -> None:
    """Nor does a risk pass where the person wants to sleep."""
    desk.way(url=json_url(receiver), quiet=NIGHT, passes_quiet=False)
    clock.now = datetime(2026, 11, 23, 20, 58, tzinfo=UTC)
    receiver.status = 503
    desk.review(risk="safety")
    desk.sweep()
    receiver.status = 200
    clock.now = datetime(2026, 11, 23, 21, 30, tzinfo=UTC)
    assert desk.sweep() == (0, 0)
    clock.now = datetime(2026, 11, 24, 6, 0, tzinfo=UTC)
    assert desk.sweep() == (0, 1)
    assert len(receiver.came) == 2


def test_what_is_not_urgent_is_gathered(desk: Desk, clock: Clock, receiver: Receiver) -> None:
    """A source and a target within a quarter of an hour: one message."""
    desk.way(url=json_url(receiver), bundle_min=15, reasons=tuple(AlertReason))
    with session_scope(desk.services.engine) as session:
        source = session.get_one(Source, desk.source_id)
        source.health, source.name = SourceHealth.BLOCKED, "Guide"
    assert desk.sweep() == (1, 0)
    clock.now += 5 * MINUTE
    review_id = desk.review(level="angry")
    with session_scope(desk.services.engine) as session:
        case = session.scalars(select(Case).where(Case.review_id == review_id)).one()
        case.due_at, case.clock_from_at = clock.now + 40 * MINUTE, clock.now
        case.clock_left_min = case.clock_target_min = 240
    assert desk.sweep() == (1, 0)
    clock.now += 10 * MINUTE
    assert desk.sweep() == (0, 1)
    ((title, body),) = messages(receiver)
    assert title == "2 alerts: Trattoria"
    assert "Guide does not let itself be read. · Trattoria\nhttps://desk.example/sources?state=look" in body
    assert "Answer nearly overdue" in body


def test_what_is_settled_before_it_is_sent_is_dropped_with_the_reason(
    desk: Desk, clock: Clock, receiver: Receiver
) -> None:
    """Answered in the night, or the person works there no more."""
    desk.way(url=json_url(receiver), quiet=NIGHT)
    clock.now = datetime(2026, 11, 23, 23, 0, tzinfo=UTC)
    done, other = desk.review(), desk.review()
    assert desk.sweep() == (2, 0)
    with session_scope(desk.services.engine) as session:
        session.scalars(select(Case).where(Case.review_id == done)).one().stage = CaseStage.DONE
        second = make_person(session, name="Boss")
        set_access(session, second, Access(everywhere=Role.OWNER))
        ana = session.get_one(Person, desk.ana_id)
        set_access(session, ana, Access(at={make_location(session).id: Role.VIEWER}))
    clock.now += 8 * HOUR
    assert desk.sweep() == (0, 0)
    assert {state for state, _ in desk.states()} == {AlertState.DROPPED}
    assert "no longer see this place" in desk.states()[0][1]
    assert other
    assert receiver.came == []


def test_way_that_is_off_hears_of_nothing(desk: Desk, receiver: Receiver, clock: Clock) -> None:
    """What comes meanwhile is not kept for it."""
    route_id = desk.way(url=json_url(receiver))
    with session_scope(desk.services.engine) as session:
        switch_route(session, desk.ana_id, route_id, is_on=False, now=clock.now)
    desk.review()
    assert desk.sweep() == (1, 0)
    with session_scope(desk.services.engine) as session:
        switch_route(session, desk.ana_id, route_id, is_on=True, now=clock.now)
    assert desk.sweep() == (0, 0)
    assert desk.states() == []


def test_addresses_stand_in_no_log_and_encrypted_in_the_database(
    desk: Desk, receiver: Receiver, caplog: pytest.LogCaptureFixture
) -> None:
    """Neither where it fails nor where it works."""
    caplog.set_level(logging.DEBUG)
    desk.way(url=json_url(receiver))
    receiver.status = 500
    desk.review()
    desk.sweep()
    assert "hunter2" not in caplog.text
    assert receiver.address not in caplog.text
    with session_scope(desk.services.engine) as session:
        for table in ("alert_route", "alert_delivery", "alert"):
            rows = session.connection().exec_driver_sql(f"select * from {table}").all()  # noqa: S608 - ours
            assert "hunter2" not in str(rows)


def test_old_alerts_are_forgotten(desk: Desk, clock: Clock, receiver: Receiver) -> None:
    """With their log, after three months."""
    desk.way(url=json_url(receiver))
    desk.review()
    desk.sweep()
    clock.now += 91 * DAY
    forget(desk.services)
    with session_scope(desk.services.engine) as session:
        assert session.scalar(select(func.count()).select_from(AlertDelivery)) == 0
