"""A business page of Yelp that a person has saved: read for import by hand, never crawled.

The cards have ids, replies and whole texts; names of classes change, so they are looked for by what stays: the id on
the card, the spoken form of the stars, the beginning "comment__". The page's JSON-LD adds the authors.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime

import lxml.html

from db.phrases import say

from ..errors import ParseError
from ..items import OwnerReply, ParsedPage, ReviewItem
from . import identity, schemaorg
from .answer import counted
from .dates import NO_DATE, DateReader, ReadDate
from .page import absolute, decode, html_tree, page_language, page_title
from .ratings import read_rating
from .text import line, plain

_MOST = 1000  # cards
_MOST_DATES = 40  # short texts of one card that are tried as its date
_STARS = re.compile(r"([1-5](?:\.5)?) star rating", re.IGNORECASE)
_DATE = re.compile(r"[A-Z][a-z]{2,8}\.? \d{1,2}, \d{4}|\d{1,2}/\d{1,2}/\d{4}")
_OWNER = "Business owner information"


def parse(body: bytes, *, url: str, encoding: str | None, now: datetime) -> ParsedPage:
    tree = html_tree(decode(body, encoding))
    dates = DateReader(language=page_language(tree) or "en", now=now)
    try:
        marked = schemaorg.parse(body, url=url, encoding=encoding, now=now)
    except ParseError:
        marked = ParsedPage(reviews=())
    authors = {identity.fold(item.body): item.author_name for item in marked.reviews if item.body}
    warnings: list[str] = []
    items: dict[str, ReviewItem] = {}
    for card in tree.xpath("//*[@data-review-id]")[:_MOST]:
        item = _item(card, url=url, dates=dates)
        if item is None:
            warnings.append(say("a review without text and stars was left out"))
        else:
            named = item.author_name or authors.get(identity.fold(item.body), "")
            items.setdefault(item.external_id, replace(item, author_name=named))
    if not items and not marked.reviews:
        raise ParseError("the page holds no reviews of Yelp's")
    return ParsedPage(
        reviews=tuple(items.values()) or marked.reviews,
        advertised_total=marked.advertised_total,
        is_partial=bool(warnings),
        warnings=counted(warnings),
        syntax="cards" if items else marked.syntax,
        title=page_title(tree),
    )


def _item(card: lxml.html.HtmlElement, *, url: str, dates: DateReader) -> ReviewItem | None:
    external_id = line(card.get("data-review-id") or "", limit=identity.MAX_ID)
    comment = next(iter(card.xpath("(.//p[contains(@class, 'comment__')])[1]")), None)
    body = "" if comment is None else plain("\n".join(_lines(comment)))
    spoken = _STARS.search(str(card.xpath("string((.//@aria-label[contains(., 'star rating')])[1])"))[:200])
    rating = read_rating(spoken.group(1) if spoken else "", best=5, worst=1)
    if not external_id or (not body and rating.value is None):
        return None
    published = _date(card, dates)
    by = "(.//a[contains(@href, '/user_details')] | .//*[contains(@class, 'user-passport')]//span)[1]"
    language = "" if comment is None else str(comment.xpath("string((.//@lang)[1])"))
    return ReviewItem(
        external_id=external_id,
        body=body,
        author_name=line(str(card.xpath(f"string({by})"))),
        author_ref=absolute(url, str(card.xpath("string((.//a/@href[contains(., '/user_details')])[1])")))[:400],
        **rating.fields,
        language=line(language)[:16],
        published_at=published.at,
        published_precision=published.precision,
        reply=_reply(card, dates),
    )


def _lines(element: lxml.html.HtmlElement) -> Iterator[str]:
    """The text with its line breaks: `text_content` loses <br>."""
    for piece in element.iter():
        if piece.tag == "br":
            yield ""
        if piece.text:
            yield piece.text
        if piece is not element and piece.tail:
            yield piece.tail


def _date(card: lxml.html.HtmlElement, dates: DateReader) -> ReadDate:
    """The first one on the card: that of a reply comes after it."""
    for written in card.xpath(".//text()[string-length(normalize-space()) < 20]")[:_MOST_DATES]:
        if _DATE.fullmatch(" ".join(written.split())) and (found := dates.read(str(written))).at:
            return found
    return NO_DATE


def _reply(card: lxml.html.HtmlElement, dates: DateReader) -> OwnerReply | None:
    """Heading, name, role, date and answer follow one another."""
    following = card.xpath(f"(.//p[normalize-space()='{_OWNER}'])[1]/following-sibling::p")[:5]
    told = [line(str(one.text_content())) for one in following]
    if len(told) < 3:
        return None
    at = next((number for number, one in enumerate(told) if _DATE.fullmatch(one)), -1)
    answer = plain(str(following[-1].text_content()))
    if not 0 <= at < len(told) - 1 or not answer:
        return None
    return OwnerReply(body=answer, author_name=told[0] if at else "", published_at=dates.read(told[at]).at)
