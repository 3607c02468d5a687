"""Alerts against a real mail server and a real receiver: found once, sent once, late rather than lost."""

from __future__ import annotations

import json
import logging
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine, func, select
from sqlalchemy.orm import Session

from crawlers.config import CrawlSettings, Environment
from db.alert_outbox import AGAIN_AFTER, BACK_OFF, claim_message
from db.alert_routes import Wanted, add_route, switch_route
from db.alerting import RISKS, WAKING
from db.kept import Kept, keep
from db.models import (
    Alert,
    AlertChannel,
    AlertDelivery,
    AlertReason,
    AlertState,
    Case,
    CaseStage,
    Location,
    Person,
    Review,
    Source,
    SourceHealth,
)
from db.people import set_access
from db.quiet_hours import Quiet
from db.roles import Access, Role
from db.session import session_scope
from db.settings import DbSettings
from db.vault import vault_of
from tests.clock import Clock
from tests.db.racers import race
from tests.factories import make_case, make_location, make_person, make_review, make_score, make_source
from tests.ports import free_port
from webui import labels
from webui.jobs.alerting import find_alerts, find_spikes, forget, send_alerts
from webui.wiring import Services

from .hook_receiver import Receiver, hook_receiver
from .inbox import Inbox, mail_settings
from .inbox import inbox as inbox  # noqa: PLC0414 - the server

NOON = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
WHILE_S = 300.0
NIGHT = Quiet(from_min=22 * 60, to_min=7 * 60)


class Desk:
    """A place with a source, its owner Ana, and somebody who works elsewhere; alerts have been looked for for days."""

    def __init__(self, services: Services, session: Session) -> None:
        self.services = services
        place = make_location(session, name="Trattoria", timezone="Europe/Rome")
        self.place_id = place.id
        self.source_id = make_source(session, location=place, name="Guide", created_at=NOON - 90 * DAY).id
        self.ana_id = make_person(session, name="Ana").id
        elsewhere = Access(at={make_location(session).id: Role.OWNER})
        self.eve_id = make_person(session, name="Eve", access=elsewhere).id
        keep(session, Kept.ALERTS, {"since": (NOON - 3 * DAY).isoformat()}, now=NOON)

    def way(self, person_id: int | None = None, *, url: str = "", **wanted: Any) -> int:
        """A way of Ana's, to a receiver or by mail."""
        with session_scope(self.services.engine) as session:
            channel = AlertChannel.SERVICE if url else AlertChannel.MAIL
            return add_route(
                session,
                person_id or self.ana_id,
                Wanted(channel=channel, **wanted),
                address=url,
                service="JSON" if url else "",
                vault=vault_of(self.services.database),
                now=self.services.clock(),
            )

    def review(self, *, risk: str = "", level: str = "furious", at: datetime | None = None, **columns: Any) -> int:
        """A review that has just come in and been judged."""
        at = at or self.services.clock()
        with session_scope(self.services.engine) as session:
            source = session.get_one(Source, self.source_id)
            columns = {"first_seen_at": at, "published_at": at - HOUR, "published_precision": "instant"} | columns
            review = make_review(session, source, **columns)
            risks = [{"risk": risk, "probability": 0.9, "origin": "rule", "evidence": ""}] if risk else []
            whole = [{"start": 0, "end": len(review.body), "anger": 0.9}]
            make_score(session, review, anger_level=level, risks=risks, scored_at=at, sentences=whole)
            make_case(session, review, is_flagged=True, is_risky=bool(risk), opened_at=at)
            return review.id

    def sweep(self) -> tuple[int, int]:
        """What the worker does each minute: how many alerts were found, and messages sent."""
        return find_alerts(self.services), send_alerts(self.services, within_s=WHILE_S)

    def states(self) -> list[tuple[AlertState, str]]:
        with session_scope(self.services.engine) as session:
            rows = session.execute(select(AlertDelivery.state, AlertDelivery.trouble).order_by(AlertDelivery.id)).all()
            return [(row.state, str(row.trouble)) for row in rows]


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    with hook_receiver() as made:
        made.status = 200
        yield made


@pytest.fixture
def clock() -> Clock:
    return Clock(NOON)


@pytest.fixture
def services(
    engine: Engine, database_url: str, data_dir: Path, receiver: Receiver, inbox: tuple[Inbox, int], clock: Clock
) -> Services:
    scorer: Any = None  # nothing is judged here
    web = mail_settings(inbox[1]).model_copy(update={"base_url": "https://desk.example"})
    return Services(
        database=DbSettings(data_dir=data_dir, database_url=database_url, _env_file=None),
        crawl=CrawlSettings(environment=Environment.TEST, crawl_allow_hosts=receiver.address, _env_file=None),
        web=web,
        engine=engine,
        scorer=scorer,
        clock=clock,
    )


@pytest.fixture
def desk(services: Services) -> Desk:
    with session_scope(services.engine) as session:
        return Desk(services, session)


def json_url(receiver: Receiver) -> str:
    return f"json://user:hunter2-token@{receiver.address}/alerts"


def messages(receiver: Receiver) -> list[tuple[str, str]]:
    return [(one.json["title"], one.json["message"]) for one in receiver.came]


def test_furious_review_is_told_at_once_and_once(desk: Desk, inbox: tuple[Inbox, int], receiver: Receiver) -> None:
    """By mail and to a service: the place, the source, initials, the masked sentence and the link, nothing else."""
    desk.way()
    desk.way(url=json_url(receiver))
    words = "Marco Bianchi shouted at my wife, call me at +39 06 5555 1234!"
    review_id = desk.review(body=words, author_name="Ada Rossi")
    assert desk.sweep() == (1, 2)
    assert desk.sweep() == (0, 0)
    ((title, body),) = messages(receiver)
    assert title == "Furious review: Trattoria"
    head, quoted, link = body.splitlines()
    assert head == "Furious · Trattoria · Guide · by A. R."
    assert "shouted at my wife" in quoted
    assert link == f"https://desk.example/reviews/{review_id}"
    for hidden in ("Rossi", "Bianchi", "5555", "hunter2"):
        assert hidden not in body
    (mail,) = inbox[0].mails
    assert mail["Subject"] == title
    assert body in mail.get_content().replace("\r\n", "\n")
    assert "https://desk.example/alerts" in mail.get_content()


def test_review_with_a_risk_that_is_furious_too_is_told_once(desk: Desk, receiver: Receiver) -> None:
    """To whoever wants to hear of either."""
    desk.way(url=json_url(receiver), reasons=(AlertReason.FURIOUS,))
    desk.way(url=json_url(receiver), reasons=(AlertReason.RISK,))
    desk.way(url=json_url(receiver), reasons=(AlertReason.SPIKE,))
    desk.review(risk="allergy", body="My son had a reaction.")
    assert desk.sweep() == (1, 2)
    assert {title for title, _ in messages(receiver)} == {"Review with a risk (Allergy): Trattoria"}


def test_demand_for_money_is_no_alarm(desk: Desk, receiver: Receiver) -> None:
    """It stands in the queue; what tells of danger, the law or the press, and is called grave, does not wait."""
    desk.way(url=json_url(receiver))
    desk.review(level="angry", risk="refund")
    desk.review(level="angry", risk="churn")
    assert desk.sweep() == (0, 0)
    assert {name for name, words in labels.RISKS.items() if words.is_grave} == RISKS
    assert RISKS > WAKING


def test_several_come_as_one_the_gravest_first(desk: Desk, receiver: Receiver) -> None:
    """With how many, and no more lines than one reads."""
    desk.way(url=json_url(receiver))
    for _ in range(14):
        desk.review()
    allergy = desk.review(level="angry", risk="allergy", body="שלום, my son had a reaction.")
    assert desk.sweep() == (15, 1)
    ((title, body),) = messages(receiver)
    assert title == "15 urgent reviews: Trattoria"
    first, *_, last = body.split("\n\n")
    assert first.startswith("Angry · Allergy · Trattoria")
    assert "“\u2068שלום" in first, "held together, so that the line is not turned round"
    assert f"/reviews/{allergy}" in first
    assert last == "And 3 more: https://desk.example"


def test_what_is_calm_old_settled_or_elsewhere_is_told_to_nobody(desk: Desk, receiver: Receiver) -> None:
    """Nor anything to somebody of another place."""
    desk.way(desk.eve_id, url=json_url(receiver))
    desk.review()
    desk.review(level="angry")
    desk.review(published_at=NOON - 30 * DAY)
    desk.review(at=NOON - 5 * DAY)
    with session_scope(desk.services.engine) as session:
        session.scalars(select(Case).where(Case.review_id == desk.review())).one().stage = CaseStage.DONE
    assert desk.sweep() == (1, 0)
    assert receiver.came == []


def test_first_look_at_an_old_database_tells_nothing(desk: Desk, receiver: Receiver, clock: Clock) -> None:
    """What was there before is history; what comes afterwards is told."""
    with session_scope(desk.services.engine) as session:
        keep(session, Kept.ALERTS, {}, now=NOON)
    desk.way(url=json_url(receiver))
    for _ in range(3):
        desk.review(risk="safety", at=NOON - MINUTE)
    assert desk.sweep() == (0, 0)
    clock.now += HOUR
    desk.review()
    assert desk.sweep() == (1, 1)


def test_review_without_a_date_of_a_new_source_is_told_to_nobody(desk: Desk, receiver: Receiver) -> None:
    """The first reading of a source shows years of them, all of the day on which they were read."""
    desk.way(url=json_url(receiver))
    with session_scope(desk.services.engine) as session:
        session.get_one(Source, desk.source_id).created_at = NOON - HOUR
    desk.review(published_precision="none", published_at=NOON)
    assert desk.sweep() == (0, 0)


def test_changed_wording_that_is_furious_now_is_told_again(desk: Desk, receiver: Receiver, clock: Clock) -> None:
    """One alert for each wording."""
    desk.way(url=json_url(receiver))
    review_id = desk.review()
    assert desk.sweep() == (1, 1)
    clock.now += DAY
    with session_scope(desk.services.engine) as session:
        review = session.get_one(Review, review_id)
        review.body, review.content_hash = "Worse!", "f" * 64
        make_score_anew(session, review, at=clock.now)
    assert desk.sweep() == (1, 1)


def make_score_anew(session: Session, review: Review, *, at: datetime) -> None:
    from db.models import Score

    score = session.get_one(Score, review.id)
    score.content_hash, score.scored_at, score.sentences = review.content_hash, at, []
    session.scalars(select(Case).where(Case.review_id == review.id)).one().reopened_at = at


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


def test_source_is_told_once_until_it_is_well_again(desk: Desk, clock: Clock, receiver: Receiver) -> None:
    """And once a day at most."""
    desk.way(url=json_url(receiver), bundle_min=0)

    def turns(health: SourceHealth) -> tuple[int, int]:
        with session_scope(desk.services.engine) as session:
            session.get_one(Source, desk.source_id).health = health
        return desk.sweep()

    assert turns(SourceHealth.BLOCKED) == (1, 1)
    assert turns(SourceHealth.SUSPICIOUS) == (0, 0)
    clock.now += 3 * DAY
    assert desk.sweep() == (0, 0)
    assert turns(SourceHealth.HEALTHY) == (0, 0)
    assert turns(SourceHealth.BLOCKED) == (1, 1)
    assert turns(SourceHealth.HEALTHY) == (0, 0)
    assert turns(SourceHealth.BLOCKED) == (0, 0)


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


def test_hostile_names_stay_in_their_line(desk: Desk, inbox: tuple[Inbox, int]) -> None:
    """Of a place, a source, a guest and a person: no head is added, no line is forged."""
    evil = "Bar\r\nBcc: thief@evil.example\r\n\r\nPay here"
    with session_scope(desk.services.engine) as session:
        session.get_one(Location, desk.place_id).name = evil
        session.get_one(Source, desk.source_id).name = evil
        session.get_one(Person, desk.ana_id).name = evil
    desk.way()
    desk.review(author_name=evil, body=evil)
    assert desk.sweep() == (1, 1)
    (mail,) = inbox[0].mails
    assert mail["Bcc"] is None
    assert mail["Subject"] == "Furious review: Bar Bcc: thief@evil.example Pay here"
    assert not any(line.startswith(("Bcc", "Pay")) for line in mail.get_content().splitlines())


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


def test_unusually_many_angry_reviews_are_told_with_what_is_usual(desk: Desk, receiver: Receiver) -> None:
    """Six on a day, at a place that gets one a week; once, however often one looks."""
    desk.way(url=json_url(receiver), bundle_min=0, reasons=(AlertReason.SPIKE,))
    for week in range(1, 12):
        desk.review(level="angry", at=NOON - week * 7 * DAY)
        desk.review(level="calm", at=NOON - week * 7 * DAY)
    assert find_spikes(desk.services) == 0
    for number in range(6):
        desk.review(level="angry", published_at=NOON - (number + 1) * HOUR)
    assert find_spikes(desk.services) == 1
    assert find_spikes(desk.services) == 0
    assert desk.sweep()[1] == 1
    ((title, body),) = messages(receiver)
    assert title == "Unusually many angry reviews: Trattoria"
    assert "6 angry reviews in 24 hours; usual are 0 to 1, by the 11 weeks before" in body
    assert "anger=angry&anger=furious&place=" in body


def test_new_place_has_no_history_to_compare_with(desk: Desk) -> None:
    """Six on its third day."""
    for number in range(6):
        desk.review(level="angry", published_at=NOON - (number + 1) * HOUR)
        desk.review(level="calm", published_at=NOON - 2 * DAY)
    assert find_spikes(desk.services) == 0


def test_old_alerts_are_forgotten(desk: Desk, clock: Clock, receiver: Receiver) -> None:
    """With their log, after three months."""
    desk.way(url=json_url(receiver))
    desk.review()
    desk.sweep()
    clock.now += 91 * DAY
    forget(desk.services)
    with session_scope(desk.services.engine) as session:
        assert session.scalar(select(func.count()).select_from(AlertDelivery)) == 0
