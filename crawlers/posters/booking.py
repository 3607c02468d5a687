"""Booking.com: an answer is looked at for up to two days, and whether it is shown meanwhile is not documented."""

from __future__ import annotations

from urllib.parse import quote

from db.phrases import say

from ..access import booking_header
from ..items import ReplyState
from ..parsers import booking
from .api import ApiPoster, Message, part_of
from .base import Answered, PostReceipt, Refused
from .calling import Answer


class BookingPoster(ApiPoster):
    shows_at_once = False
    parse = staticmethod(booking.parse)

    def path_of(self, answered: Answered) -> str:
        place = quote(self.account.place_ref, safe="")
        return f"/properties/{place}/reviews/{part_of(answered.review_id)}"

    def message(self, answered: Answered, text: str) -> Message:
        return Message("POST", self.path_of(answered), {"reply": text})

    def headers(self, api: str = "") -> dict[str, str]:  # noqa: ARG002 - one API
        return booking_header(self.account)

    def reason_of(self, answer: Answer) -> str:
        errors = answer.json().get("errors")
        first = errors[0] if isinstance(errors, list) and errors and isinstance(errors[0], dict) else {}
        return str(first.get("message", ""))[:160].strip(" .")

    def receipt(self, answer: Answer) -> PostReceipt:
        """Errors come with status 200 as well."""
        if reason := self.reason_of(answer):
            raise Refused(
                say(
                    "%(name)s does not take this answer: %(reason)s. Mend it, or answer by hand.",
                    name=self.account.title,
                    reason=reason,
                )
            )
        meta = answer.json().get("meta")
        return PostReceipt(ref=str(meta.get("ruid", "")) if isinstance(meta, dict) else "", state=ReplyState.PENDING)
