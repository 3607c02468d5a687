"""Who is meant by an @ in a note.

A name is found as people write it: whole or by its first word, in any case, with or without accents. The longest name
that fits counts; what fits two people alike is nobody's.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from .people import Named
from .words import words_of

_AT = re.compile(r"(?<![\w.@])[@＠](?=\w)")  # not that of a mail address
_TOKEN = re.compile(r"[^\s@＠,;:!?()\[\]\"“”„«»]+")
NAME_WORDS_MOST = 8


@dataclass(frozen=True, slots=True)
class Found:
    """One @ and the name after it, as the places of its first letter and of what follows it."""

    start: int
    end: int
    people: tuple[Named, ...]  # one; or several, where only the first word fits and fits them alike


def find_mentions(body: str, people: Sequence[Named]) -> list[Found]:
    """Every @ after which the name of one of these people stands, in the order of the text."""
    names = [(tuple(words_of(person.name)), person) for person in people]
    found = (_named(body, at.start(), at.end(), names) for at in _AT.finditer(body))
    return [one for one in found if one is not None]


def mentioned(body: str, people: Sequence[Named]) -> tuple[set[int], list[str]]:
    """The ids of those who are meant, and the words after an @ that fit several alike."""
    ids: set[int] = set()
    unclear: list[str] = []
    for found in find_mentions(body, people):
        if len(found.people) == 1:
            ids.add(found.people[0].id)
        else:
            unclear.append(body[found.start + 1 : found.end])
    return ids, unclear


def _named(body: str, start: int, first: int, names: Sequence[tuple[tuple[str, ...], Named]]) -> Found | None:
    words: list[str] = []
    ends: list[int] = []  # where the text of the first n words ends
    at = first
    while len(words) < NAME_WORDS_MOST and (token := _TOKEN.match(body, at)):
        more = words_of(token[0])
        if not more:
            break
        words += more
        ends += [token.end()] * len(more)
        blank = re.compile(r"[ \u00a0]").match(body, token.end())
        if blank is None:
            break
        at = blank.end()
    for length in range(len(words), 0, -1):
        fits = [person for name, person in names if name == tuple(words[:length])]
        if fits:
            return Found(start, _trimmed(body, first, ends[length - 1]), tuple(fits))
    by_first = [person for name, person in names if words and name[:1] == (words[0],)]
    return Found(start, _trimmed(body, first, ends[0]), tuple(by_first)) if by_first else None


def _trimmed(body: str, first: int, end: int) -> int:
    while end > first + 1 and body[end - 1] in ".'’…":
        end -= 1
    return end
