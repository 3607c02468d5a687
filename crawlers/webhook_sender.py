"""Posts a signed message to an address that an owner entered, and says what came of it.

The guard is that of posting: the written address, and at connect time the one it leads to; https alone, no redirects,
no proxies, one answer of limited size and time. Signed as Standard Webhooks asks (version 1, HMAC-SHA256): once with
each secret that is in force, so that a receiver may hold either.
"""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from urllib.parse import urlsplit

from db.phrases import say

from .config import CrawlSettings
from .errors import RefusedUrl
from .net import UrlRules
from .posters.calling import Line, NoAnswer, NotSent

WAIT_S: Final = 15.0  # for an answer: Standard Webhooks advises 15 to 30 seconds
_SHOWN: Final = 800  # bytes of an answer that are looked at: 200 characters at most take no more


@dataclass(frozen=True, slots=True, kw_only=True)
class Posted:
    """What came back. Without a status nothing did, and `trouble` says why."""

    status: int | None
    took_ms: int
    answer: str = ""  # how its body begins
    trouble: str = ""
    rest_s: float | None = None  # Retry-After, where it is given in seconds


def checked_url(typed: str, crawl: CrawlSettings) -> str:
    """The address as it is kept.

    Raises:
        RefusedUrl: with a sentence for the person who typed it.
    """
    rules = _rules(typed, crawl)
    url = rules.normalised(typed)
    parts = urlsplit(url)
    if parts.scheme != "https" and (parts.hostname, parts.port or 80) not in crawl.allowed_hosts:
        raise RefusedUrl(say("Enter an address that begins with https://: messages are for its eyes alone."))
    return url


def signed_headers(name: str, body: bytes, secrets: Sequence[str], *, now: datetime) -> dict[str, str]:
    """Id, time and signatures of a message; one for each secret."""
    from standardwebhooks import Webhook

    signatures = [Webhook(one).sign(name, now, body.decode()) for one in secrets]
    return {
        "webhook-id": name,
        "webhook-timestamp": str(int(now.timestamp())),
        "webhook-signature": " ".join(signatures),
    }


def post(url: str, body: bytes, headers: Mapping[str, str], crawl: CrawlSettings) -> Posted:
    """One try. Whatever goes wrong is told, never raised."""
    line = Line(_rules(url, crawl), user_agent=crawl.user_agent, timeout_s=WAIT_S, delay_s=0)
    began = time.monotonic()
    try:
        checked_url(url, crawl)
        answer = line.ask("POST", url, headers={**headers, "Content-Type": "application/json"}, body=body)
    except RefusedUrl as error:
        return Posted(status=None, took_ms=_since(began), trouble=str(error))
    except NotSent:
        trouble = say("Nothing answers at this address: no connection came about.")
        return Posted(status=None, took_ms=_since(began), trouble=trouble)
    except NoAnswer:
        trouble = say("It was sent, and no whole answer came back in time.")
        return Posted(status=None, took_ms=_since(began), trouble=trouble)
    rest = answer.headers.get("retry-after", "")
    return Posted(
        status=answer.status,
        took_ms=_since(began),
        answer=answer.body[:_SHOWN].decode("utf-8", "replace"),
        rest_s=float(rest) if rest.isascii() and rest.isdigit() and len(rest) < 8 else None,
    )


def _since(began: float) -> int:
    return int((time.monotonic() - began) * 1000)


def _rules(url: str, crawl: CrawlSettings) -> UrlRules:
    """Any port: the owner types the address, and a program may listen wherever."""
    try:
        parts = urlsplit(url.strip())
        port = parts.port or 443
    except ValueError:
        return UrlRules()
    return UrlRules(ports=frozenset((443, port)), allowed_hosts=crawl.allowed_hosts)
