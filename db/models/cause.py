"""Why guests have reason to complain, in the words of the business."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from ..base import Base


class Cause(Base):
    """One root cause to choose from. Never deleted: what was counted under it stays counted."""

    __tablename__ = "cause"

    id: Mapped[int] = mapped_column(primary_key=True)
    # Of a starter list (webui.cause_lists), which has words for it in every language; empty: added by the owner.
    key: Mapped[str] = mapped_column(String(40), default="", index=True)
    name: Mapped[str] = mapped_column(String(80), default="")  # the owner's words; empty: those of the starter list
    rank: Mapped[int]  # the order in which they are offered; lowest first
    added_at: Mapped[datetime]
    retired_at: Mapped[datetime | None]  # not offered any more
    merged_into_id: Mapped[int | None] = mapped_column(ForeignKey("cause.id", ondelete="SET NULL"))
