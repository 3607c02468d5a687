"""Where the lines of a digest lead, as paths: a mail puts the address of the installation before them."""

from __future__ import annotations

from dataclasses import replace
from typing import Final
from urllib.parse import urlencode

from db.queries.filtering import NO_CAUSE, Filters
from db.queries.queue import QueueView
from db.queries.week_figures import STANDING, days_of_week, filters_of

from ..position import Position
from .facts import Digest

FOLLOW_UPS: Final = "/follow-ups"
OFFERS: Final = "/offers"
ACTIONS: Final = "/actions"
SOURCES: Final = "/sources"
ACCOUNT: Final = "/account#mails"


def queue_path(filters: Filters, view: QueueView = QueueView.ALL) -> str:
    """The list of the queue that holds exactly these."""
    return f"/?{urlencode(Position(view=view, filters=filters).list_values, doseq=True)}"


def figure_path(digest: Digest, name: str, week: str | None = None) -> str:
    """The list that proves a figure of the digest's week, or of another.

    A digest of all places needs none in its address; one of a place names it. One of some places, which no command
    makes without naming them, names each.
    """
    slugs = () if digest.is_all else tuple(place.slug for place in digest.places)
    filters = filters_of(name, week or digest.week, place=slugs[0] if len(slugs) == 1 else None)
    if len(slugs) > 1:
        filters = replace(filters, place=slugs)
    return queue_path(filters)


def overdue_path(digest: Digest) -> str:
    """What had run out of time when it was counted."""
    slugs = () if digest.is_all else tuple(place.slug for place in digest.places)
    return queue_path(Filters(place=slugs, overdue_at=digest.made_at))


def place_path(name: str, week: str, slug: str) -> str:
    """The same at one place of several."""
    return queue_path(filters_of(name, week, place=slug))


def cause_path(digest: Digest, cause_id: int | None) -> str:
    """The week's cases of a cause; with None those that call for somebody and have none."""
    filters = filters_of("written", digest.week)
    slugs = () if digest.is_all else tuple(place.slug for place in digest.places)
    return queue_path(replace(filters, cause=(NO_CAUSE if cause_id is None else str(cause_id),), place=slugs))


def praise_path(digest: Digest, topic: str = "") -> str:
    """Calm reviews of four and five stars; with a topic those about it."""
    first, last = days_of_week(digest.week)
    slugs = () if digest.is_all else tuple(place.slug for place in digest.places)
    return queue_path(
        Filters(
            place=slugs,
            anger=("calm",),
            stars=(4, 5),
            state=STANDING,
            topic=(topic,) if topic else (),
            since=first,
            until=last,
        )
    )


def review_path(review_id: int) -> str:
    """The page of a review."""
    return f"/reviews/{review_id}"


def digest_path(digest: Digest) -> str:
    """The page of the same digest."""
    place = "" if digest.is_all or digest.place is None else f"?{urlencode({'place': digest.place.slug})}"
    return f"/digest/{digest.week}{place}"


def view_path(digest: Digest, view: QueueView) -> str:
    """A view of the queue at the places of the digest."""
    slugs = () if digest.is_all else tuple(place.slug for place in digest.places)
    return queue_path(Filters(place=slugs), view)
