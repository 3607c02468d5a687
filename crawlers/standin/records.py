"""The invented business and its reviews as they stand in the data files.

Frozen values only; reading them is `loading`, giving them dates is `archive`. Standard library only.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    """The shape a site publishes its reviews in."""

    JSONLD = "jsonld"
    MICRODATA = "microdata"
    RDFA = "rdfa"
    RSS = "rss"
    ATOM = "atom"
    APPSTORE = "appstore"


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    slug: str
    name: str
    trade: str
    timezone: str
    city: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Site:
    """One address where reviews of one place are published."""

    slug: str
    place: Place
    kind: Kind
    name: str
    path: str  # what a crawler is given
    scale: tuple[float, float] | None  # worst and best; None where the site has no ratings


@dataclass(frozen=True, slots=True, kw_only=True)
class Business:
    name: str
    places: tuple[Place, ...]
    sites: tuple[Site, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredReply:
    text: str
    days_ago: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Edit:
    stars: float | None
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Later:
    """What happens to a review after the first crawl."""

    edit: Edit | None = None
    reply: str | None = None
    gone: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredReview:
    id: str
    source: str
    lang: str
    stars: float | None
    author: str
    title: str
    text: str
    days_ago: float
    case: str = ""  # which hard case it plays ("sarcasm", "rtl", ...); for tests, never served
    reply: StoredReply | None = None
    later: Later = Later()
