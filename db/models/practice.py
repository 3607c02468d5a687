"""What somebody wrote in the practice room."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from ..base import Base


class PracticeAttempt(Base):
    """One try of one person at one case; the one without `done_at` is still being written. Nothing of it is posted.

    Its words are for whoever wrote them alone. What the checks found in them counts for that person and their owner.
    """

    __tablename__ = "practice_attempt"
    __table_args__ = (UniqueConstraint("person_id", "case_key", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"))
    case_key: Mapped[str] = mapped_column(String(40))  # of webui.practice.cases: there is no row for a case
    number: Mapped[int]  # 1 is the first try at this case
    body: Mapped[str] = mapped_column(Text)
    version: Mapped[int]  # raised by every save
    findings: Mapped[list[dict[str, Any]]] = mapped_column(JSON, default=list)  # as those of an answer are kept
    passed: Mapped[list[str]] = mapped_column(JSON, default=list)  # the checks that it passed
    begun_at: Mapped[datetime]
    saved_at: Mapped[datetime]
    done_at: Mapped[datetime | None]
