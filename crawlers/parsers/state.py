"""Reviews out of the state that a page's program starts with: lists named "reviews" in its JSON scripts.

A last resort, for pages that say nothing in a vocabulary: what is in such a list counts where it has a text and an
author or a rating under names that programmers use for them.
"""

from __future__ import annotations

import json
from collections.abc import Iterator

import lxml.html

from .graph import Node

MAX_CHARACTERS = 3_000_000  # of all scripts
MAX_VALUES = 200_000  # looked at
MAX_REVIEWS = 5_001  # one more than a page may hold, so that it is refused and not cut
_LISTS = frozenset(
    ("reviews", "review", "testimonials", "opinions", "recommendations", "customerreviews", "guestreviews")
)
_TEXTS = ("text", "body", "content", "comment", "reviewText", "reviewBody", "message", "description", "quote")
_RATINGS = ("rating", "stars", "score", "ratingValue", "overallRating", "reviewRating", "starRating")
_AUTHORS = ("author", "user", "reviewer", "customer", "consumer", "guest", "authorName", "userName", "nickname", "name")
_NAMES = ("name", "displayName", "nickname", "username", "fullName", "firstName")
_DATES = ("createdAt", "created_at", "publishedAt", "published_at", "date", "submittedAt", "datePublished", "created")
_TITLES = ("title", "headline", "subject")
_IDS = ("id", "reviewId", "review_id", "uuid")
_REPLIES = ("reply", "response", "ownerResponse", "ownerReply", "answer")


def read_state(tree: lxml.html.HtmlElement) -> tuple[Node, ...]:
    nodes: list[Node] = []
    left = MAX_CHARACTERS
    for script in tree.iter("script"):
        kind = (script.get("type") or "")[:100].lower()
        if "json" not in kind or "ld+json" in kind:
            continue
        source = "".join(script.itertext())
        left -= len(source)
        if left < 0:
            break
        try:
            value = json.loads(source)
        except (ValueError, RecursionError):
            continue
        nodes.extend(node for one in _listed(value) if (node := _node(one)) is not None)
    return tuple(nodes[:MAX_REVIEWS])


def _listed(value: object) -> Iterator[Node]:
    """The objects in lists of such a name, in their order."""
    stack: list[tuple[object, bool]] = [(value, False)]
    for _ in range(MAX_VALUES):
        if not stack:
            return
        one, is_review = stack.pop()
        if isinstance(one, list):
            stack.extend((inner, is_review) for inner in reversed(one))
        elif isinstance(one, dict):
            if is_review:
                yield one
            else:
                stack.extend(
                    (inner, isinstance(inner, list) and name.lower().replace("_", "") in _LISTS)
                    for name, inner in reversed(one.items())
                    if isinstance(inner, dict | list)
                )


def _node(fields: Node) -> Node | None:
    body, rating, author = _said(fields, _TEXTS), _first(fields, _RATINGS), _author(fields)
    if not body or not (author or rating is not None):
        return None
    node: Node = {"@type": "Review", "reviewBody": body, "author": author, "name": _said(fields, _TITLES)}
    node["reviewRating"] = rating
    node["datePublished"] = _first(fields, _DATES)
    node["identifier"] = _first(fields, _IDS)
    reply = _first(fields, _REPLIES)
    said = _said(reply, _TEXTS) if isinstance(reply, dict) else reply
    if isinstance(said, str) and said:
        date = _first(reply, _DATES) if isinstance(reply, dict) else None
        node["ownerResponse"] = {"text": said, "dateCreated": date}
    return node


def _author(fields: Node) -> str:
    author = _first(fields, _AUTHORS)
    return _said(author, _NAMES) if isinstance(author, dict) else author if isinstance(author, str) else ""


def _first(fields: Node, names: tuple[str, ...]) -> object:
    return next((fields[name] for name in names if fields.get(name) not in (None, "", [], {})), None)


def _said(fields: Node, names: tuple[str, ...]) -> str:
    return next((value for name in names if isinstance(value := fields.get(name), str) and value.strip()), "")
