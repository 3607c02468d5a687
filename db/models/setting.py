"""What the program remembers for itself, and what the owner has set on a page."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from ..base import Base


class Setting(Base):
    """One named value; `db.kept` reads and writes them."""

    __tablename__ = "setting"

    name: Mapped[str] = mapped_column(String(40), primary_key=True)
    value: Mapped[dict[str, Any]]
    changed_at: Mapped[datetime]
