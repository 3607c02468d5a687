"""Five reviews of a place as Google Maps shows them, for a live box: an absent one proves nothing."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from scrapy import Request

from db.phrases import say

from ..errors import KeyFault
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
    not_allowed = say(
        "Google takes the API key but does not let it read places. In the Google Cloud console, switch on billing and "
        "let the key use the Places API (New) from this machine, then read this source again."
    )

    def first_request(self) -> Request:
        if not PLACE.fullmatch(self.place_ref):
            raise KeyFault("The place id is missing or is none of Google's. Enter it in the settings of this source.")
        return self.ask(f"/places/{self.place_ref}")

    def headers(self) -> dict[str, str]:
        return {"X-Goog-Api-Key": self.key("api_key"), "X-Goog-FieldMask": FIELDS}

    def fault_of(self, response: Response) -> tuple[str, str] | None:
        word = error_word(response.body)
        if word == "API_KEY_INVALID":  # with status 400
            return "key_refused", say("Google refuses the API key. Enter it again in the settings of this source.")
        if response.status == 400:
            return "place_unknown", say(
                "%(name)s knows no place %(place)s. Check it in the settings of this source.",
                name="Google",
                place=self.place_ref,
            )
        if word == "SERVICE_DISABLED":
            return "api_disabled", say(
                "Places API (New) is not switched on for this key's project. Switch it on in the Google Cloud console, "
                "then read this source again."
            )
        return super().fault_of(response)
