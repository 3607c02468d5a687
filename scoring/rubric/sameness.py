"""W08 and W09: not the text of yesterday, and in the language of the review."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from rapidfuzz import fuzz

from ..folding import fold
from ..language import UNDETERMINED, detect_language
from ..text import Span, split_sentences
from . import naming
from .draft import Draft
from .verdict import NOT_CHECKED, PASSED, Verdict, failed

_SHINGLE = 3  # words
_ALIKE = 0.6
_LAST, _OPENINGS, _SAME_OPENINGS = 50, 10, 3
_SAME_SENTENCE = 92  # of 100: a changed name or comma does not make an opening new
_SPECIFIC = 1 / 3
_COMMON = 1 / 3
_FEWEST_WORDS = 8  # under these a share of words says nothing
_FEWEST_LETTERS = 20
_WORD = re.compile(r"\w+")
# Languages that read as one another in a few words.
_NEAR = (
    frozenset({"no", "da", "sv"}),
    frozenset({"cs", "sk"}),
    frozenset({"hr", "sl", "bs", "sr"}),
    frozenset({"id", "ms"}),
)


def check_w08(draft: Draft) -> Verdict:
    """Compared without signature, greeting and names: those are the same in honest answers too."""
    body = draft.cleaned[: naming.signature_start(draft)]
    words = _words(body)
    if not words:
        return PASSED
    recent = draft.context.recent_replies[:_LAST]
    if any(_alike(words, _words(other)) >= _ALIKE for other in (*recent, *draft.context.saved_replies)):
        return failed([(0, len(body.rstrip()))])
    opening = _opening(draft)
    used = sum(
        _same(draft.folded[slice(*opening)], _first(other)) for other in draft.context.recent_replies[:_OPENINGS]
    )
    if opening[1] > opening[0] and used >= _SAME_OPENINGS:
        return failed([opening])
    # By what was answered: saved replies, many and about all there is, would make any word look rare, or common.
    return failed() if _says_nothing_of_its_own(draft, words, recent) else PASSED


def _words(text: str) -> list[str]:
    return _WORD.findall(fold(text))


def _alike(words: Sequence[str], others: Sequence[str]) -> float:
    """Share of the draft's runs of three words that the other text has as well, or of both (Jaccard): the higher."""
    ours, theirs = _shingles(words), _shingles(others)
    if not ours or not theirs:
        return 0.0
    both = len(ours & theirs)
    return max(both / len(ours | theirs), both / len(ours) if len(ours) >= _FEWEST_WORDS else 0.0)


def _shingles(words: Sequence[str]) -> set[tuple[str, ...]]:
    return {tuple(words[at : at + _SHINGLE]) for at in range(len(words) - _SHINGLE + 1)}


def _opening(draft: Draft) -> Span:
    """The first sentence that is more than a greeting."""
    for span in draft.sentences:
        if not naming.GREETING.fullmatch(draft.cleaned[slice(*span)].strip()):
            return span
    return (0, 0)


def _first(text: str) -> str:
    folded = fold(text)
    spans = [span for span in split_sentences(text) if not naming.GREETING.fullmatch(text[slice(*span)].strip())]
    return folded[slice(*spans[0])] if spans else ""


def _same(opening: str, other: str) -> bool:
    return bool(other) and fuzz.ratio(opening, other) >= _SAME_SENTENCE


def _says_nothing_of_its_own(draft: Draft, words: list[str], others: Sequence[str]) -> bool:
    """Less than a third of the longer words are its own: only judged where there are other answers to compare with.

    Not its own is what a third of the others say as well; in fifty answers every common word stands somewhere.
    """
    long = {word for word in words if len(word) > 3}
    if len(others) < _SAME_OPENINGS or len(long) < _FEWEST_WORDS:
        return False
    uses = Counter(word for other in others for word in set(_words(other)))
    told = set(_words(draft.context.review.text))
    own = [word for word in long if word in told or uses[word] <= _COMMON * len(others)]
    return len(own) < _SPECIFIC * len(long)


def check_w09(draft: Draft) -> Verdict:
    """The language of the draft is that of the review, or one part of a draft in two languages is."""
    context = draft.context
    wanted = context.review.language.split("-")[0].lower() or detect_language(context.review.text)
    if context.is_translation_read or sum(map(str.isalpha, draft.cleaned)) < _FEWEST_LETTERS:
        return PASSED
    if wanted in ("", UNDETERMINED):
        return NOT_CHECKED
    parts = [
        part
        for part in re.split(r"\n\s*\n|\s/\s|\n", draft.cleaned)
        if sum(map(str.isalpha, part)) >= _FEWEST_LETTERS - 4
    ]
    found = {detect_language(part) for part in (draft.cleaned, *parts)} - {UNDETERMINED}
    if not found:
        return NOT_CHECKED
    is_same = any(tag == wanted or any({tag, wanted} <= near for near in _NEAR) for tag in found)
    return PASSED if is_same else failed([(0, len(draft.cleaned.rstrip()))])
