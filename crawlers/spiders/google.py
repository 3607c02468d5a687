"""Reviews of a verified Google Business Profile: all of them, page by page, with the owner's own account."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scrapy import Request

from db.phrases import say

from .. import access
from ..errors import KeyFault
from ..parsers import google
from ..parsers.answer import error_word
from ..tokens import Grant
from .token import TokenSpider

if TYPE_CHECKING:
    from scrapy.http import Response

_FAULTS = {
    "SERVICE_DISABLED": (
        "api_disabled",
        say(
            "The Google My Business API is not switched on for this project. Ask Google for Basic API access, switch "
            "the API on in the Google Cloud console, then read this source again."
        ),
    ),
    "ACCESS_TOKEN_SCOPE_INSUFFICIENT": (
        "key_not_allowed",
        say(
            "The refresh token was given without the permission business.manage. Connect again, or enter one that has "
            "it in the settings of this source."
        ),
    ),
}


class GoogleSpider(TokenSpider):
    name = "google"
    parser = staticmethod(google.parse)
    proves_absence = True
    ends_with_empty_page = False

    def grant(self) -> Grant:
        return access.google(self)

    def first_request(self) -> Request:
        if not access.GOOGLE_PLACE.fullmatch(self.place_ref):
            raise KeyFault(
                "The location must look like accounts/123/locations/456. Enter it in the settings of this source."
            )
        return self.ask(f"/{self.place_ref}/reviews?pageSize=50&orderBy=updateTime%20desc")

    def wait_advice(self, response: Response) -> str:
        if response.status != 429:
            return ""
        return say("If this stays: a project may ask nothing until Google has granted it Basic API access.")

    def fault_of(self, response: Response) -> tuple[str, str] | None:
        word = error_word(response.body)
        if response.status == 403 and word in _FAULTS:
            return _FAULTS[word]
        if response.status == 403:
            return (
                "key_not_allowed",
                say(
                    "Google knows the account but does not let it read this location. It must own or manage the "
                    "profile; connect with one that does, or enter its refresh token in the settings of this source."
                ),
            )
        return super().fault_of(response)
