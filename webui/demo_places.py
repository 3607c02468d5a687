"""When the places of the demo are open, and how guests reach them: a restaurant with a day of rest, a hotel, a shop
that delivers.
"""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from db.clocks import recount
from db.hours import Opening, Week, stored_opening
from db.models import Location

from .hours_text import read_day

_EVERY_DAY = ("7:00-23:00",) * 7
_WEEKS = {  # by the slug of the place, Monday first
    "trattoria": ("", *("10:00-15:00, 18:00-23:00",) * 6),
    "hotel": _EVERY_DAY,
    "casa": (*("9:00-21:00",) * 6, ""),
}
_KEEP_HOLIDAYS = frozenset({"casa"})  # of Italy and of Genova, where all of them lie
_CONTACTS = {slug: f"{slug}@lanterna.example" for slug in _WEEKS}


def open_demo_places(session: Session, places: dict[str, Location], *, now: datetime) -> None:
    """Give them their hours and a contact, unless somebody has set others."""
    for slug, place in places.items():
        place.contact = place.contact or _CONTACTS.get(slug, "")
        if slug not in _WEEKS or place.opening is not None:
            continue
        recount(session, now=now)
        week: Week = tuple(read_day(day) for day in _WEEKS[slug])
        country, subdivision = ("IT", "GE") if slug in _KEEP_HOLIDAYS else ("", "")
        place.opening = stored_opening(Opening(week=week, country=country, subdivision=subdivision))
    session.flush()
