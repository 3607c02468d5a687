"""Asks a platform for what is no review: tokens, keys to check signatures with. `grants` says what is asked.

Addresses are fixed ones (`Platform.apis`, `consents`) or the stand-in's. Redirects are not followed, proxies and
.netrc of the machine not used, answers above 64 kB not read: a secret travels to one address only. Secrets stand in no
message.
"""

from __future__ import annotations

import io
import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import requests
from urllib3.exceptions import HTTPError

from db.phrases import say

from .blocks import WALL_IN_JSON, recognise
from .errors import BlockedError, KeyFault, TokenFault

TOKEN = say("token")
_MOST_BYTES = 64 * 1024
_CONNECT_S = 10
_PASSING = ("temporarily_unavailable", "server_error", "slow_down", "rate_limited")  # errors that no key mends


@dataclass(frozen=True, slots=True, kw_only=True)
class Asking:
    """Who asks whom, and how long it may take."""

    platform: str  # its name, for messages
    keys: str  # what the owner entered, in words: "client id or client secret"
    user_agent: str
    timeout_s: float
    now: datetime
    thing: str = TOKEN  # what is asked for, for messages


@contextmanager
def guarded(session: Any, asking: Asking) -> Iterator[None]:
    """The session with its limits, and its errors as ours. Causes are cut off: they may quote what was sent.

    Raises:
        KeyFault: what was sent is refused; its `word` is the platform's own.
        TokenFault: no answer this time.
        BlockedError: a bot wall stands before the address.
    """
    session.trust_env = False
    session.stream = True  # `_reader` reads it, up to a size
    session.default_timeout = (_CONNECT_S, asking.timeout_s)
    session.headers["User-Agent"] = asking.user_agent
    session.hooks["response"] = [_reader(asking)]
    try:
        with session:
            yield
    except requests.Timeout:
        raise TokenFault(_not_given(asking, say("it did not answer in time"))) from None
    except requests.ConnectionError:
        raise TokenFault(_not_given(asking, say("it cannot be reached"))) from None
    except (requests.RequestException, HTTPError, OSError):
        raise TokenFault(_not_given(asking, say("its answer was cut off"))) from None
    except (ValueError, TypeError, OverflowError):
        raise TokenFault(_not_given(asking, say("its answer cannot be read"))) from None


def _reader(asking: Asking) -> Callable[..., None]:
    """Reads an answer whole and sorts out refusals, before anybody follows a redirect or takes a token from it."""

    def read(response: requests.Response, **_: Any) -> None:
        try:
            body = response.raw.read(_MOST_BYTES + 1, decode_content=True)
        finally:
            response.close()
        if len(body) > _MOST_BYTES:
            raise TokenFault(_not_given(asking, say("its answer cannot be read")))
        response.raw = io.BytesIO(body)
        _judge(response, body, asking)

    return read


def _judge(response: requests.Response, body: bytes, asking: Asking) -> None:
    status, headers = response.status_code, {name.lower(): value for name, value in response.headers.items()}
    is_own = "json" in headers.get("content-type", "") and WALL_IN_JSON not in body
    wall = None if is_own else recognise(status, headers, body)
    if wall is not None and wall.kind != "login":
        raise BlockedError(wall.message, kind=wall.kind)
    if status == 429:
        asked = headers.get("retry-after", "")
        wait_s = float(asked) if asked.isascii() and asked.isdecimal() and len(asked) < 10 else None
        raise TokenFault(_not_given(asking, say("it was asked too often")), is_throttled=True, wait_s=wait_s)
    error = _error_of(body) if status in (400, 401, 403) else ""
    if error in _PASSING:
        raise TokenFault(_not_given(asking, say("it has a fault of its own")))
    if error == "invalid_grant" and "refresh token" in asking.keys:
        raise KeyFault(
            say(
                "%(name)s takes the refresh token no longer: it was withdrawn or has run out. Connect again, or enter "
                "a new one in the settings of this source.",
                name=asking.platform,
            ),
            word=error,
        )
    if error or status == 401:
        raise KeyFault(
            say(
                "%(name)s refuses the %(keys)s. Enter them again in the settings of this source.",
                name=asking.platform,
                keys=asking.keys,
            ),
            word=error,
        )
    if status != 200:
        raise TokenFault(_not_given(asking, say("it answers with status %(status)s", status=status)))


def _error_of(body: bytes) -> str:
    try:
        value = json.loads(body)
    except (ValueError, RecursionError):
        return ""
    error = value.get("error") if isinstance(value, dict) else None
    return error if isinstance(error, str) else ""


def _not_given(asking: Asking, why: str) -> str:
    return not_given(asking.platform, why, asking.thing)


def not_given(platform: str, why: str, thing: str = TOKEN) -> str:
    """The sentence about what did not come."""
    return say("%(name)s gave no %(thing)s: %(why)s. It is tried again by itself.", name=platform, thing=thing, why=why)
