"""Who gets what by itself: the owner's rules for cases that nobody has."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from ..base import Base
from .location import Location
from .person import Person


class AssignmentRule(Base):
    """All of what it names must hold of a case; empty: whatever. The first in order that fits gives the case away."""

    __tablename__ = "assignment_rule"

    id: Mapped[int] = mapped_column(primary_key=True)
    rank: Mapped[int]  # its place in the order of all rules
    location_id: Mapped[int | None] = mapped_column(ForeignKey("location.id", ondelete="CASCADE"), index=True)
    topic: Mapped[str] = mapped_column(String(40), default="")
    risk: Mapped[str] = mapped_column(String(40), default="")  # a name, or ANY_RISK of db.assignment_rules
    least: Mapped[str] = mapped_column(String(16), default="")  # anger level, this or worse
    made_at: Mapped[datetime]
    deleted_at: Mapped[datetime | None]  # kept for a short while, so that it can come back

    location: Mapped[Location | None] = relationship()
    takers: Mapped[list[RuleTaker]] = relationship(
        cascade="all, delete-orphan", passive_deletes=True, order_by="RuleTaker.person_id"
    )


class RuleTaker(Base):
    """One of those to whom a rule gives cases. Where there are several, they take turns."""

    __tablename__ = "rule_taker"

    rule_id: Mapped[int] = mapped_column(ForeignKey("assignment_rule.id", ondelete="CASCADE"), primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), primary_key=True, index=True)
    last_turn: Mapped[int] = mapped_column(default=0)  # whose is the lowest is next

    person: Mapped[Person] = relationship()
