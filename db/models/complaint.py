"""A complaint that reached the business itself, with what came with it, and the review that came anyway."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, Index, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from ..base import Base
from ..types import stored_by_value


class Channel(StrEnum):
    """How somebody and the business spoke."""

    COUNTER = "counter"
    TABLE = "table"
    PHONE = "phone"
    MAIL = "mail"
    MESSAGE = "message"  # a chat or a text message
    LETTER = "letter"


class Complaint(Base):
    """What a complaint taken by hand has beside its review, which holds its words and its customer's name.

    Its source is one of the place and the channel, of the platform `BY_HAND`: so queue, filters, search, scores,
    clocks and erasure know it as they know any review.
    """

    __tablename__ = "complaint"
    __table_args__ = (Index(None, "taken_by_id", "taken_at"),)

    review_id: Mapped[int] = mapped_column(ForeignKey("review.id", ondelete="CASCADE"), primary_key=True)
    channel: Mapped[Channel] = mapped_column(stored_by_value(Channel))
    contact: Mapped[str] = mapped_column(String(320), default="")  # of the customer: a number or an address
    heard_level: Mapped[str] = mapped_column(String(16), default="")  # as it was heard; "": left to a model
    taken_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id", ondelete="SET NULL"))
    taken_by_name: Mapped[str] = mapped_column(String(200))  # as it was then
    taken_at: Mapped[datetime]


class ComplaintLink(Base):
    """The customer of a complaint has written in public as well. Linked, never merged: one case is worked on."""

    __tablename__ = "complaint_link"

    complaint_id: Mapped[int] = mapped_column(ForeignKey("review.id", ondelete="CASCADE"), primary_key=True)
    review_id: Mapped[int] = mapped_column(ForeignKey("review.id", ondelete="CASCADE"), index=True)
    linked_at: Mapped[datetime]
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id", ondelete="SET NULL"), index=True)
    person_name: Mapped[str] = mapped_column(String(200))
    # The case that was ended for the other, with its version after that; None: it was ended already.
    ended_case_id: Mapped[int | None] = mapped_column(ForeignKey("case.id", ondelete="SET NULL"), index=True)
    ended_version: Mapped[int] = mapped_column(default=0)


class AttachmentKind(StrEnum):
    PICTURE = "picture"
    MAIL = "mail"  # its words alone: text, never the mail itself


class Attachment(Base):
    """A picture or a mail that belongs to a case. In the database: every worker sees it, and so does a backup."""

    __tablename__ = "attachment"
    __table_args__ = (Index(None, "review_id", "id"), Index(None, "removed_at"))

    id: Mapped[int] = mapped_column(primary_key=True)
    review_id: Mapped[int] = mapped_column(ForeignKey("review.id", ondelete="CASCADE"))
    kind: Mapped[AttachmentKind] = mapped_column(stored_by_value(AttachmentKind))
    media_type: Mapped[str] = mapped_column(String(40))  # by its content, never by its name
    name: Mapped[str] = mapped_column(String(120))  # shown, never used as a path
    size: Mapped[int]  # bytes
    data: Mapped[bytes] = mapped_column(LargeBinary, deferred=True)  # lists do without
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id", ondelete="SET NULL"), index=True)
    person_name: Mapped[str] = mapped_column(String(200))
    added_at: Mapped[datetime]
    removed_at: Mapped[datetime | None]  # kept for a moment, so that it can come back
