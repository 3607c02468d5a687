"""Choose among phrases that say the same: by a seed, and away from what was answered lately."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache
from hashlib import blake2b

from .types import Memory, Part

WINDOW = 10  # answers in which no opening comes twice
_FREE_AFTER = 2
_RUN = 3  # words
_COMPARED, _LONGEST = 50, 4_000  # answers, and characters of each
_GREETED = 40  # characters of a greeting that may stand in front of the first sentence
_SLOT = re.compile(r"\{(\w+)\}")
_EITHER = re.compile(r"\{([^{}|]*)\|([^{}|]*)\}")


class Chooser:
    """Picks phrases of one draft. `second` takes the second of two ways to say a thing.

    A later `attempt` picks more freely: whatever the last two answers do without.
    """

    def __init__(self, memory: Memory, *, second: bool, attempt: int = 0) -> None:
        self._seed = f"{memory.seed}/{attempt}" if attempt else memory.seed
        self._recent = [text[:_LONGEST] for text in memory.recent[:WINDOW]]
        self._second = second
        self._is_free = attempt > 0

    def pick(self, name: str, phrases: Sequence[str]) -> str:
        """The phrase that was not used for longest; the seed decides among those that are equally fresh."""
        return min(phrases, key=lambda phrase: (self._rank(name, phrase), self.lot(name, phrase)))

    def _rank(self, name: str, phrase: str) -> int:
        stale = self.staleness(phrase)
        return stale if name == Part.OPENING or not self._is_free else max(0, stale - (WINDOW - _FREE_AFTER))

    def opener(self, phrases: Sequence[str]) -> str:
        """The phrase that has not opened an answer for longest; where else it stood does not count."""
        return min(
            phrases, key=lambda phrase: (self.staleness(phrase, within=_GREETED), self.lot(Part.OPENING, phrase))
        )

    def staleness(self, phrase: str, *, within: int = _LONGEST) -> int:
        """0 where the last ten answers do without it, else the higher the less long ago.

        `within`: it begins in so many of their first characters.
        """
        pattern = _anywhere(phrase)
        for at, text in enumerate(self._recent):
            found = pattern.search(text)
            if found and found.start() <= within:
                return WINDOW - at
        return 0

    def lot(self, name: str, phrase: str = "") -> int:
        """A number that the seed draws, the same each time."""
        drawn = blake2b(f"{self._seed}\x1f{name}\x1f{phrase}".encode("utf-8", "replace"), digest_size=8)
        return int.from_bytes(drawn.digest())

    def render(self, phrase: str, slots: Mapping[str, str]) -> str:
        """The phrase with its slots filled: words of the bank, names and addresses, of which none holds a brace."""
        filled = _SLOT.sub(lambda match: slots[match.group(1)], phrase)
        return _EITHER.sub(lambda match: match.group(2 if self._second else 1), filled)


def likeness(text: str, others: Sequence[str]) -> float:
    """The largest share of the text's runs of three words that one of the others has as well, 0..1."""
    ours = _runs(text)
    return max((len(ours & _runs(other)) / max(1, len(ours)) for other in others[:_COMPARED]), default=0.0)


def _runs(text: str) -> set[tuple[str, ...]]:
    words = re.findall(r"\w+", text[:_LONGEST].casefold())
    return {tuple(words[at : at + _RUN]) for at in range(len(words) - _RUN + 1)}


@lru_cache(maxsize=8192)
def _anywhere(phrase: str) -> re.Pattern[str]:
    """Finds the phrase in an answer, whatever its slots were filled with and however its first letter was written."""
    parts = re.split(r"(\{[^{}]*\})", phrase)
    written = "".join(map(_part, parts))
    return re.compile(written, re.IGNORECASE)


def _part(part: str) -> str:
    if either := _EITHER.fullmatch(part):
        return f"(?:{re.escape(either.group(1))}|{re.escape(either.group(2))})"
    return r"[^\n]{0,120}?" if _SLOT.fullmatch(part) else re.escape(part)
