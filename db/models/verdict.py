"""What people say of the anger of a review, beside what the model says."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from ..base import Base


class Verdict(Base):
    """One person's word on one wording, and what the model had said of it by then. See `db.verdicts`.

    It outlives the person, whose name it then no longer has, and the wording: figures count it all the same.
    """

    __tablename__ = "verdict"
    __table_args__ = (UniqueConstraint("review_id", "content_hash", "person_id"), Index(None, "said_at"))

    id: Mapped[int] = mapped_column(primary_key=True)
    review_id: Mapped[int] = mapped_column(ForeignKey("review.id", ondelete="CASCADE"))
    content_hash: Mapped[str] = mapped_column(String(64))  # of the wording; empty once that is erased
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id", ondelete="SET NULL"), index=True)
    is_angry: Mapped[bool]
    said_at: Mapped[datetime]
    model_version: Mapped[str] = mapped_column(String(64), default="")  # empty: no model had said how angry it is
    anger: Mapped[float | None]  # 0..1, the model's
    # Whether its tone had brought it into the queue; None: no model had judged it, a risk alone may have done so, or
    # somebody took it by hand.
    was_flagged: Mapped[bool | None]
