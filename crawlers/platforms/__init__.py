"""Facts per platform, as data: how it is read and answered, what its terms say, which hosts are its own.

One file a platform, called by its key, with one `PLATFORM` in it: a file that is there is known, there is no list to
keep. Standard library only. The terms are one developer's summary, checked on the date given, and no legal advice; the
owner confirms for every source that they may read it. Platforms that cannot be crawled are here so that the application
can say so, with the reason and the way that remains.
"""

from __future__ import annotations

from ._lookup import PLATFORMS, api_base, app_feed_for, by_host, is_app_feed, is_crawled
from ._types import REPLY_SENTENCES, RETENTION_SENTENCES, Key, Platform, ReadBy, ReplyBy, ReplyRules

__all__ = [
    "PLATFORMS",
    "REPLY_SENTENCES",
    "RETENTION_SENTENCES",
    "Key",
    "Platform",
    "ReadBy",
    "ReplyBy",
    "ReplyRules",
    "api_base",
    "app_feed_for",
    "by_host",
    "is_app_feed",
    "is_crawled",
]
