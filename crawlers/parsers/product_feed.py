"""The feed of reviews that shops write for Google's product ratings: every review of the shop, with ids and scales.

Format: developers.google.com/product-review-feeds/schema (2.3). It has no owner's answers.
"""

from __future__ import annotations

import re
from datetime import datetime

from lxml import etree

from ..errors import ParseError
from ..items import ParsedPage, ReviewItem
from . import identity
from .answer import counted
from .dates import DateReader
from .page import absolute
from .ratings import read_rating
from .text import line, rich

MAX_REVIEWS = 5_000
_LANGUAGE = re.compile(r"[a-zA-Z]{2,3}(-[a-zA-Z0-9]{2,8}){0,2}")
_HEAD = 4_000  # characters in which such a feed names its format
_LEFT_OUT = "a review without id, or without text and rating, was left out"
_MARKS = ("product_reviews.xsd", "<review_id>")


def looks_like_one(text: str) -> bool:
    return any(mark in text[:_HEAD] for mark in _MARKS) and "<review_id" in text


def parse(text: str, *, url: str, now: datetime) -> ParsedPage:
    """Every review of the feed."""
    if "<!ENTITY" in text.upper():
        raise ParseError("the feed declares entities; such feeds are not read")
    parser = etree.XMLParser(
        encoding="utf-8", recover=True, resolve_entities=False, load_dtd=False, no_network=True, remove_comments=True
    )
    try:
        root = etree.fromstring(text.encode("utf-8", "replace"), parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise ParseError("the feed cannot be read") from error
    if root is None:
        raise ParseError("the feed cannot be read")
    faults: list[str] = []
    dates = DateReader(now=now)
    items: dict[str, ReviewItem] = {}
    for review in root.iter("{*}review"):
        if len(items) >= MAX_REVIEWS:
            raise ParseError(f"the feed holds more than {MAX_REVIEWS} reviews")
        item = _item(review, url=url, dates=dates, faults=faults)
        if item is not None:
            items.setdefault(item.external_id, item)
    return ParsedPage(
        reviews=tuple(items.values()),
        is_partial=_LEFT_OUT in faults,
        warnings=counted(faults),
        syntax="xml",
        title=line(_text(root, "publisher/name")),
    )


def _item(review: etree._Element, *, url: str, dates: DateReader, faults: list[str]) -> ReviewItem | None:
    external_id = line(_text(review, "review_id"), limit=identity.MAX_ID)
    title, positive, negative = line(_text(review, "title")), rich(_text(review, "pros")), rich(_text(review, "cons"))
    body = "\n\n".join(filter(None, (rich(_text(review, "content")), positive, negative)))
    overall = review.find("{*}ratings/{*}overall")
    scale = (None, None) if overall is None else (overall.get("min"), overall.get("max"))
    rating = read_rating(_text(review, "ratings/overall"), worst=scale[0], best=scale[1])
    if not external_id or (not body and not title and rating.value is None):
        faults.append(_LEFT_OUT)
        return None
    published = dates.read(_text(review, "review_timestamp"))
    faults.extend(filter(None, (rating.warning, published.warning)))
    return ReviewItem(
        external_id=external_id,
        body=body,
        title=title,
        positive=positive,
        negative=negative,
        author_name=line(_text(review, "reviewer/name")),
        **rating.fields,
        language=language if _LANGUAGE.fullmatch(language := _text(review, "review_language")[:20]) else "",
        url=absolute(url, _text(review, "review_url")),
        published_at=published.at,
        published_precision=published.precision,
    )


def _text(element: etree._Element, path: str) -> str:
    found = element.find("/".join(f"{{*}}{name}" for name in path.split("/")))
    return "" if found is None else (found.text or "").strip()
