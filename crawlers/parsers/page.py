"""From bytes to text and to a tree, whatever the declared character set says.

Bytes that are valid UTF-8 are UTF-8, since other encodings hardly ever look like it by chance; only otherwise is
the declaration believed, and it must be a text encoding from a fixed list (Python knows codecs that unpack archives).
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Mapping
from urllib.parse import urljoin

import lxml.html
from lxml import etree

from ..errors import ParseError

MAX_BYTES = 10 * 1024 * 1024  # the same as the downloader's cap; a page beyond it is not read

MAX_ELEMENTS = 400_000
MAX_ATTRIBUTES = 400  # of one tag

_META_CHARSET = re.compile(
    rb"""<(?:meta\b[^>]{0,300}?charset|\?xml\b[^>]{0,100}?encoding)\s*=\s*["']?\s*([a-zA-Z0-9_:.-]{2,40})""",
    re.IGNORECASE,
)
_BOMS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
_READ_AS_CP1252 = {"iso8859-1", "latin-1", "ascii"}  # as every browser does (WHATWG encoding standard)
_ALLOWED = re.compile(
    r"utf-8|utf-16(-le|-be)?|cp125[0-8]|cp8(66|74)|iso8859-\d+|koi8-[ru]|gb(k|2312|18030)|big5(hkscs)?|shift_jis|cp932|euc_(jp|kr)|cp949|iso2022_jp|mac-roman"
)
_SMALL = 100_000  # bytes; no page below can hold enough to matter
_MAX_ADDRESS = 2000  # characters
_SEVEN_BIT = re.compile(r"iso2022_jp")


def decode(body: bytes, declared: str | None) -> str:
    """Text of an answer; never fails for content, raises ParseError beyond the size cap."""
    if len(body) > MAX_BYTES:
        raise ParseError("the answer is larger than 10 MB")
    for bom, name in _BOMS:
        if body.startswith(bom):
            return body[len(bom) :].decode(name, "replace")
    named = _codec(declared) or _codec(_meta(body))
    if named and (_SEVEN_BIT.fullmatch(named) or named.startswith("utf-16")):
        return body.decode(named, "replace")
    try:
        return body.decode("utf-8")
    except UnicodeDecodeError:
        pass
    if named == "utf-8":  # a wrong claim; the page itself may know better
        named = _codec(_meta(body))
    return body.decode(named if named and named != "utf-8" else _guess(body), "replace")


def _guess(body: bytes) -> str:
    """A page that is UTF-8 but for a few damaged bytes stays UTF-8; anything else is read as Windows-1252."""
    text = body.decode("utf-8", "replace")
    damaged = text.count("\ufffd")
    return "utf-8" if sum(character > "\x7f" for character in text) > 10 * damaged else "cp1252"


def _meta(body: bytes) -> str | None:
    found = _META_CHARSET.search(body, 0, 4096)
    return found.group(1).decode("ascii") if found else None


def _codec(label: str | None) -> str | None:
    if not label:
        return None
    try:
        name = codecs.lookup(label.strip().strip("\"'")).name
    except (LookupError, ValueError, UnicodeError):
        return None
    if name in _READ_AS_CP1252:
        return "cp1252"
    return name if _ALLOWED.fullmatch(name) else None


class _Census:
    """Counts what is on a page before a tree of it is built, in which the attributes of one tag take quadratic time."""

    elements = 0

    def start(self, _tag: str, attributes: Mapping[str, str]) -> None:
        self.elements += 1
        if self.elements > MAX_ELEMENTS or len(attributes) > MAX_ATTRIBUTES:
            raise ParseError("the page holds more markup than a review page has")

    def close(self) -> None:
        """Asked for by lxml at the end."""


def html_tree(text: str) -> lxml.html.HtmlElement:
    """A tree of the page. Handed over as bytes: libxml2 refuses text that declares its own encoding."""
    parser = lxml.html.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True)
    page = text.replace("\x00", "").encode("utf-8", "replace")
    try:
        if len(page) > _SMALL:
            etree.fromstring(page, etree.HTMLParser(encoding="utf-8", target=_Census()))
        tree = lxml.html.document_fromstring(page, parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError, AssertionError) as error:
        raise ParseError("the answer is not an HTML page") from error
    if not isinstance(tree, lxml.html.HtmlElement):
        raise ParseError("the answer is not an HTML page")
    return tree


def page_language(tree: lxml.html.HtmlElement) -> str:
    for attribute in ("lang", "{http://www.w3.org/XML/1998/namespace}lang", "xml:lang"):
        if value := tree.get(attribute):
            return str(value).strip()[:16]
    return ""


def page_title(tree: lxml.html.HtmlElement) -> str:
    found = tree.find(".//title")
    return "" if found is None else " ".join(str(found.text_content()).split())[:200]


def followable(url: str, reference: str) -> str:
    """Where a link leads, seen from `url`; an empty string for scripts, mail addresses and what is no address."""
    try:
        joined = urljoin(url, reference)
    except ValueError:
        return ""
    return joined if joined.lower().startswith(("http://", "https://")) else ""


def absolute(url: str, reference: str) -> str:
    """`reference` seen from `url` when that is an http(s) address, else an empty string."""
    if len(reference) > 2 * _MAX_ADDRESS:  # one on the business is seen again from each of its reviews
        return ""
    reference = reference.strip()
    if not reference or reference.startswith("_:"):  # blank nodes of RDFa are no addresses
        return ""
    try:
        joined = urljoin(url, reference)
    except ValueError:
        return ""
    usable = joined.lower().startswith(("http://", "https://")) and len(joined) <= _MAX_ADDRESS and joined.isprintable()
    return joined if usable and " " not in joined else ""
