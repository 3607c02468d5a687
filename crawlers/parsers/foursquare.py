"""Foursquare's Places API: tips, a bare array. A tip has no stars and no author (docs.foursquare.com, place-tips).

Answers of the retired v2 API (`response.tips`, `venue.tips.groups[].items[]`, epoch seconds) are read as well: files
of that time are about.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

from db.phrases import say

from ..errors import ParseError
from ..items import DatePrecision, ParsedPage, ReviewItem
from .answer import Fields, counted, part, read_json, text
from .dates import DateReader
from .page import absolute
from .text import line, plain


def parse(body: bytes, *, url: str, encoding: str | None, now: datetime) -> ParsedPage:
    tips = list(_tips(read_json(body, encoding)))
    warnings: list[str] = []
    dates = DateReader(now=now)
    items: dict[str, ReviewItem] = {}
    for tip in tips[:1000]:
        item = _item(tip, url=url, dates=dates)
        if item is None:
            warnings.append(say("a tip without id or text was left out"))
        else:
            items.setdefault(item.external_id, item)
    return ParsedPage(
        reviews=tuple(items.values()), is_partial=bool(warnings), warnings=counted(warnings), syntax="json"
    )


def _tips(value: Any) -> Iterator[Fields]:
    if isinstance(value, list):
        yield from (tip for tip in value if isinstance(tip, dict))
        return
    response = part(value, "response") if isinstance(value, dict) else {}
    tips = response.get("tips", part(response, "venue").get("tips"))
    if isinstance(response.get("tip"), dict):
        yield response["tip"]
    elif isinstance(tips, list):
        yield from (tip for tip in tips if isinstance(tip, dict))
    elif isinstance(tips, dict):
        lists = [tips, *(group for group in tips.get("groups") or () if isinstance(group, dict))]
        yield from (tip for one in lists for tip in one.get("items") or () if isinstance(tip, dict))
    else:
        raise ParseError("the answer holds no tips")


def _item(tip: Fields, *, url: str, dates: DateReader) -> ReviewItem | None:
    external_id, body = line(text(tip, "id")), plain(text(tip, "text"))
    if not external_id or not body:
        return None
    user = part(tip, "user")
    published_at, precision = _date(tip, dates)
    return ReviewItem(
        external_id=external_id,
        body=body,
        author_name=line(f"{text(user, 'firstName')} {text(user, 'lastName')[:1]}"),
        author_ref=line(text(user, "id")),
        language=line(text(tip, "lang"))[:16],
        url=absolute(url, text(tip, "url") or text(tip, "canonicalUrl")),
        published_at=published_at,
        published_precision=precision,
    )


def _date(tip: Fields, dates: DateReader) -> tuple[datetime | None, DatePrecision]:
    seconds = tip.get("createdAt")
    if isinstance(seconds, int) and 0 < seconds < 4_000_000_000:
        return datetime.fromtimestamp(seconds, UTC), DatePrecision.INSTANT
    date = dates.read(text(tip, "created_at"))
    return date.at, date.precision
