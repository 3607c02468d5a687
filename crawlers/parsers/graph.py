"""Nodes of a linked-data graph, in one shape for JSON-LD, microdata and RDFa.

A node is a dict with "@type", "@id" and properties by short name. Walks use a stack and a budget, so depth and
size of hostile input cost nothing but a bounded time.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from ..errors import ParseError

Node = dict[str, object]

MAX_NODES = 400_000
MAX_TEXT = 20_000_000  # characters read in all, twice the largest page: thousands of reviews may name one long text
REVIEW_TYPES = frozenset(("Review", "UserReview", "CriticReview", "EmployerReview", "Recommendation"))
REVIEW_KEYS = frozenset(("review", "reviews"))

_PREFIX = re.compile(r"(?:https?://(?:www\.)?schema\.org/|schema:|http://rdf\.data-vocabulary\.org/#)", re.IGNORECASE)


def short(name: str) -> str:
    """ "https://schema.org/Review" and "schema:Review" as "Review"."""
    return _PREFIX.sub("", name, count=1)


def as_list(value: object) -> list[object]:
    if value is None:
        return []
    return value if isinstance(value, list) else [value]


def types_of(node: Node) -> set[str]:
    return {short(name) for name in as_list(node.get("@type"))[:20] if isinstance(name, str)}


@dataclass(slots=True)
class Found:
    """What a walk over a graph came across, in document order."""

    reviews: list[tuple[Node, Node | None]] = field(default_factory=list)  # with the node that carries it, if any
    aggregates: list[tuple[Node, Node | None]] = field(default_factory=list)
    by_id: dict[str, Node] = field(default_factory=dict)
    is_empty: bool = True  # no node at all
    text_left: int = MAX_TEXT

    def spend(self, text: str) -> str:
        """The text, paid for out of the page's budget."""
        self.text_left -= len(text)
        if self.text_left < 0:
            raise ParseError("the page's markup refers to itself beyond reason")
        return text

    def resolve(self, value: object) -> object:
        """A bare reference {"@id": …} as the node it names."""
        if isinstance(value, dict) and len(value) <= 2 and isinstance(identity := value.get("@id"), str):
            return self.by_id.get(identity, value)
        return value


def walk(values: tuple[object, ...]) -> Found:
    found = Found()
    seen: set[int] = set()
    for node, parent, key in _nodes(values):
        found.is_empty = False
        identity = node.get("@id")
        if isinstance(identity, str) and (len(node) > 2 or identity not in found.by_id):
            known = found.by_id.get(identity)
            if known is None or len(known) < len(node):
                found.by_id[identity] = node
        if id(node) in seen:
            continue
        seen.add(id(node))
        if _is_review(node, key):
            found.reviews.append((node, parent))
        elif "AggregateRating" in types_of(node) or key == "aggregateRating":
            found.aggregates.append((node, parent))
    return found


def _is_review(node: Node, key: str) -> bool:
    types = types_of(node)
    if types & REVIEW_TYPES:
        return len(node) > 2 or "reviewBody" in node or "reviewRating" in node  # a bare reference is none
    return not types and key in REVIEW_KEYS and ("reviewBody" in node or "reviewRating" in node)


def _nodes(values: tuple[object, ...]) -> Iterator[tuple[Node, Node | None, str]]:
    stack: list[tuple[object, Node | None, str]] = [(value, None, "") for value in reversed(values)]
    budget = MAX_NODES
    opened: set[int] = set()  # microdata hangs one node below several names: what is in it is the same each time
    while stack:
        value, parent, key = stack.pop()
        budget -= 1
        if budget < 0:
            raise ParseError("the page holds more markup than a review page has")
        if isinstance(value, list):
            stack.extend((inner, parent, key) for inner in reversed(value))
        elif isinstance(value, dict):
            node: Node = value
            if id(node) in opened:
                yield node, parent, key
                continue
            opened.add(id(node))
            _shorten_keys(node)
            yield node, parent, key
            # Inside @graph the wrapper is no owner of the nodes.
            stack.extend(
                (inner, parent if name == "@graph" else node, name)
                for name, inner in reversed(node.items())
                if isinstance(inner, dict | list)
            )


def _shorten_keys(node: Node) -> None:
    """In place: "schema:author" as "author"."""
    for name in [name for name in node if ":" in name]:
        node.setdefault(short(name), node.pop(name))


def first_text(found: Found, value: object) -> str:
    """A text out of a text, a number, a node with a name or value, or a list of those."""
    for inner in as_list(value)[:20]:
        resolved = found.resolve(inner)
        if isinstance(resolved, str) and found.spend(resolved).strip():
            return resolved
        if isinstance(resolved, int | float) and not isinstance(resolved, bool):
            return str(resolved)[:80]
        if isinstance(resolved, dict):
            for key in ("name", "@value", "value", "text", "alternateName", "familyName"):
                text = resolved.get(key)
                if isinstance(text, list) and text:
                    text = text[0]
                if isinstance(text, str) and found.spend(text).strip():
                    return text
    return ""


def first_node(found: Found, value: object) -> Node | None:
    for inner in as_list(value)[:20]:
        resolved = found.resolve(inner)
        if isinstance(resolved, dict):
            return resolved
    return None
