"""Reads one source: page after page to the end, to the page cap, or to a page that was seen before.

A new platform needs a parser (`parsers/`) and a subclass naming it; most need nothing else:

    class AcmeSpider(ReviewSpider):
        name = "acme"
        parser = staticmethod(acme.parse)
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator, Sequence
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar, Self

from scrapy import Request
from sqlalchemy import Engine

from db.erasing import has_erased
from db.models import CrawlRun, CrawlState, Retention, Source
from db.phrases import say
from db.queries.sources import known_reviews
from db.session import BUSY_TIMEOUT_S, make_engine, read_scope
from db.vault import Vault, open_vault

from .. import page_cache
from ..blocks import login_form
from ..errors import ParseError
from ..items import ParsedPage, ReviewItem
from ..parsers import Parser
from ..parsers.page import followable
from ..parsers.paging import next_in_header
from ..platforms import PLATFORMS
from .polite import PoliteSpider, charset_of
from .reach import Reach

if TYPE_CHECKING:
    from scrapy.crawler import Crawler
    from scrapy.http import Response

SPARE_REQUESTS = 10  # beyond the page cap, for robots.txt and tries again


class ReviewSpider(PoliteSpider):
    parser: ClassVar[Parser]
    proves_absence: ClassVar[bool] = False  # True where a full list is shown, so that a missing review means something
    page_cap: ClassVar[int | None] = None  # the platform's own, beside that of the source
    ends_with_empty_page: ClassVar[bool] = True  # False where a page without reviews may have a next one
    source_id: int
    run_id: int
    database: Engine
    vault: Vault  # whose digests stand for what may not be kept
    hides_ids: bool  # of reviews: they are among that
    max_pages: int
    reach: Reach
    is_dry: bool  # nothing is stored, and the result goes into the file of the argument `result`
    result_path: Path | None
    rehearsed: list[ReviewItem]  # what a dry run has read
    requested: set[str]
    fingerprints: set[frozenset[tuple[str, str, str]]]

    @classmethod
    def from_crawler(cls, crawler: Crawler, *args: Any, **kwargs: Any) -> Self:
        """Reads the source's row and lays its wishes over the project's settings.

        Arguments: `source_id`, `run_id`; `since`, an ISO date; `result`, the file that a dry run writes to, and its
        `is_full`, yes or no.
        """
        spider = super().from_crawler(crawler, *args, **kwargs)
        spider.result_path = Path(kwargs["result"]) if kwargs.get("result") else None
        spider.is_dry = spider.result_path is not None
        spider.source_id, spider.run_id = int(kwargs["source_id"]), int(kwargs["run_id"])
        spider.database = make_engine(
            crawler.settings["AMENDS_DATABASE_URL"], busy_timeout_s=min(BUSY_TIMEOUT_S, spider.time_limit_s / 10)
        )
        with read_scope(spider.database) as session:
            source = session.get_one(Source, spider.source_id)
            spider.home_url, spider.delay_s = source.url, source.delay_s
            spider.max_pages = min(source.max_pages, cls.page_cap or source.max_pages)
            may_store = (
                source.retention is Retention.STORE and not spider.is_dry and not has_erased(session, spider.source_id)
            )
            spider.vault = spider.open_vault()
            spider.hides_ids = source.retention is Retention.NO_STORE and cls._hides_ids()
            run = session.get(CrawlRun, spider.run_id)
            spider.reach = Reach(
                is_full=kwargs.get("is_full") != "no" if run is None else run.is_full,
                since=_date_of(kwargs.get("since", "")),
                known=partial(_known, spider.database, spider.source_id),
            )
        spider.tally.proves_absence = cls.proves_absence and spider.reach.since is None
        spider.tally.is_full = spider.reach.since is None
        spider.requested, spider.rehearsed = set(), []
        spider.fingerprints = set()
        data_dir = Path(crawler.settings["AMENDS_DATA_DIR"])
        if not may_store and not spider.is_dry:
            page_cache.purge(data_dir, spider.source_id)
        for name, value in (
            ("DOWNLOAD_DELAY", spider.delay_s),
            ("AUTOTHROTTLE_START_DELAY", spider.delay_s),
            ("HTTPCACHE_ENABLED", may_store),
            ("HTTPCACHE_DIR", str(page_cache.folder_of(data_dir, spider.source_id))),
            ("CLOSESPIDER_PAGECOUNT", spider.max_pages + SPARE_REQUESTS),  # second lines behind the count of pages
            ("DEPTH_LIMIT", spider.max_pages + 1),
        ):
            crawler.settings.set(name, value, priority="spider")
        return spider

    def open_vault(self) -> Vault:
        """The vault of this installation: in `from_crawler` as well, for the settings are there first."""
        return open_vault(Path(self.settings["AMENDS_DATA_DIR"]), self.settings["AMENDS_SECRET_KEY"])

    @classmethod
    def _hides_ids(cls) -> bool:
        facts = PLATFORMS.get(str(cls.name))
        return facts is not None and not facts.keeps_ids

    def stored_id(self, item: ReviewItem) -> str:
        """The id by which a review is known here: the platform's, or a keyed digest where that may not be kept."""
        if not self.hides_ids:
            return item.external_id
        return self.vault.digest(f"{self.source_id}\0{item.external_id}")

    async def start(self) -> AsyncIterator[Request]:
        yield self._request(self.home_url)

    def read_page(self, response: Response) -> Iterator[ReviewItem | Request]:
        """Callback of every page."""
        page = self._page_of(response)
        if page is None:
            return
        self.tally.pages += 1
        self.tally.is_partial |= page.is_partial
        if page.advertised_total is not None:
            self.tally.advertised_total = max(page.advertised_total, self.tally.advertised_total or 0)
        fingerprint = frozenset((item.external_id, item.author_name, item.body[:200]) for item in page.reviews)
        if fingerprint and fingerprint in self.fingerprints:  # the site shows the same page for every number
            self.tally.reached_end = True
            return
        self.fingerprints.add(fingerprint)
        yield from self.reach.wanted(page.reviews)
        if self.reach.ends_with(page, now=self.clock()):
            self.tally.stop_at_known()
            return
        following = self.next_request(response, page)
        if following is not None:
            yield following

    def next_url(self, response: Response, page: ParsedPage) -> str | None:
        """Where the list goes on, in the page or in its header; None at its end."""
        if not page.reviews and self.ends_with_empty_page:
            return None
        header = b", ".join(response.headers.getlist("Link")).decode("latin-1")
        written = page.next_url or next_in_header(header)
        return followable(response.url, written) or None if written else None

    def next_request(self, response: Response, page: ParsedPage) -> Request | None:
        url = self.next_url(response, page)
        if url is None or url in self.requested:
            self.tally.reached_end = True
            return None
        if self.tally.pages >= self.max_pages:
            return None
        return self._request(url)

    def _request(self, url: str) -> Request:
        self.requested.add(url)
        return Request(url, callback=self.read_page, errback=self.failed, dont_filter=True)

    def _page_of(self, response: Response) -> ParsedPage | None:
        parser = type(self).parser
        try:
            page = parser(response.body, url=response.url, encoding=charset_of(response), now=self.clock())
        except ParseError as error:
            if not self._is_login(response):
                self.tally.page_failed(
                    "unreadable",
                    say(
                        "The page cannot be read: %(fault)s. Check the address, or look for a feed of the site.",
                        fault=say(str(error)),
                    ),
                )
            return None
        for warning in page.warnings:
            self.logger.info("run=%d page=%d %s", self.run_id, self.tally.pages + 1, warning)
        if not page.reviews and not self.tally.pages and self._is_login(response):
            return None
        return page

    def _is_login(self, response: Response) -> bool:
        wall = login_form(response.body)
        if wall is not None:
            self.tally.end(CrawlState.BLOCKED, f"wall_{wall.kind}", wall.message, block_kind=wall.kind)
        return wall is not None


def _known(database: Engine, source_id: int, external_ids: Sequence[str]) -> set[str]:
    with read_scope(database) as session:
        return known_reviews(session, source_id, external_ids)


def _date_of(since: str) -> datetime | None:
    return datetime.fromisoformat(since).replace(tzinfo=UTC) if since else None
