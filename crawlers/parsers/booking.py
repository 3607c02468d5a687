"""Booking.com's Guest Review API for connectivity partners (developers.booking.com, review-api, Retrieve reviews).

Guests are asked for praise and blame apart: both are kept apart, and the body is praise first, then blame. Times come
without a zone and the documentation names none, so only their day is believed. A score may come without a word.
"""

from __future__ import annotations

from datetime import datetime

from ..errors import ParseError
from ..items import OwnerReply, ParsedPage, ReviewItem
from . import identity
from .answer import Fields, counted, objects, part, read_object, text
from .dates import DateReader
from .ratings import read_rating
from .text import MAX_BODY, line, plain

_UNKNOWN_LANGUAGE = "xu"
_LEFT_OUT = "a review without id or content was left out"


def parse(body: bytes, *, url: str, encoding: str | None, now: datetime) -> ParsedPage:  # noqa: ARG001 - the shape of `Parser`
    """One page of a property's reviews, or the answer for a single one."""
    answer = read_object(body, encoding)
    data = answer.get("data")
    if not isinstance(data, dict):
        raise ParseError("the answer holds no data")
    rows = [data] if "review_id" in data else objects(data.get("reviews"), "reviews")
    warnings: list[str] = []
    dates = DateReader(now=now)
    items: dict[str, ReviewItem] = {}
    for row in rows:
        item = _item(row, dates=dates, warnings=warnings)
        if item is not None:
            items.setdefault(item.external_id, item)
    return ParsedPage(
        reviews=tuple(items.values()),
        next_url=text(part(answer, "meta"), "next_page") or None,
        is_partial=_LEFT_OUT in warnings,
        warnings=counted(warnings),
        syntax="json",
    )


def _item(row: Fields, *, dates: DateReader, warnings: list[str]) -> ReviewItem | None:
    external_id = line(text(row, "review_id"), limit=identity.MAX_ID)
    content = part(row, "content")
    rating = read_rating(part(row, "scoring").get("review_score"), best=10, worst=1)
    title = line(text(content, "headline"))
    # Half each: the body holds both.
    positive, negative = (plain(text(content, name), limit=MAX_BODY // 2 - 1) for name in ("positive", "negative"))
    if not external_id or not (title or positive or negative or rating.value is not None):
        warnings.append(_LEFT_OUT)
        return None
    language = line(text(content, "language_code"), limit=16)
    created, changed = text(row, "created_timestamp").strip(), text(row, "last_change_timestamp").strip()
    date, edit = dates.read(created), dates.read(changed if changed != created else "")
    warnings.extend(fault for fault in (rating.warning, date.warning) if fault)
    return ReviewItem(
        external_id=external_id,
        body="\n\n".join(filter(None, (positive, negative))),
        title=title,
        positive=positive,
        negative=negative,
        author_name=line(text(part(row, "reviewer"), "name")),
        **rating.fields,
        language="" if language.lower() == _UNKNOWN_LANGUAGE else language,
        published_at=date.at,
        published_precision=date.precision,
        edited_at=edit.at,
        is_verified=True if text(row, "reservation_id") else None,  # written after a stay that was booked there
        reply=_reply(part(row, "reply"), dates),
    )


def _reply(reply: Fields, dates: DateReader) -> OwnerReply | None:
    body = plain(text(reply, "text"))
    return OwnerReply(body=body, published_at=dates.read(text(reply, "last_change_timestamp")).at) if body else None
