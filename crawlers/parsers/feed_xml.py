"""The XML of a feed, made well-formed, small and harmless before feedparser reads it.

feedparser takes quadratic time at long names of authors, many categories, many blanks and deep bases of addresses, and
falls back on a slower reader at malformed XML. So the tree is built here, by libxml2 without entities, document types
or network, and what could grow is cut or refused; feedparser gets what is left, written anew.
"""

from __future__ import annotations

import io
import re
from collections import Counter
from html import escape
from html.entities import html5
from xml.sax import SAXParseException
from xml.sax.handler import feature_namespaces

import defusedxml.sax
from defusedxml.common import DefusedXmlException
from lxml import etree

from ..errors import ParseError
from .text import MAX_BODY

MAX_ELEMENTS = 100_000
MAX_ATTRIBUTES = 50
MAX_NAMESPACES = 500
MAX_TEXT = MAX_BODY * 20  # characters of one piece: markup of a text may be bulky
MAX_ATTRIBUTE = 2_000
MAX_NAME = 100  # of an author with the address that some feeds put beside it

_ROOT = re.compile(r"<(?:[a-z][\w.-]{0,30}:)?(?:rss|feed|rdf)\b", re.IGNORECASE)
_HEAD = 100_000  # characters in which the feed begins
_AMPERSAND = re.compile(r"&(?:#(?:(\d{1,7})|[xX]([\da-fA-F]{1,6}));|([a-zA-Z]\w{0,31};))?", re.ASCII)
_LESS = re.compile(r"<(?![a-zA-Z_/!?])")
_MARK = re.compile(
    r"<!\[CDATA\[(?:.*?\]\]>|.*)|<!--(?:.*?-->|.*)|<(/?)([a-zA-Z_][\w.:-]*)[^<>]*?(/?)>", re.DOTALL | re.ASCII
)
_NEVER_CLOSED = frozenset(("br", "hr", "img", "input", "wbr"))
_OWN_OF_XML = frozenset(("amp;", "lt;", "gt;", "quot;", "apos;"))
_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_BLANKS = re.compile(r"\s{200,}")
_TAGGING = frozenset(("category", "subject", "keywords", "tags"))
_PERSONS = frozenset(
    ("author", "creator", "contributor", "credit", "email", "managingeditor", "name", "owner", "publisher", "webmaster")
)
_ADDRESSES = frozenset(("uri", "url", "homepage"))
_RATINGS = frozenset(("rating", "starrating", "ratingvalue", "stars", "score"))
_SCALES = ("scale", "max", "best", "bestRating", "outOf")
_XML_BASE = "{http://www.w3.org/XML/1998/namespace}base"


def readable(text: str) -> tuple[bytes, bool]:
    """The feed as well-formed UTF-8, and whether it was malformed."""
    text = text.replace("\x00", "")
    if "<!ENTITY" in text.upper():
        raise ParseError("the feed declares entities; such feeds are not read")
    start = _ROOT.search(text, 0, _HEAD)
    if start is None:
        raise ParseError("the answer is not a feed")
    text = text[start.start() :]  # the declaration is done with, and the document type of RSS 0.91 says nothing
    if text.count("xmlns") > MAX_NAMESPACES:
        raise ParseError("the feed names more namespaces than a feed has")
    root, was_broken = _tree(text)
    for element in _known(root):
        _shorten(element, keeps_base=element is root or element.getparent() is root)
    xml = etree.tostring(root, encoding="utf-8")
    _check(xml)
    return xml, was_broken


def _check(xml: bytes) -> None:
    """Raises unless feedparser's strict reader takes it: it would try the slow one next, at whatever size."""
    reader = defusedxml.sax.make_parser()
    reader.setFeature(feature_namespaces, True)
    try:
        reader.parse(io.BytesIO(xml))
    except (SAXParseException, DefusedXmlException, ValueError) as error:
        raise ParseError("the feed cannot be read") from error


def _tree(text: str) -> tuple[etree._Element, bool]:
    try:
        return etree.fromstring(text.encode("utf-8", "replace"), _parser(forgiving=False)), False
    except etree.XMLSyntaxError:
        pass
    mended = _balanced(_NOT_XML.sub("", _LESS.sub("&lt;", _AMPERSAND.sub(_as_xml, text))))
    try:
        root = etree.fromstring(mended.encode("utf-8"), _parser(forgiving=True))
    except etree.XMLSyntaxError as error:
        raise ParseError("the feed cannot be read") from error
    if root is None:
        raise ParseError("the feed cannot be read")
    return root, True


def _parser(*, forgiving: bool) -> etree.XMLParser:
    return etree.XMLParser(
        encoding="utf-8",
        recover=forgiving,
        resolve_entities=False,
        load_dtd=False,
        no_network=True,
        remove_comments=True,
        remove_pis=True,
    )


def _as_xml(found: re.Match[str]) -> str:
    """A reference that XML knows; names of HTML become their characters, and a bare ampersand itself."""
    decimal, hexadecimal, name = found.groups()
    if decimal or hexadecimal:
        code = int(decimal) if decimal else int(hexadecimal, 16)
        return found[0] if code < 0x110000 and not _NOT_XML.match(chr(code)) else ""
    if name in _OWN_OF_XML:
        return found[0]
    return escape(html5[name]) if name in html5 else "&amp;" + found[0][1:]


def _balanced(text: str) -> str:
    """Every tag closed where one around it ends: libxml2 would hang all that follows below the one left open."""
    pieces: list[str] = []
    left_open: list[str] = []
    counts: Counter[str] = Counter()
    at = 0
    for mark in _MARK.finditer(text):
        closing, name, is_empty = mark.groups()
        if name is None or is_empty:
            continue
        key = name.lower()
        if not closing and key not in _NEVER_CLOSED:
            left_open.append(name)
            counts[key] += 1
            continue
        pieces.append(text[at : mark.start()] if closing else text[at : mark.end() - 1] + "/>")
        at = mark.end()
        while closing and counts[key]:
            last = left_open.pop()
            counts[last.lower()] -= 1
            pieces.append(f"</{last}>")
            if last.lower() == key:
                break
    pieces.append(text[at:])
    pieces.extend(f"</{name}>" for name in reversed(left_open))
    return "".join(pieces)


def _known(root: etree._Element) -> list[etree._Element]:
    """The elements, without tags, which nothing here reads, and without names that nobody bears."""
    kept: list[etree._Element] = []
    unwanted: list[etree._Element] = []
    for count, element in enumerate(root.iter("*")):
        if count >= MAX_ELEMENTS or len(element.attrib) > MAX_ATTRIBUTES:
            raise ParseError("the feed holds more markup than a feed has")
        name = _name(element)
        is_person = name in _PERSONS and _letters(element) > MAX_NAME
        (unwanted if name in _TAGGING or is_person else kept).append(element)
    for element in unwanted:
        element.clear(keep_tail=True)
        element.tag = "left-out"
    return kept


def _name(element: etree._Element) -> str:
    return re.split("[}:]", element.tag)[-1].lower()  # a prefix stays where it was not declared


def _letters(person: etree._Element) -> int:
    """Of all that may be taken for the name: any text in it but addresses."""
    return sum(
        len((one.text or "").strip()) * (_name(one) not in _ADDRESSES)
        + len((one.tail or "").strip()) * (one is not person)
        for one in person.iter("*")
    )


def _with_scale(element: etree._Element) -> None:
    """`<r:rating scale="10">7</r:rating>` as "7/10": of an element with attributes feedparser drops the text."""
    value = (element.text or "").strip()
    if element.attrib and len(element) == 0 and 0 < len(value) < 10 and _name(element) in _RATINGS:
        scale = next((element.get(name) for name in _SCALES if element.get(name)), None)
        element.attrib.clear()
        element.text = f"{value}/{scale[:8]}" if scale and "/" not in value and "%" not in value else value


def _shorten(element: etree._Element, *, keeps_base: bool) -> None:
    _with_scale(element)
    space, brace, name = element.tag.rpartition("}")
    if ":" in name:  # an undeclared prefix; feedparser joins them like that
        element.tag = space + brace + name.replace(":", "_")
    for name, value in element.attrib.items():
        is_base = name in (_XML_BASE, "base")
        if len(value) > MAX_ATTRIBUTE or (is_base and not keeps_base) or ":" in name.rpartition("}")[2]:
            del element.attrib[name]
    if element.text and len(element.text) > 2:
        element.text = _BLANKS.sub("\n\n", element.text[:MAX_TEXT])
    if element.tail and len(element.tail) > 2:
        element.tail = _BLANKS.sub("\n\n", element.tail[:MAX_TEXT])
