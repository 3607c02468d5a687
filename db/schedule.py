"""When a source is read next: by its own rhythm, by a hint of its platform, or because a person asks.

The rhythm: a reading for each piece of news that is to be expected. Over the last RUNS_COUNTED readings that went
well, without the first, of which everything is new,

    every = time observed / (new and changed reviews + 1)

so a source that has shown nothing for a day is read again after a day, and one with eleven in a day after two hours,
within what its platform, its owner and its retention allow (`interval`). Each source adds up to JITTER of its own, so
that those added together do not stay in step; the first interval is stretched by up to its whole length.

`db` knows no crawler: what a platform allows comes in as values. Functions flush and leave the commit to the caller.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from .models import CrawlRun, CrawlState, Retention, Source, SourceHealth

RUNS_COUNTED = 10
JITTER = 0.2
FULL_EVERY = timedelta(days=7)  # in between a reading stops at what is known and old
REFRESHED_WITHIN = {  # a copy that must be thrown away at its age is read again well before
    Retention.HOURS_24: timedelta(hours=12),
    Retention.DAYS_30: timedelta(days=7),
}
LEAST_EVERY_S = 15 * 60  # where the caller knows no limit of the platform
HINT_EVERY = timedelta(minutes=1)  # a receiver that is called without end starts no more crawls than this
CHECK_EVERY = timedelta(minutes=5)


@dataclass(frozen=True, slots=True, kw_only=True)
class Pace:
    """What a platform allows: seconds between two readings, at least and at most."""

    least_every_s: int = LEAST_EVERY_S
    most_every_s: int = 24 * 3600


ANY_PACE = Pace()


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
    due_at = after_hint(last, now)
    is_sooner = source.next_crawl_at is None or due_at < source.next_crawl_at
    if is_sooner:
        source.next_crawl_at = due_at
    session.flush()
    return is_sooner


def after_hint(last: datetime | None, now: datetime) -> datetime:
    """When a source with news is read, given when it was read last."""
    return now if last is None else max(now, last + HINT_EVERY)


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
    if source.claim is not None and source.claimed_until is not None and source.claimed_until >= now:
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


def interval(source: Source, news: int, observed: timedelta | None, *, pace: Pace = ANY_PACE) -> timedelta:
    """How long to wait, given so much news in so long a time; `observed` None where nothing has been observed yet.

    At least what platform and owner say, at most what the platform says or the retention needs; the platform's least
    goes over everything.
    """
    least = timedelta(seconds=pace.least_every_s)
    most = min(timedelta(seconds=pace.most_every_s), REFRESHED_WITHIN.get(source.retention, timedelta.max))
    most = max(most, least)
    floor = max(least, min(timedelta(seconds=source.crawl_every_s), most))
    if source.retention not in REFRESHED_WITHIN:  # the owner may want it seldom, unless copies must be refreshed
        floor = max(floor, timedelta(seconds=source.crawl_every_s))
        most = max(most, floor)
    share = _share_of(source.id)
    if observed is None:
        return floor + share * min(floor, most - floor)
    every = min(max(observed / (news + 1), floor), most)
    end = min(every * (1 + JITTER), most)
    begin = max(floor, min(every, end / (1 + JITTER)))
    return begin + share * (end - begin)


def next_crawl(session: Session, source: Source, now: datetime, *, pace: Pace = ANY_PACE) -> datetime:
    """When a source that has just been read is read again."""
    started, found = CrawlRun.started_at, CrawlRun.new + CrawlRun.changed
    well = CrawlRun.state.in_((CrawlState.FINISHED, CrawlState.SUSPICIOUS))
    latest = (
        select(started, found)
        .where(CrawlRun.source_id == source.id, well)
        .order_by(CrawlRun.id.desc())
        .limit(RUNS_COUNTED + 1)
    )
    runs = session.execute(latest).all()
    if len(runs) < 2:
        return now + interval(source, 0, None, pace=pace)
    # The oldest only says since when one looks: what it found had come before.
    news = sum(count for _, count in runs[:-1])
    return now + interval(source, news, max(now - runs[-1][0], timedelta(0)), pace=pace)


def is_full_due(session: Session, source_id: int, now: datetime) -> bool:
    """Whether every page is to be read this time: once a week, and until that has gone well once."""
    last = session.scalar(select(Source.last_full_at).where(Source.id == source_id))
    return last is None or now - last >= FULL_EVERY


def _share_of(source_id: int) -> float:
    """A number in [0, 1) of its own for each source; those of neighbouring ids lie evenly apart (the golden ratio)."""
    return source_id * 0.6180339887498949 % 1.0


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
