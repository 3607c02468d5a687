"""Who may approve a saved reply: nobody who wrote it, whoever saved it last; the log tells who wrote and approved."""

from __future__ import annotations

from dataclasses import replace

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from db import audit
from db.acting import Actor
from db.errors import BadValue
from db.models import AuditEntry, SavedReply
from db.replies import save_words
from db.reply_flow import submit
from db.saved_replies import APPROVED, KEPT, Fields, approve_saved, authors_of, keep_reply
from tests.factories import NOW, make_case, make_location, make_person, make_review

FIRST = Fields(name="Thanks", body="Thank you for the praise.")


def person(session: Session, name: str) -> Actor:
    return Actor(person_id=make_person(session, name=name).id, name=name, now=NOW)


@pytest.fixture
def ana(session: Session) -> Actor:
    return person(session, "Ana")


@pytest.fixture
def ben(session: Session) -> Actor:
    return person(session, "Ben")


def approve(session: Session, saved: SavedReply, by: Actor) -> None:
    approve_saved(session, saved.id, seen=saved.version, by=by)


def kept(session: Session, saved: SavedReply, fields: Fields, by: Actor) -> None:
    keep_reply(session, saved.id, fields, seen=saved.version, by=by)


def is_approved(saved: SavedReply) -> bool:
    return saved.approved_at is not None


def test_who_mends_the_name_does_not_make_the_author_a_second_person(session: Session, ana: Actor, ben: Actor) -> None:
    """The author still may not approve; who only mended the name may."""
    saved = keep_reply(session, None, FIRST, by=ana)
    kept(session, saved, replace(FIRST, name="Praise"), ben)
    with pytest.raises(BadValue, match="somebody else"):
        approve(session, saved, ana)
    approve(session, saved, ben)
    assert saved.approved_by_id == ben.person_id


def test_nobody_who_wrote_since_the_last_approval_approves(session: Session, ana: Actor, ben: Actor) -> None:
    """Two who change it in turn are both its authors; what was approved before had its second person."""
    saved = keep_reply(session, None, FIRST, by=ana)
    kept(session, saved, replace(FIRST, body="Thank you so much."), ben)
    for author in (ana, ben):
        with pytest.raises(BadValue, match="somebody else"):
            approve(session, saved, author)
    approve(session, saved, person(session, "Cleo"))
    kept(session, saved, replace(FIRST, body="Thank you for coming."), ben)
    assert saved.approved_at is None
    assert authors_of(session, [saved]) == {saved.id: {ben.person_id}}
    approve(session, saved, ana)


def test_a_wider_place_has_to_be_approved_anew(session: Session, ana: Actor, ben: Actor) -> None:
    """For all or for another one, by neither who wrote nor who widened it; a narrower one is covered."""
    here, there = make_location(session), make_location(session)
    saved = keep_reply(session, None, replace(FIRST, location_id=here.id), by=ana)
    approve(session, saved, ben)
    kept(session, saved, FIRST, ben)
    assert not is_approved(saved)
    for own in (ana, ben):
        with pytest.raises(BadValue, match="more places"):
            approve(session, saved, own)
    approve(session, saved, person(session, "Cleo"))
    kept(session, saved, replace(FIRST, location_id=here.id), ben)
    assert is_approved(saved)
    kept(session, saved, replace(FIRST, location_id=there.id), ben)
    assert not is_approved(saved)


def test_one_from_before_the_log_is_approved_by_neither_hand(session: Session, ana: Actor, ben: Actor) -> None:
    """Nobody knows which of both wrote the text."""
    saved = SavedReply(
        name="Old", body="Thank you.", version=3, used=0, made_by_id=ana.person_id, edited_by_id=ben.person_id,
        edited_at=NOW,
    )  # fmt: skip
    session.add(saved)
    session.flush()
    assert authors_of(session, [saved]) == {saved.id: {ana.person_id, ben.person_id}}
    assert authors_of(session, []) == {}


def test_the_log_tells_who_wrote_who_approved_and_what_was_sent(session: Session, ana: Actor, ben: Actor) -> None:
    """A line each, without the words; an answer that goes out by one says which, and by whose word."""
    saved = keep_reply(session, None, FIRST, by=ana)
    approve(session, saved, ben)
    lines = session.scalars(select(AuditEntry).where(AuditEntry.kind.in_((KEPT, APPROVED))).order_by(AuditEntry.id))
    told = [(one.kind, one.person_name, one.facts["saved"], one.facts["version"]) for one in lines]
    assert told == [(KEPT, "Ana", saved.id, 1), (APPROVED, "Ben", saved.id, 2)]
    case = make_case(session, make_review(session))
    first = save_words(session, case.id, saved.body, seen=0, by=ana, saved_reply_id=saved.id)
    submit(session, case.id, seen=first.version, findings=[], by=ana, is_free=True)
    facts = session.scalars(select(AuditEntry.facts).where(AuditEntry.kind == "reply_submitted")).one()
    assert (facts["free"], facts["saved"], facts["saved_version"]) == (True, saved.id, 2)
    assert facts["saved_approved_by"] == ben.person_id
    assert saved.body not in str(facts)
    assert audit.verify(session).broken_at is None
