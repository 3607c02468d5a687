"""Hands reviews to the database in batches. A fault there ends the run; what was stored before stays stored."""

from __future__ import annotations

import asyncio
import logging
from dataclasses import replace
from pathlib import Path
from time import monotonic
from typing import TYPE_CHECKING, Self

from scrapy.exceptions import DropItem

from db.crawls import REMOVED
from db.errors import DbError, UnknownSource
from db.ingest import IngestCounts, ingest
from db.models import CrawlRun, CrawlState
from db.phrases import say
from db.session import session_scope

from .. import page_cache
from ..items import ReviewItem
from ..spiders.base import ReviewSpider
from ..spiders.polite import spider_of

if TYPE_CHECKING:
    from scrapy.crawler import Crawler

BATCH = 200  # reviews a transaction: small enough that others get their turn at the database
HELD_S = 2.0  # a slow site gives few a minute: people watch the count, and what waits is lost with a kill

PROGRAM_FAULT = ("program_fault", say("A fault of the program stopped the crawl; its log tells where."))

log = logging.getLogger(__name__)


class Store:
    def __init__(self, crawler: Crawler) -> None:
        self.crawler = crawler
        self.waiting: list[ReviewItem] = []
        self.stored_at = monotonic()
        self.is_broken = False
        self.is_closing = False

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        return cls(crawler)

    @property
    def spider(self) -> ReviewSpider:
        spider = spider_of(self.crawler)
        if not isinstance(spider, ReviewSpider):
            raise TypeError("only spiders that read a source store anything")
        return spider

    def process_item(self, item: ReviewItem) -> ReviewItem:
        if self.is_broken:
            raise DropItem("database")
        self.waiting.append(item)
        if len(self.waiting) >= BATCH or monotonic() - self.stored_at >= HELD_S:
            self._store()
        return item

    def close_spider(self) -> None:
        self.is_closing = True
        if self.waiting and not self.is_broken:
            self._store()

    def _store(self) -> None:
        spider, self.stored_at = self.spider, monotonic()
        batch, self.waiting = [replace(item, external_id=spider.stored_id(item)) for item in self.waiting], []
        tally = spider.tally
        try:
            with session_scope(spider.database) as session:
                run_id = spider.run_id
                counts = ingest(session, spider.source_id, batch, run_id=run_id, now=spider.clock(), vault=spider.vault)
                # The counts so far, so that people see it move and a killed run still tells what it did.
                run = session.get_one(CrawlRun, run_id)
                run.new, run.changed = tally.new + counts.new, tally.changed + counts.changed
                run.unchanged, run.found, run.pages = tally.unchanged + counts.unchanged, tally.found, tally.pages
        except UnknownSource:
            self.is_broken = True
            tally.dropped += len(batch)
            tally.end(CrawlState.FAILED, REMOVED, "The source was removed while it was being read.")
            self._stop()
            return
        except DbError as error:
            self.is_broken = True
            tally.dropped += len(batch)
            tally.end(
                CrawlState.FAILED, "database", say("%(fault)s What was read before is stored.", fault=say(str(error)))
            )
            log.error("run=%d the database refused a batch of %d: %s", spider.run_id, len(batch), type(error).__name__)  # noqa: TRY400 - a traceback of SQL helps nobody here
            self._stop()
            return
        except Exception:  # a fault of ours: without this, a run that lost its last batch would count as finished
            self.is_broken = True
            tally.dropped += len(batch)
            tally.end(CrawlState.FAILED, *PROGRAM_FAULT)
            self._stop()
            raise
        if counts.withdrawn:  # copies of earlier answers may hold what was taken back
            page_cache.purge(Path(self.crawler.settings["AMENDS_DATA_DIR"]), spider.source_id)
        self._count(counts)

    def _count(self, counts: IngestCounts) -> None:
        tally = self.spider.tally
        tally.new += counts.new
        tally.changed += counts.changed
        tally.unchanged += counts.unchanged
        tally.gone += counts.withdrawn

    def _stop(self) -> None:
        if not self.is_closing:
            self.stopping = asyncio.ensure_future(self.crawler.engine.close_spider_async(reason="database"))
