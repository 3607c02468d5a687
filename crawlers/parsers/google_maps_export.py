"""A review of Google Maps as its own pages pass it around: nested arrays without names, saved by hand or by a tool.

For files that an owner has and imports; nothing asks Google for them, whose terms forbid it. The places in the arrays
are those of gosom/google-maps-scraper's test files (2026); what is missing or of another kind is left empty.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

from db.phrases import say

from ..errors import ParseError
from ..items import DatePrecision, IdKind, OwnerReply, ParsedPage, ReviewItem
from . import identity
from .answer import counted, read_json
from .page import absolute
from .ratings import NO_RATING, Rating, read_rating
from .text import line, plain

MAX_REVIEWS = 5_000
_DEPTH = 6  # of lists around one review
_MICROSECONDS = 1_000_000
_PREFIX = ")]}'"  # before the JSON, against pages that include it as a script
_LATEST = 4_000_000_000  # seconds


def parse(body: bytes, *, url: str, encoding: str | None, now: datetime) -> ParsedPage:  # noqa: ARG001 - a Parser
    """Every review of the answer; the text is the original, Google's translation is kept beside it."""
    body = body.removeprefix(_PREFIX.encode())
    entries = list(_entries(read_json(body, encoding)))
    if not entries:
        raise ParseError("the file holds no review in the form of Google Maps")
    warnings: list[str] = []
    items: dict[str, ReviewItem] = {}
    for entry in entries[:MAX_REVIEWS]:
        item = _item(entry, url, warnings)
        if item is not None:
            items.setdefault(item.external_id, item)
    return ParsedPage(reviews=tuple(items.values()), warnings=counted(warnings), syntax="json")


def _entries(value: Any) -> Iterator[list[Any]]:
    """Lists that look like a review: an id, a list that begins with the place, a list of what was said."""
    stack = [(value, 0)]
    while stack:
        one, depth = stack.pop()
        if not isinstance(one, list) or depth > _DEPTH:
            continue
        if len(one) >= 3 and isinstance(one[0], str) and isinstance(one[1], list) and isinstance(one[2], list):
            yield one
        else:
            stack.extend((inner, depth + 1) for inner in reversed(one[: MAX_REVIEWS + 1]))


def _item(entry: list[Any], url: str, warnings: list[str]) -> ReviewItem | None:
    texts = [plain(text) for text in _texts(_at(entry, 2, 15))]
    rating = _rating(entry)
    if not texts and rating.value is None:
        warnings.append(say("an entry without text and rating was left out"))
        return None
    if rating.warning:
        warnings.append(rating.warning)
    name = line(_text(entry, 1, 4, 5, 0))
    created, edited = _instant(_at(entry, 1, 2)), _instant(_at(entry, 1, 3))
    external_id = line(entry[0])[: identity.MAX_ID]
    precision = DatePrecision.INSTANT if created else DatePrecision.NONE
    digest = identity.digest(
        author=name, body=texts[0] if texts else "", rating=rating.raw, published_at=created, precision=precision
    )
    return ReviewItem(
        external_id=external_id or digest,
        id_kind=IdKind.PLATFORM if external_id else IdKind.DIGEST,
        body=texts[0] if texts else "",
        translation=texts[1] if len(texts) > 1 else "",
        author_name=name,
        author_ref=absolute(url, _text(entry, 1, 4, 2, 0))[:400],
        **rating.fields,
        language=line(_text(entry, 2, 14, 0))[:16],
        url=absolute(url, _text(entry, 4, 3, 0)),
        published_at=created,
        published_precision=precision,
        edited_at=edited if created and edited and edited > created else None,
        reply=_reply(entry),
    )


def _rating(entry: list[Any]) -> Rating:
    """1 to 5, or another site's (`[2][8][1]`) on the scale that stands beside that site's name."""
    stars = _at(entry, 2, 0, 0)
    if isinstance(stars, int | float):
        return read_rating(stars, best=5, worst=1)
    score = _at(entry, 2, 8, 1)
    return read_rating(score, best=_at(entry, 1, 13, 4)) if isinstance(score, int | float) else NO_RATING


def _reply(entry: list[Any]) -> OwnerReply | None:
    texts = [plain(text) for text in _texts(_at(entry, 3, 14))]
    return OwnerReply(body=texts[0], published_at=_instant(_at(entry, 3, 1))) if texts else None


def _texts(value: Any) -> list[str]:
    """The first of each inner list, the original before its translation."""
    found = [_at(one, 0) for one in value[:4]] if isinstance(value, list) else []
    return [text for text in found if isinstance(text, str) and text.strip()]


def _instant(value: Any) -> datetime | None:
    seconds = value / _MICROSECONDS if isinstance(value, int) and not isinstance(value, bool) else 0
    return datetime.fromtimestamp(seconds, UTC) if 0 < seconds < _LATEST else None


def _text(value: Any, *places: int) -> str:
    found = _at(value, *places)
    return found if isinstance(found, str) else ""


def _at(value: Any, *places: int) -> Any:
    """What lies at a path of positions; None where the path ends before."""
    for place in places:
        if not isinstance(value, list) or len(value) <= place:
            return None
        value = value[place]
    return value
