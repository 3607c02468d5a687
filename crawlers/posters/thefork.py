"""TheFork: an answer is put in the place of the one before, and is looked at before it is shown."""

from __future__ import annotations

from ..errors import KeyFault
from ..items import ReplyState
from ..parsers import thefork
from .api import ApiPoster, Message, part_of, state_of
from .base import Answered, PostReceipt
from .calling import Answer

_STATES = {"PUBLISHED": ReplyState.PUBLISHED, "REJECTED": ReplyState.REJECTED}
_LANGUAGE = "en"  # two letters are needed; where nobody knows, the platform's own page is in English


class TheForkPoster(ApiPoster):
    parse = staticmethod(thefork.parse)

    def path_of(self, answered: Answered) -> str:
        if not thefork.ID.fullmatch(answered.review_id):
            raise KeyFault("This review has no id of TheFork's. Answer it in TheFork Manager.")
        return f"/v1/reviews/{part_of(answered.review_id)}"

    def message(self, answered: Answered, text: str) -> Message:
        content = {"content": text, "language": answered.language[:2] or _LANGUAGE}
        return Message("PUT", f"{self.path_of(answered)}/reply", content)

    def reason_of(self, answer: Answer) -> str:
        data = answer.json().get("data")
        code = data.get("code") if isinstance(data, dict) else None
        return code.replace("_", " ").lower()[:80] if isinstance(code, str) else ""

    def receipt(self, answer: Answer) -> PostReceipt:
        return PostReceipt(state=state_of(answer.json().get("publicationStatus"), _STATES))
