"""One review once: repeats within a run are dropped, and an id that stands for two reviews is not believed.

Sites number the reviews of every page anew ("#1" to "#10"). Within a page the parser sees that; across pages only the
run does. The second bearer of an id then goes by its digest, as if it had none.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Self

from scrapy.exceptions import DropItem

from ..items import IdKind, ReviewItem
from ..parsers import identity
from ..spiders.polite import spider_of

if TYPE_CHECKING:
    from scrapy.crawler import Crawler


class Normalise:
    def __init__(self, crawler: Crawler) -> None:
        self.crawler = crawler
        self.bearers: dict[str, str] = {}  # external id: digest of the review that came with it

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        return cls(crawler)

    def process_item(self, item: ReviewItem) -> ReviewItem:
        if item.id_kind is IdKind.URL:
            item = self._believed(item)
        tally = spider_of(self.crawler).tally
        if item.external_id in tally.seen:
            raise DropItem("repeated")
        tally.seen.add(item.external_id)
        tally.found += 1
        return item

    def _believed(self, item: ReviewItem) -> ReviewItem:
        digest = identity.digest(
            author=item.author_name,
            body=item.body or item.title,
            rating=item.rating_raw,
            published_at=item.published_at,
            precision=item.published_precision,
        )
        if self.bearers.setdefault(item.external_id, digest) == digest:
            return item
        return replace(item, external_id=digest, id_kind=IdKind.DIGEST)
