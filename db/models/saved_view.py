"""Lists of the queue that people have named to come back to."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from ..base import Base
from .person import Person


class SavedView(Base):
    """What stands in the address of a list, under a name. It holds no reviews: whoever opens it sees their own."""

    __tablename__ = "saved_view"

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), index=True)  # whose it is
    slug: Mapped[str] = mapped_column(String(24), unique=True)  # in the link for colleagues; cannot be guessed
    name: Mapped[str] = mapped_column(String(60))
    query: Mapped[str] = mapped_column(Text)  # of the address, in the order of the filters
    place_ids: Mapped[list[int]]  # of the places that its filters name; empty: any
    is_shared: Mapped[bool] = mapped_column(default=False, index=True)  # stands with everybody
    made_at: Mapped[datetime]
    deleted_at: Mapped[datetime | None]  # kept for a short while, so that it can come back

    person: Mapped[Person] = relationship()
