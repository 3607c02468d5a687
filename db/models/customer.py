"""That two of whom we know are one person, as somebody who works here says."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from ..base import Base


class CustomerMerge(Base):
    """The writers of these two reviews are the same customer. Taken apart again by taking the row away."""

    __tablename__ = "customer_merge"
    __table_args__ = (UniqueConstraint("review_id", "other_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    review_id: Mapped[int] = mapped_column(ForeignKey("review.id", ondelete="CASCADE"))  # the lower of both ids
    other_id: Mapped[int] = mapped_column(ForeignKey("review.id", ondelete="CASCADE"), index=True)
    merged_at: Mapped[datetime]
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id", ondelete="SET NULL"), index=True)
    person_name: Mapped[str] = mapped_column(String(200))  # as it was then
