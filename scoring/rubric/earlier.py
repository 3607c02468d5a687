"""The earlier answers that a labelled line tells, to compare its text with. Offline: for measuring only."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

# Before the text of an earlier answer: "Recent reply: …".
_REPLY = re.compile(
    r"^\W*(?:(?:recent|earlier|last|previous|saved|yesterday\S*)\s+)?(?:repl(?:y|ies)|answers?)[^:]{0,30}:\s*",
    re.IGNORECASE,
)
_PARTS = re.compile(r"\s*\|{1,2}\s*")
_NUMBERED = re.compile(r"(?:^|\s)\d{1,2}[.)]\s+(?=\S)")
_FEWEST_WORDS = 6  # a line with fewer is a greeting or a signature, and the lines are one answer
_SAVED = re.compile("saved|template")
_RECENT = re.compile("replies|^recent|(?:recent|previous|last|earlier|past|old)repl")


def replies_in(words: str) -> tuple[str, ...]:
    """Parted by bars, by numbers, or one a line."""
    told = _REPLY.sub("", words).strip()
    parts = _PARTS.split(told)
    if len(parts) == 1 and re.match(r"\W*1[.)]\s", told):
        parts = _NUMBERED.split(told)
    lines = [line for line in told.splitlines() if line.strip()]
    if len(parts) == 1 and all(len(line.split()) >= _FEWEST_WORDS for line in lines):
        parts = lines
    return tuple(reply for reply in (_REPLY.sub("", part).strip() for part in parts) if reply)


def replies_by(*told: Mapping[str, Any]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Recent and saved answers under any usual key: "recent_replies", "savedReply", "templates"."""
    recent: list[str] = []
    saved: list[str] = []
    for one in told:
        for key, value in one.items():
            name = re.sub(r"[\W_]", "", str(key).lower())
            if _SAVED.search(name):
                saved += replies_of(value)
            elif _RECENT.search(name):
                recent += replies_of(value)
    return tuple(recent), tuple(saved)


def replies_of(given: Any) -> Iterator[str]:
    """Out of words, a list of them, or objects with a text."""
    if isinstance(given, str):
        yield from replies_in(given)
    elif isinstance(given, Mapping):
        yield from replies_of(next((given[key] for key in ("text", "reply", "body") if given.get(key)), None))
    elif isinstance(given, list):
        for one in given:
            if isinstance(one, str) and one.strip():
                yield _REPLY.sub("", one).strip()
            elif isinstance(one, Mapping):
                yield from replies_of(one)
