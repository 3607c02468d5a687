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
    """The list that proves a figure of the digest's week, or of another."""
    return _path(digest, filters_of(name, week or digest.week))


def in_time_path(digest: Digest, week: str) -> str:
    """The reviews of a week that were answered within their target."""
    return _path(digest, replace(filters_of("answered", week), is_in_time=True))


def missed_path(digest: Digest, week: str) -> str:
    """Those that were answered after it, or had run out of time when they were counted."""
    return _path(digest, replace(filters_of("answerable", week), missed_at=digest.made_at))


def overdue_path(digest: Digest) -> str:
    """What had run out of time when it was counted."""
    return _path(digest, Filters(overdue_at=digest.made_at))


def place_path(name: str, week: str, slug: str) -> str:
    """The same at one place of several."""
    return queue_path(filters_of(name, week, place=slug))


def cause_path(digest: Digest, cause_id: int | None) -> str:
    """The week's cases of a cause; with None those that call for somebody and have none."""
    return _path(
        digest, replace(filters_of("written", digest.week), cause=(NO_CAUSE if cause_id is None else str(cause_id),))
    )


def praise_path(digest: Digest, topic: str = "") -> str:
    """Calm reviews of four and five stars; with a topic those about it."""
    first, last = days_of_week(digest.week)
    topics = (topic,) if topic else ()
    return _path(digest, Filters(anger=("calm",), stars=(4, 5), state=STANDING, topic=topics, since=first, until=last))


def review_path(review_id: int) -> str:
    """The page of a review."""
    return f"/reviews/{review_id}"


def digest_path(digest: Digest) -> str:
    """The page of the same digest."""
    place = "" if digest.is_all or digest.place is None else f"?{urlencode({'place': digest.place.slug})}"
    return f"/digest/{digest.week}{place}"


def view_path(digest: Digest, view: QueueView) -> str:
    """A view of the queue at the places of the digest."""
    return _path(digest, Filters(), view)


def _path(digest: Digest, filters: Filters, view: QueueView = QueueView.ALL) -> str:
    """At the places of the digest.

    A digest of all places needs none in its address; one of some places, which no command makes without naming them,
    names each.
    """
    slugs = () if digest.is_all else tuple(place.slug for place in digest.places)
    return queue_path(replace(filters, place=slugs), view)
