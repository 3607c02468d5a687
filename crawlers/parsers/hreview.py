"""hReview, the microformat of before schema.org, and its successor h-review, as nodes of schema.org's names.

Sources: microformats.org/wiki/hreview and /h-review. Both are classes on the elements that a reader sees.
"""

from __future__ import annotations

from itertools import islice

import lxml.html

from .graph import Node
from .pieces import classes_of, moment_of, outermost, shown_text, within

MAX_REVIEWS = 5_001  # one more than a page may hold, so that it is refused and not cut
_REVIEWS = frozenset(("hreview", "h-review"))
_SUMMARIES = frozenset(("hreview-aggregate", "h-review-aggregate"))


def read_hreview(tree: lxml.html.HtmlElement) -> tuple[Node, ...]:
    """Every review of the page, in document order; a summary of many (`hreview-aggregate`) as an AggregateRating."""
    marked = [element for element in tree.iter() if _SUMMARIES.union(_REVIEWS).intersection(classes_of(element))]
    return tuple(
        _summary(element) if _SUMMARIES.intersection(classes_of(element)) else _node(element)
        for element in islice(outermost(marked), MAX_REVIEWS)
    )


def _summary(element: lxml.html.HtmlElement) -> Node:
    count = _text(element, ("count", "votes", "p-count", "p-votes"))
    return {"@type": "AggregateRating", "reviewCount": count, "ratingValue": _text(element, ("rating", "p-average"))}


def _node(element: lxml.html.HtmlElement) -> Node:
    node: Node = {"@type": "Review"}
    if identity := element.get("id"):
        node["@id"] = f"#{identity}"
    reviewer = within(element, ("reviewer", "p-author"))
    if reviewer is not None:
        name = within(reviewer, ("fn", "p-name", "nickname"))
        node["author"] = {
            "@type": "Person",
            "name": shown_text(reviewer if name is None else name),
            "url": _address(reviewer),
        }
    date = within(element, ("dtreviewed", "dt-published", "dt-reviewed"))
    if date is not None:
        node["datePublished"] = moment_of(date)
    node["name"] = _text(element, ("summary", "p-name"))
    node["reviewBody"] = _text(element, ("description", "e-content", "p-content", "p-summary"))
    if (rating := _rating(element)) is not None:
        node["reviewRating"] = rating
    item = within(element, ("item", "p-item"))
    if item is not None:
        node["itemReviewed"] = {"name": shown_text(item)}
    link = within(element, ("permalink", "u-url")) if "h-review" in classes_of(element) else _permalink(element)
    if link is not None:
        node["url"] = link.get("href") or ""
    return node


def _rating(element: lxml.html.HtmlElement) -> Node | None:
    rating = within(element, ("rating", "p-rating"))
    if rating is None:
        return None
    value = within(rating, ("value", "average"))
    return {
        "@type": "Rating",
        "ratingValue": _value(rating if value is None else value),
        "bestRating": _text(rating, ("best", "p-best")) or _text(element, ("best", "p-best")),
        "worstRating": _text(rating, ("worst", "p-worst")) or _text(element, ("worst", "p-worst")),
    }


def _value(element: lxml.html.HtmlElement) -> str:
    """`<abbr title="4">****</abbr>`, `<data value="4">`, or what is shown."""
    said = element.get("title") if element.tag in ("abbr", "span", "img") else element.get("value")
    return str(said or element.get("alt") or shown_text(element))


def _text(element: lxml.html.HtmlElement, names: tuple[str, ...]) -> str:
    found = within(element, names)
    return "" if found is None else (_value(found) if found.tag in ("abbr", "data") else shown_text(found))


def _permalink(element: lxml.html.HtmlElement) -> lxml.html.HtmlElement | None:
    for link in element.iter("a"):
        relations = (link.get("rel") or "").lower().split()
        if "bookmark" in relations or "self" in relations or "permalink" in classes_of(link):
            return link
    return None


def _address(element: lxml.html.HtmlElement) -> str:
    links = [element] if element.tag == "a" else list(element.iter("a"))[:3]
    return next((str(link.get("href")) for link in links if link.get("href")), "")
