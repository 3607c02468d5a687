"""Reads one page and reports what kind of source it is. Stores nothing; started by `crawlers.probe`.

Where the page is a list of pages (`spiders.probe_lists`), a few of those are looked at as well.
"""

from __future__ import annotations

import dataclasses
import json
import os
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self
from urllib.parse import urlsplit

from scrapy import Request

from db.phrases import say

from ..blocks import login_form
from ..choices import PAGES, WORDS, chosen
from ..errors import ParseError
from ..items import ParsedPage
from ..mention_feeds import is_mention_feed
from ..parsers import Parser, appstore, feeds, mentions, schemaorg
from ..parsers.sitemap import is_robots, is_sitemap
from ..platforms import by_host
from ..probe import ProbeReport, for_who_asked, not_crawlable, sample_of, write_report
from .polite import PoliteSpider, charset_of
from .probe_lists import ListsOfPages

if TYPE_CHECKING:
    from scrapy.crawler import Crawler
    from scrapy.http import Response
    from scrapy.settings import BaseSettings
    from twisted.python.failure import Failure

PARSERS: dict[str, Parser] = {
    "schemaorg": schemaorg.parse,
    "feed": feeds.parse,
    "appstore": appstore.parse,
    "mentions": mentions.parse,
}


class ProbeSpider(PoliteSpider):
    name = "probe"
    delay_s: float = 1.0
    report_path: Path
    options: dict[str, str]
    report: ProbeReport | None
    lists: ListsOfPages | None  # where the address is a sitemap

    @classmethod
    def update_settings(cls, settings: BaseSettings) -> None:
        super().update_settings(settings)
        for name, value in (
            ("ITEM_PIPELINES", {}),
            ("DOWNLOAD_DELAY", cls.delay_s),
            ("AUTOTHROTTLE_ENABLED", False),
            ("RETRY_TIMES", 0),  # a person is waiting, and can ask again
        ):
            settings.set(name, value, priority="spider")

    @classmethod
    def from_crawler(cls, crawler: Crawler, *args: Any, **kwargs: Any) -> Self:
        spider = super().from_crawler(crawler, *args, **kwargs)
        spider.home_url = os.environ["AMENDS_PROBE_URL"]
        spider.report_path = Path(os.environ["AMENDS_PROBE_REPORT"])
        spider.options = json.loads(os.environ.get("AMENDS_PROBE_OPTIONS") or "{}")
        spider.report, spider.lists = None, None
        return spider

    async def start(self) -> AsyncIterator[Request]:
        # Not filtered: a page that sends us to itself would else be dropped as seen, without a word.
        meta = {"is_packed": urlsplit(self.home_url).path.endswith(".gz")}
        yield Request(self.home_url, callback=self.read_page, errback=self.failed, dont_filter=True, meta=meta)

    def read_page(self, response: Response) -> Iterator[Request]:
        if is_sitemap(response.body) or is_robots(response.url):
            rules = self.crawler.settings["AMENDS_URL_RULES"]
            self.lists = ListsOfPages(rules, self.home_url, pattern=chosen(self.options, PAGES))
            self._read_list(response)
            yield from self._go_on()
            return
        self.report = self._look(response)

    def read_more(self, response: Response) -> Iterator[Request]:
        """A further list, or one of the pages it names."""
        if self.lists is not None and is_sitemap(response.body):
            self._read_list(response)
        elif self.lists is not None and self.report is not None:
            self.report = self.lists.with_page(self.report, self._look(response))
        yield from self._go_on()

    def more_failed(self, failure: Failure) -> Iterator[Request]:  # noqa: ARG002 - another may be looked at
        """A page that cannot be read is passed over, as it is in a reading."""
        yield from self._go_on()

    def failed(self, failure: Failure) -> None:
        """A link that leads elsewhere is told with where it leads: whoever pasted a short one wants to know."""
        super().failed(failure)
        request: Request | None = getattr(failure, "request", None)
        ending = self.tally.result()
        if ending.reason != "other_site" or request is None or request.url == self.home_url:
            return
        self.report = ProbeReport(
            url=self.home_url, robots_verdict=ending.robots_verdict, leads_to=request.url, refusal=_ELSEWHERE
        )

    def _read_list(self, response: Response) -> None:
        if self.lists is not None:
            now, verdict = self.clock(), self.tally.robots_verdict
            self.report = self.lists.read(
                response, encoding=charset_of(response), robots_verdict=verdict, now=now, before=self.report
            )

    def _go_on(self) -> Iterator[Request]:
        if self.lists is None or self.report is None or self.report.refusal:
            return
        following = self.lists.following(self.report)
        if following is not None:
            # `is_packed` tells the guard that a list may come as a gzip file.
            meta = {"is_packed": True}
            yield Request(following, self.read_more, errback=self.more_failed, dont_filter=True, meta=meta)

    def closed(self, reason: str) -> None:  # noqa: ARG002 - Scrapy's signature
        """Scrapy calls it when the spider closes, also when the page was never read."""
        report = self.report
        if report is None:
            ending = self.tally.result()
            report = ProbeReport(
                url=self.home_url,
                robots_verdict=ending.robots_verdict,
                refusal=for_who_asked(ending.reason, ending.message),
            )
        write_report(self.report_path, report)

    def _look(self, response: Response) -> ProbeReport:
        verdict = self.tally.robots_verdict
        platform = by_host(response.url)  # a short link may have led to one of them
        if platform is not None and not platform.is_crawlable and not is_mention_feed(response.url):
            refusal = not_crawlable(platform)
            return ProbeReport(url=response.url, platform=platform.key, robots_verdict=verdict, refusal=refusal)
        page, key, faults = None, "", []
        for candidate in _candidates(response):
            try:
                page = PARSERS[candidate](
                    response.body, url=response.url, encoding=charset_of(response), now=self.clock()
                )
            except ParseError as error:
                faults.append(str(error))
            else:
                key = candidate
                break
        if page is None:
            wall = login_form(response.body)
            fault = wall.message if wall else _unreadable(faults)
            return ProbeReport(url=response.url, robots_verdict=verdict, refusal=fault)
        return self._report(response, key, page)

    def _report(self, response: Response, key: str, page: ParsedPage) -> ProbeReport:
        warnings = list(page.warnings)
        if not page.reviews and page.advertised_total:
            warnings.append(
                say(
                    "The page speaks of %(total)s reviews but shows none that can be read. Perhaps they stand on "
                    "another page of the site.",
                    total=page.advertised_total,
                )
            )
        elif not page.reviews:
            warnings.append(say("There are no reviews on this page yet."))
        report = ProbeReport(
            url=response.url,
            platform=key,
            syntax=page.syntax,
            title=page.title,
            robots_verdict=self.tally.robots_verdict,
            reviews_seen=len(page.reviews),
            advertised_total=page.advertised_total,
            has_next=page.next_url is not None,
            warnings=tuple(warnings),
            sample=sample_of(key, page.reviews),
        )
        words = mentions.words_of(chosen(self.options, WORDS))
        if key != "mentions" or not words:
            return report
        ours = mentions.holding(page.reviews, words)
        return dataclasses.replace(report, fitting=len(ours), sample=sample_of(key, ours))


def _candidates(response: Response) -> tuple[str, ...]:
    """Parsers to try, the likeliest first, by the first bytes: content types are often wrong."""
    if is_mention_feed(response.url) or mentions.is_of_a_network(response.body):
        return ("mentions",)
    head = response.body[:2000].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if head.startswith((b"{", b"[")):
        return ("appstore",)
    if b"<rss" in head or b"<feed" in head or b"<rdf:rdf" in head:
        return ("feed",)
    return ("schemaorg", "feed")


_ELSEWHERE = say("This link leads to another site. If that is where your reviews stand, look at that address itself.")


def _unreadable(faults: list[str]) -> str:
    cause = say(faults[0]) if faults else say("the answer is in no known form")
    return say(
        "No reviews can be read here: %(fault)s. Pages with schema.org markup, RSS and Atom feeds and the App Store's "
        "reviews feed can be read; look whether the site offers one of them, or import an export.",
        fault=cause,
    )
