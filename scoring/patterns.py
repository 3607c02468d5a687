"""Turn lists of a lexicon into patterns that search a text quickly.

A list has hundreds of wordings, and `re` tries them one after another at every word. `compile_folded` sorts them by the
letter they begin with, so that a word is compared with a twentieth of them.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Iterator, Sequence
from functools import cached_property

from .folding import fold_pattern

_LOOK_BEHIND = re.compile(r"\(\?<[!=][^()]*\)|\\b")
_OPTIONAL = re.compile(r"[?*]|\{0,")
_REPEATED = re.compile(r"[?*+]|\{[\d,]+\}")


class Words:
    """A pattern that is compiled when it first searches: all of them take a second, and few processes judge texts."""

    def __init__(self, make: Callable[[], re.Pattern[str]]) -> None:
        self._make = make

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        return self._make()

    def search(self, text: str, start: int = 0, end: int = sys.maxsize) -> re.Match[str] | None:
        return self.pattern.search(text, start, end)

    def finditer(self, text: str, start: int = 0, end: int = sys.maxsize) -> Iterator[re.Match[str]]:
        return self.pattern.finditer(text, start, end)


def compile_words(entries: Sequence[str], *, then: str = "") -> Words:
    """One pattern for a list of the lexicon, matched at the start of a word and followed by `then`."""
    return Words(lambda: re.compile(r"(?<!\w)(?:" + "|".join(entries) + ")" + then, re.IGNORECASE))


def compile_folded(entries: Sequence[str], *, then: str = "") -> Words:
    """As `compile_words`, for texts that went through `fold`."""
    return Words(lambda: _folded(entries, then))


def _folded(entries: Sequence[str], then: str) -> re.Pattern[str]:
    groups: dict[str, list[str]] = {}
    for entry in map(fold_pattern, entries):
        for wording in alternatives(entry):
            for letter in first_letters(wording) or {""}:
                groups.setdefault(letter, []).append(wording)
    anything = groups.pop("", [])
    sorted_in = [f"(?={re.escape(letter)})(?:{'|'.join(some)})" for letter, some in sorted(groups.items())]
    return re.compile(r"(?<!\w)(?:" + "|".join([*sorted_in, *anything]) + ")" + then)


def alternatives(pattern: str) -> Iterator[str]:
    """The parts of a pattern between its outermost bars."""
    start = 0
    for at, depth in _outside_classes(pattern):
        if depth == 0 and pattern[at] == "|":
            yield pattern[start:at]
            start = at + 1
    yield pattern[start:]


def first_letters(pattern: str) -> set[str]:
    """The letters a match of the pattern can begin with; an empty set when it can be any.

    Knows what the lexicons use: letters, classes, groups, look-behinds and repeats.
    """
    while skipped := _LOOK_BEHIND.match(pattern):
        pattern = pattern[skipped.end() :]
    if not pattern:
        return set()
    if pattern.startswith("(?:"):
        end = next(at for at, depth in _outside_classes(pattern) if pattern[at] == ")" and depth == 0) + 1
        parts = [first_letters(part) for part in alternatives(pattern[3 : end - 1])]
    elif pattern[0] == "[":
        end = pattern.index("]") + 1
        listed = pattern[1 : end - 1]
        is_plain = not listed.startswith("^") and "\\" not in listed and "-" not in listed[1:-1]
        parts = [set(listed) if is_plain else set()]
    elif pattern[0] == "\\":
        end = 2
        parts = [set("0123456789") if pattern[1] == "d" else set() if pattern[1].isalpha() else {pattern[1]}]
    else:
        end = 1
        parts = [set() if pattern[0] in "(.^$" else {pattern[0]}]
    if _OPTIONAL.match(pattern, end):
        repeat = _REPEATED.match(pattern, end)
        parts.append(first_letters(pattern[repeat.end() if repeat else end :]))
    return set().union(*parts) if all(parts) else set()


def _outside_classes(pattern: str) -> Iterator[tuple[int, int]]:
    """Positions of what is neither escaped nor inside brackets, each with its depth in groups once it is read."""
    depth, in_class, at = 0, False, 0
    while at < len(pattern):
        char = pattern[at]
        if char == "\\":
            at += 2
            continue
        if in_class:
            in_class = char != "]"
        elif char == "[":
            in_class = True
        else:
            depth += (char == "(") - (char == ")")
            yield at, depth
        at += 1
