"""TheFork's B2B API: a list of ids, then each review as an object of its own (docs.thefork.io).

A rating without a comment is a whole review. A comment passes a moderation first: until then it is not public, and one
that was refused never will be, while its rating counts. A review that TheFork has voided (fraud, or a guest who wants
to be forgotten) is withdrawn: neither name nor words nor the answer, which may greet by name, are taken from it.
"""

from __future__ import annotations

import re
from datetime import datetime
from typing import NamedTuple

from db.phrases import say

from ..errors import ParseError
from ..items import OwnerReply, ParsedPage, ReplyState, ReviewItem, Standing
from .answer import Fields, amount, counted, part, read_object, text
from .dates import NO_DATE, DateReader
from .ratings import read_rating
from .text import line, plain

ID = re.compile(r"[0-9A-Za-z][0-9A-Za-z-]{7,63}")  # UUIDs today; what becomes part of an address
MOST_IDS = 1000  # of one list; the API's own limit is 100

_GONE = frozenset(("DELETED", "ARCHIVED"))
_WAITING = frozenset(("NOT_REVIEWED", "WAITING_REFORMULATE"))
_REPLY_STATES = {
    "PUBLISHED": ReplyState.PUBLISHED,
    "NOT_REVIEWED": ReplyState.PENDING,
    "WAITING_REFORMULATE": ReplyState.PENDING,
    "REJECTED": ReplyState.REJECTED,
}
_WHY = re.compile(r"(?:REJECT(?:ED)?|REFORMULATE)_(?:REPLY_)?")


class Ids(NamedTuple):
    ids: tuple[str, ...]
    has_next: bool
    is_partial: bool  # something in it is no id, or the end of the list is not told


def read_ids(body: bytes, *, encoding: str | None) -> Ids:
    """A page of `GET /v1/reviews`. Raises ParseError."""
    answer = read_object(body, encoding)
    data, has_next = answer.get("data"), answer.get("hasNext")
    if not isinstance(data, list):
        raise ParseError('the answer has no list "data"')
    ids = dict.fromkeys(one for one in data[:MOST_IDS] if isinstance(one, str) and ID.fullmatch(one))
    is_partial = len(ids) < len(data) or not isinstance(has_next, bool)
    return Ids(ids=tuple(ids), has_next=has_next is True, is_partial=is_partial)


def parse(body: bytes, *, url: str, encoding: str | None, now: datetime) -> ParsedPage:  # noqa: ARG001 - as all parsers
    """`GET /v1/reviews/{reviewUuid}`: one review."""
    review = read_object(body, encoding)
    external_id = text(review, "reviewUuid").strip()
    if not ID.fullmatch(external_id):
        raise ParseError("the answer is no review")
    warnings: list[str] = []
    item = _item(review, external_id, dates=DateReader(now=now), warnings=warnings)
    if item is None:
        warnings.append(say("a review without rating and comment was left out"))
    return ParsedPage(
        reviews=(item,) if item else (), is_partial=item is None, warnings=counted(warnings), syntax="json"
    )


def _item(review: Fields, external_id: str, *, dates: DateReader, warnings: list[str]) -> ReviewItem | None:
    comment = part(review, "comment")
    standing = _standing(review, comment)
    is_withdrawn = standing is Standing.WITHDRAWN
    is_shown = not is_withdrawn and text(comment, "publicationStatus") != "REJECTED"
    body = plain(text(comment, "content")) if is_shown else ""
    rating = read_rating(amount(part(review, "dinerRating"), "globalRating"), best=10, worst=0)
    if not (body or rating.value is not None or is_withdrawn):
        return None
    date = dates.read(text(review, "createdTs"))
    booking = part(review, "reservation")
    meal = NO_DATE if is_withdrawn else dates.read(text(booking, "mealDate"))
    warnings.extend(fault for fault in (rating.warning, date.warning, meal.warning) if fault)
    customer = {} if is_withdrawn else part(review, "customer")
    return ReviewItem(
        external_id=external_id,
        body=body,
        author_name=_name(customer),
        author_ref=line(text(customer, "customerUuid"), limit=64),
        **rating.fields,
        language=line(text(comment, "language"), limit=16) if body else "",
        published_at=date.at,
        published_precision=date.precision,
        edited_at=_edited_at(comment, dates) if body else None,
        visited_at=meal.at,
        visited_precision=meal.precision,
        is_verified=True if text(booking, "reservationUuid") else None,
        reply=None if is_withdrawn else _reply(part(review, "restaurantReply"), dates),
        standing=standing,
    )


def _standing(review: Fields, comment: Fields) -> Standing:
    status = text(comment, "publicationStatus")
    if review.get("isValid") is False or status in _GONE:
        return Standing.WITHDRAWN
    return Standing.MODERATED if status in _WAITING else Standing.PUBLIC


def _name(customer: Fields) -> str:
    """First name and initial: more than TheFork's own pages show is not taken."""
    first, last = line(text(customer, "firstName"), limit=60), line(text(customer, "lastName"), limit=60)
    return f"{first} {last[:1].upper()}.".strip() if last[:1].isalpha() else first


def _edited_at(comment: Fields, dates: DateReader) -> datetime | None:
    """The review's own stamp moves with every answer and every moderation; that of the comment with its words."""
    made, changed = dates.read(text(comment, "createdTs")).at, dates.read(text(comment, "updatedTs")).at
    return changed if made and changed and changed > made else None


def _reply(reply: Fields, dates: DateReader) -> OwnerReply | None:
    body, state = plain(text(reply, "content")), _REPLY_STATES.get(text(reply, "publicationStatus"))
    if not body or state is None:
        return None
    stamps = (dates.read(text(reply, name)).at for name in ("publishedTs", "updatedTs", "createdTs"))
    why = _WHY.sub("", line(text(reply, "moderationReason")), count=1).replace("_", " ").lower()
    return OwnerReply(
        body=body,
        published_at=next((at for at in stamps if at), None),
        state=state,
        note=why if state is ReplyState.REJECTED else "",
    )
