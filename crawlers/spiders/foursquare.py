"""Foursquare's tips: 50 at most and no further page, so an absent one proves nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scrapy import Request

from db.phrases import say

from ..parsers import foursquare
from .api import ApiSpider

if TYPE_CHECKING:
    from scrapy.http import Response

VERSION = "2025-06-17"


class FoursquareSpider(ApiSpider):
    name = "foursquare"
    parser = staticmethod(foursquare.parse)
    page_cap = 1
    not_allowed = say(
        "%(name)s takes the key but shows it no tips: they are Premium data. Switch on billing for its project in the "
        "developer console, then read this source again."
    )

    def first_request(self) -> Request:
        fields = "id,created_at,text,url,lang"
        return self.ask(f"/places/{self.place_ref}/tips?limit=50&sort=NEWEST&fields={fields}")

    def headers(self) -> dict[str, str]:
        return {"Authorization": f"Bearer {self.key('service_key')}", "X-Places-Api-Version": VERSION}

    def fault_of(self, response: Response) -> tuple[str, str] | None:
        if response.status == 410:
            return "retired", say("Foursquare has retired this interface. Update Amends.")
        return super().fault_of(response)
