"""Which addresses are feeds of alerts and social networks, and which feed belongs to a profile's or a search's page.

Standard library only. Sources: the feeds' own links on those pages (Mastodon and Bluesky name theirs in the head;
Reddit answers any listing with .rss; Google Alerts gives a feed's address where an alert is made).
"""

from __future__ import annotations

import re
from urllib.parse import urlsplit, urlunsplit

_ALERTS = (r"(?:www\.)?google\.[a-z.]{2,7}", r"/alerts/feeds/\d+/\d+/?")
_BLUESKY = (r"bsky\.app", r"/profile/[^/]+/rss/?")
_BLUESKY_SEARCH = (r"(?:public\.)?api\.bsky\.app", r"/xrpc/app\.bsky\.feed\.searchPosts")
_REDDIT = (r"(?:(?:www|old|new)\.)?reddit\.com", r"/.*\.(?:rss|atom)/?")
_MASTODON = (r".+", r"/(?:tags/[^/]+|@[^/]+(?:/with_replies|/tagged/[^/]+)?|users/[^/]+)\.(?:rss|atom)")
_KNOWN = (_ALERTS, _BLUESKY, _BLUESKY_SEARCH, _REDDIT, _MASTODON)

_MASTODON_HOST = re.compile(r"(?:.+\.)?(?:mastodon\.[a-z]+|mstdn\.[a-z]+|mas\.to)")


def is_mention_feed(url: str) -> bool:
    """By host and path."""
    parts = urlsplit(url)
    host = (parts.hostname or "").lower()
    return any(re.fullmatch(name, host) and re.fullmatch(path, parts.path) for name, path in _KNOWN)


def mention_feed_for(url: str) -> str | None:
    """The feed of a profile, tag, subreddit or search page; None for other addresses."""
    parts = urlsplit(url)
    host, path = (parts.hostname or "").lower(), parts.path.rstrip("/")
    if is_mention_feed(url):
        return None
    if host == "bsky.app" and re.fullmatch(r"/profile/[^/]+", path):
        return urlunsplit(parts._replace(path=f"{path}/rss", query=""))
    if re.fullmatch(_REDDIT[0], host) and re.fullmatch(
        r"/search|/r/[^/]+(?:/search|/new|/comments/.+)?|/user/[^/]+", path
    ):
        return urlunsplit(parts._replace(path=f"{path}.rss" if path == "/search" else f"{path}/.rss"))
    if _MASTODON_HOST.fullmatch(host) and re.fullmatch(r"/tags/[^/]+|/@[^/@]+", path):
        return urlunsplit(parts._replace(path=f"{path}.rss", query=""))
    return None
