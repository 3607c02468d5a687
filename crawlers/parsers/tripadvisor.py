"""Tripadvisor's Terra API: the newest reviews of a location (docs.terra.tripadvisor.com, OpenAPI of 2026-04-23).

`title` and `text` are lists, one entry a language; the primary one is the guest's own words. The list is a window, as
long as the owner's plan allows: a review that is not in it proves nothing. No stamp tells of an edit.
"""

from __future__ import annotations

import re
from datetime import datetime
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from db.phrases import say

from ..items import OwnerReply, ParsedPage, ReviewItem
from .answer import Fields, amount, counted, objects, part, read_object, text
from .dates import DateReader
from .page import absolute
from .ratings import read_rating
from .text import line, plain

_GLUED = re.compile(r"([a-z]{2,3})_?([A-Z]{2})")  # "zhCN", "pt_BR": BCP 47 wants "zh-CN"


def parse(body: bytes, *, url: str, encoding: str | None, now: datetime) -> ParsedPage:
    answer = read_object(body, encoding)
    warnings: list[str] = []
    dates = DateReader(now=now)
    items: dict[str, ReviewItem] = {}
    for review in objects(answer.get("data"), "data"):
        item = _item(review, url=url, dates=dates, warnings=warnings)
        if item is None:
            warnings.append(say("a review without id or content was left out"))
        else:
            items.setdefault(item.external_id, item)
    pages = part(answer, "pagination")
    return ParsedPage(
        reviews=tuple(items.values()),
        next_url=_next_page(url, pages),
        advertised_total=_count(pages, "total_elements"),
        is_partial=any("left out" in warning for warning in warnings),
        warnings=counted(warnings),
        syntax="json",
    )


def _item(review: Fields, *, url: str, dates: DateReader, warnings: list[str]) -> ReviewItem | None:
    external_id = line(text(review, "id"))
    language, body, translation = _words(review.get("text"))
    title = line(_words(review.get("title"))[1])
    rating = read_rating(amount(review, "rating"), best=5, worst=1)
    if not external_id or not (body or title or rating.value is not None):
        return None
    date, travelled = dates.read(text(review, "publish_ts")), dates.read(text(review, "travel_date"))
    warnings.extend(fault for fault in (rating.warning, date.warning, travelled.warning) if fault)
    return ReviewItem(
        external_id=external_id,
        body=body,
        title=title,
        translation=translation,
        author_name=line(text(part(review, "user"), "username")),
        **rating.fields,
        language=language,
        url=absolute(url, text(review, "url")),
        published_at=date.at,
        published_precision=date.precision,
        visited_at=travelled.at,
        visited_precision=travelled.precision,
        reply=_reply(part(review, "owner_response"), dates),
    )


def _reply(response: Fields, dates: DateReader) -> OwnerReply | None:
    body = _words(response.get("text"))[1]
    if not body:
        return None
    published_at = dates.read(text(response, "publish_date")).at
    return OwnerReply(body=body, author_name=line(text(response, "username")), published_at=published_at)


def _words(value: object) -> tuple[str, str, str]:
    """(language, the guest's own words, the platform's English ones where those differ)."""
    said = [one for one in value if isinstance(one, dict)] if isinstance(value, list) else []
    if not said:
        return "", "", ""
    own = next((one for one in said if one.get("primary") is True), said[0])
    body = plain(text(own, "value"))
    english = (plain(text(one, "value")) for one in said if one is not own and _language(one).startswith("en"))
    return _language(own), body, next((words for words in english if words and words != body), "")


def _language(said: Fields) -> str:
    return _GLUED.sub(r"\1-\2", line(text(said, "language"), limit=16), count=1)


def _next_page(url: str, pages: Fields) -> str | None:
    """The same question for the page after this one; None after the last. How many there are, only the answer says."""
    page, last = _count(pages, "page"), _count(pages, "total_pages")
    if page is None or last is None or page >= last:
        return None
    try:
        parts = urlsplit(url)
    except ValueError:
        return None
    query = [(name, value) for name, value in parse_qsl(parts.query) if name != "page"]
    return urlunsplit(parts._replace(query=urlencode([*query, ("page", str(page + 1))])))


def _count(fields: Fields, name: str) -> int | None:
    value = fields.get(name)
    return value if isinstance(value, int) and not isinstance(value, bool) and 0 <= value < 10**9 else None
