"""Google's notifications of reviews: a Pub/Sub message pushed to us, data in base64 (cloud.google.com/pubsub, push).

Any answer of 200 to 204 takes the message; anything else and it comes again. Messages of other kinds (questions,
media, verification) are taken and mean nothing here.
"""

from __future__ import annotations

import base64
import binascii
import re

from ..errors import ParseError
from ..parsers.answer import part, read_object, text
from . import Hint

EVENTS = frozenset(("NEW_REVIEW", "UPDATED_REVIEW"))
MOST_BYTES = 64 * 1024

_LOCATION = re.compile(r"accounts/[\w-]{1,60}/locations/[\w-]{1,60}", re.ASCII)
_REVIEW = re.compile(r"(accounts/[\w-]{1,60}/locations/[\w-]{1,60})/reviews/([\w=-]{1,300})", re.ASCII)


def hints(body: bytes) -> list[Hint]:
    """What the message is about; empty for events of other kinds.

    Raises:
        ParseError: it is no such message.
    """
    if len(body) > MOST_BYTES:
        raise ParseError("the message is larger than 64 kB")
    data = text(part(read_object(body, None), "message"), "data")
    try:
        told = read_object(base64.b64decode(data, validate=True), "utf-8")
    except (binascii.Error, ValueError) as error:
        raise ParseError("the message holds no data") from error
    kind = text(told, "notificationType") or text(told, "type")
    if not kind:
        raise ParseError("the message is no notification")
    if kind not in EVENTS:
        return []
    review = _REVIEW.fullmatch(text(told, "reviewName"))
    place = text(told, "locationName") or (review.group(1) if review else "")
    if not _LOCATION.fullmatch(place):
        raise ParseError("the message names no location")
    return [Hint(place_ref=place, review_id=review.group(2) if review else "", kind=kind)]
