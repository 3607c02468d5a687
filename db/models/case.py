"""Our private work on one review."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from ..base import Base
from ..types import stored_by_value
from .review import Review


class CaseState(StrEnum):
    OPEN = "open"  # nobody has answered in public yet
    ANSWERED = "answered"  # the source shows a reply of the owner
    GONE = "gone"  # the review is no longer at the source
    NOT_US = "not_us"  # a mention that is about somebody else, says a person


IS_REOPENED = "reopened_at IS NOT NULL"
IS_DONE = "state <> 'open'"


def _only(which: str) -> dict[str, Any]:
    return {"sqlite_where": text(which), "postgresql_where": text(which)}


class Case(Base):
    """`in_queue` is kept true exactly when the case is open and flagged or reopened; `db.cases.settle` sees to it."""

    __tablename__ = "case"
    __table_args__ = (
        Index(None, "in_queue", "priority", "id"),
        Index(None, "state", "priority", "id"),
        Index(None, "priority", "id"),
        Index(None, "priority_due_at"),
        # Parts of the queue that are small beside it, each in its order.
        Index("ix_case_changed", "in_queue", "priority", "id", **_only(IS_REOPENED)),
        Index("ix_case_done", "priority", "id", **_only(IS_DONE)),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    review_id: Mapped[int] = mapped_column(ForeignKey("review.id", ondelete="CASCADE"), unique=True)
    state: Mapped[CaseState] = mapped_column(stored_by_value(CaseState), default=CaseState.OPEN)
    is_flagged: Mapped[bool] = mapped_column(default=False)  # angry or furious, or carries a risk
    in_queue: Mapped[bool] = mapped_column(default=False)
    priority: Mapped[float] = mapped_column(default=0.0)  # 0..100
    priority_parts: Mapped[list[dict[str, Any]]] = mapped_column(default=list)  # [{name, points, most}]
    priority_due_at: Mapped[datetime | None]  # when the priority changes by age alone
    opened_at: Mapped[datetime]
    reopened_at: Mapped[datetime | None]  # the wording changed after the case was opened

    review: Mapped[Review] = relationship()
