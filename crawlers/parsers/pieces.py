"""Small pieces of an HTML page: the classes of an element, the first one of a kind within another, text and dates."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import lxml.html
from lxml import etree

from .text import MAX_BODY

MAX_LOOKED_AT = 1_500  # elements within one review; what lies further is not looked for
MAX_ON_PAGE = 100_000  # elements in all reviews of one page
_BREAKING = frozenset(("br", "p", "div", "li", "tr", "h1", "h2", "h3", "h4", "blockquote"))
_HIDDEN = frozenset(("script", "style", "template", "noscript", "svg", "button", "form", "select"))


def classes_of(element: lxml.html.HtmlElement) -> list[str]:
    if not isinstance(element.tag, str):
        return []
    return (element.get("class") or "")[:1000].lower().split()


def below(element: lxml.html.HtmlElement) -> Iterator[lxml.html.HtmlElement]:
    """The elements within, in document order, as many as one review may have."""
    for count, inner in enumerate(element.iterdescendants()):
        if count >= MAX_LOOKED_AT:
            return
        if isinstance(inner.tag, str):
            yield inner


def outermost(elements: Iterable[lxml.html.HtmlElement]) -> Iterator[lxml.html.HtmlElement]:
    """Those that lie in none of the others: what is within a review is a part of it, and is read once."""
    inside: set[lxml.html.HtmlElement] = set()
    looked_at = 0
    for element in elements:
        if element in inside or looked_at > MAX_ON_PAGE:
            continue
        within_it = set(below(element))
        looked_at += len(within_it)
        inside |= within_it
        yield element


def within(element: lxml.html.HtmlElement, names: Iterable[str]) -> lxml.html.HtmlElement | None:
    """The first element that bears one of these classes, the element itself excepted."""
    wanted = frozenset(names)
    return next((inner for inner in below(element) if wanted.intersection(classes_of(inner))), None)


def shown_text(element: lxml.html.HtmlElement) -> str:
    """What a reader sees of it, with line breaks."""
    pieces: list[str] = []
    size = hidden = 0
    for seen, (event, inner) in enumerate(etree.iterwalk(element, events=("start", "end"))):
        if seen > 2 * MAX_LOOKED_AT or size > MAX_BODY:
            break
        is_hidden = inner.tag in _HIDDEN and inner is not element
        hidden += is_hidden if event == "start" else -is_hidden
        if inner.tag in _BREAKING and inner is not element and not hidden and (event == "start" or inner.tag != "br"):
            pieces.append("\n")
        piece = inner.text if event == "start" else inner.tail
        if piece and not hidden and not (event == "end" and inner is element):
            pieces.append(piece.replace("\n", " "))
            size += len(piece)
    return "".join(pieces).strip()


def moment_of(element: lxml.html.HtmlElement) -> str:
    """A date as machines read it: `<time datetime>`, `<abbr title>`, `class="value-title" title`, or the text."""
    for one in (element, *below(element)):
        said = one.get("datetime") or one.get("data-date") or one.get("data-datetime")
        if said is None and (one.tag == "abbr" or "value-title" in classes_of(one)):
            said = one.get("title")
        if said:
            return str(said).strip()
    return shown_text(element)
