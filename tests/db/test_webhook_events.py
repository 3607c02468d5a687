"""What webhooks hear of is put down in the transaction in which it happens, and only what they want to hear."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from crawlers.items import OwnerReply
from db.acting import Actor, undo
from db.case_acts import set_stage
from db.cases import set_not_us, undo_not_us
from db.ingest import ingest
from db.models import Case, CaseStage, OfferState, WebhookDelivery, WebhookMessage
from db.offer_undo import take_back
from db.roles import Role
from db.session import session_scope
from db.vault import open_vault
from db.webhook_events import Told, tell
from db.webhooks import add_hook, switch_hook
from tests.factories import an_item, make_person, make_source

from .offer_hands import led, make_hands, proposed

URL = "https://crm.example/hooks"


def a_hook(session: Session, folder: Path, events: Collection[str], *, now: datetime) -> int:
    by = Actor(person_id=make_person(session).id, name="Ana", now=now)
    return add_hook(session, URL, events, is_named=False, vault=open_vault(folder), by=by)[0]


def told(session: Session) -> list[tuple[str, dict[str, Any]]]:
    """(kind, facts) of every message, in order."""
    rows = session.execute(select(WebhookMessage.kind, WebhookMessage.facts).order_by(WebhookMessage.id))
    return [(row.kind, row.facts) for row in rows]


def test_a_case_from_its_opening_to_its_end(session: Session, tmp_path: Path, now: datetime) -> None:
    """By people and by readings, there and back; the same reading twice tells nothing twice."""
    a_hook(session, tmp_path, [*Told], now=now)
    source = make_source(session)
    for at in (now, now + timedelta(hours=1)):
        ingest(session, source.id, [an_item()], run_id=None, now=at)
    case = session.scalars(select(Case)).one()
    by = Actor(person_id=make_person(session).id, name="Ana", now=now)
    done = set_stage(session, [case.id], CaseStage.DONE, by=by)
    set_stage(session, [case.id], CaseStage.DONE, by=by)
    assert done.undo
    undo(session, done.undo, by=by)
    replied = an_item(reply=OwnerReply(body="We are sorry."))
    ingest(session, source.id, [replied], run_id=None, now=now + timedelta(hours=2))
    set_not_us(session, case.review_id, now=now)
    undo_not_us(session, case.review_id, now=now)
    moves = [
        (kind, facts.get("before", {}).get("state"), facts["state"], facts["stage"]) for kind, facts in told(session)
    ]
    assert moves == [
        (Told.CASE_OPENED, None, "open", "todo"),
        (Told.CASE_STATE_CHANGED, "open", "open", "done"),
        (Told.CASE_CLOSED, "open", "open", "done"),
        (Told.CASE_STATE_CHANGED, "open", "open", "todo"),
        (Told.CASE_STATE_CHANGED, "open", "answered", "todo"),
        (Told.CASE_CLOSED, "open", "answered", "todo"),
        (Told.CASE_STATE_CHANGED, "answered", "not_us", "todo"),
        (Told.CASE_STATE_CHANGED, "not_us", "answered", "todo"),
    ]


def test_every_step_of_an_offer(session: Session, tmp_path: Path, now: datetime) -> None:
    """From the proposal on; a step that was taken back says so."""
    a_hook(session, tmp_path, [*Told], now=now)
    hands = make_hands(session)
    offer = led(session, proposed(session, hands), OfferState.OFFERED, by=(by := hands.actor(Role.STAFF)))
    take_back(session, offer.id, seen=offer.version, by=by)
    steps = [(kind, facts["before"], facts["is_undone"]) for kind, facts in told(session)]
    assert steps == [
        (Told.OFFER_PROPOSED, None, False),
        (Told.OFFER_APPROVED, "proposed", False),
        (Told.OFFER_OFFERED, "approved", False),
        (Told.OFFER_APPROVED, "offered", True),
    ]
    assert {facts["value_minor"] for _, facts in told(session)} == {3_000}


def test_only_what_is_wanted_and_only_while_it_is_on(engine: Engine, tmp_path: Path, now: datetime) -> None:
    """One message to two webhooks is one message; what is rolled back was never told."""
    with session_scope(engine) as session:
        first = a_hook(session, tmp_path, [Told.FOLLOW_UP_DUE], now=now)
        both = a_hook(session, tmp_path, [Told.FOLLOW_UP_DUE, Told.FOLLOW_UP_OUTCOME], now=now)
        by = Actor(person_id=make_person(session).id, name="Ana", now=now)
    with session_scope(engine) as session:
        tell(session, Told.FOLLOW_UP_DUE, None, {"follow_up_id": 1}, now=now)
        session.rollback()
    with session_scope(engine) as session:
        for kind in (Told.FOLLOW_UP_CREATED, Told.FOLLOW_UP_DUE, Told.FOLLOW_UP_OUTCOME):
            tell(session, kind, None, {"follow_up_id": 2}, now=now)
        switch_hook(session, both, is_on=False, by=by)
        tell(session, Told.FOLLOW_UP_OUTCOME, None, {"follow_up_id": 3}, now=now)
    with session_scope(engine) as session:
        rows = select(WebhookMessage.kind, WebhookDelivery.webhook_id).join(
            WebhookDelivery, WebhookDelivery.message_id == WebhookMessage.id
        )
        found = [tuple(row) for row in session.execute(rows.order_by(WebhookDelivery.id))]
    assert found == [(Told.FOLLOW_UP_DUE, first), (Told.FOLLOW_UP_DUE, both), (Told.FOLLOW_UP_OUTCOME, both)]
