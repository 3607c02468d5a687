"""What a review page shows of a source whose terms let nothing be kept: read when it is opened, in memory only.

A live reading is a reading like any other: it waits its turn at the host, for a moment, for a person waits too.
"""

from __future__ import annotations

import threading
import time

from sqlalchemy import Engine

from crawlers.config import CrawlSettings
from crawlers.live import LIMIT_S, LiveReading, read_live
from db.claims import Obstacle, SourceClaim, claim_source, obstacle, release_source
from db.models import SourceHealth
from db.queries.reviews import ReviewDetail
from db.session import read_scope, session_scope
from db.settings import DbSettings
from db.source_changes import source_of

from ..i18n import gettext
from ..wiring import Clock

AT_ONCE = 2  # each holds a thread of the pages and a process
TURN_S = 6.0  # waited for the host: longer than it rests between two readings
ASK_EVERY_S = 0.2
LEASE_MORE_S = 5.0  # beyond the time of the reading: what dies in the middle holds the host no longer
_slots = threading.BoundedSemaphore(AT_ONCE)


def live_reading(
    detail: ReviewDetail,
    *,
    engine: Engine,
    clock: Clock,
    settings: CrawlSettings,
    database: DbSettings,
    limit_s: float = LIMIT_S,
    turn_s: float = TURN_S,
) -> LiveReading:
    """The review as its source shows it at this moment, or a sentence why it cannot be shown."""
    if refusal := _refusal(engine, detail.source_id, clock):
        return LiveReading(review=None, message=refusal)
    if not _slots.acquire(blocking=False):
        message = gettext("Other reviews are being read just now. Open the page again.")
        return LiveReading(review=None, message=message)
    try:
        claim = _turn(engine, detail.source_id, clock, lease_s=limit_s + LEASE_MORE_S, turn_s=turn_s)
        if not isinstance(claim, SourceClaim):
            return LiveReading(review=None, message=claim)
        try:
            return read_live(
                detail.source_id,
                detail.external_id,
                platform=detail.platform,
                settings=settings,
                database_url=database.database_url,
                data_dir=database.data_dir,
                secret_key=database.secret_key.get_secret_value(),
                limit_s=limit_s,
            )
        finally:
            with session_scope(engine) as session:
                release_source(session, claim, now=clock(), rest_s=claim.delay_s)
    finally:
        _slots.release()


def _refusal(engine: Engine, source_id: int, clock: Clock) -> str:
    """Why nothing may be asked of the source at all, in a sentence; empty where it may."""
    with read_scope(engine) as session:
        source = source_of(session, source_id)
        if source is None:
            return gettext("Its source was removed, so nothing is asked of it any more.")
        if not source.is_enabled:
            return gettext("Its source is switched off, so nothing is asked of it. Switch it on to see the review.")
        rests_until = source.next_crawl_at if source.health is SourceHealth.THROTTLED else None
        if rests_until is not None and rests_until > clock():
            minutes = max(1, round((rests_until - clock()).total_seconds() / 60))
            return gettext(
                "Its source has asked to be left alone for a while. Open the page again in %(minutes)s min.",
                minutes=minutes,
            )
    return ""


def _turn(engine: Engine, source_id: int, clock: Clock, *, lease_s: float, turn_s: float) -> SourceClaim | str:
    """The claim on the source, or a sentence why it is not to be had now."""
    until = time.monotonic() + turn_s
    while True:
        with session_scope(engine) as session:
            claim = claim_source(session, source_id, now=clock(), lease_s=lease_s)
        if claim is not None:
            return claim
        if time.monotonic() >= until:
            break
        time.sleep(ASK_EVERY_S)
    with read_scope(engine) as session:
        hinders = obstacle(session, source_id, now=clock())
    if hinders is Obstacle.UNKNOWN:
        return gettext("Its source was removed, so nothing is asked of it any more.")
    if hinders is Obstacle.TAKEN:
        return gettext("Its source is being read just now, by one at a time. Open the page again in a minute.")
    return gettext("Another source of the same host is being read, by one at a time. Open the page again in a minute.")
