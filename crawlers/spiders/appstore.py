"""The App Store's public reviews feed: at most ten pages a country, at times empty for no reason."""

from __future__ import annotations

from ..parsers import appstore
from .base import ReviewSpider


class AppStoreSpider(ReviewSpider):
    name = "appstore"
    parser = staticmethod(appstore.parse)
    page_cap = appstore.LAST_PAGE
