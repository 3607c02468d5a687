"""The reviews as the public sees them at three moments: at first, a little later, and later still.

    t0  as written
    t1  some texts and stars edited, some owner replies added
    t2  t1, less the reviews taken down, plus a few new ones

Dates count back from the anchor, so the same anchor always gives the same pages. Replies posted to the stand-in are
laid over `reviews()` by `replies`; nothing here knows about them.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from typing import Any
from zoneinfo import ZoneInfo

from .loading import Dataset
from .records import Site, StoredReview


class Snapshot(StrEnum):
    T0 = "t0"
    T1 = "t1"
    T2 = "t2"


@dataclass(frozen=True, slots=True, kw_only=True)
class PublicReply:
    author: str
    text: str
    published_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class PublicReview:
    """One review on a site. Times are aware and in the place's own zone."""

    id: str
    number: int  # ten digits for sources that number their reviews; the same for the same id
    lang: str
    stars: float | None
    author: str
    title: str
    text: str
    published_at: datetime
    edited_at: datetime | None = None
    reply: PublicReply | None = None
    extra: Mapping[str, Any] = field(default_factory=dict, hash=False)


class Archive:
    """All reviews of one dataset, ready for each snapshot."""

    def __init__(self, dataset: Dataset, *, anchor: datetime) -> None:
        if anchor.tzinfo is None:
            raise ValueError("the anchor needs a time zone")
        self.business = dataset.business
        self.apis = {site.platform: site for site in dataset.apis}
        self.anchor = anchor.astimezone(UTC)
        self._reviews = {
            (site.slug, snapshot): self._published(dataset, site, snapshot)
            for site in (*dataset.business.sites, *dataset.apis)
            for snapshot in Snapshot
        }

    def reviews(self, slug: str, snapshot: Snapshot) -> tuple[PublicReview, ...]:
        """What the site shows, newest first."""
        return self._reviews[slug, snapshot]

    def _published(self, dataset: Dataset, site: Site, snapshot: Snapshot) -> tuple[PublicReview, ...]:
        own: Iterable[StoredReview] = (review for review in dataset.reviews if review.source == site.slug)
        if snapshot is Snapshot.T2:
            kept = [review for review in own if not review.later.gone]
            own = kept + [review for review in dataset.later if review.source == site.slug]
        public = [self._public(review, site, later=snapshot is not Snapshot.T0) for review in own]
        return tuple(sorted(public, key=lambda review: (review.published_at, review.id), reverse=True))

    def _public(self, stored: StoredReview, site: Site, *, later: bool) -> PublicReview:
        zone = ZoneInfo(site.place.timezone)
        published = self._ago(stored.days_ago).astimezone(zone)
        review = PublicReview(
            id=stored.id,
            number=_number(stored.id),
            lang=stored.lang,
            stars=stored.stars,
            author=stored.author,
            title=stored.title,
            text=stored.text,
            published_at=published,
            extra=stored.extra,
        )
        if stored.reply:
            answered = max(self._ago(stored.reply.days_ago).astimezone(zone), published)
            answer = PublicReply(author=site.place.name, text=stored.reply.text, published_at=answered)
            review = replace(review, reply=answer)
        return self._moved_on(review, stored, site) if later else review

    def _moved_on(self, review: PublicReview, stored: StoredReview, site: Site) -> PublicReview:
        # Nothing may happen before the review itself or after "today".
        changed_at = max(review.published_at, self._ago(1 / 24).astimezone(review.published_at.tzinfo))
        if edit := stored.later.edit:
            stars = review.stars if edit.stars is None else edit.stars
            review = replace(review, stars=stars, text=edit.text, edited_at=changed_at)
        if stored.later.reply is not None:
            answer = PublicReply(author=site.place.name, text=stored.later.reply, published_at=changed_at)
            review = replace(review, reply=answer)
        return review

    def _ago(self, days: float) -> datetime:
        return (self.anchor - timedelta(days=days)).replace(microsecond=0)


def _number(review_id: str) -> int:
    digest = hashlib.sha256(review_id.encode()).digest()
    return 9_000_000_000 + int.from_bytes(digest[:8], "big") % 1_000_000_000
