"""Writes reviews to the pipe of whoever reads live, and nowhere else (`crawlers.live`)."""

from __future__ import annotations

import json
import sys
from contextlib import suppress
from typing import TYPE_CHECKING, Any, Self

from db.models import CrawlState
from db.phrases import packed, say

from ..items import ReviewItem
from ..live import LiveReview
from ..spiders.base import ReviewSpider
from ..spiders.polite import spider_of

if TYPE_CHECKING:
    from scrapy.crawler import Crawler


class Show:
    def __init__(self, crawler: Crawler) -> None:
        self.crawler = crawler

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        return cls(crawler)

    def process_item(self, item: ReviewItem) -> ReviewItem:
        spider = spider_of(self.crawler)
        if isinstance(spider, ReviewSpider):
            _write(line_of(item, spider.stored_id(item)))
        return item

    def close_spider(self) -> None:
        result = spider_of(self.crawler).tally.result()
        is_read = result.state is CrawlState.FINISHED
        end = say("The source shows this review no longer.") if is_read else result.message
        _write({"end": packed(end)})


def line_of(item: ReviewItem, stored_id: str) -> dict[str, Any]:
    """The fields of LiveReview under the id by which the review is known."""
    reply = item.reply
    shown = LiveReview(
        title=item.title,
        body=item.body,
        author_name=item.author_name,
        rating_raw=item.rating_raw,
        rating=item.rating,
        rating_max=item.rating_max,
        rating_kind=str(item.rating_kind),
        stars=item.stars,
        language=item.language,
        url=item.url,
        published_at=item.published_at.isoformat() if item.published_at else "",
        published_precision=str(item.published_precision),
        visited_at=item.visited_at.isoformat() if item.visited_at else "",
        visited_precision=str(item.visited_precision),
        reply_body=reply.body if reply else "",
        reply_author=reply.author_name if reply else "",
    )
    return {"id": stored_id} | {name: getattr(shown, name) for name in LiveReview.__slots__}


def _write(line: dict[str, Any]) -> None:
    with suppress(BrokenPipeError):  # whoever asked has what they wanted, and ends this process
        sys.stdout.buffer.write(json.dumps(line).encode() + b"\n")
        sys.stdout.buffer.flush()
