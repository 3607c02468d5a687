"""The one public answer to a review: its text with every earlier one, how far it is, and the replies kept for reuse."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, String, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from ..base import Base
from ..types import StoredWords, stored_by_value
from .reply_state import ReplyState


class VersionKind(StrEnum):
    """Why a wording was kept."""

    SAVED = "saved"  # typed
    COMPOSED = "composed"  # a first draft that Amends made
    REDRAFTED = "redrafted"  # by the model of the owner's choice
    RESTORED = "restored"  # an earlier one put back
    ASIDE = "aside"  # typed while somebody else was faster: kept, never the present one
    APPROVED = "approved"  # by whoever approved it, with changes


def _only(which: str) -> dict[str, Any]:
    return {"sqlite_where": text(which), "postgresql_where": text(which)}


class Reply(Base):
    """One per case; `db.replies` and `db.reply_flow` change it, nobody else does."""

    __tablename__ = "reply"
    __table_args__ = (
        Index("ix_reply_held", "post_at", **_only("state = 'held'")),
        Index("ix_reply_underway", "claimed_until", **_only("state IN ('posting', 'unsure')")),
        Index("ix_reply_posted", "posted_at", **_only("state = 'posted'")),
        Index("ix_reply_submitted", "submitted_at", **_only("state = 'submitted'")),
        Index("ix_reply_remind_at", "remind_at", **_only("remind_at IS NOT NULL")),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("case.id", ondelete="CASCADE"), unique=True)
    state: Mapped[ReplyState] = mapped_column(stored_by_value(ReplyState), default=ReplyState.DRAFT)
    body: Mapped[str] = mapped_column(Text, default="")
    version: Mapped[int] = mapped_column(default=0)  # of body and state together: raised by whatever changes either
    number: Mapped[int] = mapped_column(default=0)  # of the wording that `body` is, see ReplyVersion
    author_ids: Mapped[list[int]] = mapped_column(JSON, default=list)  # whose words it is: they cannot approve it
    saved_reply_id: Mapped[int | None] = mapped_column(ForeignKey("saved_reply.id", ondelete="SET NULL"), index=True)
    content_hash: Mapped[str] = mapped_column(String(64), default="")  # of the review's wording that it answers
    findings: Mapped[list[dict[str, Any]]] = mapped_column(JSON, default=list)  # of the last check that counted
    lift_reason: Mapped[str] = mapped_column(Text, default="")  # why a block shall be, or was, lifted
    submitted_at: Mapped[datetime | None]
    submitted_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id", ondelete="SET NULL"), index=True)
    remind_at: Mapped[datetime | None]  # while it waits for approval and nobody was reminded of it yet
    approved_at: Mapped[datetime | None]
    approved_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id", ondelete="SET NULL"), index=True)
    sent_back_reason: Mapped[str] = mapped_column(Text, default="")
    post_at: Mapped[datetime | None]  # while it is held
    post_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id", ondelete="SET NULL"), index=True)
    claim: Mapped[str | None] = mapped_column(String(36))  # of the worker that posts it
    claimed_until: Mapped[datetime | None]
    attempts: Mapped[int] = mapped_column(default=0)
    trouble: Mapped[str] = mapped_column(StoredWords(500), default="")  # why it was rejected, failed or stopped
    by_hand: Mapped[bool] = mapped_column(default=False)  # a person copied it to the platform
    may_be_there: Mapped[bool] = mapped_column(default=False)  # sent, and nobody has said since that it did not arrive
    receipt: Mapped[str] = mapped_column(String(400), default="")  # the platform's own name of it
    posted_at: Mapped[datetime | None]
    posted_body: Mapped[str] = mapped_column(Text, default="")  # as it was sent, or as a person has seen it there
    live_at: Mapped[datetime | None]  # when a reading saw it; None of a live one: no reading will (`db.reply_told`)
    live_body: Mapped[str] = mapped_column(Text, default="")  # as the platform shows it, or as it was posted there


class ReplyVersion(Base):
    """A wording, written once. What one person types in one sitting is one wording."""

    __tablename__ = "reply_version"
    __table_args__ = (UniqueConstraint("reply_id", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    reply_id: Mapped[int] = mapped_column(ForeignKey("reply.id", ondelete="CASCADE"))
    number: Mapped[int]  # 1 is the first
    kind: Mapped[VersionKind] = mapped_column(stored_by_value(VersionKind))
    body: Mapped[str] = mapped_column(Text)
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id", ondelete="SET NULL"), index=True)
    person_name: Mapped[str] = mapped_column(String(200), default="")  # as it was then; empty: Amends itself
    begun_at: Mapped[datetime]
    saved_at: Mapped[datetime]
    facts: Mapped[dict[str, Any]] = mapped_column(default=dict)  # of a composed one: why each sentence


class SavedReply(Base):
    """A reply kept for reuse."""

    __tablename__ = "saved_reply"
    __table_args__ = (Index(None, "language", "topic"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(80))
    body: Mapped[str] = mapped_column(Text)  # with variables such as {name}: see db.saved_replies
    language: Mapped[str] = mapped_column(String(16), default="")  # BCP 47 primary tag; "": any
    topic: Mapped[str] = mapped_column(String(32), default="")  # a topic of the model; "": any
    anger_level: Mapped[str] = mapped_column(String(16), default="")  # of the reviews it suits; "": any
    location_id: Mapped[int | None] = mapped_column(ForeignKey("location.id", ondelete="CASCADE"), index=True)
    version: Mapped[int] = mapped_column(default=1)
    approved_at: Mapped[datetime | None]  # unchanged it then needs no second approval, where nobody is angry
    approved_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id", ondelete="SET NULL"), index=True)
    made_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id", ondelete="SET NULL"), index=True)
    edited_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id", ondelete="SET NULL"), index=True)
    edited_at: Mapped[datetime]
    used: Mapped[int] = mapped_column(default=0)
    used_at: Mapped[datetime | None]
    deleted_at: Mapped[datetime | None]  # kept for a while, so that it can come back


class AuditEntry(Base):
    """One line of the log that only grows. `db.audit` writes it; triggers refuse every change and every deletion.

    No foreign keys: what it tells of may go, the line stays. No text of guests and none of replies: digests of them.
    """

    __tablename__ = "audit_entry"
    __table_args__ = (Index(None, "case_id", "id"), Index(None, "person_id", "kind", "id"))

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)  # 1, 2, 3 … without a gap
    happened_at: Mapped[datetime]
    person_id: Mapped[int | None]
    person_name: Mapped[str] = mapped_column(String(200))
    kind: Mapped[str] = mapped_column(String(32))
    case_id: Mapped[int | None]
    facts: Mapped[dict[str, Any]] = mapped_column(JSON)
    digest: Mapped[str] = mapped_column(String(64))  # of the line before it and of this one
