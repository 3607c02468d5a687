"""Google's Business Profile API v4: the reviews of a location, or of several (`locations:batchGetReviews`).

Stars are words, reviews with stars alone have no comment, and an empty list is left out of the answer altogether
(developers.google.com/my-business/reference/rest/v4/accounts.locations.reviews). Where Google has translated a
comment, one text holds the original and the translation, in either order.
"""

from __future__ import annotations

import re
from datetime import datetime

from db.phrases import say

from ..errors import ParseError
from ..items import OwnerReply, ParsedPage, ReplyState, ReviewItem
from .addresses import with_parameters
from .answer import Fields, counted, objects, part, read_object, text
from .dates import DateReader
from .identity import MAX_ID
from .page import absolute
from .ratings import NO_RATING, Rating, read_rating
from .text import line, plain

_STARS = {"ONE": 1, "TWO": 2, "THREE": 3, "FOUR": 4, "FIVE": 5}
_STATES = {"APPROVED": ReplyState.PUBLISHED, "PENDING": ReplyState.PENDING, "REJECTED": ReplyState.REJECTED}
_UNSTATED = ("", "REVIEW_REPLY_STATE_UNSPECIFIED")  # from before the state was told
_KNOWN = {"reviews", "locationReviews", "averageRating", "totalReviewCount", "nextPageToken"}
_MARK, _ORIGINAL = "(Translated by Google)", "(Original)"
_TRANSLATED_LAST = re.compile(r"\n\s*\(Translated by Google\)")


def parse(body: bytes, *, url: str, encoding: str | None, now: datetime) -> ParsedPage:
    answer = read_object(body, encoding)
    if answer and not _KNOWN & answer.keys():
        raise ParseError("the answer is no list of reviews")
    warnings: list[str] = []
    dates = DateReader(now=now)
    items: dict[str, ReviewItem] = {}
    for review in _reviews(answer):
        item = _item(review, url=url, dates=dates, warnings=warnings)
        if item is not None:
            items.setdefault(item.external_id, item)
    token = text(answer, "nextPageToken")
    total = answer.get("totalReviewCount")
    return ParsedPage(
        reviews=tuple(items.values()),
        next_url=with_parameters(url, pageToken=token) or None if token else None,
        advertised_total=total if type(total) is int and 0 <= total < 100_000_000 else None,
        is_partial=bool(warnings),
        warnings=counted(warnings),
        syntax="json",
    )


def _reviews(answer: Fields) -> list[Fields]:
    if "locationReviews" in answer:
        return [part(one, "review") for one in objects(answer["locationReviews"], "locationReviews")]
    return objects(answer.get("reviews", []), "reviews")


def _item(review: Fields, *, url: str, dates: DateReader, warnings: list[str]) -> ReviewItem | None:
    external_id = line(text(review, "reviewId") or text(review, "name").rpartition("/")[2], limit=MAX_ID)
    body, translation = split_translation(text(review, "comment"))
    rating = _rating(text(review, "starRating"))
    if not external_id or (not body and rating.value is None):
        warnings.append(say("a review without id, or without text and stars, was left out"))
        return None
    reviewer = part(review, "reviewer")
    published, changed = dates.read(text(review, "createTime")), dates.read(text(review, "updateTime"))
    return ReviewItem(
        external_id=external_id,
        body=body,
        translation=translation,
        author_name="" if reviewer.get("isAnonymous") is True else line(text(reviewer, "displayName")),
        **rating.fields,
        url=absolute(url, text(review, "reviewReplyUrl")),
        published_at=published.at,
        published_precision=published.precision,
        edited_at=changed.after(published),
        reply=_reply(part(review, "reviewReply"), dates),
    )


def _rating(word: str) -> Rating:
    return read_rating(_STARS[word], best=5, worst=1) if word in _STARS else NO_RATING


def _reply(reply: Fields, dates: DateReader) -> OwnerReply | None:
    body, _ = split_translation(text(reply, "comment"))
    if not body:
        return None
    word = text(reply, "reviewReplyState")
    # A state that is not known yet: nobody is told that the guest can read it.
    state = ReplyState.PUBLISHED if word in _UNSTATED else _STATES.get(word, ReplyState.PENDING)
    fault = line(text(reply, "policyViolation")) if state is ReplyState.REJECTED else ""
    note = fault.replace("_", " ").capitalize()
    return OwnerReply(body=body, published_at=dates.read(text(reply, "updateTime")).at, state=state, note=note)


def split_translation(written: str) -> tuple[str, str]:
    """(original, translation). Without the original, the translation is all there is and stands for it."""
    whole = plain(written)
    if whole.startswith(_MARK):
        first, found, original = whole.removeprefix(_MARK).partition(f"\n{_ORIGINAL}")
        first, original = first.strip(), original.strip()
        return (original, first) if found and original else (first, "")
    if found_at := _TRANSLATED_LAST.search(whole):
        original = whole[: found_at.start()].strip().removeprefix(_ORIGINAL).strip()
        return original, whole[found_at.end() :].strip()
    return whole, ""
