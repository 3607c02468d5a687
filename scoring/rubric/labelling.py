"""What a labelled line says of its text: pass or fail, which checks, clean or not. Offline: for measuring only."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

from ..folding import fold
from .catalogue import CHECKS

_KEYS = {check.key: check.id for check in CHECKS.values()}
_ID = re.compile(r"(?<![a-z\d])[bws]\d\d(?!\d)")
_LABEL = re.compile(r"(?:should |must )?(pass|fail)(?:es|ed|s|ing)?")
_CLEAN = re.compile(
    r"(?:(?:should|must|may|can|to|be|is|it|safe|all) )*(?:clean|pass(?:es|ed)?|ok|okay|good|fine|publish(?:ed|able)?|"
    r"accept(?:ed|able|s)?|approved?|allow(?:ed)?|post(?:able|ed)?|submit(?:ted)?|green|"
    r"no (?:block|warning|finding|issue)s?|not (?:be )?block\w*)(?!\w)"
)
_NOT_CLEAN = re.compile(
    r"(?:(?:should|must|may|can|to|be|is|it|do|does) )*(?:block\w*|warn\w*|hint\w*|fail\w*|reject\w*|refuse\w*|bad|not|"
    r"cannot|stop\w*|hold|held|red|amber|yellow|unclean|dirty|unacceptable|mixed|revise|rewrite|[bws]\d\d)(?!\w)"
)


def check_of(given: Any) -> str:
    """The id of the one check that is named: "B06", "calm_down", "B06 calm_down"; "" where none or several are."""
    ids = ids_in(given)
    return ids[0] if len(ids) == 1 else ""


def ids_in(given: Any) -> list[str]:
    """The checks that are named, once each: in words, lists, or objects by key or by value ({"B06": false} names none).

    A key such as "blame" counts where nothing but keys is said; in a sentence it is a word.
    """
    found: dict[str, None] = {}
    for words in _strings(given):
        ids = [match.group().upper() for match in _ID.finditer(fold(words))]
        parts = [part for part in re.split(r"[\s,;:/|.]+", fold(words)) if part not in ("", "and")]
        if not ids and all(part in _KEYS for part in parts):
            ids = [_KEYS[part] for part in parts]
        found |= dict.fromkeys(ids)
    return [check for check in found if check in CHECKS]


def names_nothing(given: Any) -> bool:
    """Whether something is written where checks should stand, and none is understood. "none" and "-" are understood."""
    said = fold(" ".join(_strings(given))).strip(" .-")
    return not ids_in(given) and said not in ("", "none", "nothing", "null", "n/a", "no", "keine")


def _strings(given: Any) -> Iterator[str]:
    if isinstance(given, Mapping):
        for key, value in given.items():
            if value is not False and value is not None:
                yield str(key)
                yield from _strings(value)
    elif isinstance(given, list):
        for one in given:
            yield from _strings(one)
    elif given is not None:
        yield given if isinstance(given, str) else json.dumps(given)


def label_of(given: Any) -> str:
    """ "pass" or "fail"; "" where it is neither. What `true` means nobody can tell."""
    found = _LABEL.fullmatch(fold(str(given)).strip(" .!"))
    return found.group(1) if found else ""


def is_clean(verdict: Any) -> bool | None:
    """Whether nothing should stop the draft; None where the verdict is not understood."""
    if isinstance(verdict, Mapping):
        told = [_of_pair(key, value) for key, value in verdict.items()]
        return next((one for one in told if one is not None), None)
    if isinstance(verdict, bool):
        return verdict
    words = re.sub(r"[\s_:;,.!-]+", " ", fold(str(verdict or ""))).strip()
    if _CLEAN.match(words):
        return True
    return False if not words or _NOT_CLEAN.match(words) else None


def _of_pair(key: Any, value: Any) -> bool | None:
    """{"clean": true}, {"blocked": false}, {"verdict": "clean"}."""
    if not isinstance(value, bool):
        return is_clean(value)
    said = is_clean(str(key))
    return None if said is None else said is value
