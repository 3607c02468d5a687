"""A poster of a platform with an API: what all of them do alike, and what an answer's status means.

class AcmePoster(ApiPoster):
    parse = staticmethod(acme.parse)

    def path_of(self, answered):         # where one review is read
        return f"/reviews/{part_of(answered.review_id)}"

    def message(self, answered, text):   # what is sent
        return Message("PUT", f"/reviews/{part_of(answered.review_id)}/reply", {"text": text})
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, ClassVar
from urllib.parse import quote

from db.phrases import say

from ..access import GRANTS, bearer
from ..blocks import WALL_IN_JSON, recognise
from ..errors import BlockedError, KeyFault, ParseError, RefusedUrl, TokenFault
from ..items import ParsedPage, ReplyState, Standing
from ..net import UrlRules
from ..tokens import forget_token, token_for
from .account import LONGEST_DELAY_S, Account
from .base import Answered, Look, PostReceipt, PutOff, Refused, Unsure
from .calling import Answer, Line, NoAnswer, NotSent

MOST_WAIT_S = 24 * 3600.0
_REASON = re.compile(r"[A-Z][A-Z0-9_]{2,60}|[^\x00-\x1f\x7f<>]{1,160}")


@dataclass(frozen=True, slots=True)
class Message:
    """A request that posts an answer. `api` names one of the platform's addresses."""

    method: str
    path: str
    body: Mapping[str, Any]
    api: str = ""


class ApiPoster:
    shows_answers: ClassVar[bool] = True
    shows_at_once: ClassVar[bool] = True
    parse: ClassVar[Callable[..., ParsedPage]]

    def __init__(self, account: Account) -> None:
        self.account = account
        rules = UrlRules(ports=account.settings.ports, allowed_hosts=account.settings.allowed_hosts)
        self.line = Line(
            rules,
            user_agent=account.user_agent,
            timeout_s=account.timeout_s,
            delay_s=min(account.delay_s, LONGEST_DELAY_S),
        )

    # What a platform says of itself

    def path_of(self, answered: Answered) -> str:
        """Where one review is read."""
        raise NotImplementedError

    def message(self, answered: Answered, text: str) -> Message:
        raise NotImplementedError

    def page_of(self, answer: Answer, url: str) -> ParsedPage:
        """The one review that was asked for. Raises ParseError."""
        return type(self).parse(answer.body, url=url, encoding=None, now=self.account.clock())

    def receipt(self, answer: Answer) -> PostReceipt:  # noqa: ARG002 - for those that say more than yes
        return PostReceipt()

    def headers(self, api: str = "") -> dict[str, str]:  # noqa: ARG002 - for those with several
        """What every request carries. Raises KeyFault, TokenFault or BlockedError."""
        return bearer(token_for(self.account, GRANTS[self.account.name](self.account)))

    def reason_of(self, answer: Answer) -> str:
        """The platform's own words for a refusal, in short; empty without any."""
        error = answer.json().get("error")
        words = error.get("message") if isinstance(error, dict) else error
        return _short(words)

    # What all do

    def look(self, answered: Answered) -> Look:
        path = self._checked(self.path_of, answered)
        answer = self._asked("GET", path)
        if answer.status in (404, 410):
            return Look(is_gone=True)
        self._must_be_told(answer)
        try:
            page = self.page_of(answer, self.account.base() + path)
        except ParseError as error:
            raise PutOff(self.say_unread()) from error
        review = next((one for one in page.reviews if one.external_id == answered.review_id), None)
        if review is None:
            raise PutOff(self.say_unread())
        return Look(review=review, is_gone=review.standing is Standing.WITHDRAWN)

    def send(self, answered: Answered, text: str) -> PostReceipt:
        message = self._checked(self.message, answered, text)
        url = self.account.base(message.api) + message.path
        answer = self._sent(message, url)
        if answer.status == 401 and message.api == "" and self.account.name in GRANTS:
            forget_token(self.account)  # refused, so nothing was taken: a token may end before its time
            answer = self._sent(message, url)
        self._must_be_taken(answer)
        return self.receipt(answer)

    def say_unread(self) -> str:
        return say("%(name)s could not be asked for this review. It is tried again by itself.", name=self.account.title)

    def _checked(self, made: Callable[..., Any], *given: Any) -> Any:
        try:
            return made(*given)
        except KeyFault as fault:
            raise Refused(str(fault)) from fault

    def _asked(self, method: str, path: str) -> Answer:
        url = path if path.startswith(("http://", "https://")) else self.account.base() + path
        answer = self._read_once(method, url)
        if answer.status == 401 and self.account.name in GRANTS:
            forget_token(self.account)
            answer = self._read_once(method, url)
        return answer

    def _read_once(self, method: str, url: str) -> Answer:
        try:
            return self.line.ask(method, url, headers=self._headers(""))
        except RefusedUrl as fault:
            raise Refused(str(fault)) from fault
        except (NotSent, NoAnswer) as fault:
            raise PutOff(self.say_unread()) from fault

    def _sent(self, message: Message, url: str) -> Answer:
        name = self.account.title
        headers = self._headers(message.api)
        try:
            return self.line.ask(message.method, url, headers=headers, body=dict(message.body))
        except RefusedUrl as fault:
            raise Refused(str(fault)) from fault
        except NotSent as fault:
            raise PutOff(say("%(name)s cannot be reached. It is tried again by itself.", name=name)) from fault
        except NoAnswer as fault:
            raise Unsure(
                say("%(name)s did not say whether it has taken the answer. It is asked what it shows.", name=name)
            ) from fault

    def _headers(self, api: str) -> dict[str, str]:
        try:
            return self.headers(api)
        except KeyFault as fault:
            raise Refused(str(fault)) from fault
        except TokenFault as fault:
            raise PutOff(str(fault), wait_s=fault.wait_s) from fault
        except BlockedError as fault:
            raise PutOff(str(fault)) from fault

    def _must_be_told(self, answer: Answer) -> None:
        """Raises unless an answer to a question can be read."""
        if answer.status in (401, 403):
            self._turned_away(answer)
        if answer.status == 429 or answer.status >= 500:
            raise PutOff(self.say_unread(), wait_s=wait_of(answer))
        if answer.status != 200:
            reason = self.reason_of(answer) or say("status %(status)s", status=answer.status)
            raise Refused(
                say(
                    "%(name)s does not show this review: %(reason)s. Look at it there, and answer by hand.",
                    name=self.account.title,
                    reason=reason,
                )
            )

    def _must_be_taken(self, answer: Answer) -> None:
        """Raises unless an answer was taken."""
        name = self.account.title
        if 200 <= answer.status < 300:
            return
        if answer.status in (401, 403):
            self._turned_away(answer)
        if answer.status == 429:
            raise PutOff(
                say("%(name)s was asked too often. It is tried again by itself.", name=name), wait_s=wait_of(answer)
            )
        if answer.status == 409:
            raise Unsure(say("%(name)s says that there is an answer already. It is asked what it shows.", name=name))
        if answer.status == 408 or answer.status >= 500:  # what stands before a platform may answer so when it has it
            raise Unsure(
                say("%(name)s has a fault of its own. It is asked whether it has the answer.", name=name),
                wait_s=wait_of(answer),
            )
        reason = self.reason_of(answer) or say("status %(status)s", status=answer.status)
        raise Refused(
            say("%(name)s does not take this answer: %(reason)s. Mend it, or answer by hand.", name=name, reason=reason)
        )

    def _turned_away(self, answer: Answer) -> None:
        name = self.account.title
        is_own = "json" in answer.headers.get("content-type", "") and WALL_IN_JSON not in answer.body
        wall = None if is_own else recognise(answer.status, answer.headers, answer.body)
        if wall is not None and wall.kind not in ("login", "denied"):
            raise PutOff(wall.message)
        if answer.status == 401:
            raise Refused(say("%(name)s refuses the key. Enter it again in the settings of this source.", name=name))
        raise Refused(
            say(
                "%(name)s takes the key but does not allow it to answer reviews. Give it that right there, or answer "
                "by hand.",
                name=name,
            )
        )


def wait_of(answer: Answer) -> float | None:
    """Seconds that `Retry-After` asks for; None where it does not say, or not in seconds."""
    asked = answer.headers.get("retry-after", "").strip()
    return min(float(asked), MOST_WAIT_S) if asked.isascii() and asked.isdecimal() and len(asked) < 10 else None


def part_of(name: str) -> str:
    """An id as one part of a path: ids come from the platform, and nothing in them leads elsewhere."""
    return quote(name, safe="")


def state_of(word: object, states: Mapping[str, ReplyState]) -> ReplyState:
    """What a platform's word for the state of an answer means; an unknown one: nobody reads it yet."""
    return states.get(word, ReplyState.PENDING) if isinstance(word, str) else ReplyState.PUBLISHED


def _short(words: object) -> str:
    if not isinstance(words, str):
        return ""
    found = _REASON.match(" ".join(words.split()))
    return found.group().strip(" .") if found else ""
