"""What changed between two wordings of a review, word by word."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum

# A word takes the blanks after it along; scripts without blanks between words are compared by character.
_NO_BLANKS = "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff"
_WORD = re.compile(rf"[{_NO_BLANKS}]|[^\s{_NO_BLANKS}]+\s*|\s+")
# Pairs of equal words in the two wordings: what comparing them costs, and in texts made to be slow its square root
# times over (measured: 0.4 s at this many). Two reviews of 2,500 words have about as many.
PAIRS_MOST = 50_000


class ChangeKind(StrEnum):
    SAME = "same"
    ADDED = "added"
    REMOVED = "removed"


@dataclass(frozen=True, slots=True)
class Change:
    kind: ChangeKind
    text: str

    @property
    def trail(self) -> str:
        """The blanks at its end: a page underlines words, not these."""
        return self.text[len(self.text.rstrip()) :]


def changes(before: str, after: str) -> tuple[Change, ...]:
    """Stretches that stayed, went and came. What stayed and went is `before`; what stayed and came is `after`."""
    old, new = _cut(before, after)
    found: list[Change] = []
    for tag, a0, a1, b0, b1 in SequenceMatcher(a=old, b=new, autojunk=False).get_opcodes():
        if tag == "equal":
            _add(found, ChangeKind.SAME, old[a0:a1])
            continue
        _add(found, ChangeKind.REMOVED, old[a0:a1])
        _add(found, ChangeKind.ADDED, new[b0:b1])
    return tuple(found)


def _cut(before: str, after: str) -> tuple[list[str], list[str]]:
    for old, new in (
        (_WORD.findall(before), _WORD.findall(after)),
        (before.splitlines(keepends=True), after.splitlines(keepends=True)),
    ):
        if _pairs(old, new) <= PAIRS_MOST:
            return old, new
    return [before], [after]


def _pairs(old: list[str], new: list[str]) -> int:
    in_new = Counter(new)
    return sum(count * in_new[word] for word, count in Counter(old).items())


def _add(found: list[Change], kind: ChangeKind, parts: list[str]) -> None:
    if parts:
        found.append(Change(kind, "".join(parts)))
