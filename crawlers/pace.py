"""How often a platform may be asked, in the words of the database."""

from __future__ import annotations

from db.schedule import ANY_PACE, Pace

from .platforms import PLATFORMS


def pace_of(platform: str) -> Pace:
    """The limits of this platform; the general ones where it is not known."""
    known = PLATFORMS.get(platform)
    return Pace(least_every_s=known.least_every_s, most_every_s=known.most_every_s) if known else ANY_PACE
