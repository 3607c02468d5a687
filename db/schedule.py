"""When a source is read next: by its own rhythm, by a hint of its platform, or because a person asks.

`db` knows no crawler: what a platform allows comes in as values. Functions flush and leave the commit to the caller.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from .models import CrawlRun, CrawlState, Source, SourceHealth

LEAST_EVERY_S = 15 * 60  # where the caller knows no limit of the platform
HINT_EVERY = timedelta(minutes=1)  # a receiver that is called without end starts no more crawls than this
CHECK_EVERY = timedelta(minutes=5)


class NotNow(StrEnum):
    """Why a person's wish to have a source read now is refused."""

    UNKNOWN = "unknown"  # there is no such source
    SWITCHED_OFF = "switched_off"  # it is not read at all
    RUNNING = "running"  # it is being read, or is due and will be read next
    TOO_SOON = "too_soon"  # it was asked for, or read, a moment ago
    PLATFORM = "platform"  # the platform asked us to wait


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """What became of the wish. `again_at`: when it may be asked again; None where that will not help."""

    refusal: NotNow | None
    again_at: datetime | None

    @property
    def is_accepted(self) -> bool:
        return self.refusal is None


def hint_source(session: Session, source_id: int, now: datetime) -> bool:
    """A platform says that there is news: the source becomes due, a minute after its last reading at the soonest.

    A source that is being read becomes due again at its end. One whose platform asked us to wait, or that cannot be
    read before its owner mends it, keeps its date. False when the hint changes nothing.
    """
    source = _locked(session, source_id)
    if source is None or not _is_read(source):
        return False
    source.hinted_at = now
    if source.health in (SourceHealth.THROTTLED, SourceHealth.BLOCKED, SourceHealth.MISCONFIGURED):
        session.flush()
        return False
    last = _last_start(session, source_id)
    due_at = now if last is None else max(now, last + HINT_EVERY)
    is_sooner = source.next_crawl_at is None or due_at < source.next_crawl_at
    if is_sooner:
        source.next_crawl_at = due_at
    session.flush()
    return is_sooner


def check_now(session: Session, source_id: int, now: datetime, *, least_every_s: int = LEAST_EVERY_S) -> Check:
    """A person wants it read now: once in five minutes, and never faster than the platform lets it be asked.

    Runs that ended for want of a key asked nothing, so they do not count: a mended key can be tried at once.
    """
    source = _locked(session, source_id)
    if source is None:
        return Check(refusal=NotNow.UNKNOWN, again_at=None)
    if not _is_read(source):
        return Check(refusal=NotNow.SWITCHED_OFF, again_at=None)
    every = max(CHECK_EVERY, timedelta(seconds=least_every_s))
    if source.claimed_until is not None and source.claimed_until >= now:
        return Check(refusal=NotNow.RUNNING, again_at=now + every)
    if source.health is SourceHealth.THROTTLED and source.next_crawl_at and source.next_crawl_at > now:
        return Check(refusal=NotNow.PLATFORM, again_at=source.next_crawl_at)
    last = _last_start(session, source_id)
    allowed = [now]
    if source.checked_at is not None:
        allowed.append(source.checked_at + CHECK_EVERY)
    if last is not None:
        allowed.append(last + every)
    again_at = max(allowed)
    if again_at > now:
        return Check(refusal=NotNow.TOO_SOON, again_at=again_at)
    source.checked_at = now
    source.next_crawl_at = now if source.next_crawl_at is None else min(now, source.next_crawl_at)
    session.flush()
    return Check(refusal=None, again_at=now + every)


def _locked(session: Session, source_id: int) -> Source | None:
    """The row, held to the end of the transaction: two who ask together are answered one after the other."""
    return session.get(Source, source_id, with_for_update=True, populate_existing=True)


def _is_read(source: Source) -> bool:
    return source.is_enabled and source.removed_at is None


def _last_start(session: Session, source_id: int) -> datetime | None:
    """When the source was last asked for anything."""
    asked = select(func.max(CrawlRun.started_at)).where(
        CrawlRun.source_id == source_id, CrawlRun.state != CrawlState.MISCONFIGURED
    )
    return session.scalar(asked)
