"""Mentions by feed."""

from __future__ import annotations

from ._types import Platform, ReadBy, ReplyBy

PLATFORM = Platform(
    key="mentions",
    name="Mentions by feed",
    read_by=ReadBy.FEED,
    reply_by=ReplyBy.HAND,
    shows_answers=False,
    retention="store",
    terms="Feeds of alerts and of public posts are there to be read by programs; Reddit and Google may close "
    "theirs by robots.txt, which is obeyed. A post is what one person wrote: keep no more than you need.",
    doc_url="https://docs.joinmastodon.org/user/discoverability/",
    is_crawlable=True,
)
