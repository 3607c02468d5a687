"""What is said between the business and the customer of a case, and what was promised."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, String, Text, text
from sqlalchemy.orm import Mapped, mapped_column

from ..base import Base
from ..types import stored_by_value
from .complaint import Channel


class Contact(Base):
    """Somebody spoke or wrote to the customer."""

    __tablename__ = "contact"
    __table_args__ = (Index(None, "case_id", "happened_at"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("case.id", ondelete="CASCADE"))
    channel: Mapped[Channel] = mapped_column(stored_by_value(Channel))
    happened_at: Mapped[datetime]
    said: Mapped[str] = mapped_column(Text)
    agreed: Mapped[str] = mapped_column(Text, default="")
    is_message: Mapped[bool] = mapped_column(default=False)  # `said` is the whole text of what was sent
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id", ondelete="SET NULL"), index=True)
    person_name: Mapped[str] = mapped_column(String(200))  # as it was then
    written_at: Mapped[datetime]
    deleted_at: Mapped[datetime | None]  # kept for a moment, so that it can come back


REMINDS = "remind_at IS NOT NULL AND done_at IS NULL"


class Promise(Base):
    """A step that the customer was promised: by whom, and by when."""

    __tablename__ = "promise"
    __table_args__ = (
        Index(
            "ix_promise_open",
            "due_on",
            sqlite_where=text("done_at IS NULL"),
            postgresql_where=text("done_at IS NULL"),
        ),
        Index("ix_promise_remind_at", "remind_at", sqlite_where=text(REMINDS), postgresql_where=text(REMINDS)),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("case.id", ondelete="CASCADE"), index=True)
    what: Mapped[str] = mapped_column(String(500))
    owner_id: Mapped[int | None] = mapped_column(ForeignKey("person.id", ondelete="SET NULL"), index=True)
    owner_name: Mapped[str] = mapped_column(String(200))
    due_on: Mapped[date]  # a day of the place
    remind_at: Mapped[datetime | None]  # when its owner hears of it; None: that was done
    made_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id", ondelete="SET NULL"), index=True)
    made_by_name: Mapped[str] = mapped_column(String(200))
    made_at: Mapped[datetime]
    done_at: Mapped[datetime | None]
    done_by_name: Mapped[str] = mapped_column(String(200), default="")


class PrivateMessage(Base):
    """A message to the customer that is still being written: one a case. What was sent is a Contact."""

    __tablename__ = "private_message"

    case_id: Mapped[int] = mapped_column(ForeignKey("case.id", ondelete="CASCADE"), primary_key=True)
    address: Mapped[str] = mapped_column(String(320), default="")
    address_key: Mapped[str] = mapped_column(
        String(320), default="", server_default="", index=True
    )  # by what the customer is known again: see db.complaints.contact_key
    subject: Mapped[str] = mapped_column(String(200), default="")
    body: Mapped[str] = mapped_column(Text, default="")
    version: Mapped[int] = mapped_column(default=0)  # raised by every save
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id", ondelete="SET NULL"), index=True)
    person_name: Mapped[str] = mapped_column(String(200), default="")  # of whoever saved it last
    saved_at: Mapped[datetime]
    # What the checks found in the body of this version, once it was found fit to be sent; None: not yet.
    findings: Mapped[list[dict[str, Any]] | None] = mapped_column(JSON(none_as_null=True))
    has_offer: Mapped[bool] = mapped_column(default=False)  # says whoever writes it, whatever its words are
    ready_version: Mapped[int] = mapped_column(default=-1)  # that was found fit to be sent; any other is not
