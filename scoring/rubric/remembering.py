"""Remember what a sentence model said of sentences: of a draft that is typed, one changes at a time."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Mapping, Sequence

from .types import SentenceReader

MOST = 2000  # sentences: the drafts of some dozens of people, less than a megabyte


class Remembering:
    """A SentenceReader over another one. Safe to share between threads as far as that one is."""

    def __init__(self, reader: SentenceReader, *, most: int = MOST) -> None:
        self._reader, self._most = reader, most
        self._lock = threading.Lock()
        self._known: OrderedDict[str, dict[str, float]] = OrderedDict()

    @property
    def languages(self) -> frozenset[str]:
        return self._reader.languages

    def thresholds(self, sentences: int) -> Mapping[str, float]:
        return self._reader.thresholds(sentences)

    def read(self, sentences: Sequence[str]) -> list[dict[str, float]]:
        """As the other reader, which is asked for those alone that it has not just been asked for."""
        with self._lock:
            found = {one: self._known[one] for one in sentences if one in self._known}
        new = [one for one in dict.fromkeys(sentences) if one not in found]
        found |= zip(new, self._reader.read(new), strict=True) if new else ()
        with self._lock:
            for one in sentences:
                self._known[one] = found[one]
                self._known.move_to_end(one)
            while len(self._known) > self._most:
                self._known.popitem(last=False)
        return [dict(found[one]) for one in sentences]
