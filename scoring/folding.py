"""Fold a text so that a rule written once finds it however it was typed. Positions stay: one character for one.

Lower case, no accents, straight apostrophes, plain blanks. People leave out accents on a telephone, capitals of Turkish
have two kinds of i, and an apostrophe has five shapes.
"""

from __future__ import annotations

import unicodedata

_APART = {"ł": "l", "ø": "o", "đ": "d", "ı": "i", "ſ": "s", "ς": "σ"}
_SAME = dict.fromkeys("’‘‛´`ʼ＇", "'") | dict.fromkeys("“”„«»", '"') | dict.fromkeys("‐‑‒–—", "-")


class _Folded(dict[int, str]):
    """Filled as characters are met; there are not more of them than Unicode has."""

    def __missing__(self, code: int) -> str:
        char = chr(code)
        lower = char.lower()[:1] or char
        base = unicodedata.normalize("NFD", lower)[:1]
        folded = " " if char.isspace() and char not in "\n\r" else _SAME.get(char) or _APART.get(base, base)
        self[code] = folded
        return folded


_TABLE = _Folded()


def fold(text: str) -> str:
    """The text for comparing: as long as it was, position for position."""
    return text.lower() if text.isascii() and text.isprintable() else text.translate(_TABLE)


def fold_pattern(entry: str) -> str:
    """A regular expression of a lexicon for folded texts. Escapes such as `\\S` keep their case."""
    return "".join(char if at and entry[at - 1] == "\\" else fold(char) for at, char in enumerate(entry))
