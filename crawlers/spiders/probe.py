"""Reads one page and reports what kind of source it is. Stores nothing; started by `crawlers.probe`."""

from __future__ import annotations

import os
from collections.abc import AsyncIterator
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self
from urllib.parse import urlsplit

from scrapy import Request

from db.phrases import say

from ..blocks import login_form
from ..errors import ParseError
from ..items import ParsedPage
from ..mention_feeds import is_mention_feed
from ..parsers import Parser, appstore, feeds, mentions, schemaorg
from ..parsers.sitemap import is_sitemap, named_in_robots, read_sitemap
from ..platforms import by_host
from ..probe import ProbeReport, for_who_asked, not_crawlable, sample_of, write_report
from .polite import PoliteSpider, charset_of

if TYPE_CHECKING:
    from scrapy.crawler import Crawler
    from scrapy.http import Response
    from scrapy.settings import BaseSettings

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
    report: ProbeReport | None

    @classmethod
    def update_settings(cls, settings: BaseSettings) -> None:
        super().update_settings(settings)
        for name, value in (
            ("ITEM_PIPELINES", {}),
            ("DOWNLOAD_DELAY", 0),
            ("AUTOTHROTTLE_ENABLED", False),
            ("RETRY_TIMES", 0),  # a person is waiting, and can ask again
        ):
            settings.set(name, value, priority="spider")

    @classmethod
    def from_crawler(cls, crawler: Crawler, *args: Any, **kwargs: Any) -> Self:
        spider = super().from_crawler(crawler, *args, **kwargs)
        spider.home_url = os.environ["AMENDS_PROBE_URL"]
        spider.report_path = Path(os.environ["AMENDS_PROBE_REPORT"])
        spider.report = None
        return spider

    async def start(self) -> AsyncIterator[Request]:
        # Not filtered: a page that sends us to itself would else be dropped as seen, without a word.
        meta = {"is_packed": urlsplit(self.home_url).path.endswith(".gz")}
        yield Request(self.home_url, callback=self.read_page, errback=self.failed, dont_filter=True, meta=meta)

    def read_page(self, response: Response) -> None:
        self.report = self._look(response)

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
        if is_sitemap(response.body) or urlsplit(response.url).path == "/robots.txt":
            return self._listing(response)
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

    def _listing(self, response: Response) -> ProbeReport:
        """A sitemap, or a robots.txt that names some: read page by page as a source of markup."""
        verdict = self.tally.robots_verdict
        try:
            if urlsplit(response.url).path == "/robots.txt":
                lists, pages = len(named_in_robots(response.body, url=response.url)), 0
            else:
                found = read_sitemap(response.body, url=response.url, encoding=charset_of(response), now=self.clock())
                lists, pages = len(found.sitemaps), len(found.pages)
        except ParseError as error:
            return ProbeReport(url=response.url, robots_verdict=verdict, refusal=_unreadable([str(error)]))
        if not lists and not pages:
            refusal = say("The file names no page and no sitemap. Give the address of the page that shows the reviews.")
            return ProbeReport(url=response.url, robots_verdict=verdict, refusal=refusal)
        hint = say(
            "It names %(pages)s pages and %(sitemaps)s sitemaps. Pages whose address speaks of reviews are read, or "
            "those that hold the pattern you give in the settings of this source.",
            pages=pages,
            sitemaps=lists,
        )
        return ProbeReport(
            url=response.url,
            platform="schemaorg",
            syntax="sitemap",
            title=urlsplit(response.url).hostname or "",
            robots_verdict=verdict,
            has_next=True,
            warnings=(hint,),
        )

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
        return ProbeReport(
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


def _unreadable(faults: list[str]) -> str:
    cause = say(faults[0]) if faults else say("the answer is in no known form")
    return say(
        "No reviews can be read here: %(fault)s. Pages with schema.org markup, RSS and Atom feeds and the App Store's "
        "reviews feed can be read; look whether the site offers one of them, or import an export.",
        fault=cause,
    )
