"""Requests to a platform's API by a plain client: the guard of addresses, one at a time, limits of time and size.

The guard is that of reading (`crawlers.net`): the written address, and at connect time the address it leads to.
Redirects are not followed, proxies and .netrc of the machine not used. What went wrong is told by how far it went:
nothing was sent, or nobody knows.
"""

from __future__ import annotations

import json
import socket
import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

import requests
from requests.adapters import HTTPAdapter
from urllib3 import HTTPConnectionPool, HTTPSConnectionPool
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.exceptions import ConnectTimeoutError, HTTPError, NewConnectionError

from ..errors import CrawlerError, RefusedUrl
from ..net import UrlRules, is_public

CONNECT_S = 10.0
MOST_BYTES = 2_000_000
_CHUNK = 65_536


class NotSent(CrawlerError):
    """No connection came about."""


class NoAnswer(CrawlerError):
    """It was sent, or part of it, and no whole answer has come back."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """A whole answer. Header names are in lower case."""

    status: int
    headers: Mapping[str, str]
    body: bytes

    def json(self) -> dict[str, Any]:
        """The object that it holds; empty where it holds none."""
        with suppress(ValueError, RecursionError):
            value = json.loads(self.body)
            if isinstance(value, dict):
                return value
        return {}


class Line:
    """Requests to one platform, one after the other, at least `delay_s` apart.

    `reaches` says which addresses a name may lead to; without it the public internet, and the exempt hosts of `rules`.
    """

    def __init__(
        self,
        rules: UrlRules,
        *,
        user_agent: str,
        timeout_s: float,
        delay_s: float,
        reaches: Callable[[str], bool] | None = None,
    ) -> None:
        self._rules, self._timeout_s, self._delay_s = rules, timeout_s, delay_s
        self._user_agent = user_agent
        self._exempt = rules.allowed_hosts if reaches is None else frozenset()
        self._reaches = reaches or is_public
        self._free_at = 0.0

    def ask(self, method: str, url: str, *, headers: Mapping[str, str], body: Any = None) -> Answer:
        """One request, with `body` as JSON; bytes are sent as they are.

        Raises:
            RefusedUrl: the address may not be asked.
            NotSent, NoAnswer: how far it went.
        """
        self._rules.check(url)
        time.sleep(max(0.0, self._free_at - time.monotonic()))
        try:
            with requests.Session() as session:
                session.trust_env = False
                for scheme in ("http://", "https://"):
                    session.mount(scheme, GuardedAdapter(self._exempt, self._reaches))
                return self._answer(session, method, url, headers=headers, body=body)
        finally:
            self._free_at = time.monotonic() + self._delay_s

    def _answer(
        self, session: requests.Session, method: str, url: str, *, headers: Mapping[str, str], body: Any
    ) -> Answer:
        sent = {"User-Agent": self._user_agent, "Accept": "application/json", **headers}
        until = time.monotonic() + CONNECT_S + self._timeout_s
        try:
            with session.request(
                method,
                url,
                headers=sent,
                json=None if isinstance(body, bytes) else body,
                data=body if isinstance(body, bytes) else None,
                timeout=(CONNECT_S, self._timeout_s),
                allow_redirects=False,
                stream=True,
            ) as response:
                found = {name.lower(): value for name, value in response.headers.items()}
                return Answer(status=response.status_code, headers=found, body=_read(response, until))
        except requests.RequestException as error:
            if _was_not_sent(error):
                raise NotSent(type(error).__name__) from None  # its words would tell how our network looks
            raise NoAnswer(type(error).__name__) from None
        except (HTTPError, OSError) as error:
            raise NoAnswer(type(error).__name__) from None


def _read(response: requests.Response, until: float) -> bytes:
    """The whole body: within size and time, and as long as it says it is."""
    parts, size = [], 0
    for part in response.iter_content(_CHUNK):
        size += len(part)
        if size > MOST_BYTES or time.monotonic() > until:
            raise NoAnswer("too long")
        parts.append(part)
    return b"".join(parts)


def _was_not_sent(error: requests.RequestException) -> bool:
    if isinstance(error, requests.ConnectTimeout):
        return True
    cause = error.args[0] if error.args else None
    return isinstance(getattr(cause, "reason", None), NewConnectionError | ConnectTimeoutError)


class _Guarded:
    """Connects to what a name leads to only where that is the public internet. IPv4, as when reading."""

    allowed: frozenset[tuple[str, int]] = frozenset()
    reaches: Callable[[str], bool] = staticmethod(is_public)
    host: str
    port: Any
    timeout: Any

    def _new_conn(self) -> socket.socket:
        port = self.port or 443
        try:
            found = socket.getaddrinfo(self.host, port, socket.AF_INET, socket.SOCK_STREAM)
            addresses = [str(one[4][0]) for one in found]
            if (self.host, port) not in self.allowed and not all(self.reaches(one) for one in addresses):
                raise RefusedUrl("This address does not lead to the public internet.", reason="refused_address")
            return socket.create_connection((addresses[0], port), timeout=_seconds(self.timeout))
        except TimeoutError as error:
            raise ConnectTimeoutError(self, "no connection in time") from error
        except OSError as error:
            raise NewConnectionError(self, "no connection") from error  # type: ignore[arg-type]


def _seconds(timeout: Any) -> float:
    return float(timeout) if isinstance(timeout, int | float) else CONNECT_S


class GuardedAdapter(HTTPAdapter):
    def __init__(self, allowed: frozenset[tuple[str, int]], reaches: Callable[[str], bool] = is_public) -> None:
        self._allowed, self._reaches = allowed, reaches
        super().__init__(max_retries=0)

    def init_poolmanager(self, *args: Any, **named: Any) -> None:
        super().init_poolmanager(*args, **named)
        allowed, reaches = self._allowed, self._reaches

        class Plain(_Guarded, HTTPConnection):
            pass

        class Secured(_Guarded, HTTPSConnection):
            pass

        class PlainPool(HTTPConnectionPool):
            ConnectionCls = Plain

        class SecuredPool(HTTPSConnectionPool):
            ConnectionCls = Secured

        for kind in (Plain, Secured):
            kind.allowed, kind.reaches = allowed, staticmethod(reaches)
        self.poolmanager.pool_classes_by_scheme = {"http": PlainPool, "https": SecuredPool}
