"""What happened and how the guest feels about it, as somebody has understood one wording."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from ..base import Base


class Gist(Base):
    """Facts and feeling in the words of staff, of one wording. Goes with the text that it tells of."""

    __tablename__ = "gist"

    review_id: Mapped[int] = mapped_column(ForeignKey("review.id", ondelete="CASCADE"), primary_key=True)
    content_hash: Mapped[str] = mapped_column(String(64), primary_key=True)  # of the wording
    facts: Mapped[str] = mapped_column(Text)
    feeling: Mapped[str] = mapped_column(Text)
    version: Mapped[int]  # 1 for what was saved first
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id", ondelete="SET NULL"), index=True)
    person_name: Mapped[str] = mapped_column(String(200))  # of whoever saved it last, as it was then
    saved_at: Mapped[datetime]
