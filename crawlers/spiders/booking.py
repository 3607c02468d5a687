"""Reviews of one property from Booking.com's partner API: the latest changed first, page after page to an empty one.

No count is given, and how long reviews stay in the list is not said, so an absent one proves nothing.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING
from urllib.parse import quote

from scrapy import Request

from db.phrases import say

from .. import access
from ..parsers import booking
from .api import ApiSpider

if TYPE_CHECKING:
    from scrapy.http import Response

WINDOW = timedelta(days=3 * 365)  # Booking.com shows reviews for three years


class BookingSpider(ApiSpider):
    name = "booking"
    parser = staticmethod(booking.parse)

    def first_request(self) -> Request:
        since = (self.clock() - WINDOW).date().isoformat()
        return self.ask(f"/properties/{quote(self.place_ref, safe='')}/reviews?from_date={since}&limit=100")

    def headers(self) -> dict[str, str]:
        return access.booking_header(self)

    def fault_of(self, response: Response) -> tuple[str, str] | None:
        if response.status == 403:
            return "key_not_allowed", say(
                "Booking.com takes the machine account but does not let it read these reviews. Give it the right "
                "review-api in the Connectivity Portal and connect it with the property %(place)s.",
                place=self.place_ref,
            )
        return super().fault_of(response)
