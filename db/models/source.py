"""One address at which a platform publishes reviews of one location, and how it may be read."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from ..base import Base
from ..types import StoredWords, stored_by_value
from .location import Location

BY_HAND = "byhand"  # the platform of complaints that people take: a source a channel, that nothing is read from


class Retention(StrEnum):
    """How long the platform's terms let its text be kept."""

    STORE = "store"
    DAYS_30 = "30d"
    HOURS_24 = "24h"
    NO_STORE = "no_store"


class SourceHealth(StrEnum):
    NEW = "new"  # never read yet
    HEALTHY = "healthy"
    DEGRADED = "degraded"  # the last run failed, was cut short or looks suspicious
    BLOCKED = "blocked"  # the site or its robots.txt does not want us; nobody tries to get past that
    THROTTLED = "throttled"  # asked to wait until next_crawl_at
    MISCONFIGURED = "misconfigured"  # a key is missing, wrong or may not do this: only the owner can mend it
    SUSPICIOUS = "suspicious"  # it was read, but shows far less than it used to, or than it says it has


class Source(Base):
    __tablename__ = "source"
    __table_args__ = (Index(None, "is_enabled", "next_crawl_at"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    location_id: Mapped[int] = mapped_column(ForeignKey("location.id", ondelete="RESTRICT"), index=True)
    slug: Mapped[str] = mapped_column(String(80), unique=True)  # what people type at the command line
    name: Mapped[str] = mapped_column(String(200))
    platform: Mapped[str] = mapped_column(String(40))  # a key of crawlers.platforms, also the spider's name
    syntax: Mapped[str] = mapped_column(
        String(20), default=""
    )  # what was detected: jsonld, microdata, rdfa, rss, atom, json
    url: Mapped[str] = mapped_column(String(2000))
    place_ref: Mapped[str] = mapped_column(String(400), default="")  # the platform's own id of the place, for APIs
    options: Mapped[dict[str, Any]] = mapped_column(default=dict)  # what this platform may be told: no secrets
    sealed_keys: Mapped[str] = mapped_column(Text, default="")  # of the API, encrypted by db.vault
    sealed_token: Mapped[str] = mapped_column(Text, default="")  # a token that still lives, encrypted by db.vault
    hook_digest: Mapped[str] = mapped_column(String(64), default="", index=True)  # of the token of its push receiver
    host: Mapped[str] = mapped_column(
        String(260), default="", index=True
    )  # host:port that is asked: one request at a time each
    is_enabled: Mapped[bool] = mapped_column(default=True)
    reach: Mapped[float] = mapped_column(
        default=0.5
    )  # 0..1: how many people read this platform, a part of the priority
    retention: Mapped[Retention] = mapped_column(stored_by_value(Retention), default=Retention.STORE)
    keep_months: Mapped[int | None]  # how long we keep what tells who wrote it; None: as everywhere, see db.keeping
    may_judge: Mapped[bool] = mapped_column(default=True)  # False: its terms keep its text from a model
    notices_edits: Mapped[bool] = mapped_column(
        default=False
    )  # True: of texts that are not kept a keyed digest is, so that an edit shows
    basis_note: Mapped[str] = mapped_column(Text, default="")  # why we may read it, in the owner's words
    delay_s: Mapped[float] = mapped_column(default=2.0)
    max_pages: Mapped[int] = mapped_column(default=200)
    crawl_every_s: Mapped[int] = mapped_column(default=6 * 3600)  # never more often than this
    last_full_at: Mapped[datetime | None]  # when every page was last asked for
    hinted_at: Mapped[datetime | None]  # a push receiver said that there is news
    checked_at: Mapped[datetime | None]  # when a person last asked for a reading now
    twins_sought_to: Mapped[int] = mapped_column(default=0)  # the last of its reviews that was compared with others
    empty_runs: Mapped[int] = mapped_column(default=0)  # in a row, where there used to be reviews
    next_crawl_at: Mapped[datetime | None]  # None: not scheduled
    claim: Mapped[str | None] = mapped_column(String(36))  # token of the worker that is crawling it
    claimed_until: Mapped[datetime | None]  # the claim is void after this: a killed worker blocks nothing
    health: Mapped[SourceHealth] = mapped_column(stored_by_value(SourceHealth), default=SourceHealth.NEW)
    health_note: Mapped[str] = mapped_column(StoredWords(500), default="")
    last_success_at: Mapped[datetime | None]
    removed_at: Mapped[datetime | None]  # taken off the list while its reviews stay
    created_at: Mapped[datetime]

    location: Mapped[Location] = relationship()


class PushRefusal(Base):
    """The last push of a source that did not prove its sender."""

    __tablename__ = "push_refusal"

    source_id: Mapped[int] = mapped_column(ForeignKey("source.id", ondelete="CASCADE"), primary_key=True)
    reason: Mapped[str] = mapped_column(String(40))  # a code of crawlers.hooks.identity
    refused_at: Mapped[datetime]
