"""The HTTP cache, used for one thing: to ask "has this changed?" and spare the site the answer.

Every request is checked with the site. Scrapy's own policy would serve stored pages without asking, and in the place of
errors, which would hide a dead site behind an old page.
"""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from scrapy.downloadermiddlewares.httpcache import HttpCacheMiddleware
from scrapy.extensions.httpcache import RFC2616Policy

if TYPE_CHECKING:
    from scrapy import Request
    from scrapy.http import Response


class AlwaysAsk(RFC2616Policy):
    """RFC 2616 with every stored page taken for stale; robots.txt and APIs are never stored."""

    def should_cache_request(self, request: Request) -> bool:
        if request.meta.get("is_api"):  # headers are stored beside the answer, and these hold a key
            return False
        return urlsplit(request.url).path != "/robots.txt" and bool(super().should_cache_request(request))

    def should_cache_response(self, response: Response, request: Request) -> bool:
        has_validator = b"ETag" in response.headers or b"Last-Modified" in response.headers
        return response.status == 200 and has_validator and bool(super().should_cache_response(response, request))

    def is_cached_response_fresh(self, cachedresponse: Response, request: Request) -> bool:
        self._set_conditional_validators(request, cachedresponse)
        return False

    def is_cached_response_valid(self, cachedresponse: Response, response: Response, request: Request) -> bool:  # noqa: ARG002
        return bool(response.status == 304)


class ConditionalCache(HttpCacheMiddleware):
    def process_exception(self, request: Request, exception: Exception) -> None:  # type: ignore[override]  # noqa: ARG002
        """An old page is no answer to a failed request."""
        request.meta.pop("cached_response", None)
