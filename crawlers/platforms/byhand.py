"""Complaints that reach the business itself."""

from __future__ import annotations

from ._types import Platform, ReadBy, ReplyBy

PLATFORM = Platform(
    key="byhand",
    name="Complaints by hand",
    read_by=ReadBy.IMPORT,
    reply_by=ReplyBy.NONE,
    retention="store",
    terms="What customers told you themselves: keep what you need to make it right, and no longer than that.",
    alternative="Entered under “Take a complaint”; nothing is read from an address.",
    doc_url="https://www.iso.org/standard/71580.html",
)
