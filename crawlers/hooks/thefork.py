"""TheFork's webhooks: one event a POST, unsigned, at least once and in any order (docs.thefork.io, B2B API, webhooks).

The answer is 200 with `{"data": {}}`, at once. `reviewValidityChanged` tells of a guest who asked to be forgotten or of
fraud: the crawl that follows finds the review withdrawn.
"""

from __future__ import annotations

from ..errors import ParseError
from ..parsers.answer import Fields, read_json, text
from ..parsers.thefork import ID
from . import Hint

EVENTS = frozenset(
    ("reviewRatingCreated", "reviewCommentPublished", "reviewCommentUnpublished", "reviewValidityChanged")
)
MOST_BYTES = 64 * 1024
_MOST_EVENTS = 100


def hints(body: bytes) -> list[Hint]:
    """What the message is about, each thing once; empty for events of other kinds.

    Raises:
        ParseError: it is no event.
    """
    if len(body) > MOST_BYTES:
        raise ParseError("the message is larger than 64 kB")
    value = read_json(body, None)
    events = value if isinstance(value, list) else [value]
    if len(events) > _MOST_EVENTS or not all(isinstance(event, dict) and "eventType" in event for event in events):
        raise ParseError("the message is no event")
    return list(dict.fromkeys(hint for event in events if (hint := _hint(event)) is not None))


def _hint(event: Fields) -> Hint | None:
    place, review, kind = text(event, "restaurantUuid"), text(event, "uuid"), text(event, "eventType")
    if text(event, "entityType") != "review" or kind not in EVENTS:
        return None
    if not ID.fullmatch(place) or not ID.fullmatch(review):
        return None
    return Hint(place_ref=place, review_id=review, kind=kind)
