"""Bot walls and log-in forms, recognised by what they answer with. Recognised means: blocked, never worked around.

Markers alone are no proof on a page with status 200: sites behind such services name them on good pages as well, and
a guest may write them into a review. There the answer must also be as small as a wall's and hold nothing to read.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from db.phrases import say

_WALL_SIZE = 30_000  # bytes; walls seen so far have below 15,000
_HEAD = 60_000
WALL_IN_JSON = b"captcha-delivery.com"  # DataDome tells programs that ask for JSON where its page is
_READABLE = (b"ld+json", b"schema.org", b"data-vocabulary.org", b"<rss", b"<feed", b'"feed"')  # what no wall carries

_WHAT_TO_DO = say(
    "Amends does not try to get past it. Use the platform's API, a feed or an export, or enter reviews by hand."
)


@dataclass(frozen=True, slots=True)
class Wall:
    kind: str
    message: str


def recognise(status: int, headers: Mapping[str, str], body: bytes) -> Wall | None:
    """The wall behind an answer, or None. `headers` have lower-case names."""
    head = body[:_HEAD].lower()
    is_bare = len(body) < _WALL_SIZE and not any(mark in head for mark in _READABLE)
    kind = _service(status, headers, head, is_bare=is_bare)
    if kind:
        return _wall(kind, say("The site answers with a bot check (%(name)s).", name=_NAMES[kind]))
    if status in (401, 407):
        return _wall("login", say("The site asks for a log-in."))
    if status in (403, 451):
        return _wall("denied", say("The site refuses automatic reading (status %(status)s).", status=status))
    return None


def _wall(kind: str, what: str) -> Wall:
    return Wall(kind, say("%(first)s %(next)s", first=what, next=_WHAT_TO_DO))


_NAMES = {"datadome": "DataDome", "aws_waf": "AWS WAF", "cloudflare": "Cloudflare", "akamai": "Akamai"}


def _service(status: int, headers: Mapping[str, str], head: bytes, *, is_bare: bool) -> str:
    refused = status in (403, 405, 429, 503)
    if b"captcha-delivery.com" in head and (refused or is_bare):
        return "datadome"
    if status == 403 and ("x-datadome" in headers or "x-dd-b" in headers):
        return "datadome"
    if headers.get("x-amzn-waf-action") or (
        status in (200, 202, 405) and is_bare and (b"awswaf.com" in head or b"awswafintegration" in head)
    ):
        return "aws_waf"
    if headers.get("cf-mitigated") == "challenge" or (
        status in (403, 503) and (b"<title>just a moment" in head or b"challenges.cloudflare.com" in head)
    ):
        return "cloudflare"
    if status == 403 and b"access denied" in head and re.search(rb"reference(?:&#32;|\s)*(?:&#35;|#)", head):
        return "akamai"
    return ""


_PASSWORD_FIELD = re.compile(rb"""<input\b[^>]{0,300}\btype\s*=\s*["']?password""", re.IGNORECASE)


def login_form(body: bytes) -> Wall | None:
    """A page that shows a password field: ask only where reviews were expected and none were found."""
    if _PASSWORD_FIELD.search(body[:500_000]):
        return _wall("login", say("The page shows a log-in form where the reviews should be."))
    return None
