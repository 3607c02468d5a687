"""Prepare review texts: clean them, cut them into sentences.

Everything here keeps code-point positions: `clean` replaces characters one for one, and spans count in the text
as it was given, so a marked sentence is exactly `text[start:end]` of what the guest wrote. No model, no I/O.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from functools import lru_cache

Span = tuple[int, int]

# A stretch without any sentence end is cut near this length: long enough for a winding spoken sentence, short enough
# that a marked one still points at something.
LONGEST_SENTENCE = 320

# Dots after these do not end a sentence. Only forms that reviews really use; a missed one costs a shorter sentence.
_ABBREVIATIONS = frozenset(
    {"mr", "mrs", "ms", "dr", "prof", "st", "nr", "vs", "bzw", "inkl", "exkl", "sr", "sra", "pag", "approx", "tel"}
    | {"ul", "evtl", "ggf", "zzgl", "dhr", "mevr", "mme", "mlle", "dott", "sig", "sigg", "avv", "avda", "kl", "bl"}
    | {"d.h", "z.b", "u.a", "p.m", "a.m", "i.e", "e.g", "p.ex", "m.a"}
)
_CJK_ENDS = "。！？｡"
_ENDS = re.compile(rf"[.!?…‼⁇⁈⁉؟۔।{_CJK_ENDS}]+[\"'”’»)\]】」』›*~]*")
_LINE_BREAK = re.compile(r"[\r\n\u2028\u2029\x85\v\f]+")
_WORD_BEFORE = re.compile(r"[\w.]*$")
# A line break inside a sentence: between a word, or a comma, and a word. What is one is judged by `_is_wrapped`.
_WRAPPED = re.compile(r"(?<=[\w,])[^\S\r\n]{0,8}(?:\r\n|\n|\r)[^\S\r\n]{0,8}(?=[^\W\d_])")
# A line as long as this that ends in a word was wrapped by a program; a shorter one is perhaps an entry of a list.
_WRAPPED_FROM = 40
# Letters and signs by their category, and blank: the fillers of Hangul and the empty cell of Braille.
_FILLERS = frozenset("\u115f\u1160\u3164\uffa0\u2800")


@lru_cache(maxsize=4096)
def _replacement(char: str) -> str:
    category = unicodedata.category(char)
    if category == "Cs":
        return "\ufffd"  # a lone surrogate cannot be encoded for the tokenizer
    if category == "Cc" and char not in "\n\r\v\f\x85":
        return " "
    return char


def clean(text: str) -> str:
    """The text without control characters and lone surrogates, each replaced by one other character."""
    if text.isascii() and text.isprintable():
        return text
    return "".join(map(_replacement, text))


def tidy(text: str) -> tuple[str, Sequence[int]]:
    """The text for searching words, and where each of its characters stood; one position more for the end.

    Runs of blanks are one blank, lines that a program wrapped are joined, accents that stand apart from their letters
    and signs without width (soft hyphens, joiners) are left out.
    """
    joined = "".join(_joined(text))
    if joined.isascii() and joined.isprintable() and "  " not in joined:
        return joined, range(len(joined) + 1)
    kept: list[str] = []
    written_at: list[int] = []
    for at, char in enumerate(joined):
        is_blank = char.isspace() and char not in "\n\r"
        if (is_blank and kept and kept[-1] == " ") or (ord(char) > 127 and _is_unseen(char)):
            continue
        kept.append(" " if is_blank else char)
        written_at.append(at)
    return "".join(kept), [*written_at, len(joined)]


@lru_cache(maxsize=4096)
def _is_unseen(char: str) -> bool:
    return unicodedata.combining(char) > 0 or unicodedata.category(char) == "Cf"


def _joined(text: str) -> Iterator[str]:
    """The text with blanks for the breaks of wrapped lines: a small letter goes on, or the line before was full."""
    at = 0
    for match in _WRAPPED.finditer(text):
        start, end = match.span()
        line = text[max(0, start - _WRAPPED_FROM) : start]
        is_full = len(line) == _WRAPPED_FROM and not _LINE_BREAK.search(line)
        yield text[at:start]
        yield " " * (end - start) if text[end].islower() or is_full else text[start:end]
        at = end
    yield text[at:]


def is_readable(text: str) -> bool:
    """Whether anything in the text can be seen: not in one of blanks, controls, joiners, surrogates or lone accents."""
    return any(unicodedata.category(char)[0] not in "CZM" and char not in _FILLERS for char in text)


def split_sentences(text: str) -> list[Span]:
    """Spans of the sentences in text order, without surrounding white space; blank texts have none.

    A sentence ends at its punctuation (any script), at a line break, and, where neither comes, near LONGEST_SENTENCE.
    """
    spans: list[Span] = []
    start = 0
    for line_end, next_line in _lines(text):
        for end in _ends_within(text, start, line_end):
            _append(spans, text, start, end)
            start = end
        _append(spans, text, start, line_end)
        start = next_line
    return [piece for span in spans for piece in _cut_long(text, span)]


def _lines(text: str) -> list[Span]:
    breaks = [match.span() for match in _LINE_BREAK.finditer(text)]
    return [*breaks, (len(text), len(text))]


def _ends_within(text: str, start: int, stop: int) -> list[int]:
    found = _ENDS.finditer(text, start, stop)
    return [match.end() for match in found if _is_sentence_end(text, match, stop)]


def _is_sentence_end(text: str, match: re.Match[str], stop: int) -> bool:
    end = match.end()
    if end >= stop or any(mark in _CJK_ENDS for mark in match.group()):
        return True
    if not text[end].isspace():
        return False  # 3.5, booking.com, "?!" inside a quotation
    following = text[end:stop].lstrip()[:1] if end + 40 > stop else text[end : end + 40].lstrip()[:1]
    mark = match.group()
    if mark == ".":
        before = _WORD_BEFORE.search(text, max(0, match.start() - 12), match.start())
        word = before.group().lower() if before else ""
        if word.strip(".") in _ABBREVIATIONS or (len(word) == 1 and word.isalpha()):
            return False
        return not (word.isdigit() and len(word) <= 2 and following.isalpha())  # "am 3. Mai"
    trails_off = mark.startswith(("..", "…")) and following.islower()
    return not trails_off


def _append(spans: list[Span], text: str, start: int, end: int) -> None:
    stretch = text[start:end]
    left = len(stretch) - len(stretch.lstrip())
    stretch = stretch.strip()
    if not stretch:
        return
    span = (start + left, start + left + len(stretch))
    if spans and not any(map(_carries_meaning, stretch)):
        # A stray "!!" or ")" belongs to what it follows.
        spans[-1] = (spans[-1][0], span[1])
        return
    spans.append(span)


def _carries_meaning(char: str) -> bool:
    return char.isalnum() or unicodedata.category(char) in ("So", "Lo", "Mn")


def _cut_long(text: str, span: Span) -> list[Span]:
    start, end = span
    pieces: list[Span] = []
    while end - start > LONGEST_SENTENCE:
        cut = _cut_point(text, start)
        _append(pieces, text, start, cut)
        start = cut
    _append(pieces, text, start, end)
    return pieces


def _cut_point(text: str, start: int) -> int:
    window = text[start : start + LONGEST_SENTENCE]
    for marks in (";:,،、，；", " \t\u3000"):
        at = max(window.rfind(mark) for mark in marks)
        if at > LONGEST_SENTENCE // 3:
            return start + at + 1
    return start + LONGEST_SENTENCE
