"""The second line after the resolver: every request, first or redirected, page or robots.txt, passes these rules."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from scrapy.downloadermiddlewares.redirect import RedirectMiddleware
from scrapy.exceptions import IgnoreRequest
from scrapy.http import TextResponse

from db.models import CrawlState
from db.phrases import say

from ..errors import RefusedUrl
from ..net import UrlRules
from ..spiders.polite import spider_of

if TYPE_CHECKING:
    from scrapy import Request
    from scrapy.crawler import Crawler
    from scrapy.http import Response

_READABLE = ("html", "xml", "json", "text/plain", "rss", "atom")
_GZIP = b"\x1f\x8b"  # a packed sitemap, asked for as one


class Guard:
    """Refuses addresses outside the rules and outside the site the owner named, and answers that are no text."""

    def __init__(self, crawler: Crawler) -> None:
        self.crawler = crawler
        self.rules: UrlRules = crawler.settings["AMENDS_URL_RULES"]

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        return cls(crawler)

    def process_request(self, request: Request) -> None:
        spider = spider_of(self.crawler)
        try:
            self.rules.check(request.url)
        except RefusedUrl as error:
            # Only the first address is the owner's own; of others they learn no more than that they were refused.
            message = str(error)
            if _is_followed(request):
                message = say("The site sends us to an address that is not visited.")
            self._refuse(message, error.reason)
        if not self.rules.same_site(request.url, spider.home_url):
            message = say("The site sends us to another site. Register that address if it is yours.")
            self._refuse(message, "other_site")

    def process_response(self, request: Request, response: Response) -> Response:
        is_text = _is_readable(response) or (request.meta.get("is_packed") and response.body.startswith(_GZIP))
        if response.status == 200 and not is_text and not request.meta.get("dont_obey_robotstxt"):
            spider_of(self.crawler).tally.end(
                CrawlState.FAILED, "not_text", say("The address leads to a file that is neither a page nor a feed.")
            )
            raise IgnoreRequest("not a text type")
        return response

    def _refuse(self, message: str, reason: str) -> None:
        spider_of(self.crawler).tally.end(CrawlState.FAILED, reason, message)
        raise IgnoreRequest(reason)


class PlainRedirect(RedirectMiddleware):
    """Follows redirects without a Referer: where we were before is nobody's business."""

    def handle_referer(self, request: Request, response: Response) -> None:  # noqa: ARG002
        request.headers.pop("Referer", None)


def _is_followed(request: Request) -> bool:
    return bool(request.meta.get("redirect_urls") or request.meta.get("depth"))


def _is_readable(response: Response) -> bool:
    kind = (response.headers.get("Content-Type") or b"").decode("latin-1").lower()
    if not kind:
        return isinstance(response, TextResponse) or not response.body
    return any(name in kind for name in _READABLE)
