"""Shows what a source would bring, and stores nothing: the last step of a dry run (`crawlers.trial`)."""

from __future__ import annotations

import json
import os
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Self

from ..items import ReviewItem
from ..probe import SAMPLE, sample_of
from ..spiders.polite import spider_of
from ..trial import REPORT_VARIABLE

if TYPE_CHECKING:
    from scrapy.crawler import Crawler


class Preview:
    def __init__(self, crawler: Crawler) -> None:
        self.crawler = crawler
        self.first: list[ReviewItem] = []
        self.count = 0

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        return cls(crawler)

    def process_item(self, item: ReviewItem) -> ReviewItem:
        self.count += 1
        if len(self.first) < SAMPLE:
            self.first.append(item)
        return item

    def close_spider(self) -> None:
        sample = sample_of(spider_of(self.crawler).name, self.first)
        seen = {"reviews_seen": self.count, "sample": [asdict(one) for one in sample]}
        Path(os.environ[REPORT_VARIABLE]).write_text(json.dumps(seen), encoding="utf-8")
