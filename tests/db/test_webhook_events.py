"""What webhooks hear of is put down in the transaction in which it happens, and only what they want to hear."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine, func, select
from sqlalchemy.orm import Session

from crawlers.items import OwnerReply
from db.acting import Actor, undo
from db.case_acts import set_stage
from db.cases import set_not_us, undo_not_us
from db.errors import BadValue
from db.ingest import ingest
from db.models import (
    Case,
    CaseStage,
    DeliveryState,
    OfferState,
    Review,
    Source,
    WebhookDelivery,
    WebhookMessage,
)
from db.offer_undo import take_back
from db.roles import Role
from db.session import session_scope
from db.vault import open_vault
from db.webhook_events import TEST, Told, put, tell
from db.webhook_outbox import resend
from db.webhooks import add_hook, change_hook, switch_hook
from tests.factories import an_item, make_case, make_person, make_source

from .offer_hands import led, make_hands, proposed

URL = "https://crm.example/hooks"


def a_hook(
    session: Session,
    folder: Path,
    events: Collection[str],
    *,
    now: datetime,
    place_ids: Collection[int] | None = None,
) -> int:
    by = Actor(person_id=make_person(session).id, name="Ana", now=now)
    vault = open_vault(folder)
    return add_hook(session, URL, events, is_named=False, vault=vault, by=by, place_ids=place_ids)[0]


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


def test_one_that_is_held_to_a_place_hears_of_no_other(session: Session, tmp_path: Path, now: datetime) -> None:
    """Whatever happens: readings, people, follow-ups; what belongs to no place goes to those of all alone."""
    here, there = make_source(session), make_source(session)
    every = a_hook(session, tmp_path, [*Told], now=now)
    held = a_hook(session, tmp_path, [*Told], now=now, place_ids=[here.location_id])
    for source in (here, there):
        ingest(session, source.id, [an_item()], run_id=None, now=now)
    by = Actor(person_id=make_person(session).id, name="Ana", now=now)
    places = dict(
        session.execute(
            select(Case.id, Source.location_id)
            .join(Review, Review.id == Case.review_id)
            .join(Source, Source.id == Review.source_id)
        ).all()
    )
    set_stage(session, [*places], CaseStage.DONE, by=by)
    for case_id in [*places, None]:
        tell(session, Told.FOLLOW_UP_DUE, case_id, {"follow_up_id": 1}, now=now)
    found = session.execute(
        select(WebhookDelivery.webhook_id, WebhookMessage.kind, WebhookMessage.case_id)
        .join(WebhookMessage, WebhookMessage.id == WebhookDelivery.message_id)
        .order_by(WebhookDelivery.id)
    ).all()
    kinds = Counter((row.webhook_id, row.kind, places.get(row.case_id)) for row in found)
    happened = (Told.CASE_OPENED, Told.CASE_STATE_CHANGED, Told.CASE_CLOSED, Told.FOLLOW_UP_DUE)
    both = {(every, kind, place): 1 for kind in happened for place in places.values()}
    assert kinds == Counter(
        both | {(every, Told.FOLLOW_UP_DUE, None): 1} | {(held, kind, here.location_id): 1 for kind in happened}
    )
    assert session.scalar(select(func.count()).select_from(WebhookMessage)) == 2 * len(happened) + 1


def test_what_waits_about_a_place_that_is_taken_away_is_dropped(
    session: Session, tmp_path: Path, now: datetime
) -> None:
    """And is sent by no button; what waits about the others and tests stays."""
    here, there = make_case(session), make_case(session)
    place_of = {case.id: session.get_one(Source, case.review.source_id).location_id for case in (here, there)}
    hook_id = a_hook(session, tmp_path, [Told.FOLLOW_UP_DUE], now=now)
    by = Actor(person_id=make_person(session).id, name="Ana", now=now)
    for case in (here, there, there):
        tell(session, Told.FOLLOW_UP_DUE, case.id, {}, now=now)
    put(session, TEST, [(None, {})], [hook_id], now=now)
    sent = session.scalars(select(WebhookDelivery).order_by(WebhookDelivery.id)).all()[1]
    sent.state = DeliveryState.DELIVERED
    session.flush()
    change_hook(session, hook_id, URL, [Told.FOLLOW_UP_DUE], is_named=False, by=by, place_ids=[place_of[here.id]])
    left = select(WebhookMessage.case_id, WebhookDelivery.state).join(
        WebhookDelivery, WebhookDelivery.message_id == WebhookMessage.id
    )
    assert [tuple(row) for row in session.execute(left.order_by(WebhookDelivery.id))] == [
        (here.id, DeliveryState.PENDING),
        (there.id, DeliveryState.DELIVERED),
        (None, DeliveryState.PENDING),
    ]
    with pytest.raises(BadValue, match="no longer hears"):
        resend(session, hook_id, sent.id, by=by)
    with pytest.raises(BadValue, match="at least one place"):
        change_hook(session, hook_id, URL, [Told.FOLLOW_UP_DUE], is_named=False, by=by, place_ids=[])
