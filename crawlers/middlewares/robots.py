"""robots.txt, read at every run and obeyed as RFC 9309 says.

Scrapy's own middleware goes on when the file answers with an error or cannot be fetched; here that closes the site for
this run. A status of 4xx opens it. HTML in its place holds no rules, which is noted.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Self

from scrapy.downloadermiddlewares.robotstxt import RobotsTxtMiddleware
from scrapy.exceptions import IgnoreRequest
from scrapy.robotstxt import RobotParser
from twisted.internet.defer import Deferred

from db.models import CrawlState
from db.phrases import say

from ..config import PRODUCT
from ..spiders.polite import spider_of

if TYPE_CHECKING:
    from scrapy import Request
    from scrapy.crawler import Crawler
    from scrapy.http import Response

MAX_BYTES = 500 * 1024  # RFC 9309, 2.5: at least that much is read
# Both in linear time, whatever the file holds: at most one of their repeats can match at any place.
_MARKUP = re.compile(rb"[\s\xef\xbb\xbf]*<(?:!doctype|html|head|body|\?xml|!--)", re.IGNORECASE)
_RULES = re.compile(rb"^[ \t]*user-?agent[ \t]*:", re.IGNORECASE | re.MULTILINE)


class Closed(RobotParser):
    """Stands for a file that could not be read: nothing is allowed."""

    @classmethod
    def from_crawler(cls, crawler: Crawler, robotstxt_body: bytes) -> Self:  # noqa: ARG003 - the signature it fulfils
        return cls()

    def allowed(self, url: str | bytes, user_agent: str | bytes) -> bool:  # noqa: ARG002
        return False


class RobotsGate(RobotsTxtMiddleware):
    """Records the verdict with the run: allowed, closed, none, html or unreachable."""

    async def process_request(self, request: Request) -> None:  # type: ignore[override]  # Scrapy passes no spider
        """An API that is asked with a key by contract is no page that programs come across."""
        if not request.meta.get("is_api"):
            await super().process_request(request)

    def process_request_2(self, rp: RobotParser | None, request: Request) -> None:
        tally = spider_of(self.crawler).tally
        if isinstance(rp, Closed):
            tally.end(
                CrawlState.FAILED,
                "robots_unreachable",
                say(
                    "The site's robots.txt could not be read, so the site was left alone. It is tried again by itself."
                ),
            )
            raise IgnoreRequest("robots.txt unreachable")
        try:
            super().process_request_2(rp, request)
        except IgnoreRequest:
            if request.meta.get("is_listed"):  # one of many pages: it is passed over
                raise
            tally.robots_verdict = "closed"
            tally.end(
                CrawlState.BLOCKED,
                "robots_closed",
                say(
                    "The site's robots.txt does not allow programs to read this page, so it was not read. If the site "
                    "is yours, allow %(agent)s there.",
                    agent=self._robotstxt_useragent or PRODUCT,
                ),
                block_kind="robots",
            )
            raise

    async def _parse_robots(self, response: Response, netloc: str, request: Request) -> None:
        body = response.body[:MAX_BYTES]
        if response.status >= 500 or response.status == 429:
            self._settle(netloc, Closed(), "unreachable")
        elif response.status >= 300:
            self._settle(netloc, None, "none")
        elif _MARKUP.match(body) and not _RULES.search(body):
            self._settle(netloc, None, "html")
        else:
            parser = self._parserimpl.from_crawler(self.crawler, body)
            self._keep_distance(parser, request)
            self._settle(netloc, parser, "allowed")

    def _robots_error(self, exc: Exception, netloc: str) -> None:  # noqa: ARG002 - every cause means the same
        self._settle(netloc, Closed(), "unreachable")

    def _settle(self, netloc: str, parser: RobotParser | None, verdict: str) -> None:
        tally = spider_of(self.crawler).tally
        tally.robots_verdict = tally.robots_verdict or verdict
        waiting = self._parsers[netloc]
        self._parsers[netloc] = parser
        if isinstance(waiting, Deferred):
            waiting.callback(parser)

    def _keep_distance(self, parser: RobotParser, request: Request) -> None:
        delay = parser.crawl_delay(self._robotstxt_useragent or PRODUCT)
        if not delay:
            return
        spider = spider_of(self.crawler)
        if delay > spider.time_limit_s / 2:
            spider.tally.robots_verdict = "closed"
            spider.tally.end(
                CrawlState.BLOCKED,
                "crawl_delay",
                say(
                    "The site's robots.txt asks for %(seconds)s seconds between two requests, more than a crawl may "
                    "take.",
                    seconds=f"{delay:g}",
                ),
                block_kind="robots",
            )
            raise IgnoreRequest("crawl delay beyond the time limit")
        spider.raise_delay(delay, request)
