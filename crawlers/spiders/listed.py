"""Reads the many pages that a sitemap lists, where the address of a source is one; else one list of pages.

A source whose address is a sitemap, or a robots.txt that names some, is read page after page: those whose address holds
the owner's pattern (option `pages`; * stands for anything). A page that fails, or is closed by robots.txt, is passed
over; then, and where unchanged pages were skipped, nothing is counted as removed.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any, Self
from urllib.parse import urlsplit

from scrapy import Request
from scrapy.spidermiddlewares.httperror import HttpError

from db.models import Source
from db.phrases import say
from db.session import read_scope

from ..errors import ParseError
from ..items import ParsedPage, ReviewItem
from ..listed import MAX_SITEMAPS, Listed
from ..parsers.identity import MAX_ID
from ..parsers.sitemap import is_robots, is_sitemap, named_in_robots, read_sitemap
from .base import SPARE_REQUESTS, ReviewSpider
from .polite import charset_of

if TYPE_CHECKING:
    from scrapy.crawler import Crawler
    from scrapy.http import Response
    from twisted.python.failure import Failure

READ_ALL_EVERY = timedelta(days=7)  # pages may change without a word in the sitemap


class ListedSpider(ReviewSpider):
    listed: Listed
    queue: list[str] | None  # pages of sitemaps still to read, the next one last; None: the source is one list of pages
    totals: set[int]
    has_markup: bool  # on any of the listed pages

    @classmethod
    def from_crawler(cls, crawler: Crawler, *args: Any, **kwargs: Any) -> Self:
        spider = super().from_crawler(crawler, *args, **kwargs)
        with read_scope(spider.database) as session:
            source = session.get_one(Source, spider.source_id)
            pattern = str(source.options.get("pages", ""))
            since = _unchanged_since(source, spider.started_at)
        rules = crawler.settings["AMENDS_URL_RULES"]
        spider.listed = Listed(
            is_ours=lambda url: rules.same_site(url, spider.home_url), pattern=pattern, unchanged_since=since
        )
        spider.queue, spider.totals, spider.has_markup = None, set(), False
        # Sitemaps come before the pages, and each page is asked for by the one before.
        for name, spare in (("CLOSESPIDER_PAGECOUNT", SPARE_REQUESTS), ("DEPTH_LIMIT", 1)):
            crawler.settings.set(name, spider.max_pages + MAX_SITEMAPS + spare, priority="spider")
        return spider

    def _request(self, url: str) -> Request:
        request = super()._request(url)
        if urlsplit(url).path.endswith(".gz"):
            request.meta["is_packed"] = True
        return request

    def read_page(self, response: Response, depth: int = 0) -> Iterator[ReviewItem | Request]:
        """A page of reviews, a sitemap, or a robots.txt that names sitemaps."""
        if self.queue is not None:
            yield from self._read_listed(response)
        elif depth or is_sitemap(response.body) or is_robots(response.url):
            yield from self._read_list(response, depth)
        else:
            yield from super().read_page(response)

    def _read_list(self, response: Response, depth: int) -> Iterator[Request]:
        if is_robots(response.url):
            self.listed.add_sitemaps(named_in_robots(response.body, url=response.url), depth=1)
            if not self.listed.waiting:
                self.tally.page_failed(
                    "no_sitemap", say("The site's robots.txt names no sitemap. Give the address of one.")
                )
        else:
            try:
                found = read_sitemap(response.body, url=response.url, encoding=charset_of(response), now=self.clock())
            except ParseError as error:
                self.tally.page_failed(
                    "unreadable", say("The sitemap cannot be read: %(fault)s.", fault=say(str(error)))
                )
            else:
                self.listed.known.add(response.url)
                self.listed.add(found, depth=depth or 1)
        yield from self._next_list()

    def _next_list(self) -> Iterator[Request]:
        """The next sitemap; after the last the first page."""
        if self.listed.waiting:
            url, depth = self.listed.waiting.popleft()
            # `is_packed` tells the guard that this one may come as a gzip file.
            yield Request(
                url,
                callback=self.read_page,
                errback=self.list_failed,
                dont_filter=True,
                cb_kwargs={"depth": depth},
                meta={"is_packed": True},
            )
            return
        pages = self.listed.chosen()
        if self.listed.is_cut or self.listed.unchanged:
            self.tally.proves_absence = False
        if self.listed.unchanged:  # else no reading would ever be the full one that a week asks for
            self.tally.is_full = False
        self.logger.info(
            "run=%d sitemaps=%d pages=%d unchanged=%d elsewhere=%d",
            self.run_id,
            len(self.listed.known),
            len(pages),
            self.listed.unchanged,
            self.listed.elsewhere,
        )
        if not pages and not self.listed.unchanged and not self.tally.errors:
            self.tally.page_failed(
                "no_pages",
                say("The sitemap names no page that fits. Check the pattern for pages in the settings of this source."),
            )
        self.queue = pages[::-1]
        yield from self._next_listed()

    def _read_listed(self, response: Response) -> Iterator[ReviewItem | Request]:
        """One of many pages: without markup it is none of ours, and says nothing of the others."""
        try:
            page = self.parse_page(response)
        except ParseError as error:
            self.logger.info("run=%d a listed page was passed over: %s", self.run_id, error)
            page = ParsedPage(reviews=())
            if self.listed.pattern:  # the owner says that it is a page of reviews
                self.tally.proves_absence = False
        else:
            self.has_markup = True
        self.tally.pages += 1
        self.tally.is_partial |= page.is_partial
        self._note_total(page)
        fingerprint = frozenset((item.external_id, item.author_name, item.body[:200]) for item in page.reviews)
        is_repeat = bool(fingerprint) and fingerprint in self.fingerprints
        self.fingerprints.add(fingerprint)
        yield from (_of_page(item, response.url) for item in page.reviews)
        following = None if is_repeat else self.next_url(response, page)
        if following and following not in self.requested and self.tally.pages < self.max_pages:
            yield self._listed_request(following)
        else:
            yield from self._next_listed()

    def parse_page(self, response: Response) -> ParsedPage:
        page = type(self).parser(response.body, url=response.url, encoding=charset_of(response), now=self.clock())
        for warning in page.warnings:
            self.logger.info("run=%d page=%d %s", self.run_id, self.tally.pages + 1, warning)
        return page

    def _note_total(self, page: ParsedPage) -> None:
        """Pages of products each have a total of their own; the same one on all is that of the business."""
        if page.advertised_total is not None and page.reviews:
            self.totals.add(page.advertised_total)
            self.tally.advertised_total = sum(self.totals)

    def _next_listed(self) -> Iterator[Request]:
        while self.queue:
            url = self.queue.pop()
            if url in self.requested:
                continue
            if self.tally.pages >= self.max_pages:
                return  # the end is not reached: the record says that more pages follow
            yield self._listed_request(url)
            return
        self.tally.reached_end = True
        if self.tally.pages and not self.has_markup:
            self.tally.page_failed(
                "unreadable",
                say("None of the pages that the sitemap names carries review markup. Check the pattern."),
            )

    def _listed_request(self, url: str) -> Request:
        self.requested.add(url)
        return Request(
            url, callback=self.read_page, errback=self.listed_failed, dont_filter=True, meta={"is_listed": True}
        )

    def list_failed(self, failure: Failure) -> Iterator[Request]:
        self.failed(failure)
        yield from self._next_list()

    def listed_failed(self, failure: Failure) -> Iterator[Request]:
        """A page that is gone or closed is passed over; a site that does not answer ends the run."""
        self.tally.proves_absence = False
        status = failure.value.response.status if isinstance(failure.value, HttpError) else 0
        if self.tally.ending is None and (status in (404, 410) or failure.value.__class__.__name__ == "IgnoreRequest"):
            self.logger.info("run=%d a listed page was passed over: status=%d", self.run_id, status)
            yield from self._next_listed()
            return
        self.failed(failure)


def _unchanged_since(source: Source, now: datetime) -> datetime | None:
    """When this source was last read, unless it is time to read every page again."""
    if source.last_full_at is None or now - source.last_full_at >= READ_ALL_EVERY:
        return None
    return source.last_success_at


def _of_page(item: ReviewItem, url: str) -> ReviewItem:
    """Bare fragments are unique on their own page only."""
    if not item.external_id.startswith("#"):
        return item
    return replace(item, external_id=(url.partition("#")[0] + item.external_id)[-MAX_ID:])
