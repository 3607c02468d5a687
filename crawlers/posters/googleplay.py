"""Google Play: one answer, which a second one replaces; markup is taken out of it."""

from __future__ import annotations

import json
from urllib.parse import quote

from ..items import ParsedPage
from ..parsers import googleplay
from .api import ApiPoster, Message, part_of
from .base import Answered
from .calling import Answer


class GooglePlayPoster(ApiPoster):
    parse = staticmethod(googleplay.parse)

    def path_of(self, answered: Answered) -> str:
        # No translationLanguage: the words arrive as they were written.
        return f"/applications/{quote(self.account.place_ref, safe='')}/reviews/{part_of(answered.review_id)}"

    def page_of(self, answer: Answer, url: str) -> ParsedPage:
        body = json.dumps({"reviews": [answer.json()]}).encode()
        return googleplay.parse(body, url=url.rpartition("/")[0], encoding=None, now=self.account.clock())

    def message(self, answered: Answered, text: str) -> Message:
        return Message("POST", f"{self.path_of(answered)}:reply", {"replyText": text})
