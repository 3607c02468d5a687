"""App Store Connect: customer reviews of an own app (developer.apple.com, appstoreconnectapi, customer-reviews).

JSON:API: the developer's responses stand in `included` and are found by their id. The territory is a country and says
nothing of the language. Ids are not those of the public feed: one source per app, or the same review comes twice.
"""

from __future__ import annotations

from datetime import datetime

from ..errors import ParseError
from ..items import OwnerReply, ParsedPage, ReplyState, ReviewItem
from . import identity
from .answer import Fields, counted, objects, part, read_object, text
from .dates import DateReader
from .ratings import read_rating
from .text import line, plain

_STATES = {"PENDING_PUBLISH": ReplyState.PENDING}  # the other one is PUBLISHED
_LEFT_OUT = "a review without id or content was left out"


def parse(body: bytes, *, url: str, encoding: str | None, now: datetime) -> ParsedPage:  # noqa: ARG001 - the shape of `Parser`
    answer = read_object(body, encoding)
    if "errors" in answer:
        raise ParseError("the answer is an error of App Store Connect")
    warnings: list[str] = []
    dates = DateReader(now=now)
    responses = {
        text(one, "id"): part(one, "attributes")
        for one in objects(answer.get("included", []), "included")
        if one.get("type") == "customerReviewResponses"
    }
    items: dict[str, ReviewItem] = {}
    for row in objects(answer.get("data"), "data"):
        item = _item(row, responses, dates=dates, warnings=warnings)
        if item is not None:
            items.setdefault(item.external_id, item)
    total = part(part(answer, "meta"), "paging").get("total")
    return ParsedPage(
        reviews=tuple(items.values()),
        next_url=text(part(answer, "links"), "next") or None,
        advertised_total=total if isinstance(total, int) and 0 <= total < 10**9 else None,
        is_partial=_LEFT_OUT in warnings,
        warnings=counted(warnings),
        syntax="json",
    )


def _item(row: Fields, responses: dict[str, Fields], *, dates: DateReader, warnings: list[str]) -> ReviewItem | None:
    external_id, fields = line(text(row, "id"), limit=identity.MAX_ID), part(row, "attributes")
    title, body = line(text(fields, "title")), plain(text(fields, "body"))
    rating = read_rating(fields.get("rating"), best=5, worst=1)
    if not external_id or not (title or body or rating.value is not None):
        warnings.append(_LEFT_OUT)
        return None
    date = dates.read(text(fields, "createdDate"))
    warnings.extend(fault for fault in (rating.warning, date.warning) if fault)
    answered = text(part(part(part(row, "relationships"), "response"), "data"), "id")
    return ReviewItem(
        external_id=external_id,
        body=body,
        title=title,
        author_name=line(text(fields, "reviewerNickname")),
        **rating.fields,
        published_at=date.at,
        published_precision=date.precision,
        reply=_reply(responses.get(answered, {}), dates),
    )


def _reply(fields: Fields, dates: DateReader) -> OwnerReply | None:
    body = plain(text(fields, "responseBody"))
    if not body:
        return None
    state = _STATES.get(text(fields, "state"), ReplyState.PUBLISHED)
    return OwnerReply(body=body, published_at=dates.read(text(fields, "lastModifiedDate")).at, state=state)
