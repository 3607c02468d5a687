"""Every customer review of an own app, in all countries, with the developer's responses. The list is full."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import quote

from scrapy import Request

from db.phrases import say

from .. import access
from ..parsers import appstoreconnect
from ..tokens import Grant
from .token import TokenSpider

if TYPE_CHECKING:
    from scrapy.http import Response


class AppStoreConnectSpider(TokenSpider):
    name = "appstoreconnect"
    parser = staticmethod(appstoreconnect.parse)
    proves_absence = True

    def grant(self) -> Grant:
        return access.appstoreconnect(self)

    def first_request(self) -> Request:
        app = quote(self.place_ref, safe="")
        return self.ask(f"/v1/apps/{app}/customerReviews?limit=200&sort=-createdDate&include=response")

    def fault_of(self, response: Response) -> tuple[str, str] | None:
        if response.status == 401:
            return "key_refused", say(
                "App Store Connect refuses the key. Check issuer id, key id and private key in the settings of this "
                "source, and the clock of this machine."
            )
        if response.status == 403:
            return "key_not_allowed", say(
                "App Store Connect takes the key but does not let it read these reviews. Give it the role "
                "Customer Support under Users and Access, Integrations."
            )
        return super().fault_of(response)
