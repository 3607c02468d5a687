"""Reviews out of RSS and Atom feeds, by feedparser; JSON Feed and shops' feeds for Google have modules of their own.

What feedparser reads is written anew before, without anything that could harm (`feed_xml`). It gets a stream and never
a text: it would open a text that looks like an address or a file name.
"""

from __future__ import annotations

import io
import re
from calendar import timegm
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import feedparser

from db.phrases import say

from ..errors import ParseError
from ..items import DatePrecision, IdKind, OwnerReply, ParsedPage, ReviewItem
from . import identity, json_feed, product_feed
from .answer import counted
from .dates import UNREADABLE, DateReader, ReadDate, plausible
from .feed_xml import readable
from .identity import fold
from .page import absolute, decode
from .ratings import NO_RATING, Rating, read_rating, split_title
from .text import line, rich

MAX_ENTRIES = 5_000

_RATING_KEY = re.compile(r"(?:.*_)?(?:rating|starrating|ratingvalue|stars|score)", re.IGNORECASE)
_NAMED = re.compile(r"[^\s@]{1,100}@[^\s@()]{1,100}\s*\((.{1,200})\)")
_BYLINE = re.compile(r"[^\W\d_]{2,12}\s?: .{1,100}")
_BEST_KEY = re.compile(r"(?:.*_)?(?:bestrating|maxrating|ratingmax|max_rating|scale)", re.IGNORECASE)


def parse(body: bytes, *, url: str, encoding: str | None, now: datetime, has_ratings: bool = True) -> ParsedPage:
    """Every entry of the feed, as written in it; without `has_ratings` a "5/5" in a title is a part of the title."""
    if json_feed.looks_like_one(body):
        return json_feed.parse(body, url=url, encoding=encoding, now=now, has_ratings=has_ratings)
    written = decode(body, encoding)
    if product_feed.looks_like_one(written):
        return product_feed.parse(written, url=url, now=now)
    feed, warnings = _read(written)
    own = _text(feed.feed.get("language"))
    dates = DateReader(now=now)
    drafts = [
        _item(entry, url=url, dates=dates, own_language=own, faults=warnings, has_ratings=has_ratings)
        for entry in feed.entries[:MAX_ENTRIES]
    ]
    items: dict[str, ReviewItem] = {}
    for item in _identified([item for item in drafts if item is not None], home=_text(feed.feed.get("link"))):
        items.setdefault(item.external_id, item)
    _answer(items, feed)
    return ParsedPage(
        reviews=tuple(items.values()),
        next_url=_link(feed.feed, "next"),
        warnings=counted(warnings),
        syntax="atom" if str(feed.version).startswith("atom") else "rss",
        title=line(str(feed.feed.get("title", ""))),
    )


def _read(text: str) -> tuple[Any, list[str]]:
    xml, was_broken = readable(text)
    warnings: list[str] = [say("the feed is malformed XML; it was read as far as it goes")] if was_broken else []
    headers = {"content-type": "application/xml; charset=utf-8"}  # no base address: what is relative stays so
    try:
        feed = feedparser.parse(
            io.BytesIO(xml), response_headers=headers, sanitize_html=False, resolve_relative_uris=False
        )
    except Exception as error:  # feedparser meets odd values with exceptions of many kinds
        raise ParseError("the feed cannot be read") from error
    if not feed.version and not feed.entries:
        raise ParseError("the answer is not a feed")
    if warnings and not feed.entries:
        raise ParseError("the feed is malformed XML without a readable entry")
    return feed, warnings


def _item(
    entry: Any, *, url: str, dates: DateReader, own_language: str, faults: list[str], has_ratings: bool
) -> ReviewItem | None:
    raw_rating, title = split_title(line(_text(entry.get("title"))))
    if not has_ratings:
        raw_rating, title = "", line(_text(entry.get("title")))
    rating = _rating(entry, raw_rating) if has_ratings else NO_RATING
    body = rich(_body(entry))
    if not body and not title and rating.value is None:
        faults.append(say("an entry without text and rating was left out"))
        return None
    if rating.warning:
        faults.append(rating.warning)
    first = "published" if _text(dict.get(entry, "published")) else "created"
    published, precision = _moment(entry, first, dates, faults)
    edited, _ = _moment(entry, "updated", dates, faults)
    if published is None and edited is not None:
        published, precision, edited = edited, DatePrecision.INSTANT, None
    author = _author(entry)
    if _BYLINE.fullmatch(title) and title.endswith(author):  # "By: Ana" in feeds of comments
        title = ""
    link = absolute(url, _text(entry.get("link")))
    external_id, kind = _identity(
        entry, link, author=author, body=body or title, rating=rating.raw, published=(published, precision)
    )
    return ReviewItem(
        external_id=external_id,
        id_kind=kind,
        body=body,
        title=title,
        author_name=author,
        author_ref=absolute(url, _text(entry.get("author_detail", {}).get("href")))[:400],
        **rating.fields,
        language=_language(entry, own_language),
        url=link,
        published_at=published,
        published_precision=precision,
        edited_at=edited if edited and published and edited > published else None,
    )


def _answer(items: dict[str, ReviewItem], feed: Any) -> None:
    """Entries that answer another one (RFC 4685) as its reply, where who writes them is who publishes the feed."""
    owners = {fold(line(_text(name))) for name in (feed.feed.get("title"), feed.feed.get("author"))} - {""}
    for entry in feed.entries[:MAX_ENTRIES]:
        referred = next((entry[key] for key in ("thr_in-reply-to", "in-reply-to") if key in entry), None)
        answer = items.get(_text(entry.get("id")))
        review = items.get(_text(referred.get("ref"))) if isinstance(referred, dict) else None
        if answer is None or review is None or answer is review or fold(answer.author_name) not in owners:
            continue
        reply = OwnerReply(body=answer.body, author_name=answer.author_name, published_at=answer.published_at)
        items[review.external_id] = replace(review, reply=reply)
        del items[answer.external_id]


def _author(entry: Any) -> str:
    """The name; RSS 2.0 puts it behind an address: "ana@lanterna.example (Ana)"."""
    written = line(_text(entry.get("author")))
    if named := _NAMED.fullmatch(written):
        return named[1].strip()
    return line(_text(entry.get("author_detail", {}).get("name"))) or written


def _identity(
    entry: Any, link: str, *, author: str, body: str, rating: str, published: tuple[datetime | None, DatePrecision]
) -> tuple[str, IdKind]:
    if guid := " ".join(_text(entry.get("id")).split())[: identity.MAX_ID]:
        return guid, IdKind.URL if guid == link else IdKind.PLATFORM
    if link and len(link) <= identity.MAX_ID:
        return link, IdKind.URL
    at, precision = published
    return identity.digest(author=author, body=body, rating=rating, published_at=at, precision=precision), IdKind.DIGEST


def _identified(items: list[ReviewItem], *, home: str) -> Iterator[ReviewItem]:
    """The items, without addresses for identities that lead to the place and not to one review of it."""
    bearers: dict[str, set[str]] = {}
    digests = [_digest(item) for item in items]
    for item, digest in zip(items, digests, strict=True):
        bearers.setdefault(item.external_id, set()).add(digest)
    for item, digest in zip(items, digests, strict=True):
        is_shared = item.external_id == home or len(bearers[item.external_id]) > 1
        if item.id_kind is IdKind.URL and is_shared:
            yield replace(item, external_id=digest, id_kind=IdKind.DIGEST)
        else:
            yield item


def _digest(item: ReviewItem) -> str:
    return identity.digest(
        author=item.author_name,
        body=item.body or item.title,
        rating=item.rating_raw,
        published_at=item.published_at,
        precision=item.published_precision,
    )


def _rating(entry: Any, from_title: str) -> Rating:
    """From an element of a rating namespace, else from the title."""
    best = next((entry[key] for key in sorted(entry) if _BEST_KEY.fullmatch(key) and isinstance(entry[key], str)), None)
    for key in sorted(entry):
        if not _RATING_KEY.fullmatch(key) or key == "media_rating":  # that one rates for an audience: "adult"
            continue
        value = entry[key]
        if isinstance(value, dict):
            best = value.get("max", value.get("best", best))
            value = value.get("average", value.get("value", value.get("label")))
        if isinstance(value, str) and (rating := read_rating(value, best=best)).raw:
            return rating
    return read_rating(from_title) if from_title else NO_RATING


def _moment(entry: Any, name: str, dates: DateReader, faults: list[str]) -> tuple[datetime | None, DatePrecision]:
    written = _text(dict.get(entry, name))  # FeedParserDict.get would give `published` where `updated` is absent
    if not written:
        return None, DatePrecision.NONE
    read = dates.read(written)
    parsed = dict.get(entry, f"{name}_parsed")
    if read == UNREADABLE and parsed is not None:
        with suppress(ValueError, OverflowError, TypeError):
            read = plausible(ReadDate(datetime.fromtimestamp(timegm(parsed), UTC), DatePrecision.DAY), now=dates.now)
    if read.warning:
        faults.append(read.warning)
    return read.at, read.precision


def _body(entry: Any) -> str:
    contents = [one for one in entry.get("content", []) if isinstance(one, dict)]
    texts = [_text(one.get("value")) for one in contents] or [_text(entry.get("summary"))]
    return next((text for text in texts if text.strip()), "")


def _language(entry: Any, own: str) -> str:
    """Only what the entry itself says: the language of the feed is that of its titles, not of its guests."""
    for detail in (*entry.get("content", []), entry.get("summary_detail")):
        if isinstance(detail, dict) and (language := _text(detail.get("language"))) and language != own:
            return language[:16] if re.fullmatch(r"[a-zA-Z]{2,3}(-[a-zA-Z0-9]{2,8}){0,2}", language) else ""
    return ""


def _link(feed: Any, relation: str) -> str | None:
    for link in feed.get("links", []):
        if (
            isinstance(link, dict)
            and link.get("rel") == relation
            and isinstance(href := link.get("href"), str)
            and href
        ):
            return str(href)
    return None


def _text(value: object) -> str:
    return value if isinstance(value, str) else ""
