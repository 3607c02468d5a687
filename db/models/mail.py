"""Mails to those who work here that are still to go out: the row of one is its order."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from ..base import Base
from ..types import stored_by_value


class MailKind(StrEnum):
    MENTION = "mention"  # a note names them
    NOTE = "note"  # a note on a case that they watch or have
    ASSIGNED = "assigned"  # a case was given to them, by somebody else or by a rule
    ESCALATION = "escalation"  # a case runs out of time
    APPROVAL = "approval"  # an answer waits for their approval
    FOLLOW_UP = "follow_up"  # a customer is to be asked today
    PROMISE = "promise"  # what was promised is due
    EXCEPTION = "exception"  # an offer outside the policy waits for an owner
    IMPROVEMENT = "improvement"  # an improvement action was given to them
    DIGEST = "digest"  # what a week was like at their places
    BROKEN_WAY = "broken_way"  # a way of theirs takes no alerts any more


class DigestIssue(Base):
    """The digest of this week was given out to this person: whoever puts the row down sends it, and nobody again."""

    __tablename__ = "digest_issue"

    person_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), primary_key=True)
    week: Mapped[str] = mapped_column(String(8), primary_key=True)  # "2026-W46"
    issued_at: Mapped[datetime]


class StaffMail(Base):
    """This person is to hear of this case or this improvement action, one of the two; of neither where it is about a
    week or a way of alerts. Gone once it was sent; `db.outbox` puts, claims and forgets.
    """

    __tablename__ = "staff_mail"
    __table_args__ = (
        UniqueConstraint("note_id", "person_id"),  # of one note everybody hears once
        UniqueConstraint("alert_route_id"),  # and once of a way that takes nothing
        Index(None, "due_at"),
        Index(None, "person_id", "kind"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[MailKind] = mapped_column(stored_by_value(MailKind))
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"))
    case_id: Mapped[int | None] = mapped_column(ForeignKey("case.id", ondelete="CASCADE"), index=True)
    improvement_id: Mapped[int | None] = mapped_column(ForeignKey("improvement.id", ondelete="CASCADE"), index=True)
    note_id: Mapped[int | None] = mapped_column(ForeignKey("note.id", ondelete="CASCADE"))
    alert_route_id: Mapped[int | None] = mapped_column(ForeignKey("alert_route.id", ondelete="CASCADE"))
    facts: Mapped[dict[str, Any]] = mapped_column(default=dict)  # what the mail tells beside the case
    made_at: Mapped[datetime]
    due_at: Mapped[datetime]  # when it may go out; while a worker sends it: when another may try
    # What goes out in one mail, from the first attempt on: the next sends the same again, under the same id.
    batch: Mapped[str | None] = mapped_column(String(32), index=True)
