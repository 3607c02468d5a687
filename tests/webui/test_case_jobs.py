"""What the worker does for cases: wakes them, mails about notes, forgets what is kept for a while."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import func, select

from db.acting import UNDO_KEPT, Actor
from db.case_acts import assign, snooze
from db.mail_contents import content_of
from db.models import Case, MailKind, Note, Person, StaffMail, UndoStep
from db.notes import delete_note, write_note
from db.outbox import AGAIN_AFTER, GIVEN_UP_AFTER, Order, claim_mail, put_mails
from db.people import disable_person, set_access
from db.presence import KEPT_FOR, beat
from db.roles import Access, Role
from db.session import session_scope
from db.sign_ins import open_sign_in
from tests.factories import make_case, make_location, make_person, make_review, make_source
from webui.i18n import gettext, speaking
from webui.jobs.cases import sweep_cases
from webui.jobs.mailing import send_mails
from webui.mail import MailError
from webui.wiring import Services, build_services


class Post:
    """A mail server: keeps what it is given, or takes nothing, for now or ever."""

    def __init__(self, *, refuses: bool = False, permanent: bool = False) -> None:
        self.taken: list[EmailMessage] = []
        self.refuses, self.permanent = refuses, permanent
        self.asked = 0

    def send(self, message: EmailMessage) -> str:
        self.asked += 1
        if self.refuses:
            raise MailError("no", permanent=self.permanent)
        self.taken.append(message)
        return "kept"


@pytest.fixture
def services(
    tmp_path: Path, sqlite_template: Path, monkeypatch: pytest.MonkeyPatch, now: datetime
) -> Iterator[Services]:
    """Services on an empty installation, at the time of the test."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("AMENDS_DATA_DIR", str(tmp_path / "data"))
    (tmp_path / "data").mkdir()
    shutil.copy(sqlite_template, tmp_path / "data" / "amends.db")
    built = build_services()
    yield replace(built, clock=lambda: now)
    built.engine.dispose()


@pytest.fixture
def note(services: Services, now: datetime) -> Note:
    """A note by Ana that names Ben, at the place "Lanterna"; Cleo has the case."""
    with session_scope(services.engine) as session:
        ana, ben, cleo = (make_person(session, name=name) for name in ("Ana", "Ben", "Cleo"))
        source = make_source(session, location=make_location(session, name="Lanterna"))
        case = make_case(session, make_review(session, source), assignee_id=cleo.id)
        by = Actor(person_id=ana.id, name="Ana", now=now)
        id_ = write_note(session, case.id, "Call her, @Ben.\nToday.", [ben.id], by=by)
        found = session.get_one(Note, id_)
        session.flush()
        session.expunge(found)
        return found


def later(services: Services, by: timedelta) -> Services:
    at = services.clock() + by
    return replace(services, clock=lambda: at)


def waiting(services: Services) -> int:
    with session_scope(services.engine) as session:
        return session.scalar(select(func.count()).select_from(StaffMail)) or 0


def test_mails_about_a_note(services: Services, note: Note) -> None:
    """To whom it names and who has the case, each once, and only when it can no longer be taken back."""
    post = Post()
    assert send_mails(services, mailer=post) == 0
    assert send_mails(later(services, UNDO_KEPT), mailer=post) == 2
    named, watching = sorted(post.taken, key=lambda mail: str(mail["To"]))
    assert named["Subject"] == "Ana names you in a note: Lanterna"
    assert "> Call her, @Ben.\n> Today." in named.get_content()
    assert f"/reviews/1#note-{note.id}" in named.get_content()
    assert watching["Subject"] == "A note by Ana: Lanterna"
    assert "Watch no more" in watching.get_content()
    assert send_mails(later(services, timedelta(hours=1)), mailer=post) == 0
    assert waiting(services) == 0


def test_note_that_was_taken_back_is_mailed_to_nobody(services: Services, note: Note, now: datetime) -> None:
    """Nor to somebody who may no longer read it."""
    with session_scope(services.engine) as session:
        delete_note(session, note.case_id, note.id, by=Actor(person_id=note.person_id or 0, name="Ana", now=now))
    post = Post()
    assert send_mails(later(services, UNDO_KEPT), mailer=post) == 0
    assert waiting(services) == 0


def test_nobody_is_mailed_who_may_no_longer_read_it(services: Services, note: Note) -> None:
    """One has left, the other works elsewhere now."""
    assert note.id
    with session_scope(services.engine) as session:
        ben, cleo = session.scalars(select(Person).where(Person.name.in_(["Ben", "Cleo"])).order_by(Person.name))
        disable_person(session, ben)
        set_access(session, cleo, Access(at={make_location(session).id: Role.OWNER}))
    assert send_mails(later(services, UNDO_KEPT), mailer=Post()) == 0
    assert waiting(services) == 0


def test_mail_that_is_not_taken_is_tried_again(services: Services, note: Note) -> None:
    """In a while, for a day; one that is refused for good only once."""
    assert note.id
    first = later(services, UNDO_KEPT)
    assert send_mails(first, mailer=Post(refuses=True)) == 0
    assert waiting(services) == 2
    assert send_mails(first, mailer=Post()) == 0
    assert send_mails(later(first, AGAIN_AFTER), mailer=Post()) == 2


def test_server_that_takes_nothing_is_not_asked_for_every_mail(services: Services, now: datetime) -> None:
    """It may let each wait for a quarter of a minute; what is left goes out when it is back."""
    with session_scope(services.engine) as session:
        case = make_case(session)
        people = [make_person(session) for _ in range(5)]
        orders = [Order(person_id=one.id, case_id=case.id, note_id=None, facts={}) for one in people]
        put_mails(session, MailKind.ESCALATION, orders, due_at=now, now=now)
    post = Post(refuses=True)
    assert send_mails(services, mailer=post) == 0
    assert post.asked == 3
    assert send_mails(services, mailer=Post()) == 2
    assert send_mails(later(services, AGAIN_AFTER), mailer=Post()) == 3


def test_mail_is_given_up(services: Services, note: Note) -> None:
    """At a server that refuses it for good, or after a day."""
    assert note.id
    post = Post()
    assert send_mails(later(services, GIVEN_UP_AFTER * 1.01), mailer=post) == 0
    assert (post.taken, waiting(services)) == ([], 0)


def test_mail_that_is_refused_for_good_is_dropped(services: Services, note: Note) -> None:
    """Trying again would be of no use."""
    assert note.id
    assert send_mails(later(services, UNDO_KEPT), mailer=Post(refuses=True, permanent=True)) == 0
    assert waiting(services) == 0


def test_mail_is_in_the_language_of_its_reader(services: Services, note: Note) -> None:
    """That of the pages they saw last; English for whom nobody knows, and for a language that we do not speak."""
    assert note.id
    now = services.clock()
    with session_scope(services.engine) as session:
        ben = session.scalars(select(Person).where(Person.name == "Ben")).one()
        signed: dict[str, Any] = {"via": "password", "is_kept": False, "agent": "", "address": ""}
        open_sign_in(session, ben.id, **signed, language="en", now=now)
        open_sign_in(session, ben.id, **signed, language="es", now=now + timedelta(minutes=1))
        claimed = [claim_mail(session, now=now + UNDO_KEPT) for _ in range(2)]
        due = [content_of(session, one) for one in claimed if one]
    assert {mail.name: mail.language for mail in due if mail} == {"Ben": "es", "Cleo": ""}
    with speaking("es"):
        assert gettext("Furious") == "Furiosa"
    for language in ("", "tlh"):
        with speaking(language):
            assert gettext("Furious") == "Furious"


def test_sweep_of_cases(services: Services, now: datetime) -> None:
    """Snoozed ones come back; ways back, deleted notes and presence are forgotten when their time is over."""
    with session_scope(services.engine) as session:
        ana = make_person(session, name="Ana")
        by = Actor(person_id=ana.id, name="Ana", now=now)
        case = make_case(session, is_flagged=True)
        snooze(session, [case.id], now + timedelta(minutes=1), by=by)
        assign(session, [case.id], ana.id, by=by)
        beat(session, case.id, ana.id, is_writing=False, now=now)
        case_id = case.id
    assert sweep_cases(services) == 0
    assert sweep_cases(later(services, KEPT_FOR)) == 1
    assert sweep_cases(later(services, KEPT_FOR)) == 0
    with session_scope(services.engine) as session:
        assert session.get_one(Case, case_id).in_queue
        assert session.scalars(select(UndoStep)).all() == []
