"""What excuses words that a rule or the model found: who says them, of whom, and whether the sentence denies them.

A rule knows words; here stands the grammar around them. It is asked of what was found: a clean draft costs nothing.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from ..text import Span
from .draft import Draft
from .vocabulary import VOCABULARY
from .wording import pattern
from .wordings import reported

_QUOTE = re.compile(reported.QUOTE)
_BEFORE = 40  # characters in front of a word in which it is denied


@dataclass(frozen=True, slots=True)
class _Frames:
    """`turned`: an adversative takes the excuse back. `of_rule`, `of_model`: of whose finds they are asked."""

    frames: tuple[Mapping[str, str], ...]
    turned: bool = True
    of_rule: bool = True
    of_model: bool = True


_TALK = (reported.SAID_TO_READER, reported.REFUSED)
_FRAMES: Mapping[str, tuple[_Frames, ...]] = {
    "B01": (_Frames((reported.ASKED_WRONGLY,), of_model=False),),
    "B04": (_Frames((reported.RIGHT,)),),
    "B05": (_Frames((reported.NAMED_BY_READER, *_TALK)), _Frames((reported.OWNED,), of_model=False)),
    "B06": (_Frames(_TALK), _Frames((reported.AT_LEISURE,), turned=False)),
    "B07": (_Frames((reported.NOT_NEEDED, reported.FAULT_OURS), of_model=False), _Frames(_TALK, of_rule=False)),
    "B08": (_Frames((reported.NAMED_BY_READER, reported.REFUSED)),),
    "W06": (_Frames((reported.TO_COME,), of_rule=False),),
}
# Checks whose words can be denied just in front of them: "you are no idiot".
_DENIABLE = frozenset({"B05"})
# Checks whose words can be quoted, by an answer that disowns them.
_QUOTABLE = frozenset({"B05", "B06", "B07", "B08"})


def is_excused(check: str, draft: Draft, span: Span, *, by_model: bool = False) -> bool:
    """Whether the sentence around what was found says the opposite of a fault. Only of languages with rules."""
    frames = _FRAMES.get(check)
    if frames is None:
        return False
    sentence = draft.sentence_at(span[0])
    return any(_in_language(check, frames, draft, span, sentence, tag, by_model) for tag in ruled_languages(draft))


def ruled_languages(draft: Draft) -> tuple[str, ...]:
    """Those languages of the draft that the rules have words for."""
    return tuple(tag for tag in draft.languages if tag in VOCABULARY)


def _in_language(
    check: str, frames: tuple[_Frames, ...], draft: Draft, span: Span, sentence: Span, tag: str, by_model: bool
) -> bool:
    def says(entry: str) -> bool:
        return pattern(entry, tag).search(draft.folded, *sentence) is not None

    if check == "B08" and pattern(reported.SAME_PERSON, tag).fullmatch(draft.folded, *span):
        return not says(reported.WRITING[tag])
    if check in _DENIABLE and not by_model and _is_denied(draft, span, sentence, tag):
        return True
    is_quoted = check in _QUOTABLE and not by_model and _is_quoted(draft, span, sentence)
    if is_quoted and says(reported.DISOWNED[tag]) and not says(reported.TURNED[tag]):
        return True
    for kind in frames:
        if not (kind.of_model if by_model else kind.of_rule):
            continue
        if any(says(frame[tag]) for frame in kind.frames) and not (kind.turned and says(reported.TURNED[tag])):
            return True
    return False


def _is_quoted(draft: Draft, span: Span, sentence: Span) -> bool:
    """Whether quotation marks stand around what was found, or inside it: "You people" in the mouth of a colleague."""
    return any(quote.start() < span[1] and span[0] < quote.end() for quote in _QUOTE.finditer(draft.folded, *sentence))


def _is_denied(draft: Draft, span: Span, sentence: Span, tag: str) -> bool:
    before = draft.folded[max(sentence[0], span[0] - _BEFORE) : span[0]]
    ends = [match.end() for match in pattern(reported.DENIED[tag], tag).finditer(before)]
    return bool(ends) and not before[ends[-1] :].strip(" ,'\"")
