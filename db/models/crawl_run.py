"""The record of one reading of one source."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from ..base import Base
from ..types import StoredWords, stored_by_value
from .source import Source


class CrawlState(StrEnum):
    RUNNING = "running"
    FINISHED = "finished"
    FAILED = "failed"  # a fault: network, parser, database, crash, time limit
    BLOCKED = "blocked"  # wall, log-in or robots.txt
    THROTTLED = "throttled"  # 429 or 503 with a wait longer than a run may take
    MISCONFIGURED = "misconfigured"  # a key is missing, wrong or not allowed to do this
    SUSPICIOUS = "suspicious"  # zero reviews where the page advertises some: nothing is counted as removed


class CrawlRun(Base):
    __tablename__ = "crawl_run"
    __table_args__ = (Index(None, "source_id", "started_at"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    source_id: Mapped[int] = mapped_column(ForeignKey("source.id", ondelete="CASCADE"))
    state: Mapped[CrawlState] = mapped_column(stored_by_value(CrawlState), default=CrawlState.RUNNING)
    started_at: Mapped[datetime]
    finished_at: Mapped[datetime | None]
    is_full: Mapped[bool] = mapped_column(default=True)  # False: it stopped at what was known
    reason: Mapped[str] = mapped_column(
        String(80), default=""
    )  # short machine word: finished, robots_closed, wall_datadome
    message: Mapped[str] = mapped_column(StoredWords(500), default="")  # one sentence for people, saying what to do
    pages: Mapped[int] = mapped_column(default=0)
    found: Mapped[int] = mapped_column(default=0)  # reviews parsed
    new: Mapped[int] = mapped_column(default=0)
    changed: Mapped[int] = mapped_column(default=0)
    unchanged: Mapped[int] = mapped_column(default=0)
    gone: Mapped[int] = mapped_column(default=0)  # no longer shown since, or taken back by the platform
    dropped: Mapped[int] = mapped_column(default=0)
    errors: Mapped[int] = mapped_column(default=0)
    advertised_total: Mapped[int | None]
    is_complete: Mapped[bool] = mapped_column(default=False)  # every page was read: absence then means something
    block_kind: Mapped[str] = mapped_column(String(40), default="")
    robots_verdict: Mapped[str] = mapped_column(String(40), default="")  # allowed, closed, none, html, unreachable
    not_before_at: Mapped[datetime | None]  # asked by Retry-After

    source: Mapped[Source] = relationship()
