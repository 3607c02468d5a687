"""Asking the customer again: was it made right? And what came of it."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import ForeignKey, Index, String, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from ..base import Base
from ..types import stored_by_value


class FollowUpOutcome(StrEnum):
    """What came of asking."""

    CONTENT = "content"
    NOT_CONTENT = "not_content"
    NO_ANSWER = "no_answer"
    NOT_PURSUED = "not_pursued"  # nobody asks any more
    TAKEN_BACK = "taken_back"  # by Amends: what it was about was cancelled, or the customer wants to be forgotten


def _only(which: str) -> dict[str, Any]:
    return {"sqlite_where": text(which), "postgresql_where": text(which)}


class FollowUp(Base):
    """A day on which somebody asks. Only `db.follow_ups` changes it.

    There is no column for what becomes of a review, and none may come: nobody asks for one.
    """

    __tablename__ = "follow_up"
    __table_args__ = (
        UniqueConstraint("offer_id", "due_on"),  # of one remedy one asks once on a day
        Index("ix_follow_up_open", "due_on", "id", **_only("outcome IS NULL")),
        Index("ix_follow_up_remind_at", "remind_at", **_only("remind_at IS NOT NULL")),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("case.id", ondelete="CASCADE"), index=True)
    # The remedy that it asks about; None: it was set by hand, or the remedy is gone.
    offer_id: Mapped[int | None] = mapped_column(ForeignKey("offer.id", ondelete="SET NULL"))
    due_on: Mapped[date]  # a day of the place, on which it works
    due_at: Mapped[datetime]  # the morning of it there: from then on the queue shows the case
    remind_at: Mapped[datetime | None]  # when whoever is in charge hears of it; None: that was done, or is not needed
    outcome: Mapped[FollowUpOutcome | None] = mapped_column(stored_by_value(FollowUpOutcome))  # None: nobody asked yet
    note: Mapped[str] = mapped_column(Text, default="")  # what the customer said
    version: Mapped[int] = mapped_column(default=0)  # raised by every change
    made_at: Mapped[datetime]
    made_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id", ondelete="SET NULL"), index=True)
    made_by_name: Mapped[str] = mapped_column(String(200), default="")  # as it was then
    closed_at: Mapped[datetime | None]
    closed_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id", ondelete="SET NULL"), index=True)
    closed_by_name: Mapped[str] = mapped_column(String(200), default="")
