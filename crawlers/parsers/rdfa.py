"""RDFa as graph nodes, through extruct.

extruct reads it element by element in Python and hands the nodes back in no order, hence the caps here and the
sorting in `schemaorg`. A page with two bodies loses its `vocab` and with it every node: that is no error.
"""

from __future__ import annotations

import re

from ..errors import ParseError
from .graph import Node, short

MAX_CHARACTERS = 2_000_000  # about 10 s of extruct; saved pages of real sites have below 500,000
MAX_TYPED = 4_000


_BLANKS = re.compile(r"\s+")
_LINE_BREAK = re.compile(r"(<(?:br|/p|/div|/li)\b)", re.IGNORECASE)
_BASE = "http://page.invalid"  # stands for the page, so that "#r1" comes back as "#r1" on every page of a list


def read_rdfa(text: str) -> tuple[Node, ...]:
    """Nodes of the page; those named by others are found by their "@id". Relative addresses stay relative."""
    if len(text) > MAX_CHARACTERS or text.count("typeof") > MAX_TYPED:
        raise ParseError("the page's RDFa is larger than this reader takes")
    from extruct.rdfa import RDFaExtractor  # rdflib: half a second that most pages do not need

    lines = _LINE_BREAK.sub(r"\n\1", _BLANKS.sub(" ", text))  # extruct drops <br> and keeps the source's own breaks
    try:
        raw = RDFaExtractor().extract(
            lines.encode("utf-8", "replace"), base_url=_BASE + "/", encoding="utf-8", expanded=True
        )
    except Exception as error:  # three libraries deep, each with exceptions of its own; all mean "unreadable"
        raise ParseError("the page's RDFa cannot be read") from error
    return tuple(_plain(node) for node in raw if isinstance(node, dict))


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
