"""Trustpilot's private API: an answer in the name of a business user."""

from __future__ import annotations

import json

from ..items import ParsedPage
from ..parsers import trustpilot
from .api import ApiPoster, Message, part_of
from .base import Answered
from .calling import Answer


class TrustpilotPoster(ApiPoster):
    parse = staticmethod(trustpilot.parse)

    def path_of(self, answered: Answered) -> str:
        return f"/private/reviews/{part_of(answered.review_id)}"

    def page_of(self, answer: Answer, url: str) -> ParsedPage:
        body = json.dumps({"reviews": [answer.json()]}).encode()
        return trustpilot.parse(body, url=url, encoding=None, now=self.account.clock())

    def message(self, answered: Answered, text: str) -> Message:
        said = {"authorBusinessUserId": self.account.key("business_user_id"), "message": text}
        return Message("POST", f"{self.path_of(answered)}/reply", said)

    def headers(self, api: str = "") -> dict[str, str]:
        return {"apikey": self.account.key("api_key")} | super().headers(api)

    def reason_of(self, answer: Answer) -> str:
        told = answer.json()
        return str(told.get("message") or told.get("reason") or "")[:160]
