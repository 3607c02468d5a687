"""Recommendations of the owner's own Facebook Page, with the Page's token.

Whether the interface still exists is for Graph to say: its documentation of the object calls it gone since v22.0, that
of the list goes on. No count is given, so an absent recommendation proves nothing.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING
from urllib.parse import quote

from scrapy import Request
from scrapy.spidermiddlewares.httperror import HttpError

from db.models import CrawlState
from db.phrases import say

from ..parsers import facebook
from .api import ApiSpider

if TYPE_CHECKING:
    from scrapy.http import Response
    from twisted.python.failure import Failure

GONE = say("Facebook no longer gives recommendations through this interface: import them or enter them by hand.")
REFUSED = say(
    "Facebook refuses the Page token: it has run out or was withdrawn. Make a new one and enter it in the settings "
    "of this source."
)
NOT_ALLOWED = say(
    "Facebook takes the Page token but does not let it read recommendations: it lacks the permission "
    "pages_read_user_content or the task Moderate on the Page. Make a new one and enter it in the settings of "
    "this source."
)
_FAULTS = (
    ((12,), "api_gone", GONE),
    ((102, 104, 190), "key_refused", REFUSED),
    ((3, 10, *range(200, 300)), "key_not_allowed", NOT_ALLOWED),  # 283 among them
)
WAIT = timedelta(hours=1)  # Graph counts calls over the last hour (developers.facebook.com, Rate limits)


class FacebookSpider(ApiSpider):
    name = "facebook"
    parser = staticmethod(facebook.parse)

    def first_request(self) -> Request:
        return self.ask(f"/{quote(self.place_ref, safe='')}/ratings?fields={quote(facebook.FIELDS)}&limit=100")

    def headers(self) -> dict[str, str]:
        return {"Authorization": f"Bearer {self.key('page_token')}"}

    def failed(self, failure: Failure) -> None:
        if (
            isinstance(failure.value, HttpError)
            and facebook.error_code(failure.value.response.body) in facebook.TOO_OFTEN
        ):
            sentence = say(
                "Facebook was asked too often with this token and asks us to wait. It is read again by itself after "
                "that."
            )
            self.tally.end(CrawlState.THROTTLED, "throttled", sentence, not_before_at=self.clock() + WAIT)
            return
        super().failed(failure)

    def fault_of(self, response: Response) -> tuple[str, str] | None:
        code = facebook.error_code(response.body)
        known = next(((reason, sentence) for codes, reason, sentence in _FAULTS if code in codes), None)
        if known is None and code in (100, 803):  # no such object, or none that this token may know of
            return "place_unknown", say(
                "Facebook knows no Page %(place)s. Check it in the settings of this source.", place=self.place_ref
            )
        return known or super().fault_of(response)
