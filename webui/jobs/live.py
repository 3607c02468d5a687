"""What a review page shows of a source whose terms let nothing be kept: read when it is opened, in memory only."""

from __future__ import annotations

import threading

from crawlers.config import CrawlSettings
from crawlers.live import LIMIT_S, LiveReading, read_live
from db.queries.reviews import ReviewDetail
from db.settings import DbSettings

AT_ONCE = 2  # each holds a thread of the pages and a process
_slots = threading.BoundedSemaphore(AT_ONCE)


def live_reading(
    detail: ReviewDetail, *, settings: CrawlSettings, database: DbSettings, limit_s: float = LIMIT_S
) -> LiveReading:
    """The review as its source shows it at this moment, or a sentence why it cannot be shown."""
    if not _slots.acquire(blocking=False):
        return LiveReading(review=None, message="Other reviews are being read just now. Open the page again.")
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
        _slots.release()
