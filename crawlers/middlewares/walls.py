"""Sees bot walls before anything tries again: blocked is blocked."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from scrapy.exceptions import IgnoreRequest

from db.models import CrawlState

from ..blocks import WALL_IN_JSON, recognise
from ..spiders.polite import spider_of

if TYPE_CHECKING:
    from scrapy import Request
    from scrapy.crawler import Crawler
    from scrapy.http import Response


class WallWatch:
    def __init__(self, crawler: Crawler) -> None:
        self.crawler = crawler

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        return cls(crawler)

    def process_response(self, request: Request, response: Response) -> Response:
        if request.meta.get("dont_obey_robotstxt"):  # robots.txt itself: its status has a meaning of its own
            return response
        is_json = b"json" in (response.headers.get("Content-Type") or b"")
        names_wall = response.status == 403 and WALL_IN_JSON in response.body
        if request.meta.get("is_api") and is_json and not names_wall:
            return response  # an API says in its own words what it refuses; a wall before it shows a page, or names it
        wall = recognise(response.status, _plain(response), response.body)
        if wall is None:
            return response
        spider_of(self.crawler).tally.end(CrawlState.BLOCKED, f"wall_{wall.kind}", wall.message, block_kind=wall.kind)
        raise IgnoreRequest("wall")


def _plain(response: Response) -> dict[str, str]:
    return {
        name.decode("latin-1").lower(): values[0].decode("latin-1")
        for name, values in response.headers.items()
        if values
    }
