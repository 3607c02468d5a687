"""Mails to staff against a real SMTP server: what arrives, and what a killed worker leaves."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine, delete, func, select

from crawlers.config import CrawlSettings
from db.acting import UNDO_KEPT, Actor, undo
from db.assignment_rules import When, add_rule
from db.case_acts import assign
from db.mail_wishes import set_mails_off
from db.models import Case, MailKind, Offer, Person, StaffMail
from db.notes import write_note
from db.offers import approve
from db.outbox import AGAIN_AFTER, Order, put_mails
from db.people import access_of
from db.roles import Act, Role
from db.session import session_scope
from db.settings import DbSettings
from tests.db.offer_hands import make_hands, proposed
from tests.factories import make_case, make_location, make_person, make_review, make_score, make_source
from webui.jobs.assigning import assign_due
from webui.jobs.mailing import send_mails
from webui.mail import SmtpMailer
from webui.mail_links import kind_of
from webui.wiring import Services

from .inbox import Inbox, mail_settings
from .inbox import inbox as inbox  # noqa: PLC0414 - the server


@pytest.fixture
def services(engine: Engine, database_url: str, data_dir: Path, inbox: tuple[Inbox, int], now: datetime) -> Services:
    """Services that mail to it, a minute after a note was written that names Ben at the place "Lanterna"."""
    with session_scope(engine) as session:
        ana, ben = make_person(session, name="Ana"), make_person(session, name="Ben")
        source = make_source(session, location=make_location(session, name="Lanterna"))
        case = make_case(session, make_review(session, source), assignee_id=ana.id)
        write_note(session, case.id, "Call her, @Ben.", [ben.id], by=Actor(person_id=ana.id, name="Ana", now=now))
    scorer: Any = None  # nothing is judged here
    return Services(
        database=DbSettings(data_dir=data_dir, database_url=database_url, _env_file=None),
        crawl=CrawlSettings(_env_file=None),
        web=mail_settings(inbox[1]),
        engine=engine,
        scorer=scorer,
        clock=lambda: now + UNDO_KEPT,
    )


class Killed(BaseException):
    """As the process ends: nothing that follows is done."""


class KilledMailer(SmtpMailer):
    """Whoever sends by it is killed right after the server has taken the mail."""

    def send(self, message: EmailMessage) -> str:
        super().send(message)
        raise Killed


def waiting(services: Services) -> int:
    with session_scope(services.engine) as session:
        return session.scalar(select(func.count()).select_from(StaffMail)) or 0


def test_being_given_a_case_is_mailed_once_it_can_no_longer_be_taken_back(
    services: Services, inbox: tuple[Inbox, int], now: datetime
) -> None:
    """What was taken back is not, nor what somebody took; several cases are one mail, each with who gave it."""
    kept, _ = inbox
    with session_scope(services.engine) as session:
        first = session.scalars(select(Case)).one()
        ben = session.scalars(select(Person).where(Person.name == "Ben")).one()
        cleo = make_person(session, name="Cleo")
        ana = Actor(person_id=first.assignee_id or 0, name="Ana", now=now)
        session.execute(delete(StaffMail))
        assign(session, [first.id], ben.id, by=ana)
        kept_one = assign(session, [first.id], cleo.id, by=ana)
        assert undo(session, kept_one.undo or "", by=ana) is not None
        assign(session, [make_case(session).id], ana.person_id, by=ana)
    assert send_mails(services) == 1
    mail = kept.mails.pop()
    assert mail["To"] == ben.email
    assert mail["Subject"] == "Ana gave you a case: Lanterna"
    assert f"/reviews/{first.review_id}\r\n" in mail.get_content()
    assert "waited" not in mail.get_content()
    with session_scope(services.engine) as session:
        more = [make_case(session).id for _ in range(3)]
        assign(session, more, cleo.id, by=ana)
        assign(session, more[:1], cleo.id, by=replace(ana, name="Olivia"))
        assign(session, more[2:], ben.id, by=ana)
    assert send_mails(services) == 2
    to_ben, to_cleo = sorted(kept.mails, key=lambda mail: str(mail["To"]))
    assert to_ben["To"] == ben.email
    assert to_cleo["Subject"] == "2 cases are yours now"
    assert to_cleo.get_content().count(" · by Ana\r\n") == 2
    assert waiting(services) == 0


def test_mail_arrives_and_is_forgotten(services: Services, inbox: tuple[Inbox, int]) -> None:
    """Once, with the words of the note."""
    assert send_mails(services) == 1
    assert send_mails(services) == 0
    (mail,) = inbox[0].mails
    assert mail["Subject"] == "Ana names you in a note: Lanterna"
    assert "> Call her, @Ben." in mail.get_content()
    assert waiting(services) == 0


def test_rule_that_gives_a_case_away_is_named_in_the_mail(services: Services, inbox: tuple[Inbox, int]) -> None:
    """As the worker does it: the rules, and a minute later the mail."""
    with session_scope(services.engine) as session:
        session.execute(delete(StaffMail))
        ben = session.scalars(select(Person).where(Person.name == "Ben")).one()
        add_rule(session, When(least="angry"), [ben.id], now=services.clock())
        for _ in range(2):
            review = make_review(session)
            make_score(session, review)
            make_case(session, review, is_flagged=True)
    assert assign_due(services, within_s=0) == 2
    at = services.clock() + UNDO_KEPT
    assert send_mails(replace(services, clock=lambda: at)) == 1
    (mail,) = inbox[0].mails
    assert (mail["To"], mail["Subject"]) == (ben.email, "2 cases are yours now")
    assert mail.get_content().count("by the rule “angry or worse”") == 2


def test_owners_hear_once_of_what_is_outside_the_policy(services: Services, inbox: tuple[Inbox, int]) -> None:
    """Several are one mail, to each owner of the place and to nobody else; what was decided meanwhile is not told."""
    kept, _ = inbox
    with session_scope(services.engine) as session:
        session.execute(delete(StaffMail))
        hands = make_hands(session, cases=4, authors=4)
        for at in (0, 0, 1, 2):
            proposed(session, hands, case=at, value_minor=9_000)
        proposed(session, hands, case=3, value_minor=9_000, role=Role.OWNER)
        decided = session.scalars(select(Offer).where(Offer.case_id == hands.case_ids[2])).one()
        approve(session, decided.id, seen=decided.version, by=hands.actor(Role.OWNER), role=Role.OWNER, reason="x")
        owner = session.get_one(Person, hands.people[Role.OWNER]).email
    send_mails(services)
    mail = next(mail for mail in kept.mails if mail["To"] == owner)
    assert [str(one["To"]) for one in kept.mails].count(owner) == 1
    assert mail["Subject"] == "2 offers outside the policy wait for you"
    assert mail.get_content().count("#offers") == 2
    with session_scope(services.engine) as session:
        people = {one.email for one in session.scalars(select(Person)) if access_of(one).may(Act.OFFERS)}
    assert {str(one["To"]) for one in kept.mails} <= people
    assert send_mails(services) == 0


def test_mail_turns_its_kind_off_for_whoever_holds_it(services: Services, inbox: tuple[Inbox, int]) -> None:
    """By the address in its head, which stands there whole however long it is, and by the same one in its text."""
    long = "https://a-rather-long-name-of-a-machine.reviews.lanterna-and-other-places.example:8443"
    services = replace(services, web=mail_settings(inbox[1], base_url=long))
    assert send_mails(services) == 1
    (mail,) = inbox[0].mails
    address = str(mail["List-Unsubscribe"]).strip("<>")
    assert address in mail.get_content()
    assert mail["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert b"List-Unsubscribe: <" + address.encode() + b">" in inbox[0].raw[0]
    token = address.removeprefix(f"{long}/mails/")
    with session_scope(services.engine) as session:
        ben = session.scalars(select(Person).where(Person.name == "Ben")).one()
    assert kind_of(services.database, token) == (ben.id, MailKind.MENTION)
    for wrong in ("", ".", "x", token[:-1], f"9{token}", token.replace("mention", "note"), "é" * 40):
        assert kind_of(services.database, wrong) is None, wrong


def test_what_somebody_turned_off_is_not_sent(services: Services, inbox: tuple[Inbox, int]) -> None:
    """Also where it waited already. Of the last step of a chain they hear all the same."""
    with session_scope(services.engine) as session:
        ben = session.scalars(select(Person).where(Person.name == "Ben")).one()
        set_mails_off(session, ben.id, list(MailKind))
        case = session.scalars(select(Case)).one()
    for is_last in (False, True):
        with session_scope(services.engine) as session:
            order = Order(person_id=ben.id, case_id=case.id, note_id=None, facts={"is_last": is_last})
            put_mails(session, MailKind.ESCALATION, [order], due_at=services.clock(), now=services.clock())
        assert send_mails(services) == is_last
    assert [str(mail["Subject"]) for mail in inbox[0].mails] == ["1 review runs out of time"]
    assert waiting(services) == 0


def test_killed_worker_loses_no_mail_and_its_second_copy_is_known_as_one(
    services: Services, inbox: tuple[Inbox, int]
) -> None:
    """Killed before the server has it, and after: it comes again in a while, under the Message-ID of the first."""
    kept, _ = inbox
    with pytest.raises(Killed):
        send_mails(services, mailer=KilledMailer(services.web))
    assert waiting(services) == 1
    assert send_mails(services) == 0, "it may still be on its way"
    at = services.clock() + AGAIN_AFTER + timedelta(seconds=1)
    assert send_mails(replace(services, clock=lambda: at)) == 1
    first, second = kept.mails
    assert first["Message-ID"] == second["Message-ID"]
    assert waiting(services) == 0
