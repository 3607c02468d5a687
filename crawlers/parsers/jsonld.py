"""JSON-LD scripts of a page, each read on its own: one broken script must not take the others with it.

The second try forgives what real pages do: HTML comments and CDATA around the JSON, JavaScript comments, trailing
commas, raw line breaks in strings, a closing semicolon. What stays unreadable is counted.
"""

from __future__ import annotations

import html
import json
from dataclasses import dataclass

import lxml.html

MAX_VALUES = 10_000  # in a row in one script
_DECODER = json.JSONDecoder(strict=False)  # raw control characters inside strings are common


@dataclass(frozen=True, slots=True)
class Scripts:
    values: tuple[object, ...]
    broken: int
    broken_reviews: int  # of these, how many speak of reviews


def read_scripts(tree: lxml.html.HtmlElement) -> Scripts:
    values: list[object] = []
    broken = broken_reviews = 0
    for script in tree.iter("script"):
        if "ld+json" not in (script.get("type") or "").lower():
            continue
        source = _unwrap("".join(script.itertext()))
        if not source:
            continue
        found = _load(source)
        values.extend(found)
        if not found:
            broken += 1
            broken_reviews += "review" in source.lower()
    return Scripts(tuple(values), broken, broken_reviews)


def _load(source: str) -> list[object]:
    for attempt in (_as_is, _forgiven, _unescaped):
        try:
            return attempt(source)
        except (ValueError, RecursionError):
            continue
    return []


def _as_is(source: str) -> list[object]:
    return [_DECODER.decode(source)]


def _forgiven(source: str) -> list[object]:
    """One value or several in a row."""
    cleaned = without_comments(source)
    values: list[object] = []
    at = 0
    while at < len(cleaned):
        value, at = _DECODER.raw_decode(cleaned, at)
        values.append(value)
        if len(values) > MAX_VALUES:
            raise ValueError("more values in a row than a script has")
        while at < len(cleaned) and cleaned[at] in " \t\r\n;,":
            at += 1
    return values


def _unescaped(source: str) -> list[object]:
    if "&quot;" not in source and "&#34;" not in source:
        raise ValueError("nothing to unescape")
    return _forgiven(html.unescape(source))


def _unwrap(source: str) -> str:
    source = source.strip().removeprefix("\ufeff").strip()
    for opening, closing in (
        ("<!--", "-->"),
        ("//<![CDATA[", "//]]>"),
        ("/*<![CDATA[*/", "/*]]>*/"),
        ("<![CDATA[", "]]>"),
    ):
        if source.startswith(opening):
            source = source.removeprefix(opening).strip().removesuffix(closing).strip()
    return source


def without_comments(source: str) -> str:
    """JSON without JavaScript comments and trailing commas; strings stay untouched. One pass."""
    kept: list[str] = []
    at, size = 0, len(source)
    while at < size:
        mark = source[at]
        if mark == '"':
            end = _string_end(source, at)
            kept.append(source[at:end])
            at = end
        elif source.startswith("//", at):
            end = source.find("\n", at)
            at = size if end < 0 else end
        elif source.startswith("/*", at):
            end = source.find("*/", at + 2)
            at = size if end < 0 else end + 2
        else:
            if mark in "]}":
                _drop_comma(kept)
            kept.append(mark)
            at += 1
    return "".join(kept).strip()


def _string_end(source: str, start: int) -> int:
    at = start + 1
    while at < len(source):
        if source[at] == "\\":
            at += 2
        elif source[at] == '"':
            return at + 1
        else:
            at += 1
    return len(source)


def _drop_comma(kept: list[str]) -> None:
    blanks: list[str] = []
    while kept and kept[-1].isspace():
        blanks.append(kept.pop())
    if kept and kept[-1] == ",":
        kept.pop()
    kept.extend(reversed(blanks))
