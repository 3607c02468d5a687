"""JSON-LD scripts of a page, each read on its own: one broken script must not take the others with it.

The second try forgives what real pages do: HTML comments and CDATA around the JSON, JavaScript comments, trailing
commas, raw line breaks in strings, a closing semicolon; the third mends what is no JSON at all (`salvage`). What stays
unreadable is counted. Pages also hand their graph to a script, which writes the element in a browser: `hidden_values`.
"""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass

import lxml.html

from .salvage import read_one, salvage

MAX_VALUES = 10_000  # in a row in one script
MAX_SALVAGED = 3_000_000  # characters of scripts that are looked at without being JSON
MAX_GRAPHS = 200  # in such scripts
_TYPE = re.compile(r"ld\+json|json\+ld", re.IGNORECASE)
_GRAPH = re.compile(r"""\{\s{0,40}["']?@(?:context|type|graph|id)["']?\s{0,5}:""")
_ESCAPED = re.compile(r"\\(?:u([0-9a-fA-F]{4})|(.))", re.DOTALL)
_CHARACTERS = {"n": " ", "t": " ", "r": " ", "b": "", "f": ""}
_DECODER = json.JSONDecoder(strict=False)  # raw control characters inside strings are common


@dataclass(frozen=True, slots=True)
class Scripts:
    values: tuple[object, ...]
    broken: int
    broken_reviews: int  # of these, how many speak of reviews
    mended: int = 0
    is_cut: bool = False  # a script ends in the middle: it held more


def read_scripts(tree: lxml.html.HtmlElement) -> Scripts:
    values: list[object] = []
    broken = broken_reviews = mended = 0
    is_cut = False
    for script in tree.iter("script"):
        if not _TYPE.search((script.get("type") or "")[:100]):
            continue
        source = _unwrap("".join(script.itertext()))
        if not source:
            continue
        found = _load(source)
        if not found and (saved := _salvaged(source)):
            found, is_whole = saved
            mended += 1
            is_cut |= not is_whole and "review" in source.lower()
        values.extend(found)
        if not found:
            broken += 1
            broken_reviews += "review" in source.lower()
    return Scripts(tuple(values), broken, broken_reviews, mended, is_cut)


def _load(source: str) -> list[object]:
    for attempt in (_as_is, _forgiven, _unescaped):
        try:
            return attempt(source)
        except (ValueError, RecursionError):
            continue
    return []


def _salvaged(source: str) -> tuple[list[object], bool] | None:
    """What can be saved of a script that speaks of reviews, and whether it is all of it."""
    if len(source) > MAX_SALVAGED or "review" not in source.lower():
        return None
    try:
        found = salvage(source)
    except ValueError:
        return None
    return (found.values, found.is_whole) if any(found.values) else None


def hidden_values(tree: lxml.html.HtmlElement) -> tuple[object, ...]:
    """Graphs inside of other scripts: state that a page starts with, texts that a program will put into the page."""
    values: list[object] = []
    left = MAX_SALVAGED
    for script in tree.iter("script"):
        source = "" if _TYPE.search((script.get("type") or "")[:100]) else "".join(script.itertext())
        if "schema.org" not in source or "Review" not in source or len(source) > left:
            continue
        left -= len(source)
        values.extend(_graphs(source))
    return tuple(values)


def _graphs(source: str) -> Iterator[object]:
    """Objects that begin with JSON-LD's own words; those within texts of texts lose the backslashes first."""
    tries = MAX_GRAPHS
    for level in range(4):
        if level:
            if "\\" not in source:
                return
            source = _ESCAPED.sub(_bare, source)
        at = 0
        while tries > 0 and (found := _GRAPH.search(source, at)):
            tries -= 1
            at = found.end()
            try:
                value, end = _DECODER.raw_decode(source, found.start())
            except (ValueError, RecursionError):
                try:
                    value, end, _ = read_one(source, found.start())
                except ValueError:
                    return
            at = max(at, end)
            yield value


def _bare(found: re.Match[str]) -> str:
    return chr(int(found[1], 16)) if found[1] else _CHARACTERS.get(found[2], found[2])


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
