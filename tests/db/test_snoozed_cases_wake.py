"""A snoozed case comes back when something happens, whatever its time."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from crawlers.items import OwnerReply
from db.acting import Actor
from db.case_acts import snooze
from db.ingest import ingest
from db.models import Case, CaseEvent, Review
from db.waking import wake_called
from tests.factories import NOW, an_item, make_person, make_source

DAY = timedelta(days=1)
REPLY = OwnerReply(body="We are sorry.", author_name="The owner")


@pytest.fixture
def ana(session: Session, now: datetime) -> Actor:
    person = make_person(session, name="Ana")
    return Actor(person_id=person.id, name=person.name, now=now)


def test_reply_or_edit_wakes_it(session: Session, ana: Actor, now: datetime) -> None:
    """The timeline says what it was."""
    source = make_source(session)
    ingest(session, source.id, [an_item()], run_id=None, now=now)
    case = session.scalars(select(Case)).one()
    for item, why in ((an_item(reply=REPLY), "reply"), (an_item(), "reply"), (an_item(body="Worse."), "edit")):
        snooze(session, [case.id], now + DAY, by=ana)
        ingest(session, source.id, [item], run_id=None, now=now)
        session.refresh(case)
        assert case.snoozed_until is None
        told = session.scalars(select(CaseEvent).order_by(CaseEvent.id.desc())).first()
        assert told is not None
        assert (told.kind, told.facts) == ("woken", {"by_hand": False, "why": why})


@pytest.mark.parametrize(
    ("fields", "platform", "is_called"),
    [
        ({"author_name": "Guest One"}, "schemaorg", True),
        ({"author_name": "Guest Two"}, "schemaorg", False),
        ({"author_name": "Guest One"}, "feed", False),
        ({"author_name": "Guest One", "published_at": NOW - timedelta(days=90)}, "schemaorg", False),
        ({"author_name": "Renamed", "author_ref": "u1"}, "schemaorg", True),
        ({"author_name": "Guest One", "author_ref": "u2"}, "schemaorg", False),
    ],
    ids=["same name", "other name", "other platform", "written before", "same reference", "other reference"],
)
def test_new_review_by_the_same_author_wakes_it(
    session: Session, ana: Actor, now: datetime, fields: dict[str, object], platform: str, is_called: bool
) -> None:
    """At that platform, also of another source; the worker does it."""
    source, other = make_source(session), make_source(session, platform=platform)
    ref = "u1" if "author_ref" in fields else ""
    ingest(session, source.id, [an_item(author_ref=ref)], run_id=None, now=now)
    case = session.scalars(select(Case)).one()
    snooze(session, [case.id], now + DAY, by=ana)
    item = an_item("r2", **({"published_at": NOW} | fields))
    ingest(session, other.id, [item], run_id=None, now=now)
    assert wake_called(session, now=now) == is_called
    assert wake_called(session, now=now) == 0
    session.refresh(case)
    assert (case.snoozed_until is None) == is_called
    assert len(session.scalars(select(Review)).all()) == 2
