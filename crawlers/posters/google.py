"""Google Business Profile: an answer is put in the place of the one before, and is looked at before it is shown."""

from __future__ import annotations

import json

from db.phrases import say

from ..access import GOOGLE_PLACE
from ..errors import KeyFault
from ..items import ParsedPage, ReplyState
from ..parsers import google
from .api import ApiPoster, Message, part_of, state_of
from .base import Answered, PostReceipt
from .calling import Answer

_STATES = {"APPROVED": ReplyState.PUBLISHED, "REJECTED": ReplyState.REJECTED}


class GooglePoster(ApiPoster):
    parse = staticmethod(google.parse)

    def path_of(self, answered: Answered) -> str:
        place = self.account.place_ref
        if not GOOGLE_PLACE.fullmatch(place):
            raise KeyFault(
                say("The location must look like accounts/123/locations/456. Enter it in the settings of this source.")
            )
        return f"/{place}/reviews/{part_of(answered.review_id)}"

    def page_of(self, answer: Answer, url: str) -> ParsedPage:
        body = json.dumps({"reviews": [answer.json()]}).encode()
        return google.parse(body, url=url, encoding=None, now=self.account.clock())

    def message(self, answered: Answered, text: str) -> Message:
        return Message("PUT", f"{self.path_of(answered)}/reply", {"comment": text})

    def receipt(self, answer: Answer) -> PostReceipt:
        return PostReceipt(state=state_of(answer.json().get("reviewReplyState"), _STATES))
