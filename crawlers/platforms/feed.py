"""RSS or Atom feed."""

from __future__ import annotations

from ._types import Platform, ReadBy, ReplyBy

PLATFORM = Platform(
    key="feed",
    name="RSS or Atom feed",
    read_by=ReadBy.FEED,
    reply_by=ReplyBy.HAND,
    shows_answers=False,
    retention="store",
    terms="A feed is published to be read by programs; the site's terms may limit what you show of it.",
    doc_url="https://www.rssboard.org/rss-specification",
    is_crawlable=True,
)
