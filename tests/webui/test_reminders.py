"""An answer waits long for approval: who may approve hears of it once, by mail, and the case tells that they did."""

from __future__ import annotations

import threading
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from crawlers.config import CrawlSettings
from db.absences import add_absence
from db.acting import Actor
from db.clocks import set_stale
from db.mail_wishes import turn_mail
from db.models import Case, CaseEvent, MailKind, Reply, StaffMail
from db.replies import reply_of, save_words
from db.reply_flow import approve, send_back, submit
from db.roles import Access, Role
from db.session import session_scope
from db.settings import DbSettings
from tests.clock import Clock
from tests.factories import make_case, make_location, make_person, make_review, make_score, make_source
from webui.jobs.escalating import remind_due
from webui.jobs.mailing import send_mails
from webui.settings import WebSettings
from webui.wiring import Services

MONDAY = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
STAFF = {"Sofia": Role.STAFF, "Amir": Role.APPROVER, "Bea": Role.APPROVER, "Olivia": Role.OWNER}


class Scene:
    """A place with staff, two approvers and an owner; a furious case since Monday at 9, with two hours to answer it."""

    def __init__(self, session: Session) -> None:
        place = make_location(session, name="Trattoria")
        self.ids = {
            name: make_person(session, name=name, access=Access(at={place.id: role})).id for name, role in STAFF.items()
        }
        self.source = make_source(session, location=place, name="Guide")
        self.case_id = self.a_case(session)

    def a_case(self, session: Session, **score: Any) -> int:
        review = make_review(session, self.source)
        make_score(session, review, anger_level="furious", **score)
        case = make_case(session, review, is_flagged=True, clock_is_stale=True)
        set_stale(session, now=MONDAY)
        return case.id

    def submitted(self, engine: Engine, by: str, now: datetime, *, case_id: int = 0) -> None:
        case_id = case_id or self.case_id
        with session_scope(engine) as session:
            reply, who = reply_of(session, case_id), Actor(person_id=self.ids[by], name=by, now=now)
            put = save_words(session, case_id, f"Sorry at {now}.", seen=reply.version if reply else 0, by=who)
            submit(session, case_id, seen=put.version, findings=[], by=who)

    def decided(self, engine: Engine, by: str, now: datetime, *, back: str = "") -> None:
        with session_scope(engine) as session:
            reply, who = reply_of(session, self.case_id), Actor(person_id=self.ids[by], name=by, now=now)
            assert reply is not None
            if back:
                send_back(session, self.case_id, back, seen=reply.version, by=who)
            else:
                approve(session, self.case_id, seen=reply.version, by=who)


@pytest.fixture
def clock() -> Clock:
    return Clock(MONDAY)


@pytest.fixture
def scene(engine: Engine) -> Scene:
    with session_scope(engine) as session:
        return Scene(session)


@pytest.fixture
def services(engine: Engine, database_url: str, data_dir: Path, settings: WebSettings, clock: Clock) -> Services:
    database = DbSettings(data_dir=data_dir, database_url=database_url, _env_file=None)
    crawl, scorer = CrawlSettings(_env_file=None), None
    return Services(
        database=database, crawl=crawl, web=settings, engine=engine, scorer=scorer, clock=clock  # type: ignore[arg-type]
    )  # fmt: skip


@pytest.fixture
def swept(services: Services, data_dir: Path, clock: Clock) -> Callable[[datetime], list[EmailMessage]]:
    """What a worker sends at that moment, by receiver."""

    def sweep(at: datetime) -> list[EmailMessage]:
        clock.now = at
        remind_due(services)
        send_mails(services)
        found = []
        for path in sorted((data_dir / "mail").glob("*.eml")):
            found.append(message_from_bytes(path.read_bytes(), policy=policy.default))
            path.unlink()
        return sorted(found, key=lambda mail: str(mail["To"]))

    return sweep


Sweep = Callable[[datetime], list[EmailMessage]]


def names(mails: list[EmailMessage]) -> list[str]:
    return [str(mail["To"]).partition("-")[0] for mail in mails]


def test_approvers_hear_of_it_once_after_a_quarter_of_the_time(engine: Engine, scene: Scene, swept: Sweep) -> None:
    """Two hours are left, so after half an hour; with the way to the decision, and no word of guest or answer."""
    scene.submitted(engine, "Sofia", MONDAY)
    assert swept(MONDAY + 29 * MINUTE) == []
    mails = swept(MONDAY + 30 * MINUTE)
    assert names(mails) == ["amir", "bea"]
    text = mails[0].get_content()
    assert f"/reviews/{scene.case_id}/answer/approve" in text
    assert "Sorry at" not in text
    assert mails[0]["List-Unsubscribe"]
    for minutes in (31, 120, 60 * 30):
        assert swept(MONDAY + minutes * MINUTE) == []
    with session_scope(engine) as session:
        told = session.scalars(select(CaseEvent.facts).where(CaseEvent.kind == "reply_reminded")).all()
        assert [one["names"] for one in told] == [["Amir", "Bea"]]


def test_each_submission_reminds_once(engine: Engine, scene: Scene, swept: Sweep) -> None:
    """Sent back in time it reminds of nothing; submitted again it counts anew, and what is approved is not told."""
    scene.submitted(engine, "Sofia", MONDAY)
    scene.decided(engine, "Amir", MONDAY + 10 * MINUTE, back="Say sorry once.")
    [mail] = swept(MONDAY + 40 * MINUTE)  # hers is the case again, and of that alone she hears
    assert names([mail]) == ["sofia"]
    assert f"/reviews/{scene.case_id}/answer/approve" not in mail.get_content()
    scene.submitted(engine, "Sofia", MONDAY + 80 * MINUTE)  # 40 are left: a quarter is less than the least
    assert swept(MONDAY + 94 * MINUTE) == []
    assert names(swept(MONDAY + 95 * MINUTE)) == ["amir", "bea"]
    scene.decided(engine, "Amir", MONDAY + 96 * MINUTE)
    assert swept(MONDAY + 200 * MINUTE) == []


def test_approved_before_the_mail_went_out(
    engine: Engine, scene: Scene, services: Services, swept: Sweep, clock: Clock
) -> None:
    """It tells what holds when it is sent, so nothing is sent."""
    scene.submitted(engine, "Sofia", MONDAY)
    clock.now = MONDAY + 30 * MINUTE
    assert remind_due(services) == 1
    scene.decided(engine, "Bea", clock.now)
    assert swept(clock.now) == []


def test_who_hears_of_it(engine: Engine, scene: Scene, swept: Sweep) -> None:
    """Not who wrote it, nor who wants none; who stands in; owners where nobody else is; keepers of a grave matter."""
    with session_scope(engine) as session:
        turn_mail(session, scene.ids["Bea"], MailKind.APPROVAL, is_on=False)
    scene.submitted(engine, "Amir", MONDAY)
    assert swept(MONDAY + 30 * MINUTE) == []
    with session_scope(engine) as session:
        turn_mail(session, scene.ids["Bea"], MailKind.APPROVAL, is_on=True)
        today = MONDAY.date()
        add_absence(session, scene.ids["Bea"], from_on=today, until_on=today, deputy_id=scene.ids["Olivia"], now=MONDAY)
        grave = scene.a_case(session, risks=[{"risk": "legal", "probability": 0.9}])
        second = scene.a_case(session)
    scene.submitted(engine, "Amir", MONDAY, case_id=second)
    [mail] = swept(MONDAY + 30 * MINUTE)
    assert names([mail]) == ["olivia"]
    assert "stand in for Bea" in mail.get_content()
    scene.submitted(engine, "Sofia", MONDAY, case_id=grave)
    assert names(swept(MONDAY + 30 * MINUTE)) == ["olivia"]


def test_of_two_workers_one_reminds(engine: Engine, scene: Scene, services: Services) -> None:
    """Each approver gets one mail, not one from each."""
    scene.submitted(engine, "Sofia", MONDAY - 30 * MINUTE)
    with session_scope(engine) as session:
        session.get_one(Reply, 1).remind_at = MONDAY
        assert session.get_one(Case, scene.case_id).reply_state == "submitted"
    threads = [threading.Thread(target=remind_due, args=(services,)) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with session_scope(engine) as session:
        found = session.scalars(select(StaffMail.person_id).where(StaffMail.kind == MailKind.APPROVAL)).all()
        assert sorted(found) == sorted([scene.ids["Amir"], scene.ids["Bea"]])
