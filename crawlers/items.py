"""What a parser yields: one public review, as the platform shows it.

Standard library only, so parsers, spiders, pipelines and the application share it freely.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class IdKind(StrEnum):
    """How `external_id` was come by, best first."""

    PLATFORM = "platform"
    URL = "url"
    DIGEST = "digest"  # of author, date, text: an edit then looks like a removal and a new review


class RatingKind(StrEnum):
    STARS = "stars"
    SCORE = "score"  # any other scale, such as 0 to 10
    RECOMMEND = "recommend"  # yes or no
    NONE = "none"


class DatePrecision(StrEnum):
    INSTANT = "instant"
    DAY = "day"
    MONTH = "month"
    RELATIVE = "relative"
    NONE = "none"


class ReplyState(StrEnum):
    """Where an owner's reply stands; what is not published yet answers nobody."""

    PUBLISHED = "published"
    PENDING = "pending"  # the platform looks at it first
    REJECTED = "rejected"


class Standing(StrEnum):
    """What the platform says of the review itself; values of `db.models.Standing`."""

    PUBLIC = "public"
    MODERATED = "moderated"
    WITHDRAWN = "withdrawn"  # name and text are erased, and nobody waits for two complete crawls


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnerReply:
    """The business's public answer under a review, as read from the page."""

    body: str
    author_name: str = ""
    published_at: datetime | None = None  # aware, UTC
    state: ReplyState = ReplyState.PUBLISHED
    note: str = ""  # why the platform rejected it


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewItem:
    """One review. Text is plain (tags stripped, entities decoded), as the guest wrote it otherwise."""

    external_id: str
    body: str
    id_kind: IdKind = IdKind.PLATFORM
    title: str = ""
    positive: str = ""  # praise and blame where the source asks for them apart; `body` holds both, praise first
    negative: str = ""
    translation: str = ""  # the platform's own translation of the body; the body is the original
    author_name: str = ""
    author_ref: str = ""  # the platform's id or profile address of the author
    rating_raw: str = ""  # exactly as the source shows it: "4,5", "8.5/10", "★★☆☆☆"
    rating: float | None = None  # the number read from it, None without one
    rating_min: float | None = None
    rating_max: float | None = None
    rating_kind: RatingKind = RatingKind.NONE
    stars: float | None = None  # rating * 5 / rating_max, for filters only; None when there is none
    language: str = ""  # as the source states it (BCP 47); empty when it does not
    url: str = ""  # http(s) address of this review
    published_at: datetime | None = None  # aware, UTC; a bare date is midnight UTC with precision DAY
    published_precision: DatePrecision = DatePrecision.NONE
    edited_at: datetime | None = None
    visited_at: datetime | None = None  # when the guest was there: aware, UTC; a day or month as `published_at` has it
    visited_precision: DatePrecision = DatePrecision.NONE
    is_verified: bool | None = None
    reply: OwnerReply | None = None
    standing: Standing = Standing.PUBLIC


@dataclass(frozen=True, slots=True, kw_only=True)
class ParsedPage:
    """Everything a parser found in one answer."""

    reviews: tuple[ReviewItem, ...]
    next_url: str | None = None  # as written on the page: may be relative
    advertised_total: int | None = None  # what the aggregate says; None when it does not say
    is_partial: bool = False  # it holds reviews, or what looks like them, that could not be read
    warnings: tuple[str, ...] = ()  # one line per thing skipped, never review text
    syntax: str = ""  # how the page says it: jsonld, microdata, rdfa, rss, atom, json
    title: str = ""  # of the page or feed
