"""What one webhook was told lately, and what came of each try: the log on its page."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from ..models import Case, DeliveryState, WebhookAttempt, WebhookDelivery, WebhookMessage

LOG_MOST: Final = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class AttemptRow:
    begun_at: datetime
    took_ms: int | None
    status: int | None
    trouble: str
    answer: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LogRow:
    """One line of the delivery log, with its tries, the last one first."""

    id: int
    name: str
    kind: str
    happened_at: datetime
    review_id: int | None
    state: DeliveryState
    due_at: datetime
    attempts: tuple[AttemptRow, ...]


def delivery_log(session: Session, hook_id: int) -> list[LogRow]:
    """What one webhook was told lately, the newest first."""
    rows = session.execute(
        select(WebhookDelivery, WebhookMessage, Case.review_id)
        .join(WebhookMessage, WebhookMessage.id == WebhookDelivery.message_id)
        .outerjoin(Case, Case.id == WebhookMessage.case_id)
        .where(WebhookDelivery.webhook_id == hook_id)
        .order_by(WebhookDelivery.id.desc())
        .limit(LOG_MOST)
    ).all()
    tries: dict[int, list[AttemptRow]] = {}
    ids = [row[0].id for row in rows]
    for one in session.scalars(
        select(WebhookAttempt).where(WebhookAttempt.delivery_id.in_(ids)).order_by(WebhookAttempt.id.desc())
    ):
        tries.setdefault(one.delivery_id, []).append(
            AttemptRow(
                begun_at=one.begun_at, took_ms=one.took_ms, status=one.status, trouble=one.trouble, answer=one.answer
            )
        )
    return [
        LogRow(
            id=delivery.id,
            name=message.name,
            kind=message.kind,
            happened_at=message.happened_at,
            review_id=review_id,
            state=delivery.state,
            due_at=delivery.due_at,
            attempts=tuple(tries.get(delivery.id, ())),
        )
        for delivery, message, review_id in rows
    ]
