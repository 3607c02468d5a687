"""A product's review page on Flipkart, saved by hand: nothing asks Flipkart for it, which gives no permission.

The page carries its state as JSON in a script (`__INITIAL_STATE__`, or Next.js's `__NEXT_DATA__`). Where the reviews
lie in it is not documented and changes, so every object in it that looks like one is taken.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from datetime import datetime
from typing import Any

from db.phrases import say

from ..errors import ParseError
from ..items import IdKind, ParsedPage, ReviewItem
from . import identity
from .answer import Fields, counted, text
from .dates import DateReader
from .page import absolute, decode, html_tree, page_title
from .paging import next_link
from .ratings import read_rating
from .text import line, plain

MAX_NODES = 300_000
MAX_REVIEWS = 5_000
_STATE = re.compile(r"__INITIAL_STATE__\s*=\s*(?={)")
_ADDRESS = re.compile(r"/reviews/([\w:.-]{4,100})")
_HOME = "https://www.flipkart.com/"


def parse(body: bytes, *, url: str, encoding: str | None, now: datetime) -> ParsedPage:
    """Reviews in the order of the page's state. Raises ParseError where the page has none of the two states."""
    tree = html_tree(decode(body, encoding))
    states = [state for script in tree.iter("script") if (state := _state(script)) is not None]
    if not states:
        raise ParseError("the page carries no state with reviews")
    dates = DateReader(language="en-IN", now=now)
    warnings: list[str] = []
    items: dict[str, ReviewItem] = {}
    for review in _reviews(states):
        item = _item(review, dates, warnings)
        if item is not None and len(items) < MAX_REVIEWS:
            items.setdefault(item.external_id, item)
    return ParsedPage(
        reviews=tuple(items.values()),
        next_url=next_link(tree, url),
        warnings=counted(warnings),
        syntax="json",
        title=page_title(tree),
    )


def _state(script: Any) -> Any:
    """The script's JSON, whatever follows it; None for other scripts and for what cannot be read."""
    source = "".join(script.itertext())
    if script.get("id") == "__NEXT_DATA__":
        start = source.find("{")
    else:
        found = _STATE.search(source)
        start = found.end() if found else -1
    if start < 0:
        return None
    try:
        return json.JSONDecoder(strict=False).raw_decode(source, start)[0]
    except (ValueError, RecursionError):
        return None


def _reviews(states: list[Any]) -> Iterator[Fields]:
    stack, left = [*reversed(states)], MAX_NODES
    while stack:
        value = stack.pop()
        left -= 1
        if left < 0:
            raise ParseError("the page's state is larger than that of a review page")
        if isinstance(value, list):
            stack.extend(reversed(value))
        elif isinstance(value, dict):
            if _is_review(value):
                yield value
            else:
                stack.extend(reversed(value.values()))


def _is_review(value: Fields) -> bool:
    is_named = value.get("type") == "ProductReviewValue"
    return is_named or ("rating" in value and "text" in value and ("author" in value or "certifiedBuyer" in value))


def _item(review: Fields, dates: DateReader, warnings: list[str]) -> ReviewItem | None:
    rating = read_rating(review.get("rating"), best=5, worst=1)
    body, title = plain(text(review, "text")), line(text(review, "title"))
    if not body and not title and rating.value is None:
        warnings.append(say("a review without text and rating was left out"))
        return None
    created = dates.read(text(review, "created"))
    warnings.extend(fault for fault in (rating.warning, created.warning) if fault)
    author = line(text(review, "author"))
    address = absolute(_HOME, text(review, "url"))
    found = _ADDRESS.search(text(review, "url")[:300])
    own_id = " ".join(text(review, "id").split())[: identity.MAX_ID] or (found[1] if found else "")
    digest = identity.digest(
        author=author, body=body or title, rating=rating.raw, published_at=created.at, precision=created.precision
    )
    is_verified = review.get("certifiedBuyer")
    return ReviewItem(
        external_id=own_id or digest,
        id_kind=IdKind.PLATFORM if own_id else IdKind.DIGEST,
        body=body,
        title=title,
        author_name=author,
        **rating.fields,
        url=address,
        published_at=created.at,
        published_precision=created.precision,
        is_verified=is_verified if isinstance(is_verified, bool) else None,
    )
