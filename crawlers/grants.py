"""The ways in which platforms give tokens, each a small value that knows how to ask. Who keeps tokens is `tokens`.

    ClientCredentials   the program itself is known (RFC 6749, 4.4): TheFork, Trustpilot
    RefreshToken        an account has agreed once (RFC 6749, 6): Google Business Profile
    ServiceAccount      a signed assertion, RS256 (RFC 7523, 2.1): Google Play
    SignedToken         signed here with ES256 and given by nobody: App Store Connect

Addresses are fixed ones (`Platform.apis`) or the stand-in's. Redirects are not followed, proxies and .netrc of the
machine not used, answers above 64 kB not read: a secret travels to one address only. Secrets stand in no message.
"""

from __future__ import annotations

import io
import json
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Protocol

import requests
from authlib.integrations.requests_client import AssertionSession, OAuth2Session  # type: ignore[import-untyped]
from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import ECKey, RSAKey
from urllib3.exceptions import HTTPError

from db.phrases import say

from .blocks import WALL_IN_JSON, recognise
from .errors import BlockedError, KeyFault, TokenFault

_MOST_BYTES = 64 * 1024
_CONNECT_S = 10
_PASSING = ("temporarily_unavailable", "server_error", "slow_down", "rate_limited")  # errors that no key mends

Answer = Mapping[str, Any]  # access_token, expires_in in seconds, perhaps a new refresh_token


@dataclass(frozen=True, slots=True, kw_only=True)
class Asking:
    """Who asks whom, and how long it may take."""

    platform: str  # its name, for messages
    keys: str  # what the owner entered, in words: "client id or client secret"
    user_agent: str
    timeout_s: float
    now: datetime


class Grant(Protocol):
    @property
    def marks(self) -> tuple[str, ...]:
        """What makes a token of this grant no other's: when one of these changes, the kept one is not used."""

    def ask(self, asking: Asking) -> Answer:
        """Raises KeyFault, TokenFault or BlockedError."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ClientCredentials:
    endpoint: str
    client_id: str
    client_secret: str = field(repr=False)
    more: tuple[tuple[str, str], ...] = ()  # further parameters: audience, scope
    in_header: bool = False  # how the program names itself: HTTP Basic, or in the form that is sent

    @property
    def marks(self) -> tuple[str, ...]:
        return (self.endpoint, self.client_id, self.client_secret, *(f"{name}={value}" for name, value in self.more))

    def ask(self, asking: Asking) -> Answer:
        method = "client_secret_basic" if self.in_header else "client_secret_post"
        session = OAuth2Session(self.client_id, self.client_secret, token_endpoint_auth_method=method)
        with _guarded(session, asking):
            return dict(session.fetch_token(self.endpoint, grant_type="client_credentials", **dict(self.more)))


@dataclass(frozen=True, slots=True, kw_only=True)
class RefreshToken:
    """Where a platform hands out a new refresh token with each access token, `latest` is the one it gave last."""

    endpoint: str
    client_id: str
    client_secret: str = field(repr=False)
    refresh_token: str = field(repr=False)
    latest: str = field(default="", repr=False)
    in_header: bool = False

    @property
    def marks(self) -> tuple[str, ...]:
        return (self.endpoint, self.client_id, self.client_secret, self.refresh_token)

    def ask(self, asking: Asking) -> Answer:
        method = "client_secret_basic" if self.in_header else "client_secret_post"
        session = OAuth2Session(self.client_id, self.client_secret, token_endpoint_auth_method=method)
        with _guarded(session, asking):
            return dict(session.refresh_token(self.endpoint, refresh_token=self.latest or self.refresh_token))


@dataclass(frozen=True, slots=True, kw_only=True)
class ServiceAccount:
    """`key_file` is the JSON that Google's console gives. Its own `token_uri` is not asked: anybody can write one."""

    endpoint: str
    key_file: str = field(repr=False)
    scope: str

    @property
    def marks(self) -> tuple[str, ...]:
        return (self.endpoint, self.key_file, self.scope)

    def ask(self, asking: Asking) -> Answer:
        try:
            key = json.loads(self.key_file)
            issuer, private = str(key["client_email"]), RSAKey.import_key(str(key["private_key"]))
            number = {"kid": str(key["private_key_id"])} if key.get("private_key_id") else {}
        except (ValueError, KeyError, TypeError, RecursionError, JoseError) as error:
            raise KeyFault(
                say(
                    "The %(keys)s is not the JSON key of a service account. Paste the whole file in the form of this "
                    "source.",
                    keys=asking.keys,
                )
            ) from error
        session = AssertionSession(
            *(self.endpoint, issuer, None),
            audience=self.endpoint,
            claims={"scope": self.scope},
            key=private,
            header={"alg": "RS256", "typ": "JWT", **number},
        )
        with _guarded(session, asking):
            return dict(session.refresh_token())


@dataclass(frozen=True, slots=True, kw_only=True)
class SignedToken:
    """App Store Connect takes 20 minutes at most (developer.apple.com, Generating tokens for API requests)."""

    issuer: str
    key_id: str
    private_key: str = field(repr=False)  # PEM, the .p8 file
    audience: str
    lives_s: int = 15 * 60

    @property
    def marks(self) -> tuple[str, ...]:
        return (self.issuer, self.key_id, self.private_key, self.audience)

    def ask(self, asking: Asking) -> Answer:
        made = int(asking.now.timestamp())
        claims = {"iss": self.issuer, "iat": made, "exp": made + self.lives_s, "aud": self.audience}
        try:
            key = ECKey.import_key(self.private_key.strip())
            token = jwt.encode({"alg": "ES256", "kid": self.key_id, "typ": "JWT"}, claims, key)
        except (ValueError, TypeError, JoseError) as error:
            raise KeyFault(
                "The private key cannot be read. Paste the whole .p8 file in the form of this source."
            ) from error
        return {"access_token": token, "expires_in": self.lives_s}


@contextmanager
def _guarded(session: Any, asking: Asking) -> Iterator[None]:
    """The session with its limits, and its errors as ours. Causes are cut off: they may quote what was sent."""
    session.trust_env = False
    session.stream = True  # `_reader` reads it, up to a size
    session.default_timeout = (_CONNECT_S, asking.timeout_s)
    session.headers["User-Agent"] = asking.user_agent
    session.hooks["response"] = [_reader(asking)]
    try:
        with session:
            yield
    except requests.Timeout:
        raise TokenFault(not_given(asking.platform, say("it did not answer in time"))) from None
    except requests.ConnectionError:
        raise TokenFault(not_given(asking.platform, say("it cannot be reached"))) from None
    except (requests.RequestException, HTTPError, OSError):
        raise TokenFault(not_given(asking.platform, say("its answer was cut off"))) from None
    except (ValueError, TypeError, OverflowError):
        raise TokenFault(not_given(asking.platform, say("its answer cannot be read"))) from None


def _reader(asking: Asking) -> Callable[..., None]:
    """Reads an answer whole and sorts out refusals, before anybody follows a redirect or takes a token from it."""

    def read(response: requests.Response, **_: Any) -> None:
        try:
            body = response.raw.read(_MOST_BYTES + 1, decode_content=True)
        finally:
            response.close()
        if len(body) > _MOST_BYTES:
            raise TokenFault(not_given(asking.platform, say("its answer cannot be read")))
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
        raise TokenFault(not_given(asking.platform, say("it was asked too often")), is_throttled=True, wait_s=wait_s)
    error = _error_of(body) if status in (400, 401, 403) else ""
    if error in _PASSING:
        raise TokenFault(not_given(asking.platform, say("it has a fault of its own")))
    if error == "invalid_grant" and "refresh token" in asking.keys:
        raise KeyFault(
            say(
                "%(name)s takes the refresh token no longer: it was withdrawn or has run out. Enter a new one in the "
                "form of this source.",
                name=asking.platform,
            )
        )
    if error or status == 401:
        raise KeyFault(
            say(
                "%(name)s refuses the %(keys)s. Enter them again in the form of this source.",
                name=asking.platform,
                keys=asking.keys,
            )
        )
    if status != 200:
        raise TokenFault(not_given(asking.platform, say("it answers with status %(status)s", status=status)))


def _error_of(body: bytes) -> str:
    try:
        value = json.loads(body)
    except (ValueError, RecursionError):
        return ""
    error = value.get("error") if isinstance(value, dict) else None
    return error if isinstance(error, str) else ""


def not_given(platform: str, why: str) -> str:
    """The sentence about a token that did not come."""
    return say("%(name)s gave no token: %(why)s. It is tried again by itself.", name=platform, why=why)
