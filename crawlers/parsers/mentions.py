"""What people say elsewhere: entries of Google Alerts, Mastodon, Bluesky, Reddit and of any other feed.

A mention has no stars. Its author stands in the entry, or in the address of the post; Google's detours are taken out of
links. Bluesky's search answers in JSON (docs.bsky.app, app.bsky.feed.searchPosts), everything else as RSS or Atom.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime
from urllib.parse import parse_qs, urlsplit

from db.phrases import say

from ..items import ParsedPage, ReviewItem
from . import feeds
from .answer import Fields, counted, objects, part, read_object, text
from .dates import DateReader
from .identity import MAX_ID, fold
from .page import absolute
from .text import line, plain

_NETWORKS = re.compile(
    rb"<generator>\s*Mastodon|googlealerts/feed|<guid[^>]*>\s*at://did:|<id>\s*t[135]_[a-z0-9]+\s*<|\"at://did:",
    re.IGNORECASE,
)
_HEAD = 20_000  # bytes in which a feed's first entry stands
_DETOUR = re.compile(r"(?:www\.)?google\.[a-z.]{2,7}")
_MASTODON = re.compile(r"/@([\w.-]{1,60})(?:@([\w.-]{1,100}))?/\d+")
_BLUESKY = re.compile(r"/profile/([^/]{1,253})/post/([^/]{1,40})")
_POST_URI = re.compile(r"at://([^/]{1,253})/app\.bsky\.feed\.post/([^/]{1,40})")
_REDDIT_END = re.compile(r"\s*submitted by\s+/?u/\S+(?:\s+to\s+r/\S+)?\s*(?:\[link\])?\s*(?:\[comments\])?\s*$")
_LEAST_WITHIN = 4  # letters of a word that is found within others, as in #TrattoriaLanterna


def parse(body: bytes, *, url: str, encoding: str | None, now: datetime) -> ParsedPage:
    """Every mention of the feed, the newest first as far as the feed puts them so."""
    if body[:200].lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"{"):
        return _bluesky_search(body, encoding, DateReader(now=now))
    page = feeds.parse(body, url=url, encoding=encoding, now=now, has_ratings=False)
    return replace(page, reviews=tuple(_mention(item) for item in page.reviews))


def is_of_a_network(body: bytes) -> bool:
    """Whether the feed comes from one of those that this module knows, by its generator and its entries' ids."""
    return _NETWORKS.search(body[:_HEAD]) is not None


def words_of(written: object) -> tuple[str, ...]:
    """The owner's words, from a list or from a text with commas or line breaks between."""
    parts = re.split(r"[,;\n]", written) if isinstance(written, str) else written
    found = (fold(part[:100]) for part in parts if isinstance(part, str)) if isinstance(parts, list | tuple) else ()
    return tuple(dict.fromkeys(filter(None, found)))[:100]


def holding(items: Iterable[ReviewItem], words: tuple[str, ...]) -> tuple[ReviewItem, ...]:
    """Those whose title or text holds one of the words, whatever the case; all of them without words."""
    if not words:
        return tuple(items)
    patterns = [
        re.compile(re.escape(word) if len(word) >= _LEAST_WITHIN else rf"(?<!\w){re.escape(word)}(?!\w)")
        for word in words
    ]
    return tuple(
        item for item in items if any(pattern.search(fold(f"{item.title} {item.body}")) for pattern in patterns)
    )


def _mention(item: ReviewItem) -> ReviewItem:
    link = _without_detour(item.url)
    name, profile = _author(link)
    author = item.author_name
    if author.startswith("/u/"):
        author = author[1:]
    return replace(
        item,
        url=link,
        title="" if fold(item.title) == fold(item.body[:300]) else item.title,
        body=_without_signature(item.body),
        author_name=author or name,
        author_ref=item.author_ref or profile,
    )


def _without_signature(body: str) -> str:
    """Reddit's feeds end every post with who submitted it, and two links."""
    return body[:-400] + _REDDIT_END.sub("", body[-400:])


def _without_detour(url: str) -> str:
    """The page behind `https://www.google.com/url?…&url=…`."""
    parts = urlsplit(url)
    if parts.path != "/url" or not _DETOUR.fullmatch(parts.hostname or ""):
        return url
    named = parse_qs(parts.query, max_num_fields=50) if parts.query.count("&") < 50 else {}
    target = next((value for name in ("url", "q") for value in named.get(name, ())), "")
    return absolute("https://page.invalid/", target) if target.lower().startswith(("http://", "https://")) else url


def _author(link: str) -> tuple[str, str]:
    """(name, profile) that the address of a post tells."""
    parts = urlsplit(link)
    base = f"{parts.scheme}://{parts.netloc}"
    if found := _MASTODON.fullmatch(parts.path):
        host = found[2] or parts.hostname or ""
        return f"@{found[1]}@{host}", f"{base}/@{found[1]}" + (f"@{found[2]}" if found[2] else "")
    if parts.hostname == "bsky.app" and (found := _BLUESKY.fullmatch(parts.path)):
        return f"@{found[1]}", f"{base}/profile/{found[1]}"
    return "", ""


def _bluesky_search(body: bytes, encoding: str | None, dates: DateReader) -> ParsedPage:
    posts = objects(read_object(body, encoding).get("posts"), "posts")
    warnings: list[str] = []
    items: dict[str, ReviewItem] = {}
    for post in posts:
        item = _post(post, dates)
        if item is None:
            warnings.append(say("a post without address or text was left out"))
        else:
            items.setdefault(item.external_id, item)
    return ParsedPage(reviews=tuple(items.values()), warnings=counted(warnings), syntax="json")


def _post(post: Fields, dates: DateReader) -> ReviewItem | None:
    record, author = part(post, "record"), part(post, "author")
    uri = _POST_URI.fullmatch(text(post, "uri"))
    said = plain(text(record, "text"))
    if uri is None or not said:
        return None
    handle = line(text(author, "handle")) or uri[1]
    published = dates.read(text(record, "createdAt"))
    languages = record.get("langs")
    language = languages[0] if isinstance(languages, list) and languages and isinstance(languages[0], str) else ""
    return ReviewItem(
        external_id=uri[0][:MAX_ID],
        body=said,
        author_name=line(text(author, "displayName")) or f"@{handle}",
        author_ref=absolute("https://bsky.app/", f"/profile/{handle}")[:400],
        language=language[:16] if re.fullmatch(r"[a-zA-Z]{2,3}(-[a-zA-Z0-9]{2,8}){0,2}", language) else "",
        url=absolute("https://bsky.app/", f"/profile/{handle}/post/{uri[2]}"),
        published_at=published.at,
        published_precision=published.precision,
    )
