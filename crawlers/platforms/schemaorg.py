"""Web page with schema.org markup."""

from __future__ import annotations

from ._types import Platform, ReadBy, ReplyBy

PLATFORM = Platform(
    key="schemaorg",
    name="Web page with schema.org markup",
    read_by=ReadBy.PAGE,
    reply_by=ReplyBy.HAND,
    shows_answers=False,
    retention="store",
    terms="Your own site, or one whose owner agrees: its robots.txt is read and obeyed at every crawl.",
    doc_url="https://schema.org/Review",
    is_crawlable=True,
)
