"""Where a page of the queue begins or ends: the order, the key of a row in it, and how an address writes that key."""

from __future__ import annotations

import base64
import binascii
import struct
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from typing import Any

from ..errors import BadCursor

Key = tuple[float, int]  # rank and id of the case; or microseconds since 1970 and id of the review
BEGINNING = datetime(1970, 1, 1, tzinfo=UTC)
MICROSECOND = timedelta(microseconds=1)
_KEY = struct.Struct(">dq")
_LARGEST = 2.0**55  # microseconds: a thousand years
_BAD_CURSOR = "This page address is not valid. Start again from the first page."


class Sort(StrEnum):
    PRIORITY = "priority"  # among equals the time left: as `Case.rank` has it
    NEWEST = "newest"
    OLDEST = "oldest"


def key_of(sort: Sort, value: Any, id_: int) -> Key:
    """The key of a row, from the column that is sorted by."""
    return (value if sort is Sort.PRIORITY else float((value - BEGINNING) // MICROSECOND)), id_


def cursor_of(sort: Sort, key: Key) -> str:
    """A key as an address holds it."""
    return base64.urlsafe_b64encode(_mark(sort) + _KEY.pack(*key)).decode().rstrip("=")


def key_in(sort: Sort, cursor: str) -> Key:
    """What `cursor_of` has written.

    Raises:
        BadCursor: it is none of ours, or one of another order.
    """
    try:
        raw = base64.b64decode(cursor + "=" * (-len(cursor) % 4), altchars=b"-_", validate=True)
        value, id_ = _KEY.unpack(raw.removeprefix(_mark(sort)) if len(raw) == _KEY.size + 1 else b"")
    except (binascii.Error, struct.error, ValueError) as error:
        raise BadCursor(_BAD_CURSOR) from error
    if not -_LARGEST < value < _LARGEST:
        raise BadCursor(_BAD_CURSOR)
    return value, id_


def _mark(sort: Sort) -> bytes:
    return b"r" if sort is Sort.PRIORITY else b"t"  # keys without a mark were of a priority alone, once
