"""The places whose sources whoever asks may look after: what forms offer."""

from __future__ import annotations

from sqlalchemy.orm import Session

from db.models import Location
from db.roles import Act
from db.sources import list_locations

from .accounts import access


def own_places(session: Session) -> list[Location]:
    """By name."""
    return [place for place in list_locations(session) if access().may(Act.SOURCES, place.id)]
