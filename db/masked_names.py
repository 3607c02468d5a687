"""Names and contacts so that they tell people apart who are known anyway, and nobody else."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

_MARK: Final = "•••"
_LAST: Final = 2  # digits of a number that stay
_WORD: Final = re.compile(r"[^\W_]+")
_WORDS_MOST: Final = 12  # of one name that are looked for by themselves
# Letters from which a word of a name counts by itself: short ones in small letters are words of every text.
_LEAST, _LEAST_SMALL, _LEAST_WHOLE = 3, 5, 4


def masked_name(name: str) -> str:
    """The initials: "Ada Rossi" as "A. R."; a writer without a name stays so."""
    return " ".join(f"{word[0].upper()}." for word in _WORD.findall(name)[:3])


def masked_contact(contact: str) -> str:
    """A mail address by its first letter and where its domain ends, a number by its last two digits."""
    if "@" in contact:
        local, _, domain = contact.strip().rpartition("@")
        end = domain.rpartition(".")[2] if "." in domain else ""
        return f"{local[:1]}{_MARK}@{_MARK}{'.' + end if end else ''}"
    digits = re.sub(r"\D", "", contact)
    return f"{_MARK}{digits[-_LAST:]}" if len(digits) > 2 * _LAST else _MARK if contact.strip() else ""


def without_name(text: str, name: str) -> str:
    """The text with initials wherever it names this person: whole, or by a word of the name.

    The whole name is found in any case; a word of it as it is written, in capitals, and where it is long in any case
    ("Mark" is no "mark"). What stands behind an @ names somebody who works here.
    """
    found = _named(name)
    return found.sub(lambda match: masked_name(match[0]) or _MARK, text) if found is not None else text


@lru_cache(maxsize=256)
def _named(name: str) -> re.Pattern[str] | None:
    words = _WORD.findall(name)[:_WORDS_MOST]
    parts: list[str] = []
    if len(words) > 1 and sum(map(len, words)) >= _LEAST_WHOLE:
        parts.append("(?i:" + r"[\s_.,'’-]{1,3}".join(map(re.escape, words)) + ")")
    for word in words:
        if len(word) >= _LEAST_SMALL:
            parts.append(f"(?i:{re.escape(word)})")
        elif _counts(word):
            parts += [re.escape(word), re.escape(word.upper())]
    if not parts:
        return None
    # A genitive is the same person: "Rossis", "Rossi's". Scripts without blanks have no edges of words.
    edges = (r"(?<![\w@])", r"s?(?!\w)") if all(map(_has_cases, words)) else ("(?<!@)", "")
    return re.compile(f"{edges[0]}(?:{'|'.join(parts)}){edges[1]}")


def _counts(word: str) -> bool:
    if not _has_cases(word):
        return len(word) > 1
    return len(word) >= _LEAST and not word.islower()


def _has_cases(word: str) -> bool:
    return word.lower() != word.upper() or word.isdigit()
