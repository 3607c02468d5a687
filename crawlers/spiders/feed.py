"""RSS and Atom feeds. They mostly show the newest entries only, so an absent one proves nothing."""

from __future__ import annotations

from ..parsers import feeds
from .base import ReviewSpider


class FeedSpider(ReviewSpider):
    name = "feed"
    parser = staticmethod(feeds.parse)
