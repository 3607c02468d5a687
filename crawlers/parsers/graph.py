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
# A ReviewNewsArticle is a critic's review; a ClaimReview or MediaReview checks facts and says nothing of a business.
REVIEW_TYPES = frozenset(
    ("Review", "UserReview", "CriticReview", "EmployerReview", "Recommendation", "ReviewNewsArticle")
)
REVIEW_KEYS = frozenset(("review", "reviews", "userReview", "userReviews", "associatedReview"))
SAYINGS = ("reviewBody", "reviewRating", "rating", "ratingValue", "description", "text")

_PREFIX = re.compile(
    r"(?:https?:)?(?://)?(?:www\.)?schema\.org(?:/+#?|#)|(?:schema(?:org)?|sdo?|so):"
    r"|https?://(?:rdf\.|www\.)?data-vocabulary\.org/#?",
    re.IGNORECASE,
)
_SPELLING = {
    name.lower(): name for name in (*REVIEW_TYPES, "AggregateRating", "Rating", "Person", "Patient", "Review-aggregate")
}
# Names in a spelling that pages use and the vocabulary does not: "reviewbody", "ReviewBody".
_NAMES = {
    variant: name
    for name in (
        "author",
        "reviewBody",
        "reviewRating",
        "ratingValue",
        "bestRating",
        "worstRating",
        "datePublished",
        "dateCreated",
        "dateModified",
        "itemReviewed",
        "description",
        "name",
        "comment",
        "text",
    )
    for variant in (name.lower(), name[0].upper() + name[1:], name.upper())
    if variant != name
}
ANSWERING = ("parentItem", "replyToUrl", "inReplyTo")  # of a comment that stands beside what it answers
_WRAPPERS = frozenset(("@graph", "@reverse", "@list", "@set", "@included"))  # none of them owns what is in it
_COUNT = re.compile(r"[\d.,]+\s+\S+")  # "89 reviews" is no review
MAX_BARE = 1_000  # texts or names of reviews in one node
_LEAST_WORDS = 3  # of a review that is a bare text


def short(name: str) -> str:
    """ "https://schema.org/Review" and "schema:Review" as "Review"; only the start of a name is looked at."""
    found = _PREFIX.match(name)
    return name[found.end() :] if found else name


def as_list(value: object) -> list[object]:
    if value is None:
        return []
    return value if isinstance(value, list) else [value]


def types_of(node: Node) -> set[str]:
    """Short names, in the spelling of the vocabulary: pages write "REVIEW" and "review"."""
    names = (short(name[:200].strip()).rstrip("/") for name in as_list(node.get("@type"))[:20] if isinstance(name, str))
    return {_SPELLING.get(name.lower(), name) for name in names}


@dataclass(slots=True)
class Found:
    """What a walk over a graph came across, in document order."""

    reviews: list[tuple[Node, Node | None]] = field(default_factory=list)  # with the node that carries it, if any
    aggregates: list[tuple[Node, Node | None]] = field(default_factory=list)
    by_id: dict[str, Node] = field(default_factory=dict)
    answers: dict[str, list[Node]] = field(default_factory=dict)  # comments that name what they answer, by its "@id"
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
    named: dict[str, Node | None] = {}  # reviews that a node only refers to, with that node
    for node, parent, key in _nodes(values):
        found.is_empty = False
        if key in REVIEW_KEYS and isinstance(reference := node.get("@id"), str):
            named.setdefault(reference, parent)
        _note_id(found, node)
        if id(node) in seen:
            continue
        seen.add(id(node))
        _note_references(node, named)
        _note_answer(found, node)
        if _is_review(node, key):
            found.reviews.append((node, parent))
        elif types_of(node) & {"AggregateRating", "Review-aggregate"} or key == "aggregateRating":
            found.aggregates.append((node, parent))
        found.reviews.extend((text, node) for text in _bare_texts(node))
    _join(found, named)
    return found


def _note_id(found: Found, node: Node) -> None:
    identity = node.get("@id")
    if isinstance(identity, str) and (len(node) > 2 or identity not in found.by_id):
        known = found.by_id.get(identity)
        if known is None or len(known) < len(node):
            found.by_id[identity] = node


def _note_answer(found: Found, node: Node) -> None:
    for name in ANSWERING:
        if name not in node:
            continue
        for value in as_list(node[name])[:5]:
            reference = value.get("@id") if isinstance(value, dict) else value
            if isinstance(reference, str) and reference:
                found.answers.setdefault(reference, []).append(node)


def _note_references(node: Node, named: dict[str, Node | None]) -> None:
    """`"review": "#r1"`: a text that names a node."""
    for key in REVIEW_KEYS & node.keys():
        for value in as_list(node[key])[:MAX_BARE]:
            if isinstance(value, str) and len(value) < 500 and not any(mark.isspace() for mark in value.strip()):
                named.setdefault(value.strip(), node)


def _join(found: Found, named: dict[str, Node | None]) -> None:
    """Reviews that stand alone get the node that refers to them; untyped ones are reviews because it does."""
    if not named:
        return
    present = {id(node) for node, _ in found.reviews}
    for at, (node, parent) in enumerate(found.reviews):
        if parent is None and isinstance(identity := node.get("@id"), str) and identity in named:
            found.reviews[at] = (node, named[identity])
    for identity, parent in named.items():
        known = found.by_id.get(identity)
        if known is not None and id(known) not in present and not types_of(known) and _says_something(known):
            found.reviews.append((known, parent))


def _is_review(node: Node, key: str) -> bool:
    types = types_of(node)
    if types & REVIEW_TYPES and not types & {"ClaimReview", "MediaReview"}:
        return len(node) > 2 or _says_something(node)  # a bare reference is none
    return key in REVIEW_KEYS and (
        "reviewBody" in node or "reviewRating" in node or (not types and _says_something(node))
    )


def _says_something(node: Node) -> bool:
    return any(name in node for name in SAYINGS)


def _bare_texts(node: Node) -> Iterator[Node]:
    """`"review": "The soup was cold."` as nodes; a count, an address or the name of a node is no review."""
    if types_of(node) & REVIEW_TYPES:
        return
    for key in ("review", "reviews"):
        for value in as_list(node.get(key))[:MAX_BARE]:
            text = value.strip() if isinstance(value, str) else ""
            if len(text[:2000].split()) >= _LEAST_WORDS and not _COUNT.fullmatch(text):
                yield {"@type": "Review", "reviewBody": text}


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
            # Inside @graph and its like the wrapper is no owner of the nodes.
            stack.extend(
                (inner, *((parent, key) if name in _WRAPPERS else (node, name)))
                for name, inner in reversed(node.items())
                if isinstance(inner, dict | list)
            )


def _shorten_keys(node: Node) -> None:
    """In place: "schema:author" as "author", and JSON-LD's usual names for "@type" and "@id"."""
    for name in [name for name in node if ":" in name]:
        node.setdefault(short(name), node.pop(name))
    for name in () if _NAMES.keys().isdisjoint(node) else _NAMES.keys() & node.keys():
        node.setdefault(_NAMES[name], node.pop(name))
    kind = node.get("type")
    if "@type" not in node and isinstance(kind, str) and short(kind[:200]).lower() in _SPELLING:
        node["@type"] = node.pop("type")
        if "@id" not in node and isinstance(node.get("id"), str):
            node["@id"] = node.pop("id")
