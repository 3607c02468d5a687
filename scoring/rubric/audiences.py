"""Whether an answer is public or a message to one customer. Offline: for measuring only."""

# ruff: noqa: E501 - a pattern broken over lines cannot be searched
from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from ..folding import fold
from .types import Audience

_MESSAGE = (
    r"(?:(?:private|direct|personal)(?: message| reply| answer| e-?mail| mail| note| channel)?|dm|pm|e-?mail|"
    r"mensaje privado|message prive|private nachricht|messaggio privato|mensagem privada|privebericht|wiadomosc prywatna)"
)
# A part of the situation that says nothing else: "private clinic" and "private message sent" are no audience.
_PRIVATE = re.compile(
    r"(?:(?:audience|channel|visibility|kind|type|to be|sent|as|an?|the|this|is|it|reply|answer|draft|in|by|via|context)\W+)*"
    rf"{_MESSAGE}(?: only)?(?: (?:to|for|with) (?:the |a |this )?\w+)?(?: (?:on|via|by|through|in|over) [\w. ]{{2,30}})?"
)
_DENIED = re.compile(rf"\b(?:not|no|never)(?: an?| the| in)? (?:public|{_MESSAGE})")
_PUBLIC = re.compile(r"\bpublic(?:ly)?\b")
_KEYS = ("audience", "channel", "visibility")


def audience_in(words: str) -> Audience:
    """Private where one part of the words is nothing but that, and no other says "public"."""
    folded = fold(words)
    told = _DENIED.sub(" ", folded)
    parts = [part.strip(" \t\"'") for part in re.split(r"[;,()\[\]\n]|\. ", told)]
    is_private = any(_PRIVATE.fullmatch(part.rstrip(".")) and not part.endswith(" sent") for part in parts)
    return Audience.PRIVATE if is_private and not _PUBLIC.search(told) else Audience.PUBLIC


def audience_by(*told: Mapping[str, Any]) -> Audience | None:
    """As a key of an object says it; None where none does."""
    given = [str(one[key]) for one in told for key in _KEYS if one.get(key)]
    if not given:
        return None
    return Audience.PRIVATE if any(audience_in(words) is Audience.PRIVATE for words in given) else Audience.PUBLIC
