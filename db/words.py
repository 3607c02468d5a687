"""Words as the search compares them: the same on SQLite and PostgreSQL, for they are made here and not by either.

A word is a run of letters and digits, without case and accents: "Café" is "cafe", "Straße" is "strasse". Scripts that
set no blanks between words (Chinese, Japanese, Thai …) are taken letter by letter, so any part of a sentence is found.
Whoever changes this must have every review indexed anew (`db.search`).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

QUERY_MOST = 200  # characters of a query; the rest is not looked at
TERMS_MOST = 12
WORD_MOST = 64  # characters; a longer one is cut, here and in queries
WORDS_MOST = 12_000  # of one review: PostgreSQL counts places up to 16,383
BYTES_MOST = 400_000  # and takes a megabyte
FIELD = "\ue001"  # between two fields, so that no phrase goes from one into the other
_SOURCE = "\ue000"  # begins the word that names a source; no text holds it, for it is no letter

# Accents and vowel points; the vowels of Indian scripts are letters in all but name and stay.
_MARKS = re.compile(
    "[\u0300-\u036f\u0483-\u0487\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7\u0610-\u061a\u064b-\u065f\u0670"
    "\u06d6-\u06dc\u06df-\u06e8\u06ea-\u06ed\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe00-\ufe0f\ufe20-\ufe2f"
    "\u00ad\u0640\u200b-\u200f\u2060\ufeff]"  # and what is not seen: soft hyphens, joiners, stretched Arabic
)
_LETTERS = str.maketrans({
    "æ": "ae", "œ": "oe", "ø": "o", "đ": "d", "ð": "d", "þ": "th", "ł": "l", "ı": "i", "ħ": "h", "ŧ": "t",
})  # fmt: skip
_SINGLE = (
    "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
    "\U00020000-\U0003ffff"
)
_PLAIN = re.compile(r"[^\W_]+")
_MIXED = re.compile(rf"[{_SINGLE}]|(?:(?![{_SINGLE}])[^\W_]|[\u0900-\u0963\u0966-\u0dff\u0f18-\u0fbc])+")
_FIRST_MIXED = "\u0900"
_CHUNK = re.compile(r'["“”„«»]([^"“”„«»]*)["“”„«»]|([^\s"“”„«»]+)')


@dataclass(frozen=True, slots=True)
class Term:
    """Words that must follow one another. The last may be the beginning of a longer one."""

    words: tuple[str, ...]
    is_prefix: bool = False

    def is_in(self, words: Sequence[str]) -> bool:
        """Whether they stand among these."""
        size = len(self.words)
        return any(self._is_at(words[at : at + size]) for at in range(len(words) - size + 1))

    def _is_at(self, words: Sequence[str]) -> bool:
        if not self.is_prefix:
            return tuple(words) == self.words
        return tuple(words[:-1]) == self.words[:-1] and words[-1].startswith(self.words[-1])


def words_of(text: str) -> list[str]:
    """The words of a text, in its order."""
    if text.isascii():
        found = _PLAIN.findall(text.lower())
    else:
        folded = _MARKS.sub("", unicodedata.normalize("NFKD", text)).casefold().translate(_LETTERS)
        folded = unicodedata.normalize("NFC", folded)
        found = (_PLAIN if max(folded, default="") < _FIRST_MIXED else _MIXED).findall(folded)
    return [word[:WORD_MOST] for word in found]


def indexed_words(source_id: int, fields: Iterable[str]) -> list[str]:
    """What is kept of a review for the search: its source, then the words of its fields."""
    words = [source_word(source_id)]
    size = 0
    for field in fields:
        found = words_of(field)[: WORDS_MOST - len(words)]
        size += sum(len(word) for word in found) * 4
        if size > BYTES_MOST:
            break
        words += [*found, FIELD]
    return words


def source_word(source_id: int) -> str:
    """The word that stands for a source: its names may change, and thousands of reviews need not be touched."""
    return f"{_SOURCE}{source_id}"


def terms_of(query: str) -> list[Term]:
    """What is searched for: every term must be there, in whatever field.

    "Quoted words" stand together as they are. The last word, unless quoted, may go on. Anything else that looks like
    the syntax of a search is taken for text.
    """
    terms = []
    chunks = list(_CHUNK.finditer(query[:QUERY_MOST]))
    for chunk in chunks:
        is_last = chunk is chunks[-1]
        words = tuple(words_of(chunk[1] if chunk[1] is not None else chunk[2]))
        if words:
            terms.append(Term(words, is_prefix=is_last and chunk[1] is None))
    return terms[:TERMS_MOST]
