"""Alerts: what somebody is to hear of at once, on which way it reaches them, and what became of it on each way."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, String, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from ..base import Base
from ..types import StoredWords, stored_by_value


class AlertReason(StrEnum):
    """Why somebody is told."""

    RISK = "risk"  # a review carries a risk that must not be missed
    FURIOUS = "furious"  # a review is furious, or almost certainly angry: its facts say which
    TARGET = "target"  # the time for an answer is nearly over
    FOLLOW_UP = "follow_up"  # a customer is to be asked today
    SOURCE = "source"  # a source shows less than it should, or nothing
    SPIKE = "spike"  # more angry reviews than a place's own history explains


class AlertChannel(StrEnum):
    MAIL = "mail"  # to the address of the person
    SERVICE = "service"  # a chat, a push or an SMS service, by an address that Apprise knows


class AlertState(StrEnum):
    """What became of an alert on one way."""

    WAITING = "waiting"  # to be sent, or sent again
    SENT = "sent"
    GIVEN_UP = "given_up"  # it was refused, or tried too often
    DROPPED = "dropped"  # nobody needs it any more


class AlertRoute(Base):
    """One way on which one person hears of some reasons. Its address is sealed by `db.vault`."""

    __tablename__ = "alert_route"

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), index=True)
    name: Mapped[str] = mapped_column(String(80))  # as the person calls it; empty: by its service
    channel: Mapped[AlertChannel] = mapped_column(stored_by_value(AlertChannel))
    sealed_address: Mapped[str] = mapped_column(Text, default="")  # empty: the mail address of the person
    service: Mapped[str] = mapped_column(String(80), default="")  # "Slack": what Apprise calls it; empty: mail
    reasons: Mapped[list[str]]  # of AlertReason
    place_ids: Mapped[list[int] | None] = mapped_column(JSON(none_as_null=True))  # None: all that the person may see
    quiet_from_min: Mapped[int | None]  # minutes after midnight, by the clocks of the place of an alert
    quiet_to_min: Mapped[int | None]
    passes_quiet: Mapped[bool] = mapped_column(default=True)  # risks come at night as well
    bundle_min: Mapped[int] = mapped_column(default=15)  # what comes together is one message; at once where urgent
    has_words: Mapped[bool] = mapped_column(default=True)  # with the angriest sentence, masked
    is_on: Mapped[bool] = mapped_column(default=True)
    failing_since_at: Mapped[datetime | None]  # the first failure after what got through last
    broken_at: Mapped[
        datetime | None
    ]  # since when its person has been told that it takes nothing, see `db.broken_ways`
    sent_at: Mapped[datetime | None]  # when something got through last
    removed_at: Mapped[datetime | None]  # taken away; for a while it can be brought back
    before: Mapped[dict[str, Any]] = mapped_column(default=dict)  # what the last change replaced: the way back from it
    made_at: Mapped[datetime]


class Alert(Base):
    """One thing to be told, found once: its key says what it is about and of which version or day."""

    __tablename__ = "alert"
    __table_args__ = (
        Index(None, "found_at"),
        Index(
            "ix_alert_open_source",
            "source_id",
            sqlite_where=text("reason = 'source' AND ended_at IS NULL"),
            postgresql_where=text("reason = 'source' AND ended_at IS NULL"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(String(120), unique=True)
    reason: Mapped[AlertReason] = mapped_column(stored_by_value(AlertReason))
    location_id: Mapped[int] = mapped_column(ForeignKey("location.id", ondelete="CASCADE"), index=True)
    review_id: Mapped[int | None] = mapped_column(ForeignKey("review.id", ondelete="CASCADE"), index=True)
    source_id: Mapped[int | None] = mapped_column(ForeignKey("source.id", ondelete="CASCADE"), index=True)
    follow_up_id: Mapped[int | None] = mapped_column(ForeignKey("follow_up.id", ondelete="CASCADE"), index=True)
    facts: Mapped[dict[str, Any]]  # figures, names of risks; no words, no names of people
    found_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]  # of a source: since when it is well again


class AlertDelivery(Base):
    """An alert on one way: the outbox, and the log of it."""

    __tablename__ = "alert_delivery"
    __table_args__ = (
        UniqueConstraint("alert_id", "route_id"),
        Index(None, "route_id", "id"),
        Index(None, "batch"),
        Index(
            "ix_alert_delivery_due_at",
            "due_at",
            sqlite_where=text("state = 'waiting'"),
            postgresql_where=text("state = 'waiting'"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    alert_id: Mapped[int] = mapped_column(ForeignKey("alert.id", ondelete="CASCADE"))
    route_id: Mapped[int] = mapped_column(ForeignKey("alert_route.id", ondelete="CASCADE"))
    state: Mapped[AlertState] = mapped_column(stored_by_value(AlertState), default=AlertState.WAITING)
    made_at: Mapped[datetime]
    not_before_at: Mapped[datetime]  # when its quiet hours end; an earlier message leaves it out
    due_at: Mapped[datetime]  # while a worker sends it: when another may try
    tries: Mapped[int] = mapped_column(default=0)
    claim: Mapped[str | None] = mapped_column(String(36))  # of the worker that sends it
    # What goes out in one message, from the first try on: the next sends the same again, by mail under the same id.
    batch: Mapped[str | None] = mapped_column(String(32))
    trouble: Mapped[str] = mapped_column(StoredWords(400), default="")  # why it was not sent
    settled_at: Mapped[datetime | None]
