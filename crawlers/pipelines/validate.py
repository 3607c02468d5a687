"""What may not be stored: reviews without identity or content, ratings outside their scale, naive times.

Parsers keep to these rules; this is the line behind them, for parsers still to be written.
"""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Self

from scrapy.exceptions import DropItem

from ..items import ReviewItem, Standing
from ..spiders.polite import spider_of

if TYPE_CHECKING:
    from scrapy.crawler import Crawler


class Validate:
    def __init__(self, crawler: Crawler) -> None:
        self.crawler = crawler

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        return cls(crawler)

    def process_item(self, item: ReviewItem) -> ReviewItem:
        fault = fault_of(item)
        if fault:
            spider_of(self.crawler).tally.dropped += 1
            self.crawler.stats.inc_value(f"amends/dropped/{fault}")
            raise DropItem(fault)
        return item


def fault_of(item: ReviewItem) -> str:
    """A short word for what is wrong, empty for a sound review."""
    if not item.external_id:
        return "no_identity"
    if not item.body and not item.title and item.rating is None and item.standing is not Standing.WITHDRAWN:
        return "empty"
    low, high = item.rating_min, item.rating_max
    if item.rating is not None and high is not None and not (low or 0.0) <= item.rating <= high:
        return "rating_outside_scale"
    if item.stars is not None and not 0 <= item.stars <= 5:
        return "stars_outside_scale"
    replied_at = item.reply.published_at if item.reply else None
    if any(_is_naive(moment) for moment in (item.published_at, item.edited_at, replied_at)):
        return "naive_time"
    return ""


def _is_naive(moment: datetime | None) -> bool:
    return moment is not None and moment.tzinfo is None
