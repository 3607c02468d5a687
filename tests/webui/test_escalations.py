"""Time runs out: those who are named hear of it once, in one mail, and the case tells that they did."""

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
from db.acting import Actor
from db.case_acts import assign, set_stage
from db.clock_rules import Step, Whom, stored_chain
from db.clocks import set_stale
from db.escalations import take_due_steps
from db.kept import Kept, keep
from db.mail_wishes import turn_mail
from db.models import Case, CaseEvent, CaseStage, Location, MailKind, Person, StaffMail
from db.outbox import Order, put_mails
from db.roles import Access, Role
from db.session import session_scope
from db.settings import DbSettings
from tests.clock import Clock
from tests.factories import make_case, make_location, make_person, make_review, make_score, make_source
from webui.jobs.escalating import escalate_due as take_steps
from webui.jobs.mailing import send_mails
from webui.mail import MailError
from webui.settings import WebSettings
from webui.wiring import Services

MONDAY = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)
MINUTE = timedelta(minutes=1)


class Scene:
    """A place with staff, an approver and an owner, and somebody at another place; a furious case since Monday at 9."""

    def __init__(self, session: Session) -> None:
        self.place = make_location(session, name="Trattoria")
        self.people = {
            name: make_person(session, name=name, access=access)
            for name, access in {
                "Sofia": Access(at={self.place.id: Role.STAFF}),
                "Amir": Access(at={self.place.id: Role.APPROVER}),
                "Olivia": Access(everywhere=Role.OWNER),
                "Eve": Access(at={make_location(session).id: Role.APPROVER}),
            }.items()
        }
        self.source = make_source(session, location=self.place, name="Guide")
        self.case = self.a_case(session)

    def a_case(self, session: Session) -> Case:
        review = make_review(session, self.source)
        make_score(session, review, anger_level="furious")
        case = make_case(session, review, is_flagged=True, clock_is_stale=True)
        set_stale(session, now=MONDAY)
        session.refresh(case)
        return case


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
    scorer: Any = None  # nothing is judged here
    return Services(
        database=database,
        crawl=CrawlSettings(_env_file=None),
        web=settings,
        engine=engine,
        scorer=scorer,
        clock=clock,
    )


@pytest.fixture
def mails(data_dir: Path) -> Callable[[], list[EmailMessage]]:
    """Those that have been sent since the last look, by receiver."""

    def read() -> list[EmailMessage]:
        found = []
        for path in sorted((data_dir / "mail").glob("*.eml")):
            found.append(message_from_bytes(path.read_bytes(), policy=policy.default))
            path.unlink()
        return sorted(found, key=lambda mail: str(mail["To"]))

    return read


def escalate_due(services: Services) -> int:
    """As the worker does within a minute: the steps, then the mails."""
    count = take_steps(services)
    send_mails(services)
    return count


def names(mails: list[EmailMessage]) -> list[str]:
    return [str(mail["To"]).partition("-")[0] for mail in mails]


def test_each_step_is_told_once_to_those_whom_it_names(
    services: Services, scene: Scene, clock: Clock, mails: Callable[[], list[EmailMessage]]
) -> None:
    """Three quarters: the approvers, for it is nobody's yet. Run out: approvers. A working day over: owners."""
    for after, told in (
        (89 * MINUTE, []),
        (90 * MINUTE, ["amir"]),
        (91 * MINUTE, []),
        (2 * HOUR, ["amir"]),
        (25 * HOUR, ["olivia"]),  # an hour into Tuesday: eight working hours later
        (99 * HOUR, []),
    ):
        clock.now = MONDAY + after
        assert escalate_due(services) == bool(told)
        assert names(mails()) == told, after
    with session_scope(services.engine) as session:
        case = session.get_one(Case, scene.case.id)
        assert (case.escalated, case.escalate_at) == (3, None)
        events = session.scalars(select(CaseEvent).where(CaseEvent.kind == "escalated").order_by(CaseEvent.id)).all()
        assert [event.facts["names"] for event in events] == [["Amir"], ["Amir"], ["Olivia"]]
        assert [(event.facts["step"], event.facts["of"], event.person_id) for event in events] == [
            (1, 3, None),
            (2, 3, None),
            (3, 3, None),
        ]


def test_mail_tells_what_and_where_and_no_word_of_the_guest(
    services: Services, scene: Scene, clock: Clock, mails: Callable[[], list[EmailMessage]]
) -> None:
    """Several cases in one mail to each person, with the way to each of them."""
    with session_scope(services.engine) as session:
        second = scene.a_case(session)
    clock.now = MONDAY + 90 * MINUTE
    assert escalate_due(services) == 2
    (mail,) = mails()
    text = mail.get_content()
    assert mail["Subject"] == "2 reviews run out of time"
    assert "Furious · Trattoria, Guide · 30 min left" in text
    for case in (scene.case, second):
        assert f"http://127.0.0.1:8000/reviews/{case.review_id}\n" in text
    assert "waited" not in text
    assert "Guest" not in text


def test_assignee_hears_of_it_where_there_is_one(
    services: Services, scene: Scene, clock: Clock, mails: Callable[[], list[EmailMessage]]
) -> None:
    """And whoever may no longer see the place does not: its owners do instead."""
    with session_scope(services.engine) as session:
        eve, sofia = (session.get_one(Person, scene.people[name].id) for name in ("Eve", "Sofia"))
        second = scene.a_case(session)
        by = Actor(person_id=sofia.id, name=sofia.name, now=MONDAY)
        assign(session, [scene.case.id], sofia.id, by=by)
        assign(session, [second.id], eve.id, by=by)
    clock.now = MONDAY + 90 * MINUTE
    escalate_due(services)
    assert names(mails()) == ["olivia", "sofia"]


@pytest.mark.usefixtures("scene")
def test_worker_that_was_away_tells_everything_in_one_mail(
    services: Services, clock: Clock, mails: Callable[[], list[EmailMessage]]
) -> None:
    """Three steps at once: one line of the timeline, and one mail to each."""
    clock.now = MONDAY + timedelta(days=3)
    assert escalate_due(services) == 1
    found = mails()
    assert names(found) == ["amir", "olivia"]
    assert "overdue 2 d" in found[0].get_content()
    with session_scope(services.engine) as session:
        assert len(session.scalars(select(CaseEvent).where(CaseEvent.kind == "escalated")).all()) == 1


def test_resting_clock_escalates_nothing_and_a_new_one_begins_again(
    services: Services, scene: Scene, clock: Clock
) -> None:
    """Waiting for the guest is no reason to wake the owner."""
    sofia = scene.people["Sofia"]
    for stage, at in ((CaseStage.WAITING, HOUR), (CaseStage.TODO, 24 * HOUR)):
        with session_scope(services.engine) as session:
            set_stage(session, [scene.case.id], stage, by=Actor(person_id=sofia.id, name="Sofia", now=MONDAY + at))
        clock.now = MONDAY + at + 29 * MINUTE
        assert escalate_due(services) == 0
    clock.now = MONDAY + 24 * HOUR + 30 * MINUTE
    assert escalate_due(services) == 1
    with session_scope(services.engine) as session:
        for stage, at in ((CaseStage.DONE, 25 * HOUR), (CaseStage.TODO, 26 * HOUR)):
            set_stage(session, [scene.case.id], stage, by=Actor(person_id=sofia.id, name="Sofia", now=MONDAY + at))
        assert session.get_one(Case, scene.case.id).escalated == 0


def test_step_that_is_not_the_last_is_not_told_to_who_wants_no_such_mails(
    services: Services, scene: Scene, clock: Clock, mails: Callable[[], list[EmailMessage]]
) -> None:
    """And the case does not say that they heard of it."""
    with session_scope(services.engine) as session:
        for name in ("Amir", "Olivia"):
            turn_mail(session, scene.people[name].id, MailKind.ESCALATION, is_on=False)
    for after, told in ((2 * HOUR, []), (25 * HOUR, ["olivia"])):
        clock.now = MONDAY + after
        assert escalate_due(services) == 1
        assert names(mails()) == told
    with session_scope(services.engine) as session:
        events = session.scalars(select(CaseEvent).where(CaseEvent.kind == "escalated").order_by(CaseEvent.id)).all()
        assert [event.facts["names"] for event in events] == [[], ["Olivia"]]


def test_own_chain_of_a_place_names_somebody(
    services: Services, scene: Scene, clock: Clock, mails: Callable[[], list[EmailMessage]]
) -> None:
    """It goes before the chain of all places; an empty one tells nobody."""
    sofia = scene.people["Sofia"].id
    with session_scope(services.engine) as session:
        keep(session, Kept.CLOCK, {"chain": []}, now=MONDAY)
        own = stored_chain([Step(percent=50, whom=Whom.PERSON, person_id=sofia)])
        session.get_one(Location, scene.place.id).chain = own
        session.get_one(Case, scene.case.id).clock_is_stale = True
        session.flush()
        set_stale(session, now=MONDAY)
        elsewhere = make_review(session)
        make_case(session, elsewhere, is_flagged=True, clock_is_stale=True)
        set_stale(session, now=MONDAY)
    clock.now = MONDAY + timedelta(days=9)
    assert escalate_due(services) == 1
    assert names(mails()) == ["sofia"]


class Refusing:
    """A mail server that is out of order, for a while or for good."""

    def __init__(self, *, permanent: bool) -> None:
        self.permanent = permanent
        self.asked = 0

    def send(self, message: EmailMessage) -> str:
        self.asked += 1
        raise MailError(f"no mail to {message['To']}", permanent=self.permanent)


def test_mail_that_is_not_taken_is_tried_again_for_a_day(
    services: Services, scene: Scene, clock: Clock, mails: Callable[[], list[EmailMessage]]
) -> None:
    """Not at once, and not for ever; one that never will be is forgotten."""
    clock.now = MONDAY + 90 * MINUTE
    with session_scope(services.engine) as session:
        take_due_steps(session, now=clock.now)
    busy = Refusing(permanent=False)
    assert send_mails(services, mailer=busy) == 0
    assert send_mails(services, mailer=busy) == 0
    assert busy.asked == 1, "its claim holds for some minutes"
    clock.now += 6 * MINUTE
    assert send_mails(services, mailer=Refusing(permanent=True)) == 0
    with session_scope(services.engine) as session:
        assert session.scalars(select(StaffMail)).all() == []
        order = Order(person_id=scene.people["Amir"].id, case_id=scene.case.id, note_id=None, facts={})
        put_mails(session, MailKind.ESCALATION, [order], due_at=MONDAY, now=MONDAY)
    clock.now = MONDAY + timedelta(days=2)
    assert send_mails(services, mailer=busy) == 0
    assert busy.asked == 1
    assert mails() == []


@pytest.mark.usefixtures("scene")
def test_workers_at_the_same_time_take_a_step_once(services: Services, clock: Clock) -> None:
    """Whoever comes second finds it taken."""
    clock.now = MONDAY + 90 * MINUTE
    taken: list[int] = []

    def work() -> None:
        with session_scope(services.engine) as session:
            taken.append(take_due_steps(session, now=clock.now))

    threads = [threading.Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(taken) == [0, 0, 0, 1]
    with session_scope(services.engine) as session:
        assert len(session.scalars(select(StaffMail)).all()) == 1
