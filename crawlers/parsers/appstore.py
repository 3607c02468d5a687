"""The App Store's public customer reviews feed (JSON), with its quirks.

Values are wrapped in `label`; a single entry is an object instead of a list; without entries the key is absent;
older answers begin with an entry for the app itself. An empty page proves nothing: in 2026 pages come back empty
at times, so neither this parser nor the spider draws conclusions from one. The feed shows no developer answers.
"""

from __future__ import annotations

import json
import re
from datetime import datetime

from db.phrases import say

from ..errors import ParseError
from ..items import IdKind, ParsedPage, ReviewItem
from . import identity
from .answer import counted
from .dates import DateReader
from .page import absolute, decode
from .ratings import read_rating
from .text import line, plain

LAST_PAGE = 10  # the feed ends there: 50 entries a page, at most 500 a country

_PAGE = re.compile(r"/page=(\d{1,3})(?=/)", re.IGNORECASE)


def parse(body: bytes, *, url: str, encoding: str | None, now: datetime) -> ParsedPage:
    """The reviews of one page; `next_url` follows from `url`, since the feed's own links lead to the XML form."""
    feed = _feed(decode(body, encoding))
    entries = feed.get("entry", [])
    entries = [entries] if isinstance(entries, dict) else entries
    if not isinstance(entries, list):
        raise ParseError("the feed's entries are in no known form")
    warnings: list[str] = []
    items: dict[str, ReviewItem] = {}
    dates = DateReader(now=now)
    for entry in entries[:1000]:
        item = _item(entry, url=url, dates=dates, warnings=warnings) if isinstance(entry, dict) else None
        if item is not None:
            items.setdefault(item.external_id, item)
    return ParsedPage(
        reviews=tuple(items.values()),
        next_url=next_page(url) if items else None,
        warnings=counted(warnings),
        syntax="json",
        title=line(_label(feed.get("title"))),
    )


def next_page(url: str) -> str | None:
    """The address of the following page, None after the last."""
    found = _PAGE.search(url)
    number = int(found.group(1)) + 1 if found else 0
    return _PAGE.sub(f"/page={number}", url, count=1) if 1 < number <= LAST_PAGE else None


def _feed(text: str) -> dict[str, object]:
    try:
        value = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise ParseError("the answer is not JSON") from error
    feed = value.get("feed") if isinstance(value, dict) else None
    if not isinstance(feed, dict):
        raise ParseError("the answer is not a reviews feed")
    return feed


def _item(entry: dict[str, object], *, url: str, dates: DateReader, warnings: list[str]) -> ReviewItem | None:
    if "im:rating" not in entry:  # the app itself, in older answers
        return None
    rating = read_rating(_label(entry["im:rating"]), best=5, worst=1)
    title, body = line(_label(entry.get("title"))), plain(_label(entry.get("content")))
    if not title and not body and rating.value is None:
        warnings.append(say("an entry without text and rating was left out"))
        return None
    date = dates.read(_label(entry.get("updated")))
    warnings.extend(fault for fault in (rating.warning, date.warning) if fault)
    author = entry.get("author")
    author = author if isinstance(author, dict) else {}
    name = line(_label(author.get("name")))
    external_id = line(_label(entry.get("id")), limit=identity.MAX_ID)
    kind = IdKind.PLATFORM if external_id else IdKind.DIGEST
    return ReviewItem(
        external_id=external_id
        or identity.digest(
            author=name, body=body or title, rating=rating.raw, published_at=date.at, precision=date.precision
        ),
        id_kind=kind,
        body=body,
        title=title,
        author_name=name,
        author_ref=absolute(url, _label(author.get("uri")))[:400],
        **rating.fields,
        url=_link(entry.get("link"), url),
        published_at=date.at,
        published_precision=date.precision,
    )


def _link(value: object, url: str) -> str:
    for link in value if isinstance(value, list) else [value]:
        attributes = link.get("attributes") if isinstance(link, dict) else None
        if isinstance(attributes, dict) and isinstance(href := attributes.get("href"), str):
            return absolute(url, href)
    return ""


def _label(value: object) -> str:
    label = value.get("label") if isinstance(value, dict) else value
    return label if isinstance(label, str) else ""
