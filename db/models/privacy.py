"""What concerns the privacy of customers: cases that must be kept for now, and wishes of customers that were met."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from ..base import Base
from ..types import stored_by_value


class LegalHold(Base):
    """Nothing of this case may be taken out for now: a court, an insurer or an authority may ask for it."""

    __tablename__ = "legal_hold"

    case_id: Mapped[int] = mapped_column(ForeignKey("case.id", ondelete="CASCADE"), primary_key=True)
    reason: Mapped[str] = mapped_column(Text)
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id", ondelete="SET NULL"), index=True)
    person_name: Mapped[str] = mapped_column(String(200))  # as it was then
    placed_at: Mapped[datetime]


class WishKind(StrEnum):
    ACCESS = "access"  # to hear what is held of them (GDPR, Art. 15)
    ERASURE = "erasure"  # to be forgotten (Art. 17)


class PrivacyWish(Base):
    """A customer's wish that was met: by whom, when, about which reviews. Nothing here tells who the customer is."""

    __tablename__ = "privacy_wish"
    __table_args__ = (Index(None, "made_at"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[WishKind] = mapped_column(stored_by_value(WishKind))
    token: Mapped[str] = mapped_column(String(32), unique=True)  # in the address of the export or the receipt
    language: Mapped[str] = mapped_column(String(16))  # of the customer
    review_ids: Mapped[list[int]] = mapped_column(JSON, default=list)  # emptied once the export has expired
    counts: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)  # of what was held, by its kind
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id", ondelete="SET NULL"), index=True)
    person_name: Mapped[str] = mapped_column(String(200))  # who met it
    made_at: Mapped[datetime]
    expires_at: Mapped[datetime | None]  # of an export: not given out after that
