"""When the angry guests of the demo's restaurant had been there, as its book of bookings tells."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from typing import Final

from sqlalchemy.orm import Session

from db.queries.cursors import Sort
from db.queries.filtering import Filters
from db.queries.queue import PAGE_MOST, QueueView, queue_page
from db.visits import note_visits

from .filters import zone

FRIDAY, SATURDAY = 4, 5
_EVENINGS: Final = (  # weekday, hour and minute: full evenings go wrong most often
    (FRIDAY, time(20, 30)), (SATURDAY, time(20, 0)), (FRIDAY, time(21, 0)), (6, time(13, 0)), (FRIDAY, time(20, 0)),
    (SATURDAY, time(22, 15)), (2, time(19, 30)), (FRIDAY, time(20, 45)), (SATURDAY, time(12, 30)), (3, time(20, 15)),
    (FRIDAY, time(18, 30)), (SATURDAY, time(20, 45)),
)  # fmt: skip
_UNBOOKED: Final = 5  # every so many came without a booking


def lay_out_visits(session: Session, place_slug: str) -> None:
    """Note visits in the week before each complaint about a place was written, but for some that nobody knows."""
    filters = Filters(place=(place_slug,), is_complaint=True)
    rows = queue_page(session, QueueView.ALL, filters=filters, sort=Sort.NEWEST, limit=PAGE_MOST).rows
    visits: dict[int, datetime] = {}
    for number, row in enumerate(row for row in rows if row.visited_at is None):
        if number % _UNBOOKED == _UNBOOKED - 1:
            continue
        weekday, at = _EVENINGS[number % len(_EVENINGS)]
        written = row.published_at.astimezone(zone(row.timezone)).date()
        day = written - timedelta(days=(written.weekday() - weekday - 1) % 7 + 1)
        visits[row.review_id] = datetime.combine(day, at, tzinfo=zone(row.timezone))
    note_visits(session, visits)
