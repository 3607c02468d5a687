"""A note that somebody is still writing."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from ..base import Base


class NoteDraft(Base):
    """The words of one person for one case, before they are a note. Nobody else ever sees them.

    It stays for a while without words after the note was sent: what a page saves late must not bring them back.
    """

    __tablename__ = "note_draft"

    case_id: Mapped[int] = mapped_column(ForeignKey("case.id", ondelete="CASCADE"), primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), primary_key=True, index=True)
    body: Mapped[str] = mapped_column(Text)
    version: Mapped[int]  # raised by every save
    page: Mapped[str] = mapped_column(String(32))  # that saved it last, by a word of its own; empty: none may go on
    saved_at: Mapped[datetime] = mapped_column(index=True)
