"""Reads an API that the owner has a key for: same throttle, retries, guard and record as a page.

A platform's spider says how its first request looks and what an answer means; keys are opened here and go to the
platform's own host only. Redirects are not followed: no API here has any, and a key must not travel along.

    class AcmeSpider(ApiSpider):
        name = "acme"
        parser = staticmethod(acme.parse)

        def first_request(self) -> Request:
            return self.ask(f"/places/{self.place_ref}/reviews")

        def headers(self) -> dict[str, str]:
            return {"X-API-Key": self.key("api_key")}
"""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import timedelta
from typing import TYPE_CHECKING, Any, ClassVar, Self
from urllib.parse import urlsplit

from scrapy import Request
from scrapy.exceptions import CannotResolveHostError
from scrapy.spidermiddlewares.httperror import HttpError

from db.errors import DbError
from db.models import CrawlState, Source
from db.phrases import say
from db.session import read_scope

from ..access import entered_key
from ..errors import BlockedError, CrawlerError, KeyFault, TokenFault
from ..items import ParsedPage
from ..platforms import PLATFORMS, api_base
from .base import ReviewSpider
from .polite import LONGEST_BAN

if TYPE_CHECKING:
    from scrapy.crawler import Crawler
    from scrapy.http import Response
    from twisted.python.failure import Failure


class ApiSpider(ReviewSpider):
    place_ref: str
    options: dict[str, Any]
    keys: dict[str, str]
    standin_url: str
    key_fault: str
    not_allowed: ClassVar[str] = say(
        "%(name)s takes the key but does not allow it to read these reviews. Give it that right there, or enter "
        "another in the settings of this source."
    )  # a key of another right; %(name)s is the platform's

    @classmethod
    def from_crawler(cls, crawler: Crawler, *args: Any, **kwargs: Any) -> Self:
        spider = super().from_crawler(crawler, *args, **kwargs)
        spider.standin_url = crawler.settings["AMENDS_STANDIN_URL"]
        spider.home_url = spider.base() + "/"
        spider.keys, spider.key_fault = {}, ""
        with read_scope(spider.database) as session:
            source = session.get_one(Source, spider.source_id)
            spider.place_ref, spider.options, sealed = source.place_ref, dict(source.options), source.sealed_keys
        try:
            spider.keys = spider.open_vault().open(sealed)
        except DbError as error:
            spider.key_fault = str(error)
        return spider

    @property
    def user_agent(self) -> str:
        return str(self.settings["USER_AGENT"])

    @property
    def timeout_s(self) -> float:
        return float(self.settings.getint("DOWNLOAD_TIMEOUT"))

    def base(self, name: str = "") -> str:
        """The address of one of the platform's APIs, without a final slash."""
        return api_base(self.name, standin_url=self.standin_url, name=name)

    def key(self, name: str) -> str:
        """A key the owner entered, or one of the options.

        Raises:
            KeyFault: it is missing.
        """
        return entered_key(self.name, name, self.keys, self.options)

    def first_request(self) -> Request:
        raise NotImplementedError

    def headers(self) -> dict[str, str]:
        """What every request carries. Raises KeyFault."""
        return {}

    async def prepare(self) -> None:
        """What comes before the first request, such as a token (`spiders.token`). Raises CrawlerError."""

    async def start(self) -> AsyncIterator[Request]:
        if self.key_fault:
            self.tally.end(CrawlState.MISCONFIGURED, "key", self.key_fault)
            return
        try:
            await self.prepare()
            request = self.first_request()
        except CrawlerError as fault:
            self.ended_by(fault)
            return
        yield request

    def ended_by(self, fault: CrawlerError) -> None:
        """The end of the run by what `prepare` raised."""
        match fault:
            case KeyFault():
                self.tally.end(CrawlState.MISCONFIGURED, "key", str(fault))
            case BlockedError():
                self.tally.end(CrawlState.BLOCKED, f"wall_{fault.kind}", str(fault), block_kind=fault.kind)
            case TokenFault(is_throttled=True):
                wait = None if fault.wait_s is None else min(timedelta(seconds=fault.wait_s), LONGEST_BAN)
                not_before = None if wait is None else self.clock() + wait
                self.tally.end(CrawlState.THROTTLED, "throttled", str(fault), not_before_at=not_before)
            case _:
                self.tally.end(CrawlState.FAILED, "token", str(fault))

    def ask(self, path: str, *, callback: Any = None, **values: Any) -> Request:
        """A request to the API: a path below its base, or a whole address that the API itself has given."""
        url = path if path.startswith(("http://", "https://")) else self.base() + path
        self.requested.add(url)
        return Request(
            url,
            headers={"Accept": "application/json"} | self.headers(),
            callback=callback or self.read_page,
            errback=self.failed,
            dont_filter=True,
            meta={"is_api": True, "dont_redirect": True},
            **values,
        )

    def _request(self, url: str) -> Request:
        return self.ask(url)

    def next_url(self, response: Response, page: ParsedPage) -> str | None:
        """As the platform gives it, and on the very host that the key is meant for: the key travels along."""
        url = super().next_url(response, page)
        if url is None or _origin(url) == _origin(self.base()):
            return url
        self.tally.page_failed(
            "other_host",
            say(
                "%(name)s names another host for the next page. The key is not sent there, so reading stopped.",
                name=PLATFORMS[self.name].name,
            ),
        )
        return None

    def failed(self, failure: Failure) -> None:
        error = failure.value
        if isinstance(error, HttpError):
            fault = self.fault_of(error.response)
            if fault is not None:
                self.tally.end(CrawlState.MISCONFIGURED, *fault)
                return
        if isinstance(error, CannotResolveHostError):  # nobody has typed this name
            sentence = say(
                "%(name)s was not found on the network. Look whether this machine may reach the internet. It is tried "
                "again by itself.",
                name=PLATFORMS[self.name].name,
            )
            self.tally.page_failed("unresolved", sentence)
            return
        super().failed(failure)

    def fault_of(self, response: Response) -> tuple[str, str] | None:
        """(reason, sentence) for an answer that only the owner can mend; None for any other."""
        name = PLATFORMS[self.name].name
        if response.status == 401:
            return "key_refused", say(
                "%(name)s refuses the key. Enter it again in the settings of this source.", name=name
            )
        if response.status == 403:
            return "key_not_allowed", say(self.not_allowed, name=name)
        if response.status == 404:
            return "place_unknown", say(
                "%(name)s knows no place %(place)s. Check it in the settings of this source.",
                name=name,
                place=self.place_ref,
            )
        return None


def _origin(url: str) -> tuple[str, str, int | None]:
    parts = urlsplit(url)
    try:
        return parts.scheme, parts.hostname or "", parts.port
    except ValueError:
        return "", "", None
