"""Reviews of an own app that were written or changed in the last seven days: an absent one proves nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import quote

from scrapy import Request

from db.phrases import say

from .. import access
from ..parsers import googleplay
from ..tokens import Grant
from .token import TokenSpider

if TYPE_CHECKING:
    from scrapy.http import Response


class GooglePlaySpider(TokenSpider):
    name = "googleplay"
    parser = staticmethod(googleplay.parse)

    def grant(self) -> Grant:
        return access.googleplay(self)

    def first_request(self) -> Request:
        # No translationLanguage: the words arrive as they were written.
        return self.ask(f"/applications/{quote(self.place_ref, safe='')}/reviews?maxResults=100")

    def fault_of(self, response: Response) -> tuple[str, str] | None:
        if response.status == 403:
            return "key_not_allowed", say(
                "Google Play takes the service account but does not let it read these reviews. Invite it in the "
                "Play Console under Users and permissions, with the right to reply to reviews."
            )
        return super().fault_of(response)
