"""JSON as people and templates get it wrong, read as it was meant.

Single quotes, names without quotes, commas or values left out, quotes and backslashes that nobody escaped, calls of
functions before it, an end that is cut off. One pass with a stack: hostile input costs a bounded time.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field

MAX_DEPTH = 200
MAX_PIECES = 400_000  # values and names of one text

_SPACE = re.compile(r"\s*")
_NAME = re.compile(r"[A-Za-z_@$][\w@$:.-]{0,100}")
_NUMBER = re.compile(r"-?\d{1,30}(?:\.\d{1,30})?(?:[eE][+-]?\d{1,3})?(?![\w.])")
_ENDS_VALUE = re.compile(r"""\s*(?:[}\]]|$|;|,\s*(?:["'{\[}\]]|[\d-]|(?:true|false|null)\b|@?\w{1,40}\s*:))""")
_NEXT_MEMBER = re.compile(r"\s*[\n\r]\s*\"[@\w:]{1,60}\"\s*:|\s*[\n\r]?\s*\{")
_ENDS_NAME = re.compile(r"\s*:")
_ESCAPE = re.compile(r"\\(?:u([0-9a-fA-F]{4})|(.))", re.DOTALL)
_PLAIN_ESCAPES = {"n": "\n", "t": "\t", "r": "\r", "b": "", "f": "", "/": "/", "\\": "\\", '"': '"', "'": "'"}
_RUN_TOGETHER = re.compile(r'(@?\w{1,60})\s*:\s*"?(.*)', re.DOTALL)
_CONSTANTS = {"true": True, "false": False, "null": None, "undefined": None, "NaN": None, "Infinity": None}


@dataclass(slots=True)
class Salvaged:
    values: list[object] = field(default_factory=list)
    is_whole: bool = True  # False where it ends before its brackets do


@dataclass(slots=True)
class _Open:
    holder: dict[str, object] | list[object]
    name: str | None = None  # that waits for its value

    def put(self, value: object) -> None:
        if isinstance(self.holder, list):
            self.holder.append(value)
        elif self.name is not None:
            self.holder.setdefault(self.name, value)
            self.name = None


def salvage(source: str, *, at: int = 0, most: int = 1_000) -> Salvaged:
    """The objects and lists that stand in the text, in order.

    Raises ValueError where there are none, or more than anyone writes by mistake.
    """
    found = Salvaged()
    while len(found.values) < most:
        start = min((place for mark in "{[" if (place := source.find(mark, at)) >= 0), default=-1)
        if start < 0:
            break
        value, at, is_whole = read_one(source, start)
        found.is_whole &= is_whole
        found.values.append(value)
    if not found.values:
        raise ValueError("nothing in it looks like JSON")
    return found


def read_one(source: str, start: int) -> tuple[object, int, bool]:
    """The object or list that begins at `start`, where it ends, and whether it does."""
    reading = _Reading(source, start)
    reading.run()
    return reading.root, reading.at, reading.is_whole


class _Reading:
    def __init__(self, source: str, start: int) -> None:
        self.source, self.at = source, start
        self.root: object = None
        self.stack: list[_Open] = []
        self.is_whole = False
        self.pieces = 0

    def run(self) -> None:
        for mark in self._marks():
            top = self.stack[-1] if self.stack else None
            if mark in "{[":
                self._open({} if mark == "{" else [])
            elif mark in "}]":
                self._close(dict if mark == "}" else list)
            elif mark in "\"'":
                self._string(top, mark)
            elif mark in ",:;":
                self.at += 1
                if mark == "," and top is not None:
                    top.name = None  # its value was left out
            else:
                self._word(top)
            if not self.stack:
                self.is_whole = True
                return

    def _marks(self) -> Iterator[str]:
        while True:
            self._skip_space()
            self.pieces += 1
            if self.pieces > MAX_PIECES:
                raise ValueError("more than anyone writes by mistake")
            if self.at >= len(self.source):
                return
            yield self.source[self.at]

    def _skip_space(self) -> None:
        for opening, closing in (("", ""), ("//", "\n"), ("/*", "*/")):
            space = _SPACE.match(self.source, self.at)
            self.at = space.end() if space else self.at
            if opening and self.source.startswith(opening, self.at):
                end = self.source.find(closing, self.at + 2)
                self.at = len(self.source) if end < 0 else end + len(closing)

    def _open(self, holder: dict[str, object] | list[object]) -> None:
        if len(self.stack) >= MAX_DEPTH:
            raise ValueError("nested deeper than anyone writes")
        if self.stack:
            self.stack[-1].put(holder)
        else:
            self.root = holder
        self.stack.append(_Open(holder))
        self.at += 1

    def _close(self, kind: type) -> None:
        """Also what stands open within it; a bracket that closes nothing is passed over."""
        self.at += 1
        if any(isinstance(one.holder, kind) for one in self.stack):
            while not isinstance(self.stack.pop().holder, kind):
                pass

    def _string(self, top: _Open | None, quote: str) -> None:
        is_name = top is not None and isinstance(top.holder, dict) and top.name is None
        text, end = self._text(quote, is_name=is_name)
        self.at = end
        if top is None:
            return
        if not is_name:
            top.put(text)
        elif _ENDS_NAME.match(self.source, end):
            top.name = text
        elif together := _RUN_TOGETHER.fullmatch(text):  # "reviewBody: "Cold soup."
            top.name = together[1]
            top.put(together[2])

    def _text(self, quote: str, *, is_name: bool) -> tuple[str, int]:
        """A quote within a text is one that nothing of JSON follows."""
        at = start = self.at + 1
        while (end := self.source.find(quote, at)) >= 0:
            at = end + 1
            if _is_escaped(self.source, start, end):
                continue
            if is_name and _ENDS_NAME.match(self.source, at):
                break
            if _ENDS_VALUE.match(self.source, at) or (not is_name and _NEXT_MEMBER.match(self.source, at)):
                break
        if end < 0:  # cut off: half a text is none
            return "", len(self.source)
        return _unescaped(self.source[start:end]), end + 1

    def _word(self, top: _Open | None) -> None:
        if number := _NUMBER.match(self.source, self.at):
            self.at = number.end()
            if top is not None:
                top.put(float(number[0]) if "." in number[0] or "e" in number[0].lower() else int(number[0]))
            return
        word = _NAME.match(self.source, self.at)
        if word is None:
            self.at += 1
            return
        self.at = word.end()
        text = word[0]
        if top is not None and isinstance(top.holder, dict) and top.name is None:
            top.name = text.rstrip(":")
            if text.endswith(":") or _ENDS_NAME.match(self.source, self.at):
                return
            top.name = None
        elif top is not None and text in _CONSTANTS:
            top.put(_CONSTANTS[text])


def _is_escaped(source: str, start: int, at: int) -> bool:
    count = 0
    while at - count - 1 >= start and source[at - count - 1] == "\\" and count < 1_000:
        count += 1
    return count % 2 == 1


def _unescaped(text: str) -> str:
    if "\\" not in text:
        return text
    try:
        return str(json.loads(f'"{text}"', strict=False))
    except ValueError:
        return _ESCAPE.sub(_character, text)


def _character(found: re.Match[str]) -> str:
    if found[1]:
        return chr(int(found[1], 16))
    return _PLAIN_ESCAPES.get(found[2], found[0])
