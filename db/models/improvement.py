"""What a place does about a cause that comes back, and every step of it."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from ..base import Base
from ..types import stored_by_value


class ImprovementState(StrEnum):
    OPEN = "open"
    DONE = "done"
    DROPPED = "dropped"  # it was not done, and will not be


class ImprovementChange(StrEnum):
    """What a step of its history tells."""

    OPENED = "opened"
    CHANGED = "changed"  # its words, owner or day
    NOTED = "noted"  # what is done
    DONE = "done"
    DROPPED = "dropped"
    REOPENED = "reopened"
    UNDONE = "undone"


class Improvement(Base):
    """An improvement action: one thing that is changed at one place because of one cause."""

    __tablename__ = "improvement"
    __table_args__ = (Index(None, "location_id", "state", "due_on"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    location_id: Mapped[int] = mapped_column(ForeignKey("location.id", ondelete="CASCADE"))
    cause_id: Mapped[int] = mapped_column(ForeignKey("cause.id", ondelete="CASCADE"), index=True)
    title: Mapped[str] = mapped_column(String(200))
    work: Mapped[str] = mapped_column(Text, default="")  # what is done, in the words of those who do it
    state: Mapped[ImprovementState] = mapped_column(stored_by_value(ImprovementState), default=ImprovementState.OPEN)
    owner_id: Mapped[int | None] = mapped_column(ForeignKey("person.id", ondelete="SET NULL"), index=True)
    owner_name: Mapped[str] = mapped_column(String(200))  # as it was then
    due_on: Mapped[date]  # a day of the place
    done_on: Mapped[date | None]  # since when it works, by the calendar of the place: before and after part here
    opened_at: Mapped[datetime]
    opened_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id", ondelete="SET NULL"), index=True)
    opened_by_name: Mapped[str] = mapped_column(String(200))
    version: Mapped[int] = mapped_column(default=0)  # raised by every change


class ImprovementStep(Base):
    """One change of it. Only grows."""

    __tablename__ = "improvement_step"
    __table_args__ = (Index(None, "improvement_id", "id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    improvement_id: Mapped[int] = mapped_column(ForeignKey("improvement.id", ondelete="CASCADE"))
    kind: Mapped[ImprovementChange] = mapped_column(stored_by_value(ImprovementChange))
    happened_at: Mapped[datetime]
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id", ondelete="SET NULL"), index=True)
    person_name: Mapped[str] = mapped_column(String(200))  # as it was then
    before: Mapped[dict[str, Any]]  # the columns that it changed, as they were: the way back
    after: Mapped[dict[str, Any]]  # the same, as they are since
