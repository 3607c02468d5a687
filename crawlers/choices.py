"""What an owner may choose about the reading of one source, beside its keys: kept as text in `Source.options`.

Standard library only. Each choice narrows what is read; left empty, all of it is.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

PAGES = "pages"  # of those that a sitemap lists: a piece of their address, in which * stands for anything
WORDS = "words"  # of mentions: one of them must be in it

PAGES_MOST = 200  # characters
WORD_MOST, WORDS_MOST = 100, 100  # characters of one, and how many
_BETWEEN = re.compile(r"[,;\n]")


class BadChoice(ValueError):
    """What was written cannot be used. The caller has the sentence for the `kind` of fault, in its own language."""

    def __init__(self, kind: str) -> None:
        super().__init__(kind)
        self.kind = kind


def choices_of(platform: str, syntax: str) -> tuple[str, ...]:
    """The names of what may be chosen for such a source."""
    if platform == "mentions":
        return (WORDS,)
    return (PAGES,) if platform == "schemaorg" and syntax == "sitemap" else ()


def checked(name: str, written: str) -> str:
    """A choice as it is stored; empty for none.

    Raises:
        BadChoice: too long, too many, or nothing that an address or a text could hold.
    """
    return {PAGES: _pattern, WORDS: _words}[name](written)


def chosen(options: Mapping[str, object], name: str) -> str:
    """A choice as it was stored, also where it was written as a list."""
    value = options.get(name, "")
    if isinstance(value, list | tuple):
        return ", ".join(one for one in value if isinstance(one, str))
    return value if isinstance(value, str) else ""


def fits(pattern: str, url: str) -> bool:
    """Whether an address holds the pattern; the empty one is in every address."""
    at = 0
    for part in pattern[:PAGES_MOST].split("*"):
        found = url.find(part, at)
        if found < 0:
            return False
        at = found + len(part)
    return True


def _pattern(written: str) -> str:
    pattern = written.strip()
    if len(pattern) > PAGES_MOST:
        raise BadChoice("long_pattern")
    if not pattern.isprintable() or any(letter.isspace() for letter in pattern):
        raise BadChoice("blanks")
    return "" if not pattern.strip("*") else re.sub(r"\*+", "*", pattern)


def _words(written: str) -> str:
    words = list(dict.fromkeys(filter(None, (" ".join(part.split()) for part in _BETWEEN.split(written)))))
    if len(words) > WORDS_MOST:
        raise BadChoice("many_words")
    if any(len(word) > WORD_MOST for word in words):
        raise BadChoice("long_word")
    if not all(any(letter.isalnum() for letter in word) for word in words):
        raise BadChoice("no_word")
    return ", ".join(words)
