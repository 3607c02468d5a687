"""Flipkart."""

from __future__ import annotations

from ._types import Platform, ReadBy, ReplyBy, ReplyRules

PLATFORM = Platform(
    key="flipkart",
    name="Flipkart",
    read_by=ReadBy.IMPORT,
    reply_by=ReplyBy.HAND,
    shows_answers=False,
    retention="store",
    terms="Flipkart gives no permission to read its pages automatically, and has no interface for reviews.",
    alternative="Take in an export, a page of reviews that you saved, or a review typed by hand.",
    doc_url="https://seller.flipkart.com/",
    hosts=(r"(.+\.)?flipkart\.com",),
    scale=(1, 5),
    reply_rules=ReplyRules(page="https://seller.flipkart.com/"),
)
