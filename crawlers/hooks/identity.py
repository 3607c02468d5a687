"""Who has sent a push: Google's Pub/Sub proves it where its subscription is told to (cloud.google.com/pubsub, push).

The message then bears a token of OpenID Connect, signed with a key that Google publishes. What it must say: issued by
Google, for our audience, for the service account that the owner has chosen, and that it has not run out.
"""

from __future__ import annotations

import json
import re
import threading
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

import requests
from joserfc import jwt
from joserfc.errors import ClaimError, ExpiredTokenError, JoseError
from joserfc.jwk import RSAKey

from ..asking import Asking, guarded
from ..errors import BlockedError, CrawlerError, KeyFault, TokenFault

_KEYS_URL = "https://www.googleapis.com/oauth2/v3/certs"
ISSUERS = ["https://accounts.google.com", "accounts.google.com"]
TOKEN_MOST = 8000  # characters; Google's have about 800
LEEWAY_S = 60  # clocks differ
TIMEOUT_S = 5.0
_LEAST, _MOST = timedelta(minutes=5), timedelta(days=1)  # whatever Google says, keys are kept this long
_AGAIN = timedelta(minutes=1)  # between two fetches for a key that is not among those
_TURN_S = 2.0  # a message that waits longer for another's fetch is sent again by Pub/Sub
_MOST_KEYS = 50


class Unproved(CrawlerError):
    """The sender is not the one expected. `reason` is a short word for the log."""

    def __init__(self, reason: str) -> None:
        super().__init__(f"The message does not prove who sent it: {reason}.")
        self.reason = reason


@dataclass(frozen=True, slots=True, kw_only=True)
class Sender:
    """Whom the owner expects."""

    email: str
    audience: str


@dataclass(slots=True)
class PublishedKeys:
    """Google's keys, fetched when one is needed and kept as long as Google says. For all threads of a process."""

    url: str
    user_agent: str
    _keys: dict[str, RSAKey] = field(default_factory=dict)
    _fetched_at: datetime | None = None
    _ends_at: datetime | None = None
    _failed_at: datetime | None = None
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def find(self, number: str, now: datetime) -> RSAKey:
        """The key of this number.

        Raises:
            Unproved: Google publishes none.
            TokenFault: the keys cannot be fetched now.
        """
        if not self._lock.acquire(timeout=_TURN_S):
            raise TokenFault("Google's keys are being fetched.")
        try:
            is_stale = self._ends_at is None or now >= self._ends_at
            is_unknown = number not in self._keys and (self._fetched_at is None or now - self._fetched_at >= _AGAIN)
            if is_stale or is_unknown:
                self._fetch(now)
            if number not in self._keys:
                raise Unproved("unknown key")
            return self._keys[number]
        finally:
            self._lock.release()

    def _fetch(self, now: datetime) -> None:
        if self._failed_at is not None and now - self._failed_at < _AGAIN / 6:
            raise TokenFault("Google's keys could not be fetched some seconds ago.")
        asking = Asking(
            platform="Google", keys="address", user_agent=self.user_agent, timeout_s=TIMEOUT_S, now=now, thing="keys"
        )
        session = requests.Session()
        try:
            with guarded(session, asking):
                answer = session.get(self.url, timeout=(TIMEOUT_S, TIMEOUT_S), allow_redirects=False)
            keys = _read_keys(answer.content)
        except (KeyFault, BlockedError, TokenFault) as fault:
            self._failed_at = now
            raise TokenFault(str(fault)) from fault
        self._keys, self._fetched_at, self._failed_at = keys, now, None
        self._ends_at = now + _lifetime(answer.headers)


def keys_url(standin_url: str) -> str:
    """Where the keys are published; the stand-in's where one is set."""
    return f"{standin_url}/api/google/certs" if standin_url else _KEYS_URL


def check(token: str, sender: Sender, keys: PublishedKeys, *, now: datetime) -> None:
    """Do nothing where the token proves that this sender sent the message.

    Raises:
        Unproved: it does not.
        TokenFault: that cannot be said now.
    """
    if not token:
        raise Unproved("no token")
    if len(token) > TOKEN_MOST or not token.isascii():
        raise Unproved("no readable token")
    try:
        read = jwt.decode(
            token, lambda guest: keys.find(str(guest.headers().get("kid", "")), now), algorithms=["RS256"]
        )
    except (JoseError, ValueError, TypeError, RecursionError) as error:
        raise Unproved("signature") from error
    registry = jwt.JWTClaimsRegistry(
        now=int(now.timestamp()),
        leeway=LEEWAY_S,
        iss={"essential": True, "values": ISSUERS},
        aud={"essential": True, "value": sender.audience},
        exp={"essential": True},
        iat={"essential": True},
        email={"essential": True},
    )
    try:
        registry.validate(read.claims)
    except ExpiredTokenError as error:
        raise Unproved("expired") from error
    except ClaimError as error:
        raise Unproved(f"claim {error.claim}") from error
    except (JoseError, ValueError, TypeError) as error:
        raise Unproved("claims") from error
    if str(read.claims["email"]).casefold() != sender.email.casefold():
        raise Unproved("claim email")
    if read.claims.get("email_verified") is not True:
        raise Unproved("claim email_verified")


def _read_keys(body: bytes) -> dict[str, RSAKey]:
    try:
        listed: Any = json.loads(body)["keys"]
        rsa = [one for one in listed if one.get("kty") == "RSA" and isinstance(one.get("kid"), str)][:_MOST_KEYS]
        return {one["kid"]: RSAKey.import_key(one) for one in rsa}
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError, JoseError) as error:
        raise TokenFault("Google's keys cannot be read.") from error


def _lifetime(headers: Mapping[str, str]) -> timedelta:
    found = re.search(r"max-age=(\d{1,7})(?!\d)", headers.get("Cache-Control", ""), re.ASCII)
    return min(max(timedelta(seconds=int(found[1])), _LEAST), _MOST) if found else _LEAST
