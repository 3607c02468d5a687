"""B09: nothing shows that a template, a note or a machine was at work."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from ..folding import fold
from ..text import Span
from .draft import Draft
from .naming import GREETING, greeted_names
from .wordings import remains


def check_b09(draft: Draft) -> list[Span]:
    return [*_remains(draft), *_notes(draft), *_greetings(draft)]


def _remains(draft: Draft) -> Iterator[Span]:
    shown = draft.context.review.author_name
    for match in remains.DUMMY.finditer(draft.cleaned):
        if match.group() not in shown:  # a display name may be anything
            yield match.span()
    for match in remains.PLACEHOLDER.finditer(draft.cleaned):
        if not remains.OMISSION.fullmatch(match.group()) and not (
            match.group()[0].isalpha() and _is_quoted(draft, match.span())
        ):
            yield match.span()
    yield from (match.span() for match in remains.MARKUP.finditer(draft.cleaned))
    for match in remains.TICKET.finditer(draft.cleaned):
        if not remains.NO_TICKET.match(match.group()):
            yield match.span()


def _is_quoted(draft: Draft, span: Span) -> bool:
    """What stands in quotation marks is spoken of: a mail that began with "Dear First Name"."""
    start, end = draft.sentence_at(span[0])
    before, behind = draft.cleaned[start : span[0]], draft.cleaned[span[1] : end]
    return len(remains.QUOTES.findall(before)) % 2 == 1 and bool(remains.QUOTES.search(behind))


def _notes(draft: Draft) -> Iterator[Span]:
    yield from (match.span() for match in remains.NOTE.finditer(draft.cleaned))
    for pattern in (remains.LABEL, remains.ASIDE, remains.CASE):
        yield from (match.span() for match in pattern.finditer(draft.folded))
    for match in remains.MACHINE.finditer(draft.folded):
        at_start = match.start() == draft.sentence_at(match.start())[0]
        if at_start or not draft.folded[match.start() : match.end()].rstrip().endswith(":"):
            yield match.span()


def _greetings(draft: Draft) -> Iterator[Span]:
    """Two greetings, two names, or another name than the one the reviewer chose."""
    greetings = [match.span() for match in GREETING.finditer(draft.cleaned)]
    names = greeted_names(draft)
    shown = _plain(draft.context.review.author_name)
    # Two who write together are greeted together.
    distinct = {_plain(draft.text[slice(*name)]) for name in names}
    are_both = len(distinct) > 1 and bool(shown) and all(_is_of(one, shown) for one in distinct)
    for before, span in pairwise(greetings):
        touching = not draft.cleaned[before[1] : span[0]].strip(" ,!:")
        is_named = any(before[0] <= start < before[1] for start, _ in names)
        is_addressed = is_named or draft.folded[slice(*before)].rstrip(" ,!").endswith("there")
        if not touching or (is_addressed and not are_both):  # "Hola, buenas tardes, Ana:" is one
            yield span
    if len(distinct) > 1 and not are_both:
        yield from names[1:]
        return
    for span in names:
        if shown and not _is_of(_plain(draft.text[slice(*span)]), shown):
            yield span


def _plain(name: str) -> str:
    return " ".join(re.findall(r"\w+", fold(name)))


def _is_of(greeted: str, shown: str) -> bool:
    """Part of the display name, or a case form of it: "Marku" for Marek."""
    words = shown.split()
    joined = shown.replace(" ", "")
    return all(word in joined or any(_is_form(word, other) for other in words) for word in greeted.split())


def _is_form(word: str, other: str) -> bool:
    same = 3 if max(len(word), len(other)) > 3 else 2  # "Ewo" for Ewa
    return word[:same] == other[:same] and abs(len(word) - len(other)) <= 3
