"""What the model said of the present wording of a review."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from ..base import Base
from .review import Review


class Score(Base):
    """One row a review, replaced when the wording or the model changes. Offsets count code points.

    They count in the scored text: the title, a blank line and the body, or whichever of the two there is.
    """

    __tablename__ = "score"

    review_id: Mapped[int] = mapped_column(ForeignKey("review.id", ondelete="CASCADE"), primary_key=True)
    model_version: Mapped[str] = mapped_column(String(64))
    content_hash: Mapped[str] = mapped_column(String(64))  # of the wording that was scored
    scored_at: Mapped[datetime] = mapped_column(index=True)  # for db.queries.arrivals
    anger: Mapped[float]  # 0..1
    anger_level: Mapped[str] = mapped_column(String(16), index=True)
    # It calls for an alert: its anger reached the threshold for that of its model, as calibrated then (precision .90),
    # or it is furious. Of a model without such a threshold none does; what somebody heard does where it was fury.
    reaches_alert: Mapped[bool] = mapped_column(default=False)
    sentiment: Mapped[float]  # 1..5
    language: Mapped[str] = mapped_column(String(16), index=True)
    topics: Mapped[list[dict[str, Any]]]  # [{topic, probability}]
    risks: Mapped[list[dict[str, Any]]]  # [{risk, probability, origin, evidence}]
    sentences: Mapped[list[dict[str, Any]]]  # [{start, end, anger}]
    reasons: Mapped[list[str]]

    review: Mapped[Review] = relationship()


class LabelKind(StrEnum):
    TOPIC = "topic"
    RISK = "risk"


class ScoreLabel(Base):
    """One topic or risk of a score, to be found by; the score holds the same with all that is known of it."""

    __tablename__ = "score_label"
    __table_args__ = (Index(None, "kind", "name", "review_id"),)

    review_id: Mapped[int] = mapped_column(ForeignKey("score.review_id", ondelete="CASCADE"), primary_key=True)
    kind: Mapped[str] = mapped_column(String(8), primary_key=True)  # LabelKind
    name: Mapped[str] = mapped_column(String(40), primary_key=True)
