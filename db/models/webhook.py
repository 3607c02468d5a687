"""Addresses of other programs that hear of what happens here, what they are to hear, and how that went."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, String, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from ..base import Base
from ..types import StoredWords, stored_by_value


class OffFor(StrEnum):
    """Why a webhook is switched off."""

    HAND = "hand"  # an owner did it
    FAILED = "failed"  # nothing got through for days
    GONE = "gone"  # the receiver said 410: it wants no more


class DeliveryState(StrEnum):
    """What became of a message to one webhook."""

    PENDING = "pending"  # to be sent, or sent again
    DELIVERED = "delivered"
    FAILED = "failed"  # given up; somebody may have it sent again


class Webhook(Base):
    """One address. Its secrets are sealed by `db.vault`; the earlier one signs beside the new one for a while."""

    __tablename__ = "webhook"

    id: Mapped[int] = mapped_column(primary_key=True)
    url: Mapped[str] = mapped_column(String(2000))
    events: Mapped[list[str]]  # of db.webhook_events.Told
    place_ids: Mapped[list[int] | None] = mapped_column(JSON(none_as_null=True))  # None: all, new ones as well
    is_named: Mapped[bool] = mapped_column(default=False)  # messages carry name and contact of the customer, unmasked
    sealed_secret: Mapped[str] = mapped_column(Text)
    sealed_earlier: Mapped[str] = mapped_column(Text, default="")
    earlier_until_at: Mapped[datetime | None]
    is_on: Mapped[bool] = mapped_column(default=True)
    off_for: Mapped[OffFor | None] = mapped_column(stored_by_value(OffFor))
    off_at: Mapped[datetime | None]
    off_told_at: Mapped[datetime | None]  # owners were told that it went off by itself
    failing_since_at: Mapped[datetime | None]  # the first failure after what got through last
    delivered_at: Mapped[datetime | None]  # when something got through last
    made_at: Mapped[datetime]
    made_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id", ondelete="SET NULL"), index=True)
    made_by_name: Mapped[str] = mapped_column(String(200))


class WebhookMessage(Base):
    """One thing that happened, written in the transaction in which it did. Ids and states; no words, no names."""

    __tablename__ = "webhook_message"
    __table_args__ = (Index(None, "happened_at"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(40), unique=True)  # "msg_…": the same however often it is sent
    kind: Mapped[str] = mapped_column(String(40))
    happened_at: Mapped[datetime]
    case_id: Mapped[int | None] = mapped_column(ForeignKey("case.id", ondelete="CASCADE"), index=True)
    facts: Mapped[dict[str, Any]]


class WebhookDelivery(Base):
    """A message on its way to one webhook: the outbox."""

    __tablename__ = "webhook_delivery"
    __table_args__ = (
        UniqueConstraint("message_id", "webhook_id"),
        Index(None, "webhook_id", "id"),
        Index(
            "ix_webhook_delivery_due_at",
            "due_at",
            sqlite_where=text("state = 'pending'"),
            postgresql_where=text("state = 'pending'"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    message_id: Mapped[int] = mapped_column(ForeignKey("webhook_message.id", ondelete="CASCADE"))
    webhook_id: Mapped[int] = mapped_column(ForeignKey("webhook.id", ondelete="CASCADE"))
    state: Mapped[DeliveryState] = mapped_column(stored_by_value(DeliveryState), default=DeliveryState.PENDING)
    tries: Mapped[int] = mapped_column(default=0)  # since it was put down or sent again by hand
    due_at: Mapped[datetime]  # while a worker sends it: when another may try
    claim: Mapped[str | None] = mapped_column(String(36))  # of the worker that sends it


class WebhookAttempt(Base):
    """One try, written before anything is sent; one whose worker was killed keeps no answer."""

    __tablename__ = "webhook_attempt"
    __table_args__ = (Index(None, "delivery_id", "id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    delivery_id: Mapped[int] = mapped_column(ForeignKey("webhook_delivery.id", ondelete="CASCADE"))
    begun_at: Mapped[datetime]
    took_ms: Mapped[int | None]
    status: Mapped[int | None]  # of the answer; None: there was none
    trouble: Mapped[str] = mapped_column(StoredWords(400), default="")  # why there was none
    answer: Mapped[str] = mapped_column(String(200), default="")  # how the answer begins
