"""Reviews out of the markup of one HTML page: JSON-LD, microdata and RDFa, else hReview and cards that name an id.

A page that carries reviews in two syntaxes is read in the one that shows more of them, and what only the other shows is
added. Markup without a single Review node is a normal page that says there are none; no markup at all is a page this
cannot read.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime

from db.phrases import say

from ..errors import ParseError
from ..items import ParsedPage, ReviewItem
from .answer import counted
from .cards import read_cards
from .dates import DateReader
from .graph import Found, Node, walk
from .hreview import read_hreview
from .jsonld import hidden_values, read_scripts
from .microdata import read_microdata
from .node_texts import first_node
from .page import decode, html_tree, page_language, page_title
from .paging import next_link
from .ratings import as_number
from .rdfa import read_rdfa
from .review_node import NodeReader, value_of, with_identities
from .sameness import gathered, is_double, without_repeats
from .state import read_state

MAX_REVIEWS = 5_000  # on one page
_ANSWERS = ("reply", "response", "Response", "answer", "bypostauthor")  # in classes
_BODY_TAG = re.compile(r"<(/?)body\b", re.IGNORECASE)
_LONG_AGO = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class _Reading:
    syntax: str
    found: Found
    reviews: tuple[ReviewItem, ...]
    warnings: tuple[str, ...]


def parse(body: bytes, *, url: str, encoding: str | None, now: datetime) -> ParsedPage:
    """Every review of the page, in document order (RDFa: newest first)."""
    text = _with_one_body(decode(body, encoding))
    tree = html_tree(text)
    dates = DateReader(language=page_language(tree), now=now)
    scripts = read_scripts(tree)

    def read(syntax: str, nodes: tuple[object, ...]) -> _Reading:
        return _read(syntax, nodes, url=url, dates=dates)

    readings = [read("jsonld", scripts.values)]
    if _is_in(text, "itemscope"):
        readings.append(read("microdata", read_microdata(tree, has_answers=any(word in text for word in _ANSWERS))))
    if not any(reading.reviews for reading in readings) and _is_in(text, "typeof") and _is_in(text, "property"):
        readings.append(read("rdfa", read_rdfa(text, tree)))
    if not any(reading.reviews for reading in readings) and (hidden := hidden_values(tree)):
        readings.append(read("jsonld", hidden))
    if not any(reading.reviews for reading in readings):
        readings.append(read("hreview", read_hreview(tree)))
        if not readings[-1].reviews:
            cards, is_month_first = read_cards(tree)
            order = DateReader(language="en-us", now=now) if is_month_first else dates
            readings.append(_read("cards", cards, url=url, dates=order))
        if not readings[-1].reviews:
            readings.append(read("state", read_state(tree)))
    if not any(not reading.found.is_empty for reading in readings) and not scripts.broken:
        raise ParseError("the page carries no schema.org markup")
    best = max(readings, key=lambda reading: (len(reading.reviews), not reading.found.is_empty))
    if not best.reviews and scripts.broken_reviews:
        raise ParseError("the page's review markup is broken JSON")
    warnings = list(best.warnings)
    if scripts.broken:
        warnings.append(f"{scripts.broken} JSON-LD script(s) could not be read")
    if scripts.mended:
        warnings.append(f"{scripts.mended} JSON-LD script(s) are no valid JSON and were read as they were meant")
    return ParsedPage(
        reviews=_joined(best, readings),
        next_url=next_link(tree, url),
        advertised_total=_advertised(best, readings),
        is_partial=scripts.broken_reviews > 0 or scripts.is_cut,
        warnings=tuple(warnings),
        syntax="" if best.found.is_empty else best.syntax,
        title=page_title(tree),
    )


def _is_in(text: str, attribute: str) -> bool:
    return attribute in text or attribute.upper() in text


def _with_one_body(text: str) -> str:
    """Faulty templates write a second <body>, whose attributes, and with them its markup, would be lost."""
    begun = [found for found in _BODY_TAG.finditer(text) if not found[1]]
    if len(begun) < 2:
        return text
    end = begun[0].end()
    return text[:end] + _BODY_TAG.sub(r"<\1div", text[end:])


def _joined(best: _Reading, readings: Iterable[_Reading]) -> tuple[ReviewItem, ...]:
    """The reviews of the best reading, and those of others that it does not show: a critic's beside the guests'."""
    others = [item for reading in readings if reading is not best for item in reading.reviews]
    items = gathered(best.reviews, others, is_double) if others else list(best.reviews)
    return tuple(items[:MAX_REVIEWS])


def _read(syntax: str, nodes: tuple[object, ...], *, url: str, dates: DateReader) -> _Reading:
    found = walk(nodes)
    if len(found.reviews) > MAX_REVIEWS:
        raise ParseError(say("the page holds more than %(most)s reviews", most=MAX_REVIEWS))
    faults: list[str] = []
    reader = NodeReader(found=found, url=url, dates=dates, warnings=faults)
    drafts = [draft for node, parent in found.reviews if (draft := reader.read(node, parent)) is not None]
    items = without_repeats(with_identities(drafts))
    if syntax == "rdfa":  # extruct gives no order; this one is the same each time
        items.sort(key=lambda item: (item.published_at or _LONG_AGO, item.external_id), reverse=True)
    warnings = counted(faults)
    return _Reading(syntax, found, tuple(items), warnings)


def _advertised(best: _Reading, readings: list[_Reading]) -> int | None:
    """The number of reviews the page speaks of, for the thing that was reviewed and not for its neighbours."""
    for reading in (best, *readings):
        owners = {id(parent) for _, parent in reading.found.reviews if parent is not None}
        owners |= {id(one) for node, _ in reading.found.reviews if (one := _reviewed(reading.found, node)) is not None}
        own = [
            total
            for node, parent in reading.found.aggregates
            if id(parent) in owners and (total := _total(node)) is not None
        ]
        every = [total for node, _ in reading.found.aggregates if (total := _total(node)) is not None]
        if own or every:
            return own[0] if own else every[0]
    return None


def _reviewed(found: Found, node: Node) -> Node | None:
    return first_node(found, value_of(node, "itemReviewed"))


def _total(node: Node) -> int | None:
    for name in ("reviewCount", "ratingCount", "count", "votes"):
        value = value_of(node, name)
        text = value[0] if isinstance(value, list) and value else value
        if isinstance(text, str):
            text = text.replace("\xa0", "").replace(" ", "").replace(",", "").replace(".", "")
        number = as_number(text)
        if number is not None and 0 <= number < 100_000_000:
            return int(number)
    return None
