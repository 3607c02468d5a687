"""Five reviews of a place as Google Maps shows them, for a live box: an absent one proves nothing."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from scrapy import Request

from ..errors import IN_SETTINGS, KeyFault
from ..parsers import googleplaces
from ..parsers.answer import error_word
from .api import ApiSpider

if TYPE_CHECKING:
    from scrapy.http import Response

PLACE = re.compile(r"[\w-]{5,300}", re.ASCII)
FIELDS = "id,rating,userRatingCount,reviews"  # what is asked for decides the price


class GooglePlacesSpider(ApiSpider):
    name = "googleplaces"
    parser = staticmethod(googleplaces.parse)
    page_cap = 1

    def first_request(self) -> Request:
        if not PLACE.fullmatch(self.place_ref):
            raise KeyFault(f"The place id is missing or is none of Google's. Enter it {IN_SETTINGS}.")
        return self.ask(f"/places/{self.place_ref}")

    def headers(self) -> dict[str, str]:
        return {"X-Goog-Api-Key": self.key("api_key"), "X-Goog-FieldMask": FIELDS}

    def fault_of(self, response: Response) -> tuple[str, str] | None:
        word = error_word(response.body)
        if word == "API_KEY_INVALID":  # with status 400
            return "key_refused", f"Google refuses the API key. Enter it again {IN_SETTINGS}."
        if response.status == 400:
            return "place_unknown", f"Google knows no place {self.place_ref}. Check it {IN_SETTINGS}."
        if word == "SERVICE_DISABLED":
            return "api_disabled", "Places API (New) is not switched on for this key's project in Google Cloud."
        return super().fault_of(response)
