"""The invented business and its reviews as they stand in the data files.

Frozen values only; reading them is `loading`, giving them dates is `archive`. Standard library only.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any


class Kind(StrEnum):
    """The shape a site publishes its reviews in."""

    JSONLD = "jsonld"
    MICRODATA = "microdata"
    RDFA = "rdfa"
    RSS = "rss"
    ATOM = "atom"
    APPSTORE = "appstore"
    API = "api"  # one of `crawlers.standin.apis`; no part of the demo


def api_slug(platform: str) -> str:
    """The slug of the site that a platform's API speaks of."""
    return f"api-{platform}"


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
    platform: str = ""  # of an API: its key in crawlers.platforms
    ref: str = ""  # of an API: its id of the place
    keys: Mapping[str, str] = field(default_factory=dict, hash=False)  # of an API: those that it takes


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
    extra: Mapping[str, Any] = field(default_factory=dict, hash=False)  # what only one platform's API tells of a review
