"""What every spider here has: a clock, a tally, a distance to keep, and words for what goes wrong on the way."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any, Self

from scrapy import Spider
from scrapy.exceptions import (
    CannotResolveHostError,
    DownloadCancelledError,
    DownloadTimeoutError,
    IgnoreRequest,
    ResponseDataLossError,
)
from scrapy.spidermiddlewares.httperror import HttpError

from db.phrases import say

from ..tally import Tally

if TYPE_CHECKING:
    from scrapy import Request
    from scrapy.crawler import Crawler
    from scrapy.http import Response
    from twisted.python.failure import Failure

LONGEST_BAN = timedelta(days=7)  # a wild Retry-After may not switch a source off for ever


def utc_now() -> datetime:
    return datetime.now(UTC)


class PoliteSpider(Spider):
    """`home_url` is the address the owner named: requests stay with its registered domain."""

    clock: Callable[[], datetime] = staticmethod(utc_now)
    tally: Tally
    home_url: str
    delay_s: float
    time_limit_s: float
    started_at: datetime
    floors: dict[str, float]  # least seconds between two requests, by download slot

    @classmethod
    def from_crawler(cls, crawler: Crawler, *args: Any, **kwargs: Any) -> Self:
        spider = super().from_crawler(crawler, *args, **kwargs)
        spider.tally = Tally()
        spider.floors = {}
        spider.time_limit_s = crawler.settings.getfloat("AMENDS_TIME_LIMIT_S")
        spider.started_at = spider.clock()
        return spider

    def seconds_left(self) -> float:
        return self.time_limit_s - (self.clock() - self.started_at).total_seconds()

    def raise_delay(self, seconds: float, request: Request) -> None:
        """From now on at least this long between two requests to the host of `request`."""
        downloader = self.crawler.engine.downloader
        key = downloader.get_slot_key(request)
        self.floors[key] = max(seconds, self.floors.get(key, 0.0))
        if slot := downloader.slots.get(key):
            slot.delay = max(slot.delay, seconds)

    def asked_wait(self, response: Response) -> float | None:  # noqa: ARG002 - for those that know more
        """Seconds that a refusal asks for in the site's own way; None where `Retry-After` says it or nothing does."""
        return None

    def wait_advice(self, response: Response) -> str:  # noqa: ARG002 - for those that know more
        """A sentence for the owner on what else may be behind a refusal that asks to wait."""
        return ""

    def failed(self, failure: Failure) -> None:
        """Errback: counts the page as failed, with a reason for machines and a sentence for people."""
        error = failure.value or RuntimeError("no cause given")
        self.tally.page_failed(*why(error, timeout_s=self.settings.getint("DOWNLOAD_TIMEOUT")))


def spider_of(crawler: Crawler) -> PoliteSpider:
    """The running spider, for middlewares and extensions."""
    spider = crawler.spider
    if not isinstance(spider, PoliteSpider):
        raise TypeError("these settings serve spiders of this project only")
    return spider


def charset_of(response: Response) -> str | None:
    """What the HTTP header says."""
    kind = (response.headers.get("Content-Type") or b"").decode("latin-1")
    _, found, charset = kind.lower().partition("charset=")
    return charset.split(";")[0].strip(" \"'") or None if found else None


def why(error: BaseException, *, timeout_s: int) -> tuple[str, str]:
    """(reason, sentence). Says nothing of the network around us: the sentence may be shown to whoever typed a URL."""
    if isinstance(error, HttpError):
        status = error.response.status
        if status in (404, 410):
            return "not_found", say(
                "The page is no longer there (status %(status)s). Check the address of this source.", status=status
            )
        if status >= 500:
            return (
                "site_error",
                say(
                    "The site answers with a fault of its own (status %(status)s). It is tried again by itself.",
                    status=status,
                ),
            )
        return "http_error", say("The site answers with status %(status)s instead of the page.", status=status)
    if isinstance(error, IgnoreRequest):
        if "redirection" in str(error):
            return "redirect_loop", say("The site sends us from address to address without end.")
        if "DOWNLOAD_MAXSIZE" in str(error):  # seen only after decompression
            return _TOO_LARGE
        return "refused", say("The site sends us to an address that is not visited.")
    if isinstance(error, DownloadTimeoutError):
        return "timeout", say(
            "The site did not answer within %(seconds)s seconds. It is tried again by itself.", seconds=timeout_s
        )
    for kind, reason, sentence in _FAULTS:
        if isinstance(error, kind):
            return reason, sentence
    return "unreachable", say("The site cannot be reached. It is tried again by itself.")


_TOO_LARGE = (
    "too_large",
    say(
        "The answer is larger than 10 MB and was not read. Give the address of a page with fewer reviews, or of a feed."
    ),
)
_FAULTS: tuple[tuple[type[BaseException], str, str], ...] = (
    (CannotResolveHostError, "unresolved", say("This name cannot be found on the public internet. Check the address.")),
    (DownloadCancelledError, *_TOO_LARGE),
    (ResponseDataLossError, "cut_off", say("The answer was cut off on its way. It is tried again by itself.")),
)
