"""On the morning of its day whoever is in charge hears of a customer to be asked, and of a promise, once."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime, timedelta
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path

import pytest
from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from crawlers.config import CrawlSettings
from db.absences import add_absence
from db.acting import Actor
from db.case_acts import assign
from db.contacts import keep_promise, promise
from db.follow_ups import close_follow_up, set_follow_up
from db.mail_wishes import turn_mail
from db.models import Case, CaseEvent, FollowUpOutcome, MailKind, Review, StaffMail
from db.queries.follow_ups import follow_ups_of
from db.roles import Access, Role
from db.session import session_scope
from db.settings import DbSettings
from tests.clock import Clock
from tests.factories import make_case, make_location, make_person, make_review, make_source
from webui.jobs.escalating import remind_of_due
from webui.jobs.mailing import send_mails
from webui.settings import WebSettings
from webui.wiring import Services

MONDAY = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
TUESDAY = date(2026, 11, 24)
MORNING = datetime(2026, 11, 24, 0, 0, tzinfo=UTC)  # nine o'clock in Tokyo
MINUTE = timedelta(minutes=1)
STAFF = {"Sofia": Role.STAFF, "Amir": Role.STAFF, "Vera": Role.VIEWER, "Olivia": Role.OWNER}


class Scene:
    """A place in Tokyo; Sofia has a case, and set on Monday that its customer is asked on Tuesday."""

    def __init__(self, session: Session) -> None:
        place = make_location(session, name="Trattoria", timezone="Asia/Tokyo")
        self.ids = {
            name: make_person(session, name=name, access=Access(at={place.id: role})).id for name, role in STAFF.items()
        }
        source = make_source(session, location=place, name="Guide")
        self.cases = [make_case(session, make_review(session, source, author_name="Ada Rossi")).id for _ in range(2)]
        assign(session, self.cases[:1], self.ids["Sofia"], by=self.by("Sofia"))
        set_follow_up(session, self.cases[0], TUESDAY, by=self.by("Amir"))

    def by(self, name: str, now: datetime = MONDAY) -> Actor:
        return Actor(person_id=self.ids[name], name=name, now=now)

    def promised(self, session: Session, *, owner: str) -> int:
        today, owner_id = MONDAY.date(), self.ids[owner]
        what, by = "Call Ada Rossi", self.by("Amir")
        return promise(session, self.cases[1], what, owner_id=owner_id, due_on=TUESDAY, today=today, by=by)


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
        remind_of_due(services)
        send_mails(services)
        found = []
        for path in sorted((data_dir / "mail").glob("*.eml")):
            found.append(message_from_bytes(path.read_bytes(), policy=policy.default))
            path.unlink()
        return sorted(found, key=lambda mail: str(mail["Subject"]))

    return sweep


Sweep = Callable[[datetime], list[EmailMessage]]


def names(mails: list[EmailMessage]) -> list[str]:
    return [str(mail["To"]).partition("-")[0] for mail in mails]


def test_whoever_is_in_charge_hears_of_both_once(engine: Engine, scene: Scene, swept: Sweep) -> None:
    """In the morning of the place, with the way there and no word of the guest; told on the timeline."""
    with session_scope(engine) as session:
        scene.promised(session, owner="Amir")
    assert swept(MORNING - MINUTE) == []
    asked, promised = swept(MORNING)
    assert names([asked, promised]) == ["sofia", "amir"]
    assert asked["Subject"] == "1 customer to ask again"
    assert promised["Subject"] == "A promise is due"
    with session_scope(engine) as session:
        of_case, other = (session.get_one(Case, id_).review_id for id_ in scene.cases)
    assert f"/reviews/{of_case}#follow-ups" in asked.get_content()
    assert f"/reviews/{other}#contacts" in promised.get_content()
    for mail in (asked, promised):
        assert mail["List-Unsubscribe"]
        assert "Rossi" not in str(mail)
    for minutes in (1, 60 * 24, 60 * 48):
        assert swept(MORNING + minutes * MINUTE) == []
    with session_scope(engine) as session:
        reminded = CaseEvent.kind.in_(["follow_up_reminded", "promise_reminded"])
        told = session.execute(select(CaseEvent.kind, CaseEvent.facts).where(reminded).order_by(CaseEvent.id)).all()
        assert [(row.kind, row.facts["names"]) for row in told] == [
            ("follow_up_reminded", ["Sofia"]),
            ("promise_reminded", ["Amir"]),
        ]


def test_who_is_away_wants_none_or_works_there_no_more(engine: Engine, scene: Scene, swept: Sweep) -> None:
    """Whoever stands in hears of it; who turned these mails off does not; without anybody the owner does."""
    with session_scope(engine) as session:
        kept = scene.promised(session, owner="Vera")
        add_absence(
            session, scene.ids["Sofia"], from_on=TUESDAY, until_on=TUESDAY, deputy_id=scene.ids["Amir"], now=MONDAY
        )
    asked, promised = swept(MORNING)
    assert names([asked, promised]) == ["amir", "olivia"], "a viewer keeps no promises"
    assert "stand in for Sofia" in asked.get_content()
    with session_scope(engine) as session:
        keep_promise(session, scene.cases[1], kept, by=scene.by("Amir"))
        turn_mail(session, scene.ids["Amir"], MailKind.FOLLOW_UP, is_on=False)
        set_follow_up(session, scene.cases[1], TUESDAY + timedelta(days=1), by=scene.by("Amir"))
    assert swept(MORNING + timedelta(days=1)) == []


def test_what_was_settled_before_the_mail_went_out(
    engine: Engine, scene: Scene, services: Services, swept: Sweep, clock: Clock
) -> None:
    """It tells what holds when it is sent: not of a customer who was asked by then, nor of a promise that was kept."""
    with session_scope(engine) as session:
        kept = scene.promised(session, owner="Amir")
    clock.now = MORNING
    assert remind_of_due(services) == 2
    with session_scope(engine) as session:
        [row] = follow_ups_of(session, scene.cases[0])
        close_follow_up(session, scene.cases[0], row.id, FollowUpOutcome.CONTENT, by=scene.by("Amir", MORNING))
        keep_promise(session, scene.cases[1], kept, by=scene.by("Amir", MORNING))
    assert swept(MORNING) == []


def test_of_ten_workers_one_reminds(engine: Engine, scene: Scene, services: Services, clock: Clock) -> None:
    """Thirty customers and promises are due: each is told of once."""
    with session_scope(engine) as session:
        source_id = session.get_one(Review, session.get_one(Case, scene.cases[0]).review_id).source_id
        for _ in range(14):
            case = make_case(session, make_review(session, source_id=source_id))
            set_follow_up(session, case.id, TUESDAY, by=scene.by("Sofia"))
            scene.promised(session, owner="Amir")
    clock.now = MORNING
    with ThreadPoolExecutor(10) as pool:
        counts = list(pool.map(lambda _: remind_of_due(services), range(10)))
    with session_scope(engine) as session:
        orders = session.execute(select(StaffMail.kind, StaffMail.facts)).all()
        told = [(row.kind, row.facts.get("follow_up_id") or row.facts.get("promise_id")) for row in orders]
    assert len(told) == len(set(told)) == 15 + 14
    assert sum(counts) >= 29
