"""Yelp's excerpts: a few that Yelp chooses, so an absent one proves nothing."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING
from urllib.parse import quote

from scrapy import Request

from ..errors import IN_SETTINGS, KeyFault
from ..parsers import yelp
from ..parsers.addresses import with_parameters
from ..parsers.answer import error_word
from .api import ApiSpider

if TYPE_CHECKING:
    from scrapy.http import Response

LIMIT = 50  # the most there may be a page


class YelpSpider(ApiSpider):
    name = "yelp"
    parser = staticmethod(yelp.parse)

    def first_request(self) -> Request:
        if not self.place_ref.strip():
            raise KeyFault(f"The business id is missing. Enter it {IN_SETTINGS}.")
        path = f"/businesses/{quote(self.place_ref.strip(), safe='')}/reviews?limit={LIMIT}&offset=0&sort_by=yelp_sort"
        locale = str(self.options.get("locale", ""))
        return self.ask(with_parameters(self.base() + path, locale=locale) if locale else path)

    def headers(self) -> dict[str, str]:
        return {"Authorization": f"Bearer {self.key('api_key')}"}

    def asked_wait(self, response: Response) -> float | None:
        """The day's calls are used up until `RateLimit-ResetTime`, by default midnight UTC; a hurried second passes."""
        if response.status != 429 or error_word(response.body) != "ACCESS_LIMIT_REACHED":
            return None
        now = self.clock()
        written = (response.headers.get("RateLimit-ResetTime") or b"").decode("latin-1").strip()
        try:
            reset = datetime.fromisoformat(written)
        except ValueError:
            reset = (now + timedelta(days=1)).replace(hour=0, minute=0, second=0, microsecond=0)
        reset = reset.replace(tzinfo=UTC) if reset.tzinfo is None else reset
        return (reset - now).total_seconds()

    def wait_advice(self, response: Response) -> str:
        if error_word(response.body) != "ACCESS_LIMIT_REACHED":
            return ""
        return "The calls of Yelp's plan are used up for today: read this source less often, or take a larger plan."

    def fault_of(self, response: Response) -> tuple[str, str] | None:
        if response.status == 301:
            return "place_moved", f"Yelp keeps this business under another id now. Enter it {IN_SETTINGS}."
        if response.status == 403:
            return "key_not_allowed", "Yelp's plan of this key shows no reviews: it has to be Enhanced or above."
        return super().fault_of(response)
