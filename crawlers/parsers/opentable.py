"""A restaurant's page on OpenTable, saved by hand: nothing asks OpenTable for it, whose terms forbid that.

Classes are hashes that change, so cards are found by their list (`restProfileReviewsContent`) or test name, and parts
by their words: "Overall 5", "Dined on November 3, 2026". No id is shown: identity is a digest, without the date, which
is "2 days ago" at first and a day later on.
"""

from __future__ import annotations

import re
from datetime import datetime

import lxml.html

from db.phrases import say

from ..errors import ParseError
from ..items import DatePrecision, IdKind, OwnerReply, ParsedPage, ReviewItem
from . import identity
from .answer import counted
from .dates import DateReader, ReadDate
from .page import decode, html_tree, page_language, page_title
from .paging import next_link
from .pieces import below, outermost, shown_text
from .ratings import NO_RATING, Rating, read_rating
from .text import line, plain

MAX_REVIEWS = 1_000
_DINED = re.compile(r"dined\s+(?:on\s+)?(.{3,40})", re.IGNORECASE)
_OVERALL = re.compile(r"overall\s*:?\s*(\d(?:[.,]\d)?)", re.IGNORECASE)
_ANSWER = re.compile(r"(?:response|reply) from (?:the )?(?:restaurant|.{1,60})", re.IGNORECASE)
_REVIEWS = re.compile(r"\d+ reviews?", re.IGNORECASE)


def parse(body: bytes, *, url: str, encoding: str | None, now: datetime) -> ParsedPage:
    """Reviews in the order of the page. Raises ParseError where the page has no list of reviews."""
    tree = html_tree(decode(body, encoding))
    language = page_language(tree)
    dates = DateReader(language="en-us" if language.lower() in ("", "en") else language, now=now)
    warnings: list[str] = []
    items: dict[str, ReviewItem] = {}
    for card in _cards(tree)[:MAX_REVIEWS]:
        item = _item(card, dates, warnings)
        if item is None:
            warnings.append(say("a review without text and rating was left out"))
        else:
            items.setdefault(item.external_id, item)
    return ParsedPage(
        reviews=tuple(items.values()),
        next_url=next_link(tree, url),
        warnings=counted(warnings),
        syntax="html",
        title=page_title(tree),
    )


def _cards(tree: lxml.html.HtmlElement) -> list[lxml.html.HtmlElement]:
    named = [one for one in tree.iter("li", "div", "article") if one.get("data-test") == "reviews-list-item"]
    holder = next((one for one in tree.iter("ol", "ul", "div") if one.get("id") == "restProfileReviewsContent"), None)
    if not named and holder is None:
        raise ParseError("the page has no list of OpenTable reviews")
    return list(outermost(named or [one for one in holder if one.tag == "li"] if holder is not None else named))


def _item(card: lxml.html.HtmlElement, dates: DateReader, warnings: list[str]) -> ReviewItem | None:
    parts = list(below(card))
    text = next((shown_text(one) for one in parts if one.get("data-test") == "wrapper-tag"), "")
    lines = [(one, line(shown_text(one))) for one in parts if one.tag in ("p", "li", "span", "h3", "h4")]
    dined = next((found[1] for _, shown in lines if (found := _DINED.fullmatch(shown[:60]))), "")
    score = next((found[1] for _, shown in lines if (found := _OVERALL.match(shown[:40]))), "")
    rating = read_rating(score, best=5, worst=1) if score else NO_RATING
    body = plain(text)
    if not body and rating.value is None:
        return None
    visited = dates.read(dined)
    if visited.warning:
        warnings.append(visited.warning)
    author = next((shown for one, shown in lines if one.tag == "p" and shown and not _REVIEWS.fullmatch(shown)), "")
    return _with(author, body, rating, visited, _reply(lines, dates))


def _with(author: str, body: str, rating: Rating, visited: ReadDate, reply: OwnerReply | None) -> ReviewItem:
    return ReviewItem(
        external_id=identity.digest(
            author=author, body=body, rating=rating.raw, published_at=None, precision=DatePrecision.NONE
        ),
        id_kind=IdKind.DIGEST,
        body=body,
        author_name="" if _DINED.match(author) else author,
        **rating.fields,
        published_at=visited.at,
        published_precision=visited.precision if visited.at else DatePrecision.NONE,
        visited_at=visited.at,
        visited_precision=visited.precision,
        reply=reply,
    )


def _reply(lines: list[tuple[lxml.html.HtmlElement, str]], dates: DateReader) -> OwnerReply | None:
    """The lines after "Response from the restaurant": a date, if it is one, and the answer."""
    at = next((at for at, (_, shown) in enumerate(lines) if _ANSWER.fullmatch(shown[:80])), None)
    if at is None:
        return None
    following = [(one, shown) for one, shown in lines[at + 1 : at + 20] if shown]
    date = dates.read(following[0][1]) if following else ReadDate()
    texts = [plain(shown_text(one)) for one, _ in (following[1:] if date.at else following)]
    return OwnerReply(body="\n\n".join(texts), published_at=date.at) if texts else None
