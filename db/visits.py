"""Noting when customers were there where no source tells it: what the bookings of a place know. Never commits."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import update
from sqlalchemy.orm import Session

from .models import Review


def note_visits(session: Session, visits: Mapping[int, datetime]) -> None:
    """Note instants, exact to the minute, by the ids of reviews. What a source tells later is never less exact."""
    rows = [
        {"id": review_id, "visited_at": at.replace(second=0, microsecond=0), "visited_precision": "instant"}
        for review_id, at in visits.items()
    ]
    if rows:
        session.execute(update(Review), rows)
