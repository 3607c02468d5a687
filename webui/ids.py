"""Ids of rows in addresses and forms."""

from __future__ import annotations

from typing import Final

ID_MOST: Final = 2**31 - 1  # the integer columns of PostgreSQL end there: what is larger names no row


def number_in(text: str) -> int | None:
    """The number that a field of a form holds, as far as a row could have it; None where it holds none."""
    return min(int(text[:10]), ID_MOST) if text.isascii() and text.isdigit() else None
