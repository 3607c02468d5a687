"""The contact log, promised steps, private messages and attachments of a case."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from db.acting import UNDO_KEPT, Actor
from db.attachments import MOST, NewAttachment, attach, attachments_of, bring_back, held, remove, sweep_removed
from db.contacts import (
    break_promise,
    contacts_of,
    delete_contact,
    keep_promise,
    log_contact,
    open_promises,
    promise,
    promises_of,
    restore_contact,
    sweep_contacts,
)
from db.erasing import erase
from db.errors import BadValue, CaseChanged
from db.messages import Typed, find_fit, keep_findings, log_sent, message_of, save_message
from db.models import AttachmentKind, AuditEntry, Case, Channel, ErasedFor
from db.queries.case_work import events_of
from tests.factories import NOW, make_case, make_person

TODAY = date(2026, 11, 22)
WARNING = {"check": "W04", "severity": "warn", "override": "author", "outcome": "failed"}
BLOCK = {"check": "B01", "severity": "block", "override": "never", "outcome": "failed"}


@pytest.fixture
def case(session: Session) -> Case:
    return make_case(session)


@pytest.fixture
def ana(session: Session) -> Actor:
    return Actor(person_id=make_person(session).id, name="Ana", now=NOW)


@pytest.fixture
def ben(session: Session) -> Actor:
    return Actor(person_id=make_person(session, name="Ben").id, name="Ben", now=NOW)


def test_a_talk_is_logged_by_whoever_had_it(session: Session, case: Case, ana: Actor, ben: Actor) -> None:
    """When it was, in its order; one's own entry can go, for a moment it can come back."""
    later = log_contact(session, case.id, channel=Channel.PHONE, happened_at=NOW, said="She calls back.", by=ana)
    before = NOW - timedelta(hours=2)
    first = log_contact(
        session, case.id, channel=Channel.COUNTER, happened_at=before, said=" He was cross.\r\n", agreed="Soup", by=ben
    )
    assert [(one.id, one.said, one.agreed) for one in contacts_of(session, case.id)] == [
        (first, "He was cross.", "Soup"), (later, "She calls back.", ""),
    ]  # fmt: skip
    assert not delete_contact(session, case.id, first, by=ana)
    assert delete_contact(session, case.id, first, by=ben)
    assert restore_contact(session, case.id, first, by=ben)
    assert delete_contact(session, case.id, first, by=ben)
    late = replace(ben, now=NOW + UNDO_KEPT)
    assert not restore_contact(session, case.id, first, by=late)
    sweep_contacts(session, now=late.now)
    assert [one.id for one in contacts_of(session, case.id)] == [later]
    for said, at in ((" ", NOW), ("x" * 10_001, NOW), ("Soon.", NOW + timedelta(hours=1))):
        with pytest.raises(BadValue):
            log_contact(session, case.id, channel=Channel.PHONE, happened_at=at, said=said, by=ana)


def test_a_promise_stands_until_it_is_done(session: Session, case: Case, ana: Actor, ben: Actor) -> None:
    """With somebody who sees to it and a day; the most urgent first; done, and not done after all."""
    far = promise(
        session, case.id, "A new chair", owner_id=ben.person_id, due_on=date(2026, 12, 9), today=TODAY, by=ana
    )
    near = promise(session, case.id, "Call her", owner_id=ana.person_id, due_on=TODAY, today=TODAY, by=ana)
    assert [one.id for one in open_promises(session, places=None)] == [near, far]
    assert open_promises(session, places=[]) == []
    assert keep_promise(session, case.id, near, by=ben)
    assert not keep_promise(session, case.id, near, by=ben)
    assert [(one.id, one.done_by_name) for one in promises_of(session, case.id)] == [(far, ""), (near, "Ben")]
    assert keep_promise(session, case.id, near, is_kept=False, by=ana)
    assert not break_promise(session, case.id, near, by=ben)
    assert break_promise(session, case.id, near, by=ana)
    assert not break_promise(session, case.id, far, by=replace(ana, now=NOW + UNDO_KEPT))
    kinds = [event.kind for event in events_of(session, case.id)]
    assert kinds == ["promised", "promised", "promise_kept", "promise_reopened"]
    for what, owner, due_on in (
        (" ", ana.person_id, TODAY), ("x" * 501, ana.person_id, TODAY), ("Call", 4711, TODAY),
        ("Call", ana.person_id, date(2026, 11, 21)),
    ):  # fmt: skip
        with pytest.raises(BadValue):
            promise(session, case.id, what, owner_id=owner, due_on=due_on, today=TODAY, by=ana)


def test_only_what_was_checked_is_sent_and_logged(session: Session, case: Case, ana: Actor, ben: Actor) -> None:
    """Nobody overwrites another's words; a block stays, a warning is read; what changes is checked again."""
    typed = Typed(address="ada@example.org", subject="Your soup", body="I am sorry.")
    seen = save_message(session, case.id, typed, seen=0, by=ana)
    with pytest.raises(CaseChanged, match="Ana"):
        save_message(session, case.id, replace(typed, body="Sorry!"), seen=0, by=ben)
    assert save_message(session, case.id, typed, seen=0, by=ben) == seen  # the same words are no other words
    with pytest.raises(CaseChanged):
        find_fit(session, case.id, seen=seen, read=frozenset())  # nobody has checked it
    keep_findings(session, case.id, [BLOCK], seen=seen)
    with pytest.raises(BadValue):
        find_fit(session, case.id, seen=seen, read=frozenset({"B01"}))
    keep_findings(session, case.id, [WARNING], seen=seen)
    with pytest.raises(BadValue):
        find_fit(session, case.id, seen=seen, read=frozenset())
    find_fit(session, case.id, seen=seen, read=frozenset({"W04"}))
    changed = save_message(session, case.id, replace(typed, body="I am very sorry."), seen=seen, by=ana)
    with pytest.raises(CaseChanged):
        log_sent(session, case.id, text="I am very sorry.", channel=Channel.MAIL, seen=changed, by=ana)
    keep_findings(session, case.id, [WARNING], seen=changed)
    find_fit(session, case.id, seen=changed, read=frozenset({"W04"}))
    text = "I am very sorry.\n\nThis depends on nothing."
    log_sent(session, case.id, text=text, channel=Channel.MAIL, seen=changed, by=ana)
    [entry] = contacts_of(session, case.id)
    assert (entry.said, entry.is_message, entry.person_name) == (text, True, "Ana")
    line = session.scalars(select(AuditEntry)).one()
    assert (line.kind, line.case_id, line.facts["warned"]) == ("message_sent", case.id, ["W04"])
    message = message_of(session, case.id)
    assert message is not None
    assert (message.body, message.address) == ("", "ada@example.org")
    with pytest.raises(CaseChanged):  # pressed twice
        log_sent(session, case.id, text=text, channel=Channel.MAIL, seen=changed, by=ana)


def test_attachments_come_back_for_a_moment_and_are_few(session: Session, case: Case, ana: Actor) -> None:
    """Lists do without what they hold; one of another case is not found."""
    picture = NewAttachment(kind=AttachmentKind.PICTURE, media_type="image/png", name="a\n\0b.png", data=b"\x89PNG")
    review_id = case.review_id
    attach(session, review_id, [picture] * MOST, by=ana)
    with pytest.raises(BadValue):
        attach(session, review_id, [picture], by=ana)
    first = attachments_of(session, review_id)[0]
    assert (first.size, "\n" in first.name) == (4, False)
    assert held(session, review_id, first.id) == ("image/png", b"\x89PNG")
    assert held(session, make_case(session).review_id, first.id) is None
    assert remove(session, review_id, first.id, by=ana)
    assert held(session, review_id, first.id) is None
    assert bring_back(session, review_id, first.id, by=ana)
    assert remove(session, review_id, first.id, by=ana)
    assert sweep_removed(session, now=NOW + UNDO_KEPT) == 1
    assert len(attachments_of(session, review_id)) == MOST - 1


def test_erased_at_the_wish_of_its_writer_all_words_go(session: Session, case: Case, ana: Actor) -> None:
    """That somebody was spoken to stays. What a platform takes out is its review alone."""
    log_contact(session, case.id, channel=Channel.PHONE, happened_at=NOW, said="Ada Rossi called.", by=ana)
    promise(session, case.id, "Call Ada", owner_id=ana.person_id, due_on=TODAY, today=TODAY, by=ana)
    save_message(session, case.id, Typed(address="ada@example.org", subject="", body="Dear Ada"), seen=0, by=ana)
    erase(session, [case.review_id], ErasedFor.RETENTION, now=NOW)
    assert contacts_of(session, case.id)[0].said == "Ada Rossi called."
    erase(session, [case.review_id], ErasedFor.REQUEST, now=NOW)
    [contact], [step] = contacts_of(session, case.id), promises_of(session, case.id)
    assert (contact.said, contact.channel, step.what) == ("", Channel.PHONE, "")
    assert message_of(session, case.id) is None
