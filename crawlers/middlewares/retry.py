"""Trying again, politely: `Retry-After` is honoured, every try waits longer, and few are made.

Scrapy tries again at once and does not read `Retry-After`. Here a short wait is waited and becomes the distance
between requests; a long one ends the run with the time before which nobody asks again.
"""

from __future__ import annotations

import asyncio
import math
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING

from scrapy.downloadermiddlewares.retry import RetryMiddleware
from scrapy.exceptions import IgnoreRequest
from scrapy.utils.response import response_status_message

from db.models import CrawlState
from db.phrases import Words, say, say_count

from ..spiders.polite import LONGEST_BAN, spider_of

if TYPE_CHECKING:
    from scrapy import Request
    from scrapy.http import Response

LONGEST_WAIT_S = 60.0  # within a run; whoever asks for more is left alone until then


class PoliteRetry(RetryMiddleware):
    async def process_response(  # type: ignore[override]  # Scrapy awaits it
        self, request: Request, response: Response
    ) -> Request | Response:
        if response.status not in self.retry_http_codes:
            return response
        asked = self._asked_wait(response)
        if asked is not None and asked > min(LONGEST_WAIT_S, spider_of(self.crawler).seconds_left()):
            self._throttled(asked, response)
        again = self._retry(request, response_status_message(response.status))
        if again is None:
            if response.status == 429:
                self._throttled(asked, response)
            return response
        await self._wait(again, asked)
        return again

    async def process_exception(  # type: ignore[override]
        self, request: Request, exception: Exception
    ) -> Request | None:
        if not isinstance(exception, self.exceptions_to_retry):
            return None
        again = self._retry(request, exception)
        if again is not None:
            await self._wait(again, None)
        return again

    async def _wait(self, again: Request, asked: float | None) -> None:
        spider = spider_of(self.crawler)
        tries = again.meta.get("retry_times", 1)
        wait = asked if asked is not None else max(spider.delay_s, 0.5) * 2**tries
        if asked:
            spider.raise_delay(asked, again)
        await asyncio.sleep(min(wait, LONGEST_WAIT_S))

    def _asked_wait(self, response: Response) -> float | None:
        own = spider_of(self.crawler).asked_wait(response)
        if own is not None:
            return max(0.0, own)
        written = (response.headers.get("Retry-After") or b"").decode("latin-1").strip()
        if response.status not in (429, 503) or not written:
            return None
        if written.isdecimal() and len(written) < 10:
            return float(written)
        try:
            moment = parsedate_to_datetime(written)
        except (ValueError, TypeError, OverflowError):
            return None
        moment = moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment
        return max(0.0, (moment - self._now()).total_seconds())

    def _throttled(self, asked: float | None, response: Response) -> None:
        spider = spider_of(self.crawler)
        not_before = self._now() + min(timedelta(seconds=asked), LONGEST_BAN) if asked is not None else None
        message = say("The site asks us to wait. It is tried again by itself.")
        if asked:
            message = say(
                "The site asks us to wait for %(time)s. It is read again by itself after that.",
                time=_length(min(asked, LONGEST_BAN.total_seconds())),
            )
        if advice := spider.wait_advice(response):
            message = say("%(first)s %(next)s", first=message, next=advice)
        spider.tally.end(
            CrawlState.THROTTLED,
            "throttled",
            message,
            not_before_at=not_before,
        )
        raise IgnoreRequest("throttled")

    def _now(self) -> datetime:
        return spider_of(self.crawler).clock()


def _length(seconds: float) -> Words:
    """A length of time in its largest unit that tells enough; a time of day would be in nobody's zone."""
    if seconds <= 90 * 60:
        return say_count("%(num)s minute", "%(num)s minutes", math.ceil(seconds / 60))
    if seconds <= 48 * 3600:
        return say_count("%(num)s hour", "%(num)s hours", math.ceil(seconds / 3600))
    return say_count("%(num)s day", "%(num)s days", math.ceil(seconds / 86400))
