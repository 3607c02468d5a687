"""The answers that the stand-in was given: what it shows of them, how it moderates them, and the record of arrivals.

Every answer that was taken is one arrival, also one that replaces another: so a test can count how often one came. An
answer under moderation is decided after so many looks of anybody at that platform's API.
"""

from __future__ import annotations

import threading
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from enum import StrEnum

from .archive import PublicReply, PublicReview
from .records import Site


class Verdict(StrEnum):
    APPROVED = "approved"
    REJECTED = "rejected"


@dataclass(frozen=True, slots=True, kw_only=True)
class Moderation:
    """How answers of a platform fare. Without a scenario: approved at the second look."""

    polls: int = 1  # looks that show it as waiting
    verdict: Verdict = Verdict.APPROVED
    reason: str = "GUIDELINES"


@dataclass(frozen=True, slots=True, kw_only=True)
class Arrival:
    """One answer that was taken."""

    site: str  # the slug
    review_id: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Shape:
    """How an API tells the state of an answer: names of `extra`, and the platform's words.

    Without a `field` an answer is not shown before it is approved, and never when it is not.
    """

    field: str = ""
    pending: str = ""
    approved: str = ""
    rejected: str = ""
    reason: str = ""  # the name under which a rejection gives its reason


@dataclass(slots=True)
class _Posted:
    texts: list[str]  # more than one where each call adds an answer
    at: datetime
    author: str
    polls: int
    moderation: Moderation | None  # None: shown at once

    @property
    def state(self) -> str:
        if self.moderation is None:
            return Verdict.APPROVED
        return "pending" if self.polls > 0 else self.moderation.verdict


@dataclass(slots=True)
class Replies:
    """Safe to use from many threads."""

    _lock: threading.Lock = field(default_factory=threading.Lock)
    _posted: dict[tuple[str, str], _Posted] = field(default_factory=dict)
    _arrivals: list[Arrival] = field(default_factory=list)
    _moderations: dict[str, Moderation] = field(default_factory=dict)

    def take(
        self, site: Site, review_id: str, text: str, *, is_moderated: bool = False, adds: bool = False
    ) -> tuple[int, datetime]:
        """Take an answer; how many the review has now, and when it came. `adds`: it stands beside the ones before."""
        key, at = (site.slug, review_id), datetime.now(UTC).replace(microsecond=0)
        with self._lock:
            moderation = self._moderations.get(site.slug, Moderation()) if is_moderated else None
            before = self._posted[key].texts if adds and key in self._posted else []
            polls = moderation.polls if moderation else 0
            self._posted[key] = _Posted([*before, text], at, site.place.name, polls, moderation)
            self._arrivals.append(Arrival(site=site.slug, review_id=review_id, text=text))
            return len(self._posted[key].texts), at

    def has(self, site: Site, review_id: str) -> bool:
        with self._lock:
            return (site.slug, review_id) in self._posted

    def moderate(self, slug: str, moderation: Moderation) -> None:
        """How this site's answers fare that come from now on."""
        with self._lock:
            self._moderations[slug] = moderation

    def arrivals(self) -> tuple[Arrival, ...]:
        """Every answer that was taken, in their order."""
        with self._lock:
            return tuple(self._arrivals)

    def forget(self) -> None:
        """Answers and moderations; the record of arrivals stays, as that of requests does."""
        with self._lock:
            self._posted.clear()
            self._moderations.clear()

    def polled(self, slug: str) -> None:
        """Somebody has looked at this site: one look nearer to a verdict."""
        with self._lock:
            for (site, _), posted in self._posted.items():
                if site == slug and posted.polls > 0:
                    posted.polls -= 1

    def laid_over(
        self, slug: str, reviews: Iterable[PublicReview], shape: Shape | None = None
    ) -> tuple[PublicReview, ...]:
        """The reviews with the answers that came."""
        with self._lock:
            posted = {review_id: one for (site, review_id), one in self._posted.items() if site == slug}
            return tuple(
                _answered(review, posted[review.id], shape or Shape()) if review.id in posted else review
                for review in reviews
            )


def _answered(review: PublicReview, posted: _Posted, shape: Shape) -> PublicReview:
    state = posted.state
    if state != Verdict.APPROVED and not shape.field:
        return review
    extra = dict(review.extra)
    if shape.field:
        words = {"pending": shape.pending, Verdict.APPROVED: shape.approved, Verdict.REJECTED: shape.rejected}
        extra[shape.field] = words[state]
        extra.pop(shape.reason, None)
        if state == Verdict.REJECTED and posted.moderation:
            extra[shape.reason] = posted.moderation.reason
    if len(posted.texts) > 1:
        extra["answers_before"] = tuple(posted.texts[:-1])
    at = posted.at.astimezone(review.published_at.tzinfo)
    return replace(review, reply=PublicReply(author=posted.author, text=posted.texts[-1], published_at=at), extra=extra)
