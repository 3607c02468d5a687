"""RDFa as graph nodes, through extruct.

extruct reads it element by element in Python, writes out every pair that nesting makes, and hands the nodes back in no
order: hence the estimate of its work here and the sorting in `schemaorg`. A page with two bodies loses its `vocab` and
with it every node: that is no error.
"""

from __future__ import annotations

import re

import lxml.html
from lxml import etree

from ..errors import ParseError
from .graph import Node, short

MAX_WORK = 60_000  # of some 0.1 ms; saved pages of real sites come to less than 5,000
_CHARACTERS = 5_000  # of a property's text make one unit of work

_BLANKS = re.compile(r"\s+")
_LINE_BREAK = re.compile(r"(<(?:br|/p|/div|/li)\b)", re.IGNORECASE)
_TIME = re.compile(
    r"""(<time\b(?![^<>]*\scontent=)[^<>]{0,500}?\sdatetime=("[^"<>]{1,60}"|'[^'<>]{1,60}'))""", re.IGNORECASE
)
_BASE = "http://page.invalid"  # stands for the page, so that "#r1" comes back as "#r1" on every page of a list


def read_rdfa(text: str, tree: lxml.html.HtmlElement) -> tuple[Node, ...]:
    """Nodes of the page; those named by others are found by their "@id". Relative addresses stay relative.

    `tree` is that of `text`.
    """
    if len(text) > MAX_WORK * 100 or _work(tree) > MAX_WORK:
        raise ParseError("the page's RDFa is larger than this reader takes")
    from extruct.rdfa import RDFaExtractor  # rdflib: half a second that most pages do not need

    lines = _LINE_BREAK.sub(r"\n\1", _BLANKS.sub(" ", text))  # extruct drops <br> and keeps the source's own breaks
    lines = _TIME.sub(r"\1 content=\2", lines)  # as RDFa in HTML5 says; extruct reads the element's text
    try:
        raw = RDFaExtractor().extract(
            lines.encode("utf-8", "replace"), base_url=_BASE + "/", encoding="utf-8", expanded=True
        )
    except Exception as error:  # three libraries deep, each with exceptions of its own; all mean "unreadable"
        raise ParseError("the page's RDFa cannot be read") from error
    return tuple(_plain(node) for node in raw if isinstance(node, dict))


def _work(tree: lxml.html.HtmlElement) -> int:
    """About how long extruct takes: it grows with elements and their terms, with the text below each property once
    more, and with every relation that waits for what it relates to."""
    work = characters = open_properties = 0
    waiting = [0]
    for event, element in etree.iterwalk(tree, events=("start", "end")):
        is_property = element.get("property") is not None
        if event == "start":
            terms, relations = _count(element, "property", "typeof"), _count(element, "rel", "rev")
            lists = 5 if element.get("inlist") is not None else 0
            work += 1 + 2 * terms + relations + waiting[-1] + lists
            waiting.append(relations or waiting[-1])
            open_properties += is_property
            piece = element.text
        else:
            waiting.pop()
            open_properties -= is_property
            piece = element.tail
        characters += open_properties * len(piece or "")
        if work > MAX_WORK:
            break
    return work + characters // _CHARACTERS


def _count(element: lxml.html.HtmlElement, *names: str) -> int:
    return sum(len(value.split()) for name in names if (value := element.get(name)))


def _plain(node: dict[str, object]) -> Node:
    return {short(name): _value(value) for name, value in node.items()}


def _value(value: object) -> object:
    if isinstance(value, list):
        inner = [_value(one) for one in value]
        return inner[0] if len(inner) == 1 else inner
    if isinstance(value, dict):
        return value["@value"] if "@value" in value else {name: _value(inner) for name, inner in value.items()}
    return _relative(value) if isinstance(value, str) else value


def _relative(text: str) -> str:
    return text.removeprefix(_BASE + "/") if text.startswith(_BASE + "/#") else text.removeprefix(_BASE)
