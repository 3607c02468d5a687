"""Gathers reviews instead of storing them: the last step of a dry run; `db.rehearsing` tells what they would change."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from time import monotonic
from typing import TYPE_CHECKING, Self

from ..items import ReviewItem
from ..spiders.base import ReviewSpider
from ..spiders.polite import spider_of

if TYPE_CHECKING:
    from scrapy.crawler import Crawler

TOLD_EVERY_S = 1.0


class Rehearse:
    def __init__(self, crawler: Crawler) -> None:
        self.crawler = crawler
        self.told_at = 0.0

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        return cls(crawler)

    def process_item(self, item: ReviewItem) -> ReviewItem:
        spider = spider_of(self.crawler)
        if isinstance(spider, ReviewSpider) and spider.result_path is not None:
            spider.rehearsed.append(replace(item, external_id=spider.stored_id(item)))
            if monotonic() - self.told_at >= TOLD_EVERY_S:
                self.told_at = monotonic()
                seen_file(spider.result_path).write_text(str(len(spider.rehearsed)), encoding="ascii")
        return item


def seen_file(result: Path) -> Path:
    """Where a dry run writes how many reviews it has seen so far."""
    return result.with_suffix(".seen")
