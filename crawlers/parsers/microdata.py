"""Microdata (`itemscope`, `itemprop`, `itemref`) as graph nodes, in one forward pass over the tree.

Not by extruct: its selection of properties compares sets inside libxslt, and a page of 1,000 reviews did not end
within five minutes (extruct 0.18, libxml2 2.14). Here time grows with the size of the page only.
"""

from __future__ import annotations

from collections.abc import Iterator

import lxml.html
from lxml import etree

from ..errors import ParseError
from .answers import answer_below_heading, is_answer, owners_answer
from .graph import REVIEW_TYPES, Node, short, types_of
from .pieces import MAX_ON_PAGE, below, outermost
from .text import MAX_BODY

_LINKING = frozenset(
    (
        "url",
        "sameAs",
        "image",
        "logo",
        "itemReviewed",
        "mainEntityOfPage",
        "discussionUrl",
        "significantLink",
        "review",
        "reviews",
    )
)
_BREAKING = frozenset(("br", "p", "div", "li", "tr", "h1", "h2", "h3", "h4", "blockquote"))
_BODIES = frozenset(("reviewBody", "description", "text"))
_APART = frozenset(("author", "creator", "datePublished", "dateCreated", "reviewRating", "comment"))  # within a body
_DATES = ("date", "time", "dtreviewed")
_HIDDEN = frozenset(("script", "style", "template"))
_TEXT_BUDGET = 8_000_000  # characters read in all: nested properties may not read the same text for ever
_STEP = 4  # what an element costs of it, as slow to pass as so many characters
_REF_BUDGET = 2_000_000  # elements seen by way of references: each may name the whole page once more
_MAX_REFS = 200


class _Reading:
    def __init__(self, tree: lxml.html.HtmlElement) -> None:
        self.tree = tree
        self.top: list[Node] = []
        self.budget = _TEXT_BUDGET
        self.ref_budget = _REF_BUDGET
        self.refs: list[tuple[Node, str]] = []
        self.reviews: list[tuple[Node, lxml.html.HtmlElement]] = []

    def walk(self, root: lxml.html.HtmlElement, owner: Node | None) -> None:
        scopes: list[Node | None] = [owner]
        steps = etree.iterwalk(root, events=("start", "end"))
        for event, element in steps:
            tag = element.tag
            if not isinstance(tag, str):
                continue
            if tag == "template":  # a pattern for a program; nobody sees it
                if event == "start":
                    steps.skip_subtree()
                continue
            if owner is not None:
                self._spend_reference()
            is_scope = element.get("itemscope") is not None
            if event == "end":
                if is_scope:
                    scopes.pop()
                continue
            written = element.get("itemprop")
            if not written and not is_scope:
                continue
            names = (written or "").split()
            item = self._item(element) if is_scope else None
            scope = scopes[-1]
            if scope is not None and names:
                for name in names[:8]:
                    _add(scope, short(name), self._value(element, name) if item is None else item)
            elif item is not None:
                self.top.append(item)
            if item is not None:
                scopes.append(item)

    def _spend_reference(self) -> None:
        self.ref_budget -= 1
        if self.ref_budget < 0:
            raise ParseError("the page's microdata refers to itself beyond reason")

    def _item(self, element: lxml.html.HtmlElement) -> Node:
        node: Node = {"@type": (element.get("itemtype") or "").split()[:5]}
        if identity := (element.get("itemid") or "").strip():
            node["@id"] = identity
        if types_of(node) & REVIEW_TYPES:
            self.reviews.append((node, element))
        self.refs.extend((node, name) for name in (element.get("itemref") or "").split()[:20])
        return node

    def _value(self, element: lxml.html.HtmlElement, name: str) -> str:
        tag = element.tag
        if (content := element.get("content")) is not None:
            return str(content)
        if tag in ("data", "meter") and element.get("value") is not None:
            return str(element.get("value"))
        if tag == "time" and element.get("datetime"):
            return str(element.get("datetime"))
        if tag == "abbr" and element.get("title") and short(name).lower().startswith(_DATES):
            return str(element.get("title"))
        if tag in ("a", "area", "link") and (short(name) in _LINKING or tag == "link"):
            return str(element.get("href") or "")
        if tag in ("img", "source", "iframe"):
            return str(element.get("src" if short(name) in _LINKING else "alt") or "")
        text = "".join(self._text(element, apart=_APART if short(name) in _BODIES else frozenset())).strip()
        return text or str(element.get("title") or element.get("aria-label") or "")

    def _text(self, element: lxml.html.HtmlElement, *, apart: frozenset[str]) -> Iterator[str]:
        """Text below an element with its line breaks, at most as much as a review may have.

        Without the properties `apart`: an author may stand within the text.
        """
        size = 0
        hidden = 0
        for event, inner in etree.iterwalk(element, events=("start", "end")):
            self.budget -= _STEP
            is_hidden = inner.tag in _HIDDEN or (
                bool(apart) and inner is not element and bool(apart.intersection((inner.get("itemprop") or "").split()))
            )
            hidden += is_hidden if event == "start" else -is_hidden
            if event == "start" and inner.tag in _BREAKING and inner is not element:
                yield "\n"
            piece = inner.text if event == "start" else inner.tail
            if not piece or hidden or (event == "end" and inner is element):
                continue
            yield piece.replace("\n", " ")  # a line break in the source is a blank on the page
            size += len(piece)
            if size > MAX_BODY or self.budget < 0:
                break
        self.budget -= size
        if self.budget < 0:
            raise ParseError("the page's microdata is nested beyond reason")


def _add(node: Node, name: str, value: object) -> None:
    present = node.get(name)
    if present is None:
        node[name] = value
    elif isinstance(present, list):
        present.append(value)
    else:
        node[name] = [present, value]


def _read_answers(reviews: list[tuple[Node, lxml.html.HtmlElement]]) -> None:
    """Owners' answers, for which there is no agreed property: pages mark them with classes of their own."""
    looked_at = 0
    for node, element in reviews:
        if "comment" in node or looked_at > MAX_ON_PAGE:
            continue
        within_it = list(below(element))
        looked_at += len(within_it)
        answer = owners_answer(list(outermost(one for one in within_it if is_answer(one))))
        if answer := answer or answer_below_heading(within_it):
            node["comment"] = answer


def read_microdata(tree: lxml.html.HtmlElement, *, has_answers: bool = False) -> tuple[Node, ...]:
    """Top-level items; nested ones hang below them. `has_answers`: classes on the page speak of them."""
    reading = _Reading(tree)
    reading.walk(tree, None)
    if reading.refs:
        named = {element.get("id"): element for element in tree.iter() if element.get("id")}
        for count, (node, name) in enumerate(reading.refs):
            if count >= _MAX_REFS:  # a referenced part may itself hold items with references: stop somewhere
                break
            if (element := named.get(name)) is not None:
                reading.walk(element, node)
    if has_answers:
        _read_answers(reading.reviews)
    return tuple(reading.top)
