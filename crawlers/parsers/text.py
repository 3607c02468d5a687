"""Text out of markup: plain, safe to store on either database, otherwise as the guest wrote it.

Tags go, entities are decoded once, control and bidirectional-override characters go. Escaping for display is
the templates' work. Every loop here moves forward only, so hostile input costs linear time.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator

MAX_BODY = 20_000  # characters; the longest reviews seen in public data sets have about 6,000
MAX_LINE = 300  # titles and names

_TAG_START = re.compile(r"<(?=[a-zA-Z/!?])")
_TAG_NAME = re.compile(r"/?([a-zA-Z][a-zA-Z0-9]*)")
_BREAKING = frozenset(
    (
        "address",
        "article",
        "blockquote",
        "br",
        "dd",
        "div",
        "dt",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "hr",
        "li",
        "ol",
        "p",
        "pre",
        "section",
        "table",
        "td",
        "tr",
        "ul",
    )
)
_DROPPED = frozenset(("script", "style", "template", "noscript"))
# C0 and C1 controls except tab and newline, bidi marks and overrides, zero-width space and joins that only hide text.
# U+200C and U+200D stay: Persian spelling and emoji families need them. Lone surrogates cannot be stored at all.
_UNSAFE = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u2069\ufeff\ufff9-\ufffb\ud800-\udfff]"
)
_FORMATTING = re.compile(r"</?(?:p|br|b|i|u|em|strong|span|div|ul|ol|li)(?:\s[^<>]{0,200})?/?>", re.IGNORECASE)
_LEFT_ENTITY = re.compile(r"&(?:amp|lt|gt|quot|apos|nbsp|#\d{1,6}|#x[0-9a-f]{1,5});", re.IGNORECASE)
_LEFT_ESCAPE = re.compile(r"\\u([0-9a-fA-F]{4})|(?:(?<=[.!?…,;:)\n])|(?<=\\n))(?:\\r)?\\n(?![a-z])")
_SPACES = re.compile(r"[^\S\n]+")
_NEWLINES = re.compile(r"\n{3,}")


def plain(text: str, *, limit: int = MAX_BODY) -> str:
    """Markup or text to plain text with its line breaks."""
    if len(text) > limit * 20:  # markup may be bulky; beyond this it is no review
        text = text[: limit * 20]
    if _TAG_START.search(text):
        text = "".join(_without_tags(text))
    if "&" in text:
        text = html.unescape(text)
    return _tidy(text)[:limit].rstrip()


def rich(text: str) -> str:
    """As `plain`, for a text that went through a template once too often: "&lt;p&gt;Cold soup.&lt;/p&gt;" in JSON,
    "Fish &amp;amp; chips", "It\\u2019s"."""
    cleaned = plain(text)
    if "\\" in cleaned:
        cleaned = _tidy(_LEFT_ESCAPE.sub(_character, cleaned))
    if "&" in cleaned and _LEFT_ENTITY.search(cleaned):
        cleaned = _tidy(html.unescape(cleaned))
    return plain(cleaned) if "<" in cleaned and "<" not in text and _FORMATTING.search(cleaned) else cleaned


def _character(found: re.Match[str]) -> str:
    return chr(int(found[1], 16)) if found[1] else "\n"


def line(text: str, *, limit: int = MAX_LINE) -> str:
    """As `plain`, on one line: for titles and names."""
    cleaned = plain(text, limit=limit * 4)
    if "&" in cleaned and _LEFT_ENTITY.search(cleaned):
        cleaned = _tidy(html.unescape(cleaned))
    return " ".join(cleaned.split())[:limit].rstrip()


def _tidy(text: str) -> str:
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\u2028", "\n").replace("\u2029", "\n")
    text = _SPACES.sub(" ", _UNSAFE.sub("", text))
    return _NEWLINES.sub("\n\n", "\n".join(part.strip() for part in text.split("\n"))).strip()


def _without_tags(text: str) -> Iterator[str]:
    """Pieces of text between tags; "5 < 6" and "<3" are no tags and stay."""
    at, absent = 0, set[str]()
    while (start := _TAG_START.search(text, at)) is not None:
        yield text[at : start.start()]
        name = _name_at(text, start.end())
        end = text.find("-->" if text.startswith("<!--", start.start()) else ">", start.end())
        if end < 0:  # an unclosed tag: what follows was meant as markup or was cut off
            return
        at = text.index(">", end) + 1
        if name in _BREAKING:
            yield "\n"
        if name in _DROPPED and text[start.end()] != "/" and name not in absent:
            close = _find_close(text, name, at)
            if close < 0:
                absent.add(name)  # never looked for again: keeps the scan linear
            else:
                at = close
    yield text[at:]


def _name_at(text: str, at: int) -> str:
    found = _TAG_NAME.match(text, at, at + 20)
    return found.group(1).lower() if found else ""


def _find_close(text: str, name: str, at: int) -> int:
    found = re.compile(rf"</{name}\b", re.IGNORECASE).search(text, at)
    if found is None:
        return -1
    end = text.find(">", found.end())
    return len(text) if end < 0 else end + 1
