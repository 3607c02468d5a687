"""A draft, read once for all checks: folded, cut into sentences, with its languages and its signature."""

from __future__ import annotations

import re
from bisect import bisect_right
from functools import cached_property

from ..folding import fold
from ..language import UNDETERMINED, detect_language
from ..text import Span, clean, split_sentences
from .types import Context

# Those that the rules are written for.
RULED = ("en", "es", "fr", "de", "it", "pt", "nl", "pl")
# Below so many letters the guess of a language is wrong too often: rules of all languages are tried.
SURE_LETTERS = 60
# Four times what the most generous platform takes. What stands behind is not read, and nothing passes for it.
MOST_CHARS = 24_000
_WORD = re.compile(r"\w+(?:['’.-]\w+)*")
MAIL = re.compile(r"[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,4}")


class Draft:
    """The text of a draft, with what checks need of it. Positions count in the text as given."""

    def __init__(self, text: str, context: Context) -> None:
        self.text = text
        self.context = context
        self.cleaned = clean(text[:MOST_CHARS])
        self.folded = fold(self.cleaned)

    @cached_property
    def worded(self) -> str:
        """As `folded`, with no words in mail addresses: what a mailbox is called says nothing to anybody."""
        return MAIL.sub(lambda match: re.sub(r"\w", "x", match.group()), self.folded)

    @cached_property
    def sentences(self) -> list[Span]:
        return split_sentences(self.cleaned)

    @cached_property
    def _starts(self) -> list[int]:
        return [start for start, _ in self.sentences]

    @cached_property
    def language(self) -> str:
        """As the caller says, else as the text reads; "und" where nobody can tell."""
        return self.context.language.split("-")[0].lower() or detect_language(self.cleaned)

    @cached_property
    def languages(self) -> tuple[str, ...]:
        """Whose rules are tried: all, where the text is too short to tell its language."""
        if self.context.language:
            return (self.language,)
        letters = sum(map(str.isalpha, self.cleaned[: 10 * SURE_LETTERS]))
        if self.language == UNDETERMINED or letters < SURE_LETTERS:
            return (self.language, *(tag for tag in RULED if tag != self.language))
        return (self.language,)

    @property
    def is_whole(self) -> bool:
        """Whether all of the text is read."""
        return len(self.text) <= MOST_CHARS

    @property
    def is_ruled(self) -> bool:
        """Whether the rules of words cover all of the draft: its language, or one of all where nobody can tell it."""
        return self.is_whole and (self.language in RULED or self.language == UNDETERMINED)

    def sentence_at(self, at: int) -> Span:
        """The sentence that holds the position; an empty span at the position where none does."""
        place = bisect_right(self._starts, at) - 1
        if place >= 0 and at < self.sentences[place][1]:
            return self.sentences[place]
        return (at, at)

    @cached_property
    def words(self) -> list[Span]:
        return [match.span() for match in _WORD.finditer(self.cleaned)]

    def first_sentences(self, count: int) -> Span:
        """From the beginning to the end of so many sentences."""
        some = self.sentences[:count]
        return (some[0][0], some[-1][1]) if some else (0, 0)
