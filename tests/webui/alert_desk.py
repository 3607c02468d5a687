"""A desk whose alerts go to a real mail server and a real receiver, at a time that tests set."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from crawlers.config import CrawlSettings, Environment
from db.alert_routes import Wanted, add_route
from db.kept import Kept, keep
from db.models import (
    AlertChannel,
    AlertDelivery,
    AlertState,
    Source,
)
from db.quiet_hours import Quiet
from db.roles import Access, Role
from db.session import session_scope
from db.settings import DbSettings
from db.vault import vault_of
from tests.clock import Clock
from tests.factories import make_case, make_location, make_person, make_review, make_score, make_source
from webui.jobs.alerting import find_alerts, send_alerts
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
