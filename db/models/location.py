"""Where the business meets its guests."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, String
from sqlalchemy.orm import Mapped, mapped_column

from ..base import Base


class Location(Base):
    """One reviewed place of the business."""

    __tablename__ = "location"

    id: Mapped[int] = mapped_column(primary_key=True)
    slug: Mapped[str] = mapped_column(String(80), unique=True)
    name: Mapped[str] = mapped_column(String(200))
    timezone: Mapped[str] = mapped_column(String(64), default="UTC")  # IANA name
    created_at: Mapped[datetime]
    opening: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))  # see db.hours; None: usual week
    targets: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))  # see db.clock_rules; None: as all
    chain: Mapped[list[dict[str, Any]] | None] = mapped_column(JSON(none_as_null=True))  # the same
    contact: Mapped[str] = mapped_column(String(300), default="")  # how a guest reaches somebody who can decide
    # Health, care, law, finance, school: an answer may not even say that somebody was a patient, client or pupil.
    is_protected: Mapped[bool] = mapped_column(default=False)
