"""JSON Feed (jsonfeed.org/version/1.1): RSS in JSON. Ratings stand in titles or in extensions ("_review")."""

from __future__ import annotations

import re
from datetime import datetime

from ..errors import ParseError
from ..items import IdKind, ParsedPage, ReviewItem
from . import identity
from .answer import Fields, counted, objects, read_object, text
from .dates import DateReader
from .page import absolute
from .ratings import NO_RATING, Rating, read_rating, split_title
from .text import line, rich

_LANGUAGE = re.compile(r"[a-zA-Z]{2,3}(-[a-zA-Z0-9]{2,8}){0,2}")
MAX_EXTENSIONS = 20  # of one entry


def looks_like_one(body: bytes) -> bool:
    return body[:200].lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"{")


def parse(body: bytes, *, url: str, encoding: str | None, now: datetime, has_ratings: bool = True) -> ParsedPage:
    """Every entry of the feed."""
    feed = read_object(body, encoding)
    if "jsonfeed.org/version" not in text(feed, "version")[:100]:
        raise ParseError("the answer is not a feed")
    dates = DateReader(language=text(feed, "language"), now=now)
    faults: list[str] = []
    items: dict[str, ReviewItem] = {}
    for entry in objects(feed.get("items"), "items"):
        item = _item(entry, url=url, dates=dates, faults=faults, has_ratings=has_ratings)
        if item is not None:
            items.setdefault(item.external_id, item)
    return ParsedPage(
        reviews=tuple(items.values()),
        next_url=text(feed, "next_url") or None,
        warnings=counted(faults),
        syntax="json",
        title=line(text(feed, "title")),
    )


def _item(entry: Fields, *, url: str, dates: DateReader, faults: list[str], has_ratings: bool) -> ReviewItem | None:
    written = line(text(entry, "title"))
    raw, title = split_title(written) if has_ratings else ("", written)
    rating = _rating(entry, raw) if has_ratings else NO_RATING
    body = rich(text(entry, "content_html") or text(entry, "content_text") or text(entry, "summary"))
    if not body and not title and rating.value is None:
        faults.append("an entry without text and rating was left out")
        return None
    published, edited = dates.read(text(entry, "date_published")), dates.read(text(entry, "date_modified"))
    faults.extend(filter(None, (rating.warning, published.warning, edited.warning)))
    authors = entry.get("authors")
    author = next((one for one in (authors if isinstance(authors, list) else [entry.get("author")])), None)
    author = author if isinstance(author, dict) else {}
    name, link = line(text(author, "name")), absolute(url, text(entry, "url"))
    external_id, kind = line(text(entry, "id"), limit=identity.MAX_ID), IdKind.PLATFORM
    if not external_id:
        kind = IdKind.DIGEST
        external_id = identity.digest(
            author=name,
            body=body or title,
            rating=rating.raw,
            published_at=published.at,
            precision=published.precision,
        )
    return ReviewItem(
        external_id=external_id,
        id_kind=kind,
        body=body,
        title=title,
        author_name=name,
        author_ref=absolute(url, text(author, "url"))[:400],
        **rating.fields,
        language=language if _LANGUAGE.fullmatch(language := text(entry, "language")[:20]) else "",
        url=link,
        published_at=published.at,
        published_precision=published.precision,
        edited_at=edited.after(published),
    )


def _rating(entry: Fields, from_title: str) -> Rating:
    """Of an extension, whose names begin with an underscore, else from the title."""
    extensions = [value for name, value in entry.items() if name.startswith("_")][:MAX_EXTENSIONS]
    for one in (entry, *(value for value in extensions if isinstance(value, dict))):
        for name in ("rating", "ratingValue", "stars", "score"):
            best = next((one[key] for key in ("best", "bestRating", "max", "scale") if key in one), None)
            if (found := read_rating(one.get(name), best=best)).raw:
                return found
    return read_rating(from_title) if from_title else NO_RATING
