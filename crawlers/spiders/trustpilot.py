"""Trustpilot: its public API with a key alone, its private one with the key's secret or a business user's token."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from scrapy import Request

from db.phrases import say

from .. import access
from ..errors import KeyFault, ParseError
from ..parsers import trustpilot
from ..parsers.answer import part, read_object, text
from ..tokens import Grant
from .api import ApiSpider
from .token import TokenSpider

if TYPE_CHECKING:
    from scrapy.http import Response
    from twisted.python.failure import Failure

UNIT = re.compile(r"[0-9a-f]{24}")
LIMIT = 100  # reviews a page, the most there may be


class TrustpilotSpider(TokenSpider):
    name = "trustpilot"
    parser = staticmethod(trustpilot.parse)
    proves_absence = True
    not_allowed = say(
        "%(name)s takes the key but does not show it these reviews. Look under Integrations, Developers, APIs whether "
        "your application may use them, or ask %(name)s whether your plan holds them."
    )

    @property
    def is_private(self) -> bool:
        return bool(self.keys.get("api_secret"))

    def grant(self) -> Grant:
        return access.trustpilot(self)

    async def prepare(self) -> None:
        if self.is_private:
            await super().prepare()

    def headers(self) -> dict[str, str]:
        key = {"apikey": self.key("api_key")}
        return key | super().headers() if self.is_private else key

    def failed(self, failure: Failure) -> Any:
        return super().failed(failure) if self.is_private else ApiSpider.failed(self, failure)

    def first_request(self) -> Request:
        """The business unit: lists of reviews do not say how many there are."""
        place = self.place_ref.strip()
        if not place:
            raise KeyFault("The business unit is missing. Enter it in the settings of this source.")
        path = f"/{place}" if UNIT.fullmatch(place) else f"/find?name={quote(place, safe='')}"
        return self.ask("/business-units" + path, callback=self.read_unit)

    def read_unit(self, response: Response) -> Request | None:
        try:
            unit = read_object(response.body, None)
        except ParseError as error:
            unit = {}
            self.logger.info("run=%d the business unit cannot be read: %s", self.run_id, error)
        number, total = text(unit, "id"), part(unit, "numberOfReviews").get("total")
        if not UNIT.fullmatch(number):
            self.tally.page_failed(
                "unreadable", say("Trustpilot's answer names no business unit. It is tried again by itself.")
            )
            return None
        self.tally.advertised_total = total if type(total) is int and total >= 0 else None
        path = f"{'/private' if self.is_private else ''}/business-units/{number}/reviews"
        return self.ask(f"{path}?perPage={LIMIT}&orderBy=createdat.desc&page=1")
