"""Sitemaps (sitemaps.org): lists of pages, lists of such lists, the lines of robots.txt that name them.

Pure, and nothing here asks for anything. Packed ones are unpacked up to a cap; entities and document types are refused
or ignored as in feeds.
"""

from __future__ import annotations

import re
import zlib
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlsplit

from lxml import etree

from ..errors import ParseError
from .dates import DateReader
from .page import MAX_BYTES, absolute, decode

MAX_ENTRIES = 50_000  # the protocol's own limit for one file

_ROOT = re.compile(rb"<(?:[a-zA-Z][\w.-]{0,30}:)?(?:urlset|sitemapindex)[\s>]")
_HEAD = 4_000  # bytes in which a sitemap begins
_ROBOTS_LINE = re.compile(r"^[ \t]*sitemap[ \t]*:[ \t]*(\S{1,2000})", re.IGNORECASE | re.MULTILINE)
_GZIP = b"\x1f\x8b"


@dataclass(frozen=True, slots=True)
class Entry:
    url: str
    changed_at: datetime | None = None  # UTC; midnight where only the day is said


@dataclass(frozen=True, slots=True, kw_only=True)
class Sitemap:
    pages: tuple[Entry, ...] = ()
    sitemaps: tuple[Entry, ...] = ()
    is_cut: bool = False  # it names more than are taken


def is_robots(url: str) -> bool:
    """Whether the address is the site's robots.txt, which may name sitemaps."""
    return urlsplit(url).path == "/robots.txt"


def is_sitemap(body: bytes) -> bool:
    """By its first bytes, packed or not: content types are often wrong."""
    head = _unpacked(body, limit=_HEAD, is_whole=False) if body.startswith(_GZIP) else body[:_HEAD]
    return _ROOT.search(head) is not None


def named_in_robots(body: bytes, *, url: str) -> tuple[str, ...]:
    """The sitemaps that a robots.txt names, each once."""
    found = (absolute(url, line) for line in _ROBOTS_LINE.findall(body[: 500 * 1024].decode("utf-8", "replace")))
    return tuple(dict.fromkeys(filter(None, found)))[:100]


def read_sitemap(body: bytes, *, url: str, encoding: str | None, now: datetime) -> Sitemap:
    """What the file names, in its order.

    Raises:
        ParseError: it is none, or larger than is taken.
    """
    if body.startswith(_GZIP):
        body, encoding = _unpacked(body, limit=MAX_BYTES, is_whole=True), None
    text = decode(body, encoding)
    if "<!ENTITY" in text.upper():
        raise ParseError("the sitemap declares entities; such files are not read")
    parser = etree.XMLParser(
        encoding="utf-8", recover=True, resolve_entities=False, load_dtd=False, no_network=True, remove_comments=True
    )
    try:
        root = etree.fromstring(re.sub(r"^\s*<\?xml[^>]*>", "", text).encode("utf-8", "replace"), parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise ParseError("the sitemap cannot be read") from error
    kind = "" if root is None else _name(root)
    if kind not in ("urlset", "sitemapindex"):
        raise ParseError("the answer is not a sitemap")
    entries, is_cut = _entries(root, url, DateReader(now=now))
    return Sitemap(
        pages=entries if kind == "urlset" else (), sitemaps=entries if kind == "sitemapindex" else (), is_cut=is_cut
    )


def _entries(root: etree._Element, url: str, dates: DateReader) -> tuple[tuple[Entry, ...], bool]:
    entries: dict[str, Entry] = {}
    for child in root:
        if len(entries) >= MAX_ENTRIES:
            return tuple(entries.values()), True
        parts = {_name(one): (one.text or "").strip() for one in child[:20]}
        address = absolute(url, parts.get("loc", ""))
        if address and address not in entries:
            entries[address] = Entry(address, dates.read(parts.get("lastmod", "")).at)
    return tuple(entries.values()), False


def _name(element: etree._Element) -> str:
    return element.tag.rpartition("}")[2].rpartition(":")[2].lower() if isinstance(element.tag, str) else ""


def _unpacked(body: bytes, *, limit: int, is_whole: bool) -> bytes:
    """At most `limit` bytes; more than that is an error where the whole is wanted."""
    unpacker = zlib.decompressobj(wbits=31)
    try:
        unpacked = unpacker.decompress(body, limit)
    except zlib.error as error:
        if is_whole:
            raise ParseError("the sitemap is packed and cannot be unpacked") from error
        return b""
    if is_whole and unpacker.unconsumed_tail:
        raise ParseError("the sitemap is larger than 10 MB")
    return unpacked
