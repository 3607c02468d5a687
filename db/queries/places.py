"""Which place a thing belongs to: what a person may do depends on it."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from ..models import Location, Review, Source


def place_of_review(session: Session, review_id: int) -> int | None:
    """The id of the place that a review is about."""
    return session.scalar(
        select(Source.location_id).join(Review, Review.source_id == Source.id).where(Review.id == review_id)
    )


def place_of_source(session: Session, source_id: int) -> int | None:
    """The id of the place that a source is about; a removed source has none."""
    return session.scalar(select(Source.location_id).where(Source.id == source_id, Source.removed_at.is_(None)))


def place_there(session: Session, place_id: int) -> int | None:
    """The id itself, where there is such a place."""
    return session.scalar(select(Location.id).where(Location.id == place_id))
