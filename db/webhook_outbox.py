"""Messages to webhooks on their way: claimed one at a time, tried again for a day, given up, sent again by hand.

Whoever sends takes a delivery by a conditional UPDATE, which makes it due again in a while and writes the attempt down
before anything leaves. So of several workers one sends it, and what a killed one held comes again under the same id,
by which receivers know it: one that was killed between the receiver's word and ours can only be sent twice or not at
all. Functions flush and never commit.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final
from uuid import uuid4

from sqlalchemy import ColumnElement, delete, exists, func, select, update
from sqlalchemy.orm import Session

from . import audit
from .acting import Actor
from .errors import BadValue
from .models import (
    BY_HAND,
    Case,
    Complaint,
    DeliveryState,
    Location,
    OffFor,
    Review,
    Source,
    Webhook,
    WebhookAttempt,
    WebhookDelivery,
    WebhookMessage,
)
from .phrases import say
from .wording import cut, printable

AGAIN_AFTER: Final = timedelta(minutes=2)  # far longer than one try may take
# Before the second try, the third, and so on: nearly a day, as Standard Webhooks advises ("over a few days" at most).
BACK_OFF: Final = tuple(timedelta(minutes=minutes) for minutes in (1, 5, 30, 120, 300, 480, 480))
OFF_AFTER: Final = timedelta(days=3)  # of failures without a single success
KEPT: Final = timedelta(days=30)  # how long the log tells of what is settled
LONGEST_REST: Final = timedelta(days=1)  # that a receiver may ask for
_GONE: Final = 410


@dataclass(frozen=True, slots=True, kw_only=True)
class Claimed:
    """One delivery, taken for a moment."""

    delivery_id: int
    attempt_id: int
    token: str
    hook_id: int
    name: str  # of the message
    kind: str
    happened_at: datetime
    case_id: int | None
    facts: Mapping[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What came of one try. Without a status there was no answer, and `trouble` says why."""

    status: int | None
    took_ms: int
    answer: str = ""
    trouble: str = ""
    rest_s: float | None = None  # how long the receiver wants to be left alone

    @property
    def is_done(self) -> bool:
        return self.status is not None and 200 <= self.status < 300


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseFacts:
    """What a message tells of its case."""

    case_id: int
    review_id: int
    location_id: int
    location_name: str
    platform: str  # a key of crawlers.platforms
    is_by_hand: bool
    author_name: str
    contact: str


def claim_delivery(
    session: Session, *, now: datetime, without: Collection[int] = (), only: int | None = None
) -> Claimed | None:
    """The delivery that is due longest, for whoever asks first; None when none is. Commit before sending it.

    `without` are webhooks that are left alone for now, `only` is the id of one delivery.
    """
    due = (
        select(WebhookDelivery.id)
        .join(Webhook, Webhook.id == WebhookDelivery.webhook_id)
        .where(WebhookDelivery.state == DeliveryState.PENDING, WebhookDelivery.due_at <= now, Webhook.is_on)
        .where(Webhook.id.not_in(without))
        .order_by(WebhookDelivery.due_at, WebhookDelivery.id)
        .limit(1)
        .with_for_update(skip_locked=True, of=WebhookDelivery)
    )
    if only is not None:
        due = due.where(WebhookDelivery.id == only)
    while (delivery_id := session.scalar(due)) is not None:
        token = str(uuid4())
        row = session.execute(
            update(WebhookDelivery)
            .where(
                WebhookDelivery.id == delivery_id,
                WebhookDelivery.state == DeliveryState.PENDING,
                WebhookDelivery.due_at <= now,
            )
            .values(due_at=now + AGAIN_AFTER, claim=token, tries=WebhookDelivery.tries + 1)
            .returning(WebhookDelivery.message_id, WebhookDelivery.webhook_id),
            execution_options={"synchronize_session": False},
        ).one_or_none()
        if row is None:  # by another worker, at the same moment
            continue
        message = session.get_one(WebhookMessage, row.message_id, populate_existing=True)
        attempt = WebhookAttempt(delivery_id=delivery_id, begun_at=now)
        session.add(attempt)
        session.flush()
        return Claimed(
            delivery_id=delivery_id,
            attempt_id=attempt.id,
            token=token,
            hook_id=row.webhook_id,
            name=message.name,
            kind=message.kind,
            happened_at=message.happened_at,
            case_id=message.case_id,
            facts=message.facts,
        )
    return None


def case_facts(session: Session, case_id: int) -> CaseFacts | None:
    """As it is now; None where the case is gone. What was erased meanwhile is not told."""
    row = session.execute(
        select(
            Review.id,
            Review.author_name,
            Source.platform,
            Location.id.label("location_id"),
            Location.name,
            func.coalesce(Complaint.contact, "").label("contact"),
        )
        .join(Case, Case.review_id == Review.id)
        .join(Source, Source.id == Review.source_id)
        .join(Location, Location.id == Source.location_id)
        .outerjoin(Complaint, Complaint.review_id == Review.id)
        .where(Case.id == case_id)
    ).one_or_none()
    if row is None:
        return None
    return CaseFacts(
        case_id=case_id,
        review_id=row.id,
        location_id=row.location_id,
        location_name=row.name,
        platform=row.platform,
        is_by_hand=row.platform == BY_HAND,
        author_name=row.author_name,
        contact=row.contact,
    )


def record_outcome(session: Session, claimed: Claimed, outcome: Outcome, *, now: datetime) -> None:
    """Write down what came of it, and when it is tried again. A claim that has lapsed moves the delivery no more."""
    session.execute(
        update(WebhookAttempt)
        .where(WebhookAttempt.id == claimed.attempt_id)
        .values(
            took_ms=outcome.took_ms,
            status=outcome.status,
            trouble=outcome.trouble,
            answer=cut(printable(outcome.answer), 200),
        ),
        execution_options={"synchronize_session": False},
    )
    hook = session.scalar(
        select(Webhook)
        .where(Webhook.id == claimed.hook_id)
        .with_for_update(key_share=True)  # messages may be put down for it meanwhile
        .execution_options(populate_existing=True)
    )
    held = (WebhookDelivery.id == claimed.delivery_id, WebhookDelivery.claim == claimed.token)
    tries = session.scalar(select(WebhookDelivery.tries).where(*held))
    if hook is None or tries is None:
        return
    values: dict[str, Any] = {"claim": None}
    if outcome.is_done:
        values["state"] = DeliveryState.DELIVERED
        hook.delivered_at, hook.failing_since_at = now, None
    else:
        hook.failing_since_at = hook.failing_since_at or now
        if tries > len(BACK_OFF):
            values["state"] = DeliveryState.FAILED
        else:
            rest = min(timedelta(seconds=outcome.rest_s or 0), LONGEST_REST)
            values["due_at"] = now + max(BACK_OFF[tries - 1], rest)
        if outcome.status == _GONE or now - hook.failing_since_at >= OFF_AFTER:
            _switch_off(session, hook, OffFor.GONE if outcome.status == _GONE else OffFor.FAILED, now=now)
    session.execute(
        update(WebhookDelivery).where(*held).values(**values), execution_options={"synchronize_session": False}
    )
    session.flush()


def drop_elsewhere(session: Session, hook: Webhook) -> None:
    """Forget what waits for a webhook and happened at a place of which it no longer hears."""
    if hook.place_ids is None:
        return
    elsewhere = select(WebhookMessage.id).where(WebhookMessage.case_id.is_not(None), ~_is_at(hook.place_ids))
    session.execute(
        delete(WebhookDelivery).where(
            WebhookDelivery.webhook_id == hook.id,
            WebhookDelivery.state == DeliveryState.PENDING,
            WebhookDelivery.message_id.in_(elsewhere),
        ),
        execution_options={"synchronize_session": False},
    )


def resend(session: Session, hook_id: int, delivery_id: int, *, by: Actor) -> bool:
    """Have it sent again now, under the id that it had. False where it is on its way at this moment, or gone.

    Raises:
        BadValue: it happened at a place of which the webhook no longer hears.
    """
    hook = session.get(Webhook, hook_id)
    if hook is not None and hook.place_ids is not None:
        of_one = select(WebhookDelivery.message_id).where(WebhookDelivery.id == delivery_id)
        elsewhere = (WebhookMessage.case_id.is_not(None), ~_is_at(hook.place_ids))
        if session.scalar(select(WebhookMessage.id).where(WebhookMessage.id.in_(of_one), *elsewhere)) is not None:
            raise BadValue(say("It happened at a place of which this webhook no longer hears."))
    is_taken = WebhookDelivery.claim.is_not(None) & (WebhookDelivery.due_at > by.now)
    done = session.execute(
        update(WebhookDelivery)
        .where(WebhookDelivery.id == delivery_id, WebhookDelivery.webhook_id == hook_id, ~is_taken)
        .values(state=DeliveryState.PENDING, due_at=by.now, tries=0, claim=None)
        .returning(WebhookDelivery.message_id),
        execution_options={"synchronize_session": False},
    )
    if (message_id := done.scalar()) is None:
        return False
    name = session.get_one(WebhookMessage, message_id).name
    audit.append(session, "webhook_resent", {"webhook_id": hook_id, "message": name}, by=by, now=by.now)
    return True


def _is_at(place_ids: Collection[int]) -> ColumnElement[bool]:
    """Whether a message is about a case of one of these places."""
    return (
        exists()
        .where(Case.id == WebhookMessage.case_id, Review.id == Case.review_id, Source.id == Review.source_id)
        .where(Source.location_id.in_(place_ids))
    )


def delivery_of(session: Session, message_id: int, hook_id: int) -> int:
    """The id of the delivery of a message to a webhook, which there is."""
    wanted = (WebhookDelivery.message_id == message_id, WebhookDelivery.webhook_id == hook_id)
    return session.scalars(select(WebhookDelivery.id).where(*wanted)).one()


def forget_settled(session: Session, *, now: datetime) -> None:
    """Drop what happened long ago; what is still on its way then never gets there."""
    session.execute(
        delete(WebhookMessage).where(WebhookMessage.happened_at < now - KEPT),
        execution_options={"synchronize_session": False},
    )


def went_off(session: Session) -> list[Webhook]:
    """Those that went off by themselves and of which no owner has heard."""
    went = select(Webhook).where(~Webhook.is_on, Webhook.off_told_at.is_(None), Webhook.off_for != OffFor.HAND)
    return list(session.scalars(went.order_by(Webhook.id)))


def owners_heard(session: Session, hook_id: int, *, now: datetime) -> None:
    """Owners were told that it went off."""
    session.execute(
        update(Webhook).where(Webhook.id == hook_id).values(off_told_at=now),
        execution_options={"synchronize_session": False},
    )


def _switch_off(session: Session, hook: Webhook, why: OffFor, *, now: datetime) -> None:
    hook.is_on, hook.off_for, hook.off_at, hook.off_told_at = False, why, now, None
    facts = {"webhook_id": hook.id, "why": why.value}
    audit.append(session, "webhook_off", facts, by=None, now=now)
