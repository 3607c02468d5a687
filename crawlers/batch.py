"""Many crawls in one process, told by lines on its input: starting Python costs more than most crawls.

    python -m crawlers.batch

Each line is a JSON object: {"crawl": RUN, "source_id": …, "platform": …} begins one, {"stop": RUN} ends one before its
time. Each crawl that ends is answered by a line {"ended": RUN, "rest_s": …, "fault": …}: the seconds that its host is
to be left alone, and the kind of error that kept it from closing its own record. The end of the input is the end of
the process, once the crawls that still run have ended. The log goes to the error output.
"""

from __future__ import annotations

import asyncio
import json
import os
import sys
import threading
from functools import partial
from typing import TYPE_CHECKING, Any, TextIO

from scrapy.crawler import AsyncCrawlerProcess
from scrapy.utils.project import get_project_settings

from .spiders.polite import PoliteSpider

if TYPE_CHECKING:
    from scrapy.crawler import Crawler


class Batch:
    """The crawls that run now, by the id of their record. Everything but `listen` runs in the reactor's thread."""

    def __init__(self, process: AsyncCrawlerProcess, answers: TextIO) -> None:
        self.process, self.answers = process, answers
        self.running: dict[int, Crawler] = {}
        self.tasks: set[asyncio.Task[Any]] = set()

    def listen(self, orders: TextIO) -> None:
        from twisted.internet import reactor

        for line in orders:
            reactor.callFromThread(self.take, json.loads(line))
        reactor.callFromThread(self._keep, self._finish())

    def take(self, order: dict[str, Any]) -> None:
        if "stop" in order:
            if crawler := self.running.get(order["stop"]):
                self._keep(crawler.stop_async())
            return
        run_id = order["crawl"]
        try:
            crawler = self.process.create_crawler(order["platform"])
            self.running[run_id] = crawler
            task = self.process.crawl(crawler, source_id=order["source_id"], run_id=run_id)
        except Exception as error:  # noqa: BLE001 - whatever it is, it is this crawl's and not the others'
            self._answer(run_id, rest_s=0.0, fault=type(error).__name__)
            return
        task.add_done_callback(partial(self._ended, run_id, crawler))

    def _ended(self, run_id: int, crawler: Crawler, task: asyncio.Task[None]) -> None:
        error = None if task.cancelled() else task.exception()
        spider = crawler.spider
        rest_s = max([spider.delay_s, *spider.floors.values()]) if isinstance(spider, PoliteSpider) else 0.0
        self._answer(run_id, rest_s=rest_s, fault=type(error).__name__ if error else "")

    def _answer(self, run_id: int, *, rest_s: float, fault: str) -> None:
        self.running.pop(run_id, None)
        self.answers.write(json.dumps({"ended": run_id, "rest_s": rest_s, "fault": fault}) + "\n")
        self.answers.flush()

    def _keep(self, work: Any) -> None:
        task = asyncio.ensure_future(work)
        self.tasks.add(task)
        task.add_done_callback(self.tasks.discard)

    async def _finish(self) -> None:
        from twisted.internet import reactor

        await self.process.join()
        running: Any = reactor  # a module to the type checker
        running.stop()


def main() -> None:
    answers = os.fdopen(os.dup(sys.stdout.fileno()), "w", encoding="utf-8")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())  # what a library prints must not pass for an answer
    process = AsyncCrawlerProcess(get_project_settings())
    batch = Batch(process, answers)
    threading.Thread(target=batch.listen, args=(sys.stdin,), name="orders", daemon=True).start()
    process.start(stop_after_crawl=False)


if __name__ == "__main__":
    main()
