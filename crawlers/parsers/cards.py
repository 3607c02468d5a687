"""Cards of reviews on pages without a vocabulary, known by what their makers call the parts (`naming`).

A card names an id of its review (`data-review-id="…"`) or bears a class that says "review" and, perhaps, "item". A
card without a text of its own, or with neither author, date nor rating, is none.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

import lxml.html

from .answers import LONGEST_AUTHOR, is_answer, owners_answer
from .graph import Node
from .naming import Role, is_card, names_of, roles_of, words_of
from .pieces import MAX_ON_PAGE, below, moment_of, outermost, shown_text

MAX_CARDS = 5_001  # one more than a page may hold, so that it is refused and not cut
_ID = re.compile(r"data-(?:[a-z]{2,12}-){0,2}review-?(?:id|uuid)?")
_NO_CARDS = frozenset(("a", "button", "form", "img", "input", "script", "span", "textarea"))
_TAGS = ("li", "div", "article", "section", "blockquote", "figure", "tr")
_RATING_DATA = re.compile(r"data-(?:.*-)?(?:rating|stars|score|grade)(?:-value)?", re.IGNORECASE)
_SAID = re.compile(
    r"(\d(?:[.,]\d+)?)\s*(?:(?:out of|of|/|von|sur|su|de|van|av|af)\s*(5|10)\b|[- ]?stars?\b|★|sterne)", re.IGNORECASE
)
_WIDTH = re.compile(r"(?:^|;)\s*width\s*:\s*(\d{1,3}(?:\.\d{1,4})?)%")
_NUMERIC_DATE = re.compile(r"(\d{1,2})/(\d{1,2})/(?:\d{4}|\d{2})")
_DATED = re.compile(
    r"\d{1,2}[/.]\d{1,2}[/.]\d{2,4}|\d{4}-\d\d-\d\d|(?:\w{3,12}\.? )?\d{1,2}(?:st|nd|rd|th)?,? (?:\w{3,12}\.?,? )?\d{4}"
)
_MOMENT = re.compile(r"\d{4}-\d\d-\d\d[T ]\d\d")
_ISO_DATA = re.compile(r"\d{4}-\d\d-\d\d(?:[T ]\d\d:\d\d.{0,20})?")
_VALUE = re.compile(r"\d{1,3}(?:[.,]\d+)?")
_BY = re.compile(
    r"(?:(?:reviewed |written )?by|bewertung von|von|par|avis de|di|por|door|av|af|przez)\s*:?\s+", re.IGNORECASE
)
_ON = re.compile(r"\s+(?:on|am|le|el|il|op|den|,|·|\||[–—-])\s+")
_ENOUGH = 20  # cards that are looked into to see whether there are two
_LONGEST_DATE = 40
_ICONS = 5
_STARS = frozenset(("star", "stars"))
_LIT = frozenset(("full", "on", "filled", "fill", "active", "fas", "solid", "selected", "checked", "gold"))
_UNLIT = frozenset(("empty", "off", "o", "outline", "far", "regular", "border", "inactive", "grey", "gray"))


def read_cards(tree: lxml.html.HtmlElement) -> tuple[tuple[Node, ...], bool]:
    """(nodes in document order, whether the page's dates put the month first: one of them leaves no other way)."""
    nodes = _nodes(tree)[:MAX_CARDS]
    dates = [found for node in nodes if (found := _NUMERIC_DATE.fullmatch(str(node.get("datePublished", ""))))]
    is_month_first = any(int(one[2]) > 12 for one in dates) and not any(int(one[1]) > 12 for one in dates)
    return tuple(nodes), is_month_first


def _nodes(tree: lxml.html.HtmlElement) -> list[Node]:
    """A card within a card is a part of it; what holds several that are complete is the list."""
    marked = [element for element in tree.iter() if _is_marked(element)]
    nodes: list[Node] = []
    looked_at = 0
    waiting = list(outermost(marked))[::-1]
    among = set(marked)
    while waiting:
        card = waiting.pop()
        within_it = list(below(card)) if looked_at < MAX_ON_PAGE else []
        looked_at += len(within_it)
        inner = list(outermost(one for one in within_it if one in among))
        if len(inner) > 1 and sum(_node(one) is not None for one in inner[:_ENOUGH]) > 1:
            waiting.extend(inner[::-1])
        elif (node := _node(card)) is not None:
            nodes.append(node)
    return nodes


def _is_marked(element: lxml.html.HtmlElement) -> bool:
    tag = element.tag
    if not isinstance(tag, str) or tag in _NO_CARDS:
        return False
    if tag in _TAGS and any(is_card(name) for name in (element.get("class") or "")[:1000].split()[:20]):
        return True
    return bool(_own_id(element))


def _own_id(element: lxml.html.HtmlElement) -> str:
    for name, value in element.attrib.items()[:40]:
        if name.startswith("data-") and _ID.fullmatch(name[:60]) and 0 < len(value) <= 200:
            return str(value).strip()
    return ""


def _identity(card: lxml.html.HtmlElement, within_it: list[lxml.html.HtmlElement]) -> str:
    if own := _own_id(card):
        return own
    others = {identity for one in within_it if (identity := _own_id(one))}
    if len(others) == 1:
        return others.pop()
    written = card.get("id") or ""
    return f"#{written}" if any(mark.isdigit() for mark in written) else ""


def _node(card: lxml.html.HtmlElement) -> Node | None:
    node: Node = {"@type": "Review"}
    parts = _Parts(card)
    identity = _identity(card, parts.all)
    if identity.startswith("#"):
        node["@id"] = identity
    elif identity:
        node["identifier"] = identity
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
    if (title := parts.title()) and title != body:
        node["name"] = title
    if reply := owners_answer(parts.answers):
        node["comment"] = reply
    return node


class _Parts:
    """The elements of one card, by what they are called."""

    def __init__(self, card: lxml.html.HtmlElement) -> None:
        self.card = card
        self.all = list(below(card))
        self.answers = list(outermost(one for one in self.all if is_answer(one)))
        apart = {inner for answer in self.answers for inner in (answer, *below(answer))}
        self.named = [(one, roles_of(one)) for one in self.all if one not in apart]

    def author(self) -> str:
        for element in self._called(Role.AUTHOR):
            inner = [one for one in below(element) if Role.AUTHOR in roles_of(one) and shown_text(one)]
            text = shown_text(inner[0] if inner else element).split("\n")[0]
            if text and len(text) <= LONGEST_AUTHOR:
                return _BY.sub("", text, count=1) if _BY.match(text) else text
        if byline := self._byline():
            return byline[0]
        link = next((one for one, _ in self.named if one.tag == "a" and "/user" in (one.get("href") or "")), None)
        cite = next((one for one, _ in self.named if one.tag in ("cite", "figcaption")), None)
        found = cite if link is None else link
        return "" if found is None else shown_text(found)[:LONGEST_AUTHOR]

    def _byline(self) -> tuple[str, str] | None:
        """(author, date) of "Dag on Apr 09, 2026"."""
        for element in self._called(Role.BYLINE):
            dated = _DATED.search(shown_text(element)[:200])
            strong = next((shown_text(one) for one in below(element) if one.tag in ("strong", "b", "a", "em")), "")
            name = strong or _ON.split(shown_text(element)[:200])[0]
            if name and len(name) <= LONGEST_AUTHOR and not _DATED.fullmatch(name):
                return _BY.sub("", name, count=1), dated[0] if dated else ""
        return None

    def date(self) -> str:
        found = next((one for one, _ in self.named if one.tag == "time"), None)
        found = next(self._called(Role.DATE), None) if found is None else found
        if found is not None:
            written = next((value for name, value in found.attrib.items() if _is_moment(name, value)), "")
            said = written or moment_of(found)[:200]
            dated = _DATED.search(said)
            return said if dated is None or _MOMENT.match(said) else dated.group()
        if (byline := self._byline()) and byline[1]:
            return byline[1]
        texts = ((one.text or "").strip() for one, _ in self.named)
        return next((text for text in texts if 0 < len(text) <= _LONGEST_DATE and _DATED.fullmatch(text)), "")

    def rating(self) -> Node | None:
        for one in (self.card, *(one for one, _ in self.named)):
            for name, value in one.attrib.items():
                if (
                    _RATING_DATA.fullmatch(str(name)[:80])
                    and _VALUE.fullmatch(value.strip()[:9])
                    and value.strip() != "0"
                ):
                    return {"@type": "Rating", "ratingValue": value.strip()}
            label = one.get("aria-label") or one.get("title") or one.get("alt") or ""
            if found := _SAID.search(label[:80]):
                return {"@type": "Rating", "ratingValue": found[1], "bestRating": found[2] or "5"}
        rated = [(one, shown_text(one)[:80]) for one in self._called(Role.RATING)]
        for _, text in rated:
            if said := _SAID.search(text):
                return {"@type": "Rating", "ratingValue": said[1], "bestRating": said[2] or "5"}
        for one, text in rated:
            if re.search(r"[★☆⭐]", text[:20]) or re.fullmatch(r"\d{1,3}(?:[.,]\d+)?(?:\s*/\s*\d{1,3})?", text):
                return {"@type": "Rating", "ratingValue": text}
            if width := _width(one):
                return {"@type": "Rating", "ratingValue": f"{width}%"}
            if icons := _icons(one):
                return {"@type": "Rating", "ratingValue": icons}
        return None

    def title(self) -> str:
        found = next(self._called(Role.TITLE), None)
        if found is None:
            found = next((one for one, _ in self.named if one.tag in ("h3", "h4", "h5")), None)
        text = "" if found is None else shown_text(found)[:300]
        return text if text not in (self.author(), self.date()) else ""

    def body(self) -> str:
        """The first element called a text that holds no other part; of a short and a full form the full."""
        texts = [one for one in self._called(Role.TEXT) if (text := shown_text(one)) and not _SAID.fullmatch(text)]
        others = {one for one, roles in self.named if roles and Role.TEXT not in roles and shown_text(one)}
        pure = [one for one in texts if not others.intersection(below(one)) and one not in others]
        found = [shown_text(one) for one in outermost(pure)]
        if not found and texts:
            inner = [one for one in below(texts[-1]) if one.tag == "p" and one not in others and shown_text(one)]
            found = ["\n".join(shown_text(one) for one in inner)] if inner else [shown_text(texts[-1])]
        if found:
            start = found[0].rstrip("….").rstrip()
            return max((text for text in found if text.startswith(start)), key=len)
        known = (self.author(), self.date())
        paragraphs = [
            text
            for one, roles in self.named
            if one.tag in ("p", "blockquote", "q") and not roles and (text := shown_text(one)) and text not in known
        ]
        return max(paragraphs, key=len, default="")

    def _called(self, role: Role) -> Iterator[lxml.html.HtmlElement]:
        return (one for one, roles in self.named if role in roles)


def _icons(element: lxml.html.HtmlElement) -> str:
    """How many of five icons are lit; "" where their classes do not tell."""
    states = [
        "half" if "half" in words else "off" if words & _UNLIT else "on" if words & _LIT else ""
        for one in below(element)
        if len(one) == 0 and (words := {word for name in names_of(one) for word in words_of(name)}) & _STARS
    ]
    if len(states) != _ICONS or not any(states):
        return ""
    unmarked = "on" if "off" in states else "off"
    states = [state or unmarked for state in states]
    return f"{states.count('on') + states.count('half') / 2:g}"


def _is_moment(name: str, value: str) -> bool:
    return str(name).startswith("data-") and len(value) < _LONGEST_DATE and _ISO_DATA.fullmatch(value) is not None


def _width(element: lxml.html.HtmlElement) -> str:
    """Of the filled part of a row of stars, in per cent."""
    for one in (element, *below(element)):
        title = (one.get("title") or "").strip()
        if re.fullmatch(r"\d{1,3}%", title[:5]):
            return title.rstrip("%")
        if found := _WIDTH.search((one.get("style") or "")[:200]):
            return found[1]
    return ""
