"""Mentions by feed: those that hold one of the owner's words (option `words`). A feed shows the newest entries only."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any, Self

from db.models import Source
from db.session import read_scope

from ..items import ParsedPage
from ..parsers import mentions
from .base import ReviewSpider

if TYPE_CHECKING:
    from scrapy.crawler import Crawler
    from scrapy.http import Response


class MentionsSpider(ReviewSpider):
    name = "mentions"
    parser = staticmethod(mentions.parse)
    ends_with_empty_page = False  # nobody says one of the words there
    words: tuple[str, ...]

    @classmethod
    def from_crawler(cls, crawler: Crawler, *args: Any, **kwargs: Any) -> Self:
        spider = super().from_crawler(crawler, *args, **kwargs)
        with read_scope(spider.database) as session:
            spider.words = mentions.words_of(session.get_one(Source, spider.source_id).options.get("words"))
        return spider

    def _page_of(self, response: Response) -> ParsedPage | None:
        page = super()._page_of(response)
        if page is None:
            return None
        return replace(page, reviews=mentions.holding(page.reviews, self.words))
