"""A review page of Trustpilot that a person has saved: read for import by hand, never crawled.

Three places tell the same reviews. The page's own data (`__NEXT_DATA__`, also as a file by itself) is the only one
with replies; the JSON-LD graph is next; what is left are the cards as they are drawn. A broken one leads to the next.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime

import lxml.html

from db.phrases import say

from ..errors import ParseError
from ..items import IdKind, OwnerReply, ParsedPage, ReviewItem, Standing
from . import identity
from .answer import Fields, counted, part, text
from .dates import DateReader
from .graph import walk
from .jsonld import read_scripts
from .page import decode, html_tree, page_language, page_title
from .ratings import as_number, read_rating
from .review_node import NodeReader
from .text import line, plain
from .trustpilot import permalink

_NOTHING = "the page holds no reviews of Trustpilot's"
_MOST = 1000


def parse(body: bytes, *, url: str, encoding: str | None, now: datetime) -> ParsedPage:
    written = decode(body, encoding)
    if written.lstrip().startswith("{"):
        data = _page_data(written)
        if data is None:
            raise ParseError(_NOTHING)
        return _of_data(data, DateReader(now=now), title="")
    tree = html_tree(written)
    dates = DateReader(language=page_language(tree), now=now)
    data = _page_data("".join(tree.xpath("string(//script[@id='__NEXT_DATA__'])")))
    if data is not None:
        return _of_data(data, dates, title=page_title(tree))
    warnings: list[str] = []
    scripts = read_scripts(tree)
    items, syntax = list(_of_graph(scripts.values, url=url, dates=dates, warnings=warnings)), "jsonld"
    if not items:
        items, syntax = list(_of_cards(tree)), "cards"
    if not items and (scripts.broken_reviews or not scripts.values):
        raise ParseError("the page's review markup is broken JSON" if scripts.broken_reviews else _NOTHING)
    if unread := scripts.broken + scripts.mended:
        warnings.append(f"{unread} JSON-LD script(s) are no valid JSON")
    found = {item.external_id: item for item in reversed(items)}
    return ParsedPage(
        reviews=tuple(reversed(found.values())), warnings=counted(warnings), syntax=syntax, title=page_title(tree)
    )


def _page_data(written: str) -> Fields | None:
    """`pageProps` where it has a list of reviews."""
    try:
        value = json.loads(written)
    except (ValueError, RecursionError):
        return None
    if not isinstance(value, dict):
        return None
    props = part(part(value, "props") or value, "pageProps")
    return props if isinstance(props.get("reviews"), list) else None


def _of_data(props: Fields, dates: DateReader, *, title: str) -> ParsedPage:
    owner = line(text(part(props, "businessUnit"), "displayName"))
    warnings: list[str] = []
    items: dict[str, ReviewItem] = {}
    for review in props["reviews"][:_MOST]:
        item = _item(review, owner=owner, dates=dates) if isinstance(review, dict) else None
        if item is None:
            warnings.append(say("a review without id, or without text and stars, was left out"))
        else:
            items.setdefault(item.external_id, item)
    total = as_number(part(part(props, "filters"), "pagination").get("totalCount"))
    return ParsedPage(
        reviews=tuple(items.values()),
        advertised_total=int(total) if total is not None and total >= 0 else None,
        is_partial=bool(warnings),
        warnings=counted(warnings),
        syntax="json",
        title=title or owner,
    )


def _item(review: Fields, *, owner: str, dates: DateReader) -> ReviewItem | None:
    external_id = line(text(review, "id"), limit=identity.MAX_ID)
    title, body = line(text(review, "title")), plain(text(review, "text"))
    rating = read_rating(review.get("rating"), best=5, worst=1)
    if not external_id or (not title and not body and rating.value is None):
        return None
    written, consumer, reply = part(review, "dates"), part(review, "consumer"), part(review, "reply")
    published, changed = dates.read(text(written, "publishedDate")), dates.read(text(written, "updatedDate"))
    been = dates.read(text(written, "experiencedDate")).as_day
    verified = part(part(review, "labels"), "verification").get("isVerified")
    answer = plain(text(reply, "message"))
    return ReviewItem(
        external_id=external_id,
        body=body,
        title=title,
        author_name=line(text(consumer, "displayName")),
        author_ref=line(text(consumer, "id")),
        **rating.fields,
        language=line(text(review, "language"))[:16],
        url=permalink(external_id),
        published_at=published.at,
        published_precision=published.precision,
        edited_at=changed.after(published),
        visited_at=been.at,
        visited_precision=been.precision,
        is_verified=verified if isinstance(verified, bool) else None,
        reply=OwnerReply(body=answer, author_name=owner, published_at=dates.read(text(reply, "publishedDate")).at)
        if answer
        else None,
        standing=Standing.MODERATED if review.get("pending") is True else Standing.PUBLIC,
    )


def _of_graph(values: tuple[object, ...], *, url: str, dates: DateReader, warnings: list[str]) -> Iterator[ReviewItem]:
    """JSON-LD, with the names of the page's own data where a program has mixed the two."""
    found = walk(values)
    reader = NodeReader(found=found, url=url, dates=dates, warnings=warnings)
    for node, parent in found.reviews[:_MOST]:
        aliases = {
            "author": part(node, "consumer").get("displayName"),
            "name": node.get("title"),
            "datePublished": node.get("publishedDate"),
        }
        draft = reader.read({name: value for name, value in aliases.items() if value} | node, parent)
        if draft is None:
            continue
        # The same id as in the API: "…/schema/Review/<domain>/<id>".
        own = line(text(node, "@id").rpartition("/schema/Review/")[2].rpartition("/")[2] or text(node, "id"))
        kind = IdKind.PLATFORM if own else IdKind.DIGEST
        yield replace(draft.item, external_id=own or draft.digest, id_kind=kind, url=permalink(own))


def _of_cards(tree: lxml.html.HtmlElement) -> Iterator[ReviewItem]:
    """The day that a card names is the one of the experience, not of the review: it is not taken for its date."""
    for card in tree.xpath("//article[.//@data-service-review-rating]")[:_MOST]:
        rating = read_rating(_text(card.xpath("string((.//@data-service-review-rating)[1])")), best=5, worst=1)
        title = line(_drawn(card, "data-service-review-title-typography"))
        body = plain(_drawn(card, "data-service-review-text-typography"))
        if not title and not body and rating.value is None:
            continue
        author = line(_text(card.xpath("string((.//a[starts-with(@href, '/users/')])[1])")))
        own = line(card.get("data-review-id") or "", limit=identity.MAX_ID)
        when = DateReader().read(_text(card.xpath("string((.//time/@datetime)[1])")))
        yield ReviewItem(
            external_id=own
            or identity.digest(
                author=author, body=body or title, rating=rating.raw, published_at=when.at, precision=when.precision
            ),
            id_kind=IdKind.PLATFORM if own else IdKind.DIGEST,
            body=body,
            title=title,
            author_name=author,
            **rating.fields,
            url=permalink(own),
            published_at=when.at,
            published_precision=when.precision,
        )


def _drawn(card: lxml.html.HtmlElement, mark: str) -> str:
    return _text(card.xpath(f"string((.//*[@{mark}])[1])"))


def _text(value: object) -> str:
    return str(value)
