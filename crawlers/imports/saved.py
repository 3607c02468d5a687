"""Pages of platforms that a person has saved: which platform's they are, and the reviews in them.

A browser writes the address into the page that it saves, and the page names its own; where neither is there, what only
one platform's pages have tells. Any other page is read for schema.org markup. Chrome's and Edge's single files (MHTML)
are the same pages inside a mail's clothing.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import datetime
from email import message_from_bytes, policy
from email.message import Message
from typing import Any

from db.phrases import say

from ..errors import ParseError
from ..items import ParsedPage
from ..parsers import Parser, flipkart, google_maps_export, opentable, schemaorg, trustpilot_page, yelp_page
from ..platforms import by_host

PAGE_PARSERS: Mapping[str, Parser] = {
    "yelp": yelp_page.parse,
    "trustpilot": trustpilot_page.parse,
    "opentable": opentable.parse,
    "flipkart": flipkart.parse,
    "google": google_maps_export.parse,
    "schemaorg": schemaorg.parse,
}
ANY_SITE = "schemaorg"
MAX_PARTS = 500  # of one single-file page: its pictures and styles

_HEAD = 200_000  # characters in which a page says where it is from
_HTML = re.compile(r"\s*(?:<!--.{0,500}?-->\s*)?<(?:!doctype\s+html|html|head|body)\b", re.IGNORECASE | re.DOTALL)
_ADDRESSES = (
    re.compile(r"<!--\s*saved from url=\(\d{1,5}\)(https?://[^\s<>\"']{1,2000})", re.IGNORECASE),
    re.compile(r"<!--\s*Page saved with SingleFile\s+url:\s*(https?://[^\s<>\"']{1,2000})", re.IGNORECASE),
    re.compile(
        r"<link\b(?=[^>]{0,500}\brel=[\"']?canonical\b)[^>]{0,500}\bhref=[\"']?(https?://[^\s<>\"']{1,2000})",
        re.IGNORECASE,
    ),
    re.compile(
        r"<meta\b(?=[^>]{0,500}\bproperty=[\"']?og:url\b)[^>]{0,500}\bcontent=[\"']?(https?://[^\s<>\"']{1,2000})",
        re.IGNORECASE,
    ),
)
_MARKS = (  # what stands on one platform's pages alone
    ("yelp", r"\byelp-biz-id\b|\bcomment__[0-9a-f]{5}__|[-|] Yelp\s*</title>"),
    ("trustpilot", r"data-business-unit-json-ld|data-service-review-(?:rating|card)|Trustpilot\s*</title>"),
    ("opentable", r"\bid=[\"']?restProfileReviewsContent\b|data-test=[\"']?reviews-list-item\b|OpenTable\s*</title>"),
    ("flipkart", r"//(?:[a-z0-9.]{1,30}\.)?flipkart\.com/|__INITIAL_STATE__\s*=\s*\{"),
)
_PAGE_DATA = re.compile(r'"businessUnit"|"consumer"')
_SINGLE_FILE = re.compile(
    rb"^(?:Snapshot-Content-Location:|From: <Saved by )|^Content-Type:\s*multipart/related;\s*(?:\r?\n[ \t]+)?"
    rb"type=\"?text/html",
    re.IGNORECASE | re.MULTILINE,
)
_LOCATION = re.compile(rb"^Snapshot-Content-Location:\s*(https?://\S{1,2000})", re.IGNORECASE | re.MULTILINE)


def is_html(text: str) -> bool:
    """Whether it begins as a page does."""
    return _HTML.match(text[:2000]) is not None


def platform_of_page(text: str) -> str:
    """The key of the platform whose page this is; `schemaorg` for any other."""
    known = by_address(address_of(text))
    if known:
        return known
    return next((key for key, mark in _MARKS if re.search(mark, text, re.IGNORECASE)), ANY_SITE)


def platform_of_json(text: str, value: Any) -> str:
    """The platform whose page data this is; empty for any other JSON."""
    if isinstance(value, list) and not any(isinstance(one, dict) for one in value[:10]):
        return "google" if _is_nested(value) else ""
    if isinstance(value, dict):
        props = value.get("props") if isinstance(value.get("props"), dict) else value
        data = props.get("pageProps") if isinstance(props, dict) else None
        if isinstance(data, dict) and isinstance(data.get("reviews"), list) and _PAGE_DATA.search(text[:5_000_000]):
            return "trustpilot"
    return ""


def address_of(text: str) -> str:
    """Where a page says that it comes from; empty where it does not."""
    for pattern in _ADDRESSES:
        if found := pattern.search(text[:_HEAD]):
            return found.group(1).replace("&amp;", "&")
    return ""


def by_address(address: str) -> str:
    """The platform of an address, where its saved pages can be read."""
    try:
        facts = by_host(address) if address else None
    except ValueError:
        return ""
    return facts.key if facts is not None and facts.key in PAGE_PARSERS and facts.key != "google" else ""


def is_single_file(data: bytes) -> bool:
    """Whether these are the first bytes of a page saved as one file (MHTML)."""
    return _SINGLE_FILE.search(data[:4096]) is not None


def unwrapped(data: bytes) -> tuple[bytes, str]:
    """(the page within a single file, its address). Raises ParseError."""
    location = _LOCATION.search(data[:4096])
    try:
        message = message_from_bytes(data, policy=policy.compat32)
        page = next((part for part in _parts(message) if part.get_content_type() == "text/html"), None)
        body = page.get_payload(decode=True) if page is not None else None
    except Exception as error:  # the e-mail package raises what its own parts meet: LookupError, IndexError, Attribute…
        raise ParseError("The saved page cannot be read. Save it anew, as HTML only.") from error
    if not isinstance(body, bytes) or not body.strip():
        raise ParseError("The saved page holds no page. Save it anew, as HTML only.")
    return body, location.group(1).decode("ascii", "ignore") if location else ""


def parse_saved(platform: str, data: bytes, *, address: str, now: datetime) -> ParsedPage:
    """The reviews of a saved page. Raises ParseError, in words for people."""
    parse = PAGE_PARSERS[platform]
    try:
        page = parse(data, url=address or "https://saved.invalid/", encoding=None, now=now)
    except ParseError as error:
        told = say("The saved page cannot be read (%(why)s). Export the reviews, or paste them.", why=say(str(error)))
        raise ParseError(told) from error
    if not page.reviews:
        raise ParseError(
            "The saved page shows no review. Scroll until the reviews are there, then save it as HTML; or paste them."
        )
    return page


def _parts(message: Message) -> list[Message]:
    found = []
    for number, part in enumerate(message.walk()):
        if number > MAX_PARTS:
            break
        found.append(part)
    return found


def _is_nested(value: list[Any]) -> bool:
    """Lists in lists, and no object in them: the form in which Google Maps hands reviews around."""
    stack: list[Any] = [value]
    seen = 0
    while stack and seen < 2000:
        one = stack.pop()
        seen += 1
        if isinstance(one, dict):
            return False
        if isinstance(one, list):
            if len(one) >= 3 and isinstance(one[0], str) and isinstance(one[1], list) and isinstance(one[2], list):
                return True
            stack.extend(reversed(one[:200]))
    return False
