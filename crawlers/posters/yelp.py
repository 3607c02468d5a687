"""Yelp's partner API: one answer a review, in the name of the business owner.

What is read again is the few excerpts that Yelp shows, and no answers are among them: where the outcome of sending is
not known, a person has to look.
"""

from __future__ import annotations

from typing import ClassVar
from urllib.parse import quote

from ..access import bearer
from ..errors import KeyFault, ParseError
from ..parsers import yelp
from ..parsers.addresses import with_parameters
from .api import ApiPoster, Message, part_of
from .base import Answered, Look, PutOff
from .calling import Answer

PARTNER = "partner"
LIMIT = 50  # the most there may be a page


class YelpPoster(ApiPoster):
    shows_answers: ClassVar[bool] = False
    shows_at_once: ClassVar[bool] = False
    parse = staticmethod(yelp.parse)

    def look(self, answered: Answered) -> Look:
        path = self._checked(self.path_of, answered)
        answer = self._asked("GET", path)
        self._must_be_told(answer)
        try:
            page = self.page_of(answer, self.account.base() + path)
        except ParseError as error:
            raise PutOff(self.say_unread()) from error
        return Look(review=next((one for one in page.reviews if one.external_id == answered.review_id), None))

    def path_of(self, answered: Answered) -> str:  # noqa: ARG002 - the excerpts are listed
        place = self.account.place_ref.strip()
        if not place:
            raise KeyFault("The business id is missing. Enter it in the settings of this source.")
        path = f"/businesses/{quote(place, safe='')}/reviews?limit={LIMIT}&offset=0&sort_by=yelp_sort"
        locale = str(self.account.options.get("locale", ""))
        return with_parameters(self.account.base() + path, locale=locale) if locale else path

    def message(self, answered: Answered, text: str) -> Message:
        said = {"response_text": text, "response_type": "public_comment"}
        return Message("POST", f"/reviews/v1/{part_of(answered.review_id)}", said, api=PARTNER)

    def headers(self, api: str = "") -> dict[str, str]:
        return bearer(self.account.key("owner_token" if api == PARTNER else "api_key"))

    def reason_of(self, answer: Answer) -> str:
        error = answer.json().get("error")
        return str(error.get("description", ""))[:160].strip(" .") if isinstance(error, dict) else ""
