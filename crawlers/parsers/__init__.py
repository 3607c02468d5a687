"""Parsers: pure functions from the bytes of one answer to a `ParsedPage`. No requests, no clock, no database.

Every one has the shape of `Parser`. A parser that cannot read the answer raises `ParseError`; an empty result
means that the page says there are no reviews.
"""

from __future__ import annotations

from datetime import datetime
from typing import Protocol

from ..items import ParsedPage


class Parser(Protocol):
    """`url` is where the answer came from, `encoding` what the HTTP header says, `now` the instant of reading."""

    def __call__(self, body: bytes, *, url: str, encoding: str | None, now: datetime) -> ParsedPage: ...
