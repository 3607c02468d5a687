"""App Store Connect: posting again overwrites; Apple shows an answer after a while."""

from __future__ import annotations

import json
from typing import Any

from ..items import ParsedPage, ReplyState
from ..parsers import appstoreconnect
from .api import ApiPoster, Message, part_of, state_of
from .base import Answered, PostReceipt
from .calling import Answer

_STATES = {"PUBLISHED": ReplyState.PUBLISHED}


class AppStoreConnectPoster(ApiPoster):
    parse = staticmethod(appstoreconnect.parse)

    def path_of(self, answered: Answered) -> str:
        return f"/v1/customerReviews/{part_of(answered.review_id)}?include=response"

    def page_of(self, answer: Answer, url: str) -> ParsedPage:
        told = answer.json()
        body = json.dumps({"data": [told.get("data")], "included": told.get("included", [])}).encode()
        return appstoreconnect.parse(body, url=url, encoding=None, now=self.account.clock())

    def message(self, answered: Answered, text: str) -> Message:
        review = {"data": {"type": "customerReviews", "id": answered.review_id}}
        said: dict[str, Any] = {
            "type": "customerReviewResponses",
            "attributes": {"responseBody": text},
            "relationships": {"review": review},
        }
        return Message("POST", "/v1/customerReviewResponses", {"data": said})

    def reason_of(self, answer: Answer) -> str:
        errors = answer.json().get("errors")
        first = errors[0] if isinstance(errors, list) and errors and isinstance(errors[0], dict) else {}
        return str(first.get("title", ""))[:160].strip(" .")

    def receipt(self, answer: Answer) -> PostReceipt:
        data = answer.json().get("data")
        fields = data.get("attributes") if isinstance(data, dict) else None
        state = fields.get("state") if isinstance(fields, dict) else None
        ref = str(data.get("id", "")) if isinstance(data, dict) else ""
        return PostReceipt(ref=ref, state=state_of(state, _STATES))
