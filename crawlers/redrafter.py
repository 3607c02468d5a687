"""Asks the model that writes of the owner's choice: one request to an OpenAI-compatible endpoint, and what went wrong.

The guard is that of posting: the written address, and at connect time the one it leads to. Public ones by https alone;
this machine and the networks of one's own only where the owner has said that the model runs there. No redirects, no
proxies, one answer of limited size and time. Neither key nor texts stand in any message.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final
from urllib.parse import urlsplit, urlunsplit

from db.phrases import say

from .errors import CrawlerError, RefusedUrl
from .net import UrlRules, is_local
from .posters.calling import Answer, Line, NoAnswer, NotSent

LEAST_S: Final = 5
MOST_S: Final = 60  # a thread of the pages waits so long
_PATH = "/chat/completions"


class RedraftFault(CrawlerError):
    """No answer that can be used; the message tells a person what to do."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Endpoint:
    """Where the model is asked. `url` as `endpoint_url` gives it."""

    url: str
    key: str
    is_local: bool
    limit_s: int
    user_agent: str

    @property
    def host(self) -> str:
        return urlsplit(self.url).netloc


def endpoint_url(typed: str, *, is_local: bool) -> str:
    """The address that is asked, from what an owner typed: with or without /chat/completions.

    Raises:
        RefusedUrl: with a sentence for the person who typed it.
    """
    typed = typed.strip()
    parts = _rules(typed, is_local=is_local).check(typed)
    if parts.scheme == "http" and not is_local:
        raise RefusedUrl(say("Enter an address that begins with https://: key and texts travel there."))
    path = parts.path.rstrip("/")
    path = path if path.endswith(_PATH) else path + _PATH
    return urlunsplit((parts.scheme, parts.netloc, path, parts.query, ""))


def ask(endpoint: Endpoint, body: Mapping[str, Any]) -> dict[str, Any]:
    """The JSON object of its answer.

    Raises:
        RedraftFault: there is none.
    """
    line = Line(
        _rules(endpoint.url, is_local=endpoint.is_local),
        user_agent=endpoint.user_agent,
        timeout_s=endpoint.limit_s,
        delay_s=0,
        reaches=is_local if endpoint.is_local else None,
    )
    headers = {"Authorization": f"Bearer {endpoint.key}"} if endpoint.key else {}
    try:
        answer = line.ask("POST", endpoint.url, headers=headers, body=body)
    except RefusedUrl as error:
        raise RedraftFault(
            say("The address of the model is refused: %(why)s An owner looks at the settings.", why=str(error))
        ) from None
    except NotSent:
        raise RedraftFault(
            say("The model cannot be reached: nothing answers at its address. Is its server running?")
        ) from None
    except NoAnswer:
        raise RedraftFault(say("The model gave no whole answer in time. Try again, or write it yourself.")) from None
    return _read(answer)


def _read(answer: Answer) -> dict[str, Any]:
    if answer.status != 200:
        raise RedraftFault(_refusal(answer.status))
    if "event-stream" in answer.headers.get("content-type", "") or answer.body.lstrip().startswith(b"data:"):
        raise RedraftFault(say("The model answers in pieces (a stream) although it was asked for one answer."))
    try:
        found = json.loads(answer.body)
    except (ValueError, RecursionError):
        found = None
    if not isinstance(found, dict):
        raise RedraftFault(say("The answer of the model cannot be read: this address may be another service."))
    return found


def _refusal(status: int) -> str:
    if 300 <= status < 400:
        return say("The address of the model leads elsewhere. An owner enters the address where it ends.")
    if status in (401, 403):
        return say("The endpoint refuses the key. An owner enters it again in the settings.")
    if status in (400, 404, 405, 422):
        return say(
            "The endpoint does not know this address or this model (status %(status)s). An owner looks at both.",
            status=status,
        )
    if status == 429:
        return say("The endpoint was asked too often, or its budget is used up. Try again later.")
    return say("The endpoint has a fault of its own (status %(status)s). Try again later.", status=status)


def _rules(url: str, *, is_local: bool) -> UrlRules:
    """Any port: the owner types the address, and a model may listen wherever. Local names pass only with the tick."""
    try:
        parts = urlsplit(url)
        port = parts.port or (443 if parts.scheme == "https" else 80)
        host = (parts.hostname or "").rstrip(".").lower()
    except ValueError:
        return UrlRules()
    return UrlRules(
        ports=frozenset((80, 443, port)), allowed_hosts=frozenset({(host, port)}) if is_local else frozenset()
    )
