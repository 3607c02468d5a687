"""Tripadvisor's newest reviews by its Terra API: as many as the owner's plan shows, so an absent one proves nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scrapy import Request

from ..errors import IN_SETTINGS, KeyFault
from ..parsers import tripadvisor
from .api import ApiSpider

if TYPE_CHECKING:
    from scrapy.http import Response

_REFUSED = (
    "Tripadvisor refuses the key. It must be one of the Terra API (those of the Content API ended on 31 August 2026) "
    f"whose plan holds reviews. Enter it again {IN_SETTINGS}."
)


class TripadvisorSpider(ApiSpider):
    name = "tripadvisor"
    parser = staticmethod(tripadvisor.parse)

    def first_request(self) -> Request:
        if not (self.place_ref.isascii() and self.place_ref.isdecimal()):
            raise KeyFault(
                f"The location id is missing or no number. Enter it {IN_SETTINGS}: the digits after -d in the address "
                "of the page."
            )
        # "primary" brings each review in the guest's own language; every other value leaves out what was written in
        # another one and was not translated.
        return self.ask(f"/locations/{self.place_ref}/reviews?language=primary&sort_by=MOST_RECENT&size=20&page=1")

    def headers(self) -> dict[str, str]:
        return {"X-API-Key": self.key("api_key")}

    def fault_of(self, response: Response) -> tuple[str, str] | None:
        if response.status in (401, 403):
            return "key_refused", _REFUSED
        if response.status == 400:
            return "refused", f"Tripadvisor cannot read location {self.place_ref}. Check it {IN_SETTINGS}."
        return super().fault_of(response)
