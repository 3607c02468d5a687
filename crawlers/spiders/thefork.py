"""TheFork's B2B API: the ids of all reviews made or changed between two days, then each review by itself."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import TYPE_CHECKING, Any, Self

from scrapy import Request
from scrapy.spidermiddlewares.httperror import HttpError

from db.phrases import say

from .. import access
from ..attempt import Attempt, attempt_of
from ..errors import KeyFault, ParseError
from ..items import ReviewItem
from ..parsers import thefork
from ..tokens import Grant
from .base import SPARE_REQUESTS
from .polite import charset_of
from .token import TokenSpider

if TYPE_CHECKING:
    from scrapy.crawler import Crawler
    from scrapy.http import Response
    from twisted.python.failure import Failure

LIMIT = 100  # ids a list, the most there may be
FIRST_DAY = "2007-01-01"  # TheFork's first year


class TheForkSpider(TokenSpider):
    name = "thefork"
    parser = staticmethod(thefork.parse)
    not_allowed = say(
        "%(name)s takes the client but does not let it read this restaurant. The restaurant has to agree to that: "
        "write to integrations@thefork.com, then read this source again."
    )
    attempt: Attempt
    listed = 0  # ids so far

    @classmethod
    def from_crawler(cls, crawler: Crawler, *args: Any, **kwargs: Any) -> Self:
        spider = super().from_crawler(crawler, *args, **kwargs)
        most = spider.max_pages * (LIMIT + 1) + SPARE_REQUESTS  # `max_pages` counts lists
        crawler.settings.set("CLOSESPIDER_PAGECOUNT", most, priority="spider")
        asked = spider.reach.since
        spider.attempt = attempt_of(
            spider.database, spider.source_id, spider.run_id, asked=asked.date() if asked else None
        )
        spider.tally.proves_absence = spider.tally.is_full = spider.attempt.since is None
        return spider

    def grant(self) -> Grant:
        return access.thefork(self)

    def first_request(self) -> Request:
        if not thefork.ID.fullmatch(self.place_ref):
            raise KeyFault("The restaurant id is missing or no UUID. Enter it in the settings of this source.")
        return self.list_page(1)

    def list_page(self, page: int) -> Request:
        until = self.clock().date() + timedelta(days=1)
        days = f"startDate={self.attempt.since or FIRST_DAY}&endDate={until}"
        address = f"/v1/reviews?restaurantUuid={self.place_ref}&{days}&limit={LIMIT}&page={page}"
        return self.ask(address, callback=self.read_list, cb_kwargs={"page": page})

    def read_list(self, response: Response, page: int) -> Iterator[Request]:
        try:
            found = thefork.read_ids(response.body, encoding=charset_of(response))
        except ParseError as error:
            self.tally.page_failed(
                "unreadable", say("TheFork's list of reviews cannot be read: %(fault)s.", fault=say(str(error)))
            )
            return
        self.tally.pages, self.listed = self.tally.pages + 1, self.listed + len(found.ids)
        self.tally.is_partial |= found.is_partial
        done = self.attempt.read_before(found.ids)
        self.tally.found, self.tally.unchanged = self.tally.found + len(done), self.tally.unchanged + len(done)
        wanted = (one for one in found.ids if one not in done)
        yield from (self.ask(f"/v1/reviews/{one}", callback=self.read_review) for one in wanted)
        if not found.has_next:
            self.tally.reached_end = True
            self.tally.advertised_total = self.listed if self.tally.proves_absence else None
        elif page < self.max_pages:
            yield self.list_page(page + 1)

    def read_review(self, response: Response) -> Iterator[ReviewItem]:
        if page := self._page_of(response):
            self.tally.is_partial |= page.is_partial
            yield from page.reviews

    def failed(self, failure: Failure) -> Any:
        answer = failure.value.response if isinstance(failure.value, HttpError) else None
        is_gone = answer is not None and answer.status == 404 and "/v1/reviews/" in answer.url  # since it was listed
        return None if is_gone else super().failed(failure)
