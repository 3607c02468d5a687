"""Mails to staff wait in one table: each is claimed by one worker, and what a killed one held comes again as it was."""

from __future__ import annotations

import threading
from datetime import datetime, timedelta

import sqlalchemy as sa
from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from db.acting import Actor
from db.migrate import downgrade, upgrade
from db.models import MailKind, Person, StaffMail
from db.notes import write_note
from db.outbox import AGAIN_AFTER, GIVEN_UP_AFTER, Claimed, Order, claim_mail, forget_mail, give_up_mails, put_mails
from db.session import make_engine, session_scope
from tests.factories import make_case, make_person

MINUTE = timedelta(minutes=1)


def put(session: Session, person: Person, case_ids: list[int], *, now: datetime) -> None:
    orders = [Order(person_id=person.id, case_id=id_, note_id=None, facts={}) for id_ in case_ids]
    put_mails(session, MailKind.ESCALATION, orders, due_at=now, now=now)


def claim(engine: Engine, now: datetime) -> Claimed | None:
    with session_scope(engine) as session:
        return claim_mail(session, now=now)


def test_what_one_person_hears_of_a_kind_is_one_mail(session: Session, now: datetime) -> None:
    """Escalations are bundled; each note is a mail of its own. None is claimed twice, or before its time."""
    ana, ben = make_person(session), make_person(session, name="Ben")
    cases = [make_case(session).id for _ in range(3)]
    put(session, ana, cases, now=now)
    put(session, ben, cases[:1], now=now)
    write_note(session, cases[0], "@Ben", [ben.id], by=Actor(person_id=ana.id, name="Ana", now=now))
    found = [claim_mail(session, now=now) for _ in range(3)]
    assert [(one.person_id, one.kind, [order.case_id for order in one.orders]) for one in found if one] == [
        (ana.id, MailKind.ESCALATION, cases),
        (ben.id, MailKind.ESCALATION, cases[:1]),
    ]
    later = claim_mail(session, now=now + MINUTE)
    assert later is not None
    assert (later.person_id, later.kind) == (ben.id, MailKind.MENTION)


def test_killed_worker_leaves_the_same_mail_behind(session: Session, now: datetime) -> None:
    """What has come since is a mail of its own: the first was perhaps sent already."""
    ana = make_person(session)
    cases = [make_case(session).id for _ in range(2)]
    put(session, ana, cases[:1], now=now)
    first = claim_mail(session, now=now)
    put(session, ana, cases[1:], now=now)
    second = claim_mail(session, now=now + MINUTE)
    assert claim_mail(session, now=now + MINUTE) is None
    assert first is not None
    assert second is not None
    assert claim_mail(session, now=now + AGAIN_AFTER) == first
    forget_mail(session, first.batch)
    assert claim_mail(session, now=now + AGAIN_AFTER + MINUTE) == second
    forget_mail(session, second.batch)
    assert session.scalars(select(StaffMail)).all() == []


def test_workers_at_the_same_time_claim_each_mail_once(engine: Engine, now: datetime) -> None:
    """Six of them at thirty mails of one to five cases each."""
    with session_scope(engine) as session:
        cases = [make_case(session).id for _ in range(5)]
        for number in range(30):
            put(session, make_person(session), cases[: 1 + number % 5], now=now)
    claimed: list[Claimed] = []

    def work() -> None:
        while (one := claim(engine, now)) is not None:
            claimed.append(one)

    threads = [threading.Thread(target=work) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(claimed) == len({one.batch for one in claimed}) == len({one.person_id for one in claimed}) == 30
    assert sum(len(one.orders) for one in claimed) == 6 * (1 + 2 + 3 + 4 + 5)


def test_of_one_note_everybody_hears_once(session: Session, now: datetime) -> None:
    """However many reasons there are."""
    ana, ben = make_person(session), make_person(session, name="Ben")
    case = make_case(session, assignee_id=ben.id)
    note_id = write_note(session, case.id, "@Ben", [ben.id], by=Actor(person_id=ana.id, name="Ana", now=now))
    order = Order(person_id=ben.id, case_id=case.id, note_id=note_id, facts={})
    put_mails(session, MailKind.NOTE, [order], due_at=now, now=now)
    assert session.scalars(select(StaffMail.kind)).all() == [MailKind.MENTION]


def test_what_could_not_be_sent_for_a_day_is_given_up_and_counted(session: Session, now: datetime) -> None:
    """Later it is no news."""
    put(session, make_person(session), [make_case(session).id], now=now)
    assert give_up_mails(session, now=now + GIVEN_UP_AFTER) == 0
    assert give_up_mails(session, now=now + GIVEN_UP_AFTER + MINUTE) == 1
    assert claim_mail(session, now=now + GIVEN_UP_AFTER + MINUTE) is None


def test_mails_that_waited_before_there_was_one_table_still_go_out(empty_url: str, now: datetime) -> None:
    """Up and down again: none is lost, and each keeps when it is due."""
    engine = make_engine(empty_url)
    upgrade(engine)
    with session_scope(engine) as session:
        ana, ben = make_person(session), make_person(session, name="Ben")
        case = make_case(session)
        write_note(session, case.id, "@Ben", [ben.id], by=Actor(person_id=ana.id, name="Ana", now=now))
        put(session, ana, [case.id], now=now)
        before = waiting(session)
    downgrade(engine, "0011")
    with engine.connect() as connection:
        assert connection.scalar(sa.text("SELECT count(*) FROM note_mail")) == 1
        assert connection.scalar(sa.text("SELECT count(*) FROM escalation_mail")) == 1
    upgrade(engine)
    with session_scope(engine) as session:
        assert waiting(session) == before
    engine.dispose()


def waiting(session: Session) -> set[tuple[object, ...]]:
    columns = (StaffMail.kind, StaffMail.person_id, StaffMail.case_id, StaffMail.note_id, StaffMail.due_at)
    return {tuple(row) for row in session.execute(select(*columns)).all()}
