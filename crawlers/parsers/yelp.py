"""Yelp's Fusion API: excerpts of a few reviews, in Yelp's own order (docs.developer.yelp.com, v3_business_reviews).

The text is kept as it comes, "..." at its end included: that tells that there is more at Yelp. `total` counts all
reviews of the business, of which three can be listed, so it is no total to compare with.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from db.phrases import say

from ..items import DatePrecision, ParsedPage, ReviewItem
from .addresses import number_in, with_parameters
from .answer import Fields, counted, objects, part, read_object, text
from .dates import DateReader, ReadDate, plausible
from .identity import MAX_ID
from .page import absolute
from .ratings import read_rating
from .text import line, plain

ZONE = ZoneInfo("America/Los_Angeles")  # Yelp writes no zone; its own is that of its house
LAST_OFFSET = 1000

_LOCAL = re.compile(r"\d{4}-\d{2}-\d{2} \d{2}:\d{2}:\d{2}")


def parse(body: bytes, *, url: str, encoding: str | None, now: datetime) -> ParsedPage:
    """Also reads a business of the retired v2 API, which holds one excerpt and seconds since 1970."""
    answer = read_object(body, encoding)
    warnings: list[str] = []
    dates = DateReader(now=now)
    found = objects(answer.get("reviews"), "reviews")
    items: dict[str, ReviewItem] = {}
    for review in found:
        item = _item(review, url=url, dates=dates)
        if item is None:
            warnings.append(say("a review without id, or without text and stars, was left out"))
        else:
            items.setdefault(item.external_id, item)
    limit, offset = number_in(url, "limit", otherwise=20), number_in(url, "offset", otherwise=0)
    is_full = 0 < limit <= len(found) and offset + limit <= LAST_OFFSET
    return ParsedPage(
        reviews=tuple(items.values()),
        next_url=with_parameters(url, offset=offset + limit) or None if is_full else None,
        is_partial=bool(warnings),
        warnings=counted(warnings),
        syntax="json",
    )


def _item(review: Fields, *, url: str, dates: DateReader) -> ReviewItem | None:
    external_id = line(text(review, "id"), limit=MAX_ID)
    body = plain(text(review, "text") or text(review, "excerpt"))
    rating = read_rating(review.get("rating"), best=5, worst=1)
    if not external_id or (not body and rating.value is None):
        return None
    user = part(review, "user")
    published = _date(text(review, "time_created"), dates)
    return ReviewItem(
        external_id=external_id,
        body=body,
        author_name=line(text(user, "name")),
        author_ref=line(text(user, "id")),
        **rating.fields,
        url=absolute(url, text(review, "url")),
        published_at=published.at,
        published_precision=published.precision,
    )


def _date(written: str, dates: DateReader) -> ReadDate:
    if not _LOCAL.fullmatch(written):
        return dates.read(written)
    try:
        moment = datetime.fromisoformat(written).replace(tzinfo=ZONE).astimezone(UTC)
    except (ValueError, OverflowError):
        return ReadDate()
    return plausible(ReadDate(moment, DatePrecision.INSTANT), now=dates.now)
