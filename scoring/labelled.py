"""Read and check labelled texts to measure a model with. Offline; standard library only.

Each line of a file is a JSON object with "text" and "anger" (0 calm to 3 furious, by the guide in the model card) and,
where known, "lang", "stars", "topics" and "risks" (letters of the guide, or a list of our names) and "angry" (the
passages that carry the anger). What cannot be read is refused with the place and what is wanted there: a text left out
in silence would change the figures.
"""

from __future__ import annotations

import json
import math
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from enum import StrEnum
from pathlib import Path
from typing import Any, TypeVar

from . import corpus
from .corpus import NEWER, RISK_LETTERS, TOPIC_LETTERS, Row
from .types import AngerLevel, Risk, Topic

REAL = "labelled_real.jsonl"
LEVELS = tuple(level.rank for level in AngerLevel)
_COARSE = {Risk.ALLERGY: Risk.SAFETY, Risk.PRESS: Risk.LEGAL}
# Not in the guide's first edition. A file without any of them was labelled by that one, see `coarse`.
FINE: frozenset[Topic | Risk] = NEWER | frozenset(_COARSE)
_TAG = re.compile(r"([A-Za-z]{1,8})([-_][A-Za-z0-9_-]*)?")
_NUMERAL = re.compile(r"-?\d{1,6}(?:\.\d{1,6})?")
Label = TypeVar("Label", bound=StrEnum)


class NotLabelled(ValueError):
    """A file cannot be read or a line is not what is wanted. The message says which, and what to do."""


def read_files(paths: Sequence[Path]) -> list[Row]:
    """The rows of the files, in order.

    Raises:
        NotLabelled: a file cannot be read or a line is not what is wanted.
    """
    return [row for path in paths for row in _read_file(path)]


def kept_sets(data: Path) -> dict[str, list[Row]]:
    """What is kept from training, by name: real reviews from the folder of others' texts, and our written ones.

    Of these the last were written by hands from which nothing was learned.

    Raises:
        NotLabelled: the folder does not hold the labelled real reviews.
    """
    if not (data / REAL).is_file():
        raise NotLabelled(
            f"{data} holds no {REAL}. Name the folder of the labelled reviews, or a file to measure with."
        )
    held_out = [row for row in corpus.written_rows() if corpus.is_held_out(row)]
    return {
        "real": corpus.measure_rows(data),
        "written, held out": [row for row in held_out if row.source != corpus.MISLEADING],
        "misleading, held out": [row for row in held_out if row.source == corpus.MISLEADING],
        "hard cases by strangers": read_files([corpus.WRITTEN / "unseen_reviews.jsonl"]),
    }


def coarse(risks: frozenset[Risk]) -> frozenset[Risk]:
    """The same by the guide's first edition, which told neither allergy from injury nor press from legal steps."""
    return frozenset(_COARSE.get(risk, risk) for risk in risks)


def _read_file(path: Path) -> list[Row]:
    try:
        # Lines end at "\n" alone: the JSON reader takes a "\r" before it for blank.
        rows = [_row(line, f"{path}, line {number}") for number, line in _lines(path)]
    except OSError as error:
        raise NotLabelled(f"{path} cannot be read ({error.strerror}). Name a file of labelled texts.") from error
    except UnicodeDecodeError as error:
        raise NotLabelled(f"{path} is not UTF-8 ({error.reason}). Save it as UTF-8.") from error
    if not rows:
        raise NotLabelled(f'{path} holds no labelled text. Each line must be an object with "text" and "anger".')
    is_fine = any((row.topics or frozenset()) & FINE or (row.risks or frozenset()) & FINE for row in rows)
    return [replace(row, is_fine=is_fine) for row in rows]


def _lines(path: Path) -> Iterator[tuple[int, str]]:
    """Lines that are not blank, with their numbers; a byte order mark is no part of the first."""
    with path.open(encoding="utf-8-sig", newline="\n") as file:
        for number, line in enumerate(file, 1):
            if line.strip():
                yield number, line


def _row(line: str, where: str) -> Row:
    raw = _object(line, where)
    text, lang = raw.get("text"), raw.get("lang")
    anger, stars = _as_number(raw.get("anger")), _as_number(raw.get("stars"))
    if not isinstance(text, str):
        raise NotLabelled(f'{where}: "text" must be a string, not {_shown(text)}.')
    if not _is_number(anger) or anger not in LEVELS:
        raise NotLabelled(
            f'{where}: "anger" must be 0 (calm), 1 (annoyed), 2 (angry) or 3 (furious), not {_shown(anger)}.'
        )
    if stars is not None and not _is_number(stars):
        raise NotLabelled(f'{where}: "stars" must be a number, null or absent, not {_shown(stars)}.')
    tag = _TAG.fullmatch(lang) if isinstance(lang, str) else None
    if lang and not tag:
        raise NotLabelled(f'{where}: "lang" must be a language tag such as "en", null or absent, not {_shown(lang)}.')
    return Row(
        id=where,
        text=text,
        lang=tag[1].lower() if tag else "und",
        stars=stars,
        anger=int(anger),
        topics=_labels(raw.get("topics"), TOPIC_LETTERS, Topic, f'{where}: "topics"'),
        risks=_labels(raw.get("risks"), RISK_LETTERS, Risk, f'{where}: "risks"'),
        angry=_passages(raw.get("angry"), text, where),
    )


def _object(line: str, where: str) -> dict[str, Any]:
    try:
        raw = json.loads(line)
    except (ValueError, RecursionError) as error:
        raise NotLabelled(f'{where} is no JSON. Each line must be an object with "text" and "anger".') from error
    if not isinstance(raw, dict):
        raise NotLabelled(f'{where} is no object. Each line must be an object with "text" and "anger".')
    return raw


def _as_number(value: Any) -> Any:
    """A number that was written as a string, as tables are exported; anything else as it is."""
    if isinstance(value, str) and _NUMERAL.fullmatch(bare := value.strip()):
        return float(bare)  # which takes fewer blanks than strip does
    return value


def _is_number(value: object) -> bool:
    # Python's reader also takes NaN and Infinity, and true is a number to it. An integer may be too long for a float.
    if isinstance(value, bool) or not isinstance(value, int | float):
        return False
    return abs(value) < 1e9 if isinstance(value, int) else math.isfinite(value)


def _labels(given: object, letters: Mapping[str, Label], names: type[Label], where: str) -> frozenset[Label] | None:
    if given is None:
        return None
    if not isinstance(given, str | list):
        raise NotLabelled(f"{where} must be letters or a list of names, not {_shown(given)}.")
    known = {**letters, **{name.value: name for name in names}}
    every = [one for part in ([given] if isinstance(given, str) else given) for one in _labels_in(part, known)]
    for one in every:
        if not isinstance(one, str) or one not in known:
            raise NotLabelled(f"{where} may hold {', '.join(known)}, not {_shown(one)}.")
    return frozenset(known[one] for one in every)


def _labels_in(given: Any, known: Mapping[str, Label]) -> list[Any]:
    """The names and letters in a string such as "sw", "s, w", "Staff" or "complaint handling"."""
    if not isinstance(given, str):
        return [given]
    found: list[Any] = []
    for part in re.split(r"[,;|/]", given.lower()):
        name = "_".join(part.split())
        words = [name] if name in known else part.split()
        found += [one for word in words for one in ([word] if word in known else word)]
    return found


def _passages(given: object, text: str, where: str) -> tuple[str, ...] | None:
    if given is None:
        return None
    if not isinstance(given, list) or not all(isinstance(words, str) for words in given):
        raise NotLabelled(f'{where}: "angry" must be a list of passages of the text, not {_shown(given)}.')
    return tuple(words for words in given if words and words in text)


def _shown(value: object) -> str:
    """Short and on one line, whatever a file holds."""
    shown = ascii(value) if value is not None else "null or absent"
    return shown if len(shown) <= 60 else f"{shown[:57]}..."
