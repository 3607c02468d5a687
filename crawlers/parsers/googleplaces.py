"""Google's Places API (New): the five reviews that Google finds relevant. To be shown live and never kept.

`originalText` is what the guest wrote, `text` Google's translation for the reader
(developers.google.com/maps/documentation/places/web-service/place-details).
"""

from __future__ import annotations

from datetime import datetime

from db.phrases import say

from ..errors import ParseError
from ..items import ParsedPage, ReviewItem
from .answer import Fields, counted, objects, part, read_object, text
from .dates import NO_DATE, DateReader, ReadDate
from .identity import MAX_ID
from .page import absolute
from .ratings import read_rating
from .text import line, plain

_KNOWN = {"id", "name", "rating", "userRatingCount", "reviews", "displayName"}


def parse(body: bytes, *, url: str, encoding: str | None, now: datetime) -> ParsedPage:
    """`userRatingCount` counts what nobody can list here, so it is no total to compare with."""
    place = read_object(body, encoding)
    if not _KNOWN & place.keys():
        raise ParseError("the answer describes no place")
    warnings: list[str] = []
    dates = DateReader(now=now)
    items: dict[str, ReviewItem] = {}
    for review in objects(place.get("reviews", []), "reviews"):
        item = _item(review, url=url, dates=dates)
        if item is None:
            warnings.append(say("a review without id, or without text and stars, was left out"))
        else:
            items.setdefault(item.external_id, item)
    return ParsedPage(
        reviews=tuple(items.values()),
        is_partial=bool(warnings),
        warnings=counted(warnings),
        syntax="json",
        title=line(text(part(place, "displayName"), "text")),
    )


def _item(review: Fields, *, url: str, dates: DateReader) -> ReviewItem | None:
    external_id = line(text(review, "name").rpartition("/")[2], limit=MAX_ID)
    shown, original = part(review, "text"), part(review, "originalText")
    body, translation = plain(text(original, "text")), plain(text(shown, "text"))
    source = original if body else shown
    body = body or translation
    rating = read_rating(review.get("rating"), best=5, worst=1)
    if not external_id or (not body and rating.value is None):
        return None
    author = part(review, "authorAttribution")
    published, visited = dates.read(text(review, "publishTime")), _visit(part(review, "visitDate"), dates)
    return ReviewItem(
        external_id=external_id,
        body=body,
        translation="" if translation == body else translation,
        author_name=line(text(author, "displayName")),
        author_ref=absolute(url, text(author, "uri"))[:400],
        **rating.fields,
        language=line(text(source, "languageCode"))[:16],
        url=absolute(url, text(review, "googleMapsUri")),
        published_at=published.at,
        published_precision=published.precision,
        visited_at=visited.at,
        visited_precision=visited.precision,
    )


def _visit(said: Fields, dates: DateReader) -> ReadDate:
    """A `google.type.Date`, whose day is 0 or missing where only the month is known."""
    year, month, day = (text(said, name).zfill(2) for name in ("year", "month", "day"))
    return dates.read(f"{year}-{month}" if day == "00" else f"{year}-{month}-{day}") if said else NO_DATE
