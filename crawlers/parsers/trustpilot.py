"""Trustpilot's APIs, the public and the private one: the reviews of a business unit, page by page.

A page beyond the last is an empty list (developers.trustpilot.com/business-units-api). The private answers also carry
order numbers and mail addresses of guests; they are not read.
"""

from __future__ import annotations

import re
from datetime import datetime

from db.phrases import say

from ..items import OwnerReply, ParsedPage, ReviewItem
from .addresses import number_in, with_parameters
from .answer import Fields, counted, objects, part, read_object, text
from .dates import DateReader
from .identity import MAX_ID
from .ratings import read_rating
from .text import line, plain

_ID = re.compile(r"[0-9a-f]{24}")


def parse(body: bytes, *, url: str, encoding: str | None, now: datetime) -> ParsedPage:
    answer = read_object(body, encoding)
    warnings: list[str] = []
    dates = DateReader(now=now)
    found = objects(answer.get("reviews"), "reviews")
    items: dict[str, ReviewItem] = {}
    for review in found:
        item = _item(review, dates=dates)
        if item is None:
            warnings.append(say("a review without id, or without text and stars, was left out"))
        else:
            items.setdefault(item.external_id, item)
    goes_on = bool(found) and (len(found) >= number_in(url, "perPage", otherwise=20) or _has_next(answer.get("links")))
    # The link itself is not followed: the number says the same, and the parameters stay ours.
    following = with_parameters(url, page=number_in(url, "page", otherwise=1) + 1) if goes_on else ""
    return ParsedPage(
        reviews=tuple(items.values()),
        next_url=following or None,
        is_partial=bool(warnings),
        warnings=counted(warnings),
        syntax="json",
    )


def permalink(review_id: str) -> str:
    """Where the public reads one review; empty for what is no id of Trustpilot's."""
    return f"https://www.trustpilot.com/reviews/{review_id}" if _ID.fullmatch(review_id) else ""


def _has_next(links: object) -> bool:
    return isinstance(links, list) and any(
        isinstance(link, dict) and link.get("rel") in ("next-page", "next") for link in links
    )


def _item(review: Fields, *, dates: DateReader) -> ReviewItem | None:
    external_id = line(text(review, "id"), limit=MAX_ID)
    title, body = line(text(review, "title")), plain(text(review, "text"))
    rating = read_rating(review.get("stars"), best=5, worst=1)
    if not external_id or (not title and not body and rating.value is None):
        return None
    consumer, reply = part(review, "consumer"), part(review, "companyReply")
    published, changed = dates.read(text(review, "createdAt")), dates.read(text(review, "updatedAt"))
    been = dates.read(text(review, "experiencedAt")).as_day  # the form asks for a day
    answer = plain(text(reply, "text"))
    verified = review.get("isVerified")
    return ReviewItem(
        external_id=external_id,
        body=body,
        title=title,
        author_name=line(text(consumer, "displayName")),
        author_ref=line(text(consumer, "id")),
        **rating.fields,
        language=line(text(review, "language"))[:16],
        url=permalink(external_id),
        published_at=published.at,
        published_precision=published.precision,
        edited_at=changed.after(published),
        visited_at=been.at,
        visited_precision=been.precision,
        is_verified=verified if isinstance(verified, bool) else None,
        reply=OwnerReply(
            body=answer,
            author_name=line(text(part(review, "businessUnit"), "displayName")),
            published_at=dates.read(text(reply, "createdAt")).at,
        )
        if answer
        else None,
    )
