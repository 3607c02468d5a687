"""Around a crawl: the distance kept between requests, the record at its end, an eye on the parent, discreet logs."""

from __future__ import annotations

import asyncio
import json
import logging
import os
import re
import threading
from dataclasses import asdict, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self

import psutil
from scrapy import signals
from scrapy.exceptions import NotConfigured
from scrapy.extensions.memusage import MemoryUsage
from scrapy.extensions.throttle import AutoThrottle
from scrapy.logformatter import LogFormatter, LogFormatterResult

from db.crawls import INTERRUPTED, RunResult, finish_run
from db.errors import DbError
from db.masking import mask_logs
from db.models import CrawlState
from db.phrases import say
from db.rehearsing import rehearse
from db.session import session_scope

from .pace import pace_of
from .process import PARENT_VARIABLE
from .spiders.base import ReviewSpider
from .spiders.polite import PoliteSpider, spider_of

if TYPE_CHECKING:
    from scrapy.crawler import Crawler
    from scrapy.http import Response

_POLL_S = 0.5
_GRACE_S = 10.0

log = logging.getLogger(__name__)


class PoliteThrottle(AutoThrottle):
    """AutoThrottle that never goes below what robots.txt or a Retry-After has asked for."""

    def _adjust_delay(self, slot: Any, latency: float, response: Response) -> None:
        super()._adjust_delay(slot, latency, response)
        key = response.request.meta.get("download_slot") if response.request else None
        for floor_key, floor in spider_of(self.crawler).floors.items():
            if key in (None, floor_key):
                slot.delay = max(slot.delay, floor)


class RunRecorder:
    """Writes the CrawlRun row when the spider closes, whatever closed it."""

    def __init__(self, crawler: Crawler) -> None:
        self.crawler = crawler
        crawler.signals.connect(self.spider_error, signal=signals.spider_error)
        crawler.signals.connect(self.spider_error, signal=signals.item_error)
        crawler.signals.connect(self.spider_closed, signal=signals.spider_closed)

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        return cls(crawler)

    def spider_error(self, spider: PoliteSpider) -> None:
        """A fault of ours in the spider or a pipeline, not of the page."""
        spider.tally.end(
            CrawlState.FAILED, "program_fault", say("A fault of the program stopped the crawl; its log tells where.")
        )

    def spider_closed(self, spider: PoliteSpider, reason: str) -> None:
        if not isinstance(spider, ReviewSpider):  # the probe keeps no record
            return
        _note_reason(spider, reason)
        result = spider.tally.result()
        if spider.result_path is not None:
            _tell_rehearsal(spider, result, spider.result_path)
        else:
            _record(spider, result)
        log.info(
            "run=%d state=%s reason=%s pages=%d found=%d new=%d changed=%d dropped=%d errors=%d robots=%s",
            *(spider.run_id, result.state, result.reason, result.pages, result.found, result.new),
            *(result.changed, result.dropped, result.errors, result.robots_verdict),
        )
        spider.database.dispose()


def _record(spider: ReviewSpider, result: RunResult) -> None:
    try:
        with session_scope(spider.database) as session:
            finish_run(session, spider.run_id, result, now=spider.clock(), pace=pace_of(spider.name))
    except DbError as error:  # the caller sees the row still running, and closes it
        log.error("run=%d cannot be recorded: %s", spider.run_id, error)  # noqa: TRY400 - the sentence says it all


def _tell_rehearsal(spider: ReviewSpider, result: RunResult, path: Path) -> None:
    """The end of a dry run: what its reading would change goes into the file of whoever asked."""
    told: dict[str, Any] = {}
    try:
        rehearsal = rehearse(
            spider.database, spider.source_id, spider.rehearsed, result, now=spider.clock(), vault=spider.vault
        )
    except DbError as error:
        result = replace(result, state=CrawlState.FAILED, reason="database", message=str(error))
    else:
        told = {"new": rehearsal.new, "changed": rehearsal.changed, "unchanged": rehearsal.unchanged}
        told |= {"gone": rehearsal.gone, "rehearsal": asdict(rehearsal)}
    path.write_text(json.dumps(asdict(result) | told, default=str), encoding="utf-8")


def _note_reason(spider: PoliteSpider, reason: str) -> None:
    """Endings that Scrapy knows of and the tally does not."""
    endings = {
        "closespider_timeout": (
            "time_limit",
            say("The crawl took longer than its time limit and was ended. What it read is stored."),
        ),
        "parent_gone": (INTERRUPTED, say("The program that had started the crawl ended. It is tried again by itself.")),
        "shutdown": (INTERRUPTED, say("The crawl was stopped before it ended. It is tried again by itself.")),
        "memusage_exceeded": ("memory", say("The crawl needed more memory than it may take and was ended.")),
        "start_error": ("program_fault", say("A fault of the program stopped the crawl; its log tells where.")),
    }
    if reason in endings:
        spider.tally.end(CrawlState.FAILED, *endings[reason])


class OwnMemory(MemoryUsage):
    """Ends a crawl that needs too much memory, by what it holds now.

    Scrapy asks for the peak (`ru_maxrss`), which Linux hands on from the program that started this one: crawls begun by
    a large process would all end at once.
    """

    def get_virtual_size(self) -> int:
        return int(psutil.Process().memory_info().rss)


class ParentWatch:
    """Ends the crawl when the process that started it is gone: nobody would read its result or keep its claim.

    A thread, since a page that takes long to parse keeps the reactor from looking.
    """

    def __init__(self, crawler: Crawler) -> None:
        parent = os.environ.get(PARENT_VARIABLE, "")
        if not parent.isdecimal():
            raise NotConfigured
        self.crawler, self.parent = crawler, int(parent)
        self.done = threading.Event()
        crawler.signals.connect(self.spider_opened, signal=signals.spider_opened)
        crawler.signals.connect(self.spider_closed, signal=signals.spider_closed)

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        return cls(crawler)

    def spider_opened(self) -> None:
        threading.Thread(target=self._watch, name="parent-watch", daemon=True).start()

    def spider_closed(self) -> None:
        self.done.set()

    def _watch(self) -> None:
        while os.getppid() == self.parent:
            if self.done.wait(_POLL_S):
                return
        from twisted.internet import reactor

        reactor.callFromThread(self._close)
        if not self.done.wait(_GRACE_S):
            os._exit(3)  # stuck: the next sweep finds the run without a claim

    def _close(self) -> None:
        self.closing = asyncio.ensure_future(self.crawler.engine.close_spider_async(reason="parent_gone"))


class KeylessLog(logging.Filter):
    """Cuts the query off every address that is logged: that of a private feed holds its key. Then has lines masked."""

    _QUERY = re.compile(r"""(https?://[^\s<>?"']+)\?[^\s<>"']*""")

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        made = cls()
        crawler.signals.connect(made.spider_opened, signal=signals.spider_opened)
        return made

    def spider_opened(self) -> None:
        """Not before: Scrapy changes its handler once the extensions are made."""
        for handler in logging.getLogger().handlers:  # at the handlers, since the lines come from everywhere
            if not any(isinstance(one, KeylessLog) for one in handler.filters):  # several crawls share a process
                handler.addFilter(self)
        mask_logs()

    def filter(self, record: logging.LogRecord) -> bool:
        text = record.getMessage()
        if "?" in text:
            record.msg, record.args = self._QUERY.sub(r"\1?…", text), None
        return True


class DiscreetLog(LogFormatter):
    """Scrapy writes whole items into its log; guests' names and words stay out of ours."""

    def scraped(self, item: Any, response: Any, spider: Any) -> None:  # type: ignore[override]  # noqa: ARG002 - None: not logged
        return None

    def dropped(self, item: Any, exception: BaseException, response: Any, spider: Any) -> LogFormatterResult:  # noqa: ARG002
        return {"level": logging.DEBUG, "msg": "Dropped a review: %(fault)s", "args": {"fault": str(exception)}}

    def item_error(self, item: Any, exception: BaseException, response: Any, spider: Any) -> LogFormatterResult:  # noqa: ARG002
        kind = type(exception).__name__
        return {"level": logging.ERROR, "msg": "A review could not be processed: %(kind)s", "args": {"kind": kind}}
