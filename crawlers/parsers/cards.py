"""Cards of reviews on pages without a vocabulary, known by what their makers call the parts.

A card names an id of its review (`data-review-id="…"`) or bears a class that many shops share (`review`, WooCommerce's
`<li class="review">`). Its parts are found by words in classes and data attributes; a card without a text of its own,
or with neither author, date nor rating, is none.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

import lxml.html

from .graph import Node
from .pieces import below, classes_of, moment_of, outermost, shown_text

MAX_CARDS = 5_001  # one more than a page may hold, so that it is refused and not cut
_IDS = ("data-review-id", "data-reviewid", "data-review", "data-review-uuid")
_CARD = re.compile(
    r"(?:customer|user|guest|product|single|business|site)?[-_]*reviews?[-_]*(?:item|card|entry|box|single|block)"
    r"|review|reviews_?item|review__(?:item|card)|testimonial(?:[-_](?:item|card))?",
    re.IGNORECASE,
)
_BODY = re.compile(
    r"(?:.*[-_ ])?reviews?[-_]{0,2}(?:text|body|content|comment|description|message|copy)(?:[-_].*)?"
    r"|(?:description|comment|content|quote|text)(?:[-_]{2}.*|[-_]text)?|raw(?:__.*)?|comment[-_].*",
    re.IGNORECASE,
)
_AUTHOR = re.compile(
    r"(?:.*[-_])?(?:review(?:er)?s?[-_]{0,2}(?:author|name|nickname)|reviewer|author(?:[-_]{0,2}name)?|user[-_]?name"
    r"|nickname|customer[-_]?name|consumer[-_]?name|display[-_]?name|passport[-_]?info|profile[-_]?name|(?:author|name)__.*)",
    re.IGNORECASE,
)
_DATE = re.compile(r"(?:.*[-_])?(?:date|published|posted|created|timestamp|time[-_]?ago)(?:[-_].*)?", re.IGNORECASE)
_TITLE = re.compile(r"(?:.*[-_])?(?:review[-_]{0,2})?(?:title|headline|heading|summary)(?:[-_]{2}.*)?", re.IGNORECASE)
_RATING = re.compile(r"(?:.*[-_])?(?:rating|stars?|score)(?:[-_].*)?", re.IGNORECASE)
_RATING_DATA = re.compile(r"data-(?:.*-)?(?:rating|stars|score)(?:-value)?", re.IGNORECASE)
_REPLY = re.compile(
    r"(?:.*[-_])?(?:owner|business|company|merchant|management)[-_]?(?:reply|response|answer)(?:[-_].*)?"
)
_SAID = re.compile(
    r"(\d(?:[.,]\d+)?)\s*(?:(?:out of|/|von|sur|su|de|van|av|af)\s*(5|10)|[- ]?stars?\b|★|sterne)",
    re.IGNORECASE,
)
_NUMERIC_DATE = re.compile(r"(\d{1,2})/(\d{1,2})/\d{4}")
_DATED = re.compile(
    r"\d{1,2}[/.]\d{1,2}[/.]\d{2,4}|\d{4}-\d\d-\d\d|(?:\w{3,12}\.? )?\d{1,2}(?:st|nd|rd|th)?,? (?:\w{3,12}\.?,? )?\d{4}"
)
_MOMENT = re.compile(r"\d{4}-\d\d-\d\d[T ]\d\d")
_VALUE = re.compile(r"\d{1,3}(?:[.,]\d+)?")
_LONGEST_DATE = 40
_LONGEST_NAME = 60  # of a class: none so long that a pattern could labour at it


def read_cards(tree: lxml.html.HtmlElement) -> tuple[tuple[Node, ...], bool]:
    """(nodes in document order, whether the page's dates put the month first: one of them leaves no other way)."""
    nodes: list[Node] = []
    cards = _cards(tree)
    for identity, card in cards[:MAX_CARDS]:
        node = _node(identity, card)
        if node is not None:
            nodes.append(node)
    dates = [found for node in nodes if (found := _NUMERIC_DATE.fullmatch(str(node.get("datePublished", ""))))]
    is_month_first = any(int(one[2]) > 12 for one in dates) and not any(int(one[1]) > 12 for one in dates)
    return tuple(nodes), is_month_first


def _cards(tree: lxml.html.HtmlElement) -> list[tuple[str, lxml.html.HtmlElement]]:
    """With ids if there are any, else by class; a card within a card is a part of it."""
    named = [
        (str(value).strip(), element)
        for element in tree.iter()
        if isinstance(element.tag, str) and (value := _first(element.get(name) for name in _IDS))
    ]
    if not named:
        named = [
            (f"#{identity}" if (identity := element.get("id")) else "", element)
            for element in tree.iter("li", "div", "article", "section", "blockquote", "figure")
            if any(_CARD.fullmatch(name) for name in classes_of(element)[:20] if len(name) <= _LONGEST_NAME)
        ]
    of = {element: identity for identity, element in named}
    return [(of[element], element) for element in outermost(of)]


def _node(identity: str, card: lxml.html.HtmlElement) -> Node | None:
    node: Node = {"@type": "Review"}
    if identity.startswith("#"):
        node["@id"] = identity
    elif identity:
        node["identifier"] = identity
    parts = _Parts(card)
    author, date, rating = parts.author(), parts.date(), parts.rating()
    body = parts.body()
    if not body or not (author or date or rating):
        return None
    node["reviewBody"] = body
    if author:
        node["author"] = {"@type": "Person", "name": author}
    if date:
        node["datePublished"] = date
    if rating:
        node["reviewRating"] = rating
    if title := parts.title():
        node["name"] = title
    if reply := parts.reply():
        node["comment"] = {"text": reply, "author": {"@type": "Organization"}}
    return node


class _Parts:
    """The elements of one card, by what they are called."""

    def __init__(self, card: lxml.html.HtmlElement) -> None:
        self.card = card
        within = [(one, _names(one)) for one in below(card)]
        self.answer = next((one for one, names in within if any(_REPLY.fullmatch(name) for name in names)), None)
        apart = set() if self.answer is None else {self.answer, *below(self.answer)}
        self.named = [(one, names) for one, names in within if one not in apart]

    def author(self) -> str:
        found = self._called(_AUTHOR)
        if found is None:
            found = next((one for one, _ in self.named if one.tag == "a" and "/user" in (one.get("href") or "")), None)
        return "" if found is None else shown_text(found)[:200]

    def date(self) -> str:
        found = next((one for one, _ in self.named if one.tag == "time"), None)
        found = self._called(_DATE) if found is None else found
        if found is not None:
            said = moment_of(found)[:200]
            written = _DATED.search(said)
            return said if written is None or _MOMENT.match(said) else written.group()
        texts = ((one.text or "").strip() for one, _ in self.named)
        return next((text for text in texts if 0 < len(text) <= _LONGEST_DATE and _DATED.fullmatch(text)), "")

    def rating(self) -> Node | None:
        for one in (self.card, *(one for one, _ in self.named)):
            for name, value in one.attrib.items():
                if _RATING_DATA.fullmatch(str(name)[:80]) and _VALUE.fullmatch(value.strip()[:9]):
                    return {"@type": "Rating", "ratingValue": value.strip()}
            label = one.get("aria-label") or one.get("title") or one.get("alt") or ""
            if found := _SAID.search(label[:80]):
                return {"@type": "Rating", "ratingValue": found[1], "bestRating": found[2] or "5"}
        named = self._called(_RATING)
        text = "" if named is None else shown_text(named)[:80]
        if said := _SAID.search(text):
            return {"@type": "Rating", "ratingValue": said[1], "bestRating": said[2] or "5"}
        return {"@type": "Rating", "ratingValue": text} if re.search(r"[\d★☆⭐]", text[:20]) else None

    def title(self) -> str:
        found = self._called(_TITLE)
        if found is None:
            found = next((one for one, _ in self.named if one.tag in ("h3", "h4", "h5")), None)
        text = "" if found is None else shown_text(found)[:300]
        return text if text not in (self.author(), self.date()) else ""

    def body(self) -> str:
        """The element called a text, the innermost where each holds one only; else the longest paragraph."""
        texts = [one for one, names in self.named if any(_BODY.fullmatch(name) for name in names) and shown_text(one)]
        while texts:
            inner = set(below(texts[0]))
            nested = [one for one in texts[1:] if one in inner]
            if not nested or len(list(outermost(nested))) > 1:
                return shown_text(texts[0])
            texts = nested
        paragraphs = [text for one, _ in self.named if one.tag == "p" and (text := shown_text(one))]
        longest = max(paragraphs, key=len, default="")
        return longest if longest not in (self.author(), self.date()) else ""

    def reply(self) -> str:
        if self.answer is None:
            return ""
        inner = [text for one in below(self.answer) if one.tag == "p" and (text := shown_text(one))]
        return max(inner, key=len, default="") or shown_text(self.answer)

    def _called(self, pattern: re.Pattern[str]) -> lxml.html.HtmlElement | None:
        return next((one for one, names in self.named if any(pattern.fullmatch(name) for name in names)), None)


def _names(element: lxml.html.HtmlElement) -> list[str]:
    """Classes, test ids and data attributes without their "data-"; without the long ones."""
    names = classes_of(element)[:20]
    names.extend(str(element.get(name) or "").lower() for name in ("data-test", "data-testid", "data-hook"))
    names.extend(str(name)[5:].lower() for name in list(element.attrib)[:20] if str(name).startswith("data-"))
    return [name for name in names if name and len(name) <= _LONGEST_NAME]


def _first(values: Iterable[str | None]) -> str:
    return next((value for value in values if value), "")
