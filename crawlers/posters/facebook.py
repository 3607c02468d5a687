"""Facebook: an answer is a comment under the recommendation. Each call adds one, so none is sent on a guess."""

from __future__ import annotations

from urllib.parse import quote

from db.phrases import say

from ..access import bearer
from ..errors import ParseError
from ..parsers import facebook
from .api import ApiPoster, Message, part_of
from .base import Answered, Look, PostReceipt, PutOff, Refused
from .calling import Answer

PAGES_MOST = 20  # of 100: recommendations cannot be asked for one by one
TOO_OFTEN_S = 3600.0  # Graph counts calls over the last hour (developers.facebook.com, Rate limits)
_GONE = (12,)
_TOKEN = (102, 104, 190, 463, 467)
_RIGHTS = (10, 200, 283)


class FacebookPoster(ApiPoster):
    parse = staticmethod(facebook.parse)

    def look(self, answered: Answered) -> Look:
        url = self.account.base() + self.path_of(answered)
        for _ in range(PAGES_MOST):
            answer = self._asked("GET", url)
            self._must_be_told(answer)
            try:
                page = self.page_of(answer, url)
            except ParseError as error:
                raise PutOff(self.say_unread()) from error
            for review in page.reviews:
                if review.external_id == answered.review_id:
                    return Look(review=review)
            if not page.next_url or not page.next_url.startswith(self.account.base() + "/"):
                return Look(is_gone=True)
            url = page.next_url
        raise Refused(say("Facebook lists too many recommendations to find this one again. Answer it there by hand."))

    def path_of(self, answered: Answered) -> str:  # noqa: ARG002 - they are listed, and looked through
        return f"/{quote(self.account.place_ref, safe='')}/ratings?fields={quote(facebook.FIELDS)}&limit=100"

    def message(self, answered: Answered, text: str) -> Message:
        return Message("POST", f"/{part_of(answered.review_id)}/comments", {"message": text})

    def headers(self, api: str = "") -> dict[str, str]:  # noqa: ARG002 - one API
        return bearer(self.account.key("page_token"))

    def receipt(self, answer: Answer) -> PostReceipt:
        return PostReceipt(ref=str(answer.json().get("id", "")))

    def _must_be_told(self, answer: Answer) -> None:
        self._raise_for(answer)
        super()._must_be_told(answer)

    def _must_be_taken(self, answer: Answer) -> None:
        self._raise_for(answer)
        super()._must_be_taken(answer)

    def _raise_for(self, answer: Answer) -> None:
        """Graph tells by numbers of its own, mostly with status 400."""
        code = facebook.error_code(answer.body)
        if code in facebook.TOO_OFTEN:
            raise PutOff(
                say("%(name)s was asked too often. It is tried again by itself.", name=self.account.title),
                wait_s=TOO_OFTEN_S,
            )
        if code in _GONE:
            raise Refused(say("Facebook no longer takes answers through this interface: answer by hand."))
        if code in _TOKEN:
            raise Refused(
                say(
                    "Facebook refuses the Page token: it has run out or was withdrawn. Make a new one and enter it in "
                    "the settings of this source."
                )
            )
        if code in _RIGHTS:
            raise Refused(
                say(
                    "Facebook takes the Page token but does not let it comment: it lacks the permission "
                    "pages_manage_engagement. Make a new one with it, or answer by hand."
                )
            )
