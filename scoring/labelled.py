"""Read and check labelled texts to measure a model with. Offline; standard library only.

Each line of a file is a JSON object with "text" and "anger" (0 calm to 3 furious, by the guide in the model card, or
those words) and, where known, "lang" (a tag or a name), "stars" (4, "4,5", "4 stars", "4.5/5", "8/10"), "topics" and
"risks" (letters of the guide, or names) and "angry" (the passages that carry the anger). Null, NaN and absent mean
unknown; "" and "none" mean no topic or risk at all.

Nothing is guessed. A line whose text or anger cannot be read is left out, another label that cannot is taken for
unknown, and each is told with its place and what is wanted there: what is left out in silence would change the figures.
Our own files are read strictly, by `read_files`.
"""

from __future__ import annotations

import codecs
import json
import math
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from pathlib import Path
from typing import Any, Generic, TypeGuard, TypeVar

from . import corpus
from .corpus import NEWER, RISK_LETTERS, TOPIC_LETTERS, Row
from .folding import fold
from .tongues import tag_of
from .types import AngerLevel, Risk, Topic

REAL = "labelled_real.jsonl"
LEVELS = tuple(level.rank for level in AngerLevel)
_COARSE = {Risk.ALLERGY: Risk.SAFETY, Risk.PRESS: Risk.LEGAL}
# Not in the guide's first edition. A file without any of them was labelled by that one, see `coarse`.
FINE: frozenset[Topic | Risk] = NEWER | frozenset(_COARSE)
_NUMBER = r"-?\d{1,6}(?:[.,]\d{1,6})?"
_STAR_WORDS = r"stars?|sterne?|etoiles?|estrellas?|stell[ae]|estrelas?|ster(?:ren)?|gwiazd\w*|[*★⭐]"
_STARS = re.compile(
    rf"(?P<number>{_NUMBER})(?:\s*(?:/|out of|of|von|sur|de|su|van|na|z)\s*(?P<best>5|10)(?:[.,]0+)?)?"
    rf"[\s-]*(?:{_STAR_WORDS})?"
)
_DRAWN_STARS = re.compile(r"(?=.{1,5}$)([★⭐]*)[☆✩]*")
_UNKNOWN = frozenset({"", "nan", "null", "none", "n/a", "unknown", "-"})
_NO_LANGUAGE = _UNKNOWN | {"und", "mul", "mis", "zxx", "other", "mixed"}
_CODE = re.compile(r"([a-z]{2,3})(?:[-_][a-z0-9_-]*)?")  # of languages that the tables do not know
# The guide's own words for its labels, and those of the risks' definitions.
_TOPIC_WORDS = {
    "staff_attitude": Topic.STAFF, "rudeness": Topic.STAFF, "slowness": Topic.WAITING, "billing": Topic.PRICE,
    "hidden_charge": Topic.PRICE, "dirt": Topic.HYGIENE, "booking": Topic.ORDER, "delivery": Topic.ORDER,
    "refund": Topic.COMPLAINT_HANDLING, "unreachable_support": Topic.COMPLAINT_HANDLING, "ambience": Topic.COMFORT,
    "noise": Topic.COMFORT, "facilities": Topic.COMFORT, "everything_else": Topic.OTHER,
}  # fmt: skip
_RISK_WORDS = {
    "injury": Risk.SAFETY, "illness": Risk.SAFETY, "food_poisoning": Risk.SAFETY, "danger": Risk.SAFETY,
    "harassment": Risk.DISCRIMINATION, "legal_action": Risk.LEGAL, "police": Risk.LEGAL, "authority": Risk.LEGAL,
    "demands_money": Risk.REFUND, "demands_money_back": Risk.REFUND, "compensation": Risk.REFUND,
    "leaves_for_good": Risk.CHURN,
}  # fmt: skip
_BETWEEN_LABELS = re.compile(r"[,;|/+&\[\](){}'\"]+|\s(?:and|or)\s")
SURELY_LETTERS = 4  # a longer run of letters may be a word ("shower", "claims"): see `_Labels`
Label = TypeVar("Label", bound=StrEnum)
T = TypeVar("T")


class NotLabelled(ValueError):
    """A file cannot be read or a line is not what is wanted. The message says which, and what to do."""


@dataclass(frozen=True, slots=True)
class Fault:
    """What cannot be read in a line."""

    told: str  # which line, what is wrong with it, what is wanted
    field: str = ""  # of which the rest of the line counts; empty where the line does not count at all

    def __str__(self) -> str:
        return f"{self.told} {'Taken for unknown, the rest counts.' if self.field else 'The line is left out.'}"


def read_files(paths: Sequence[Path]) -> list[Row]:
    """The rows of the files, in order.

    Raises:
        NotLabelled: a file cannot be read or a line is not what is wanted.
    """
    rows, faults = read_usable(paths)
    if faults:
        raise NotLabelled(faults[0].told)
    return rows


def read_usable(paths: Sequence[Path]) -> tuple[list[Row], list[Fault]]:
    """The rows that can be used, in order, and what cannot be read.

    Raises:
        NotLabelled: a file cannot be opened or holds no line that can be used.
    """
    faults: list[Fault] = []
    return [row for path in paths for row in _read_file(path, faults)], faults


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


def _read_file(path: Path, faults: list[Fault]) -> list[Row]:
    before = len(faults)
    try:
        objects = list(_objects(path, faults))
    except OSError as error:
        raise NotLabelled(f"{path} cannot be read ({error.strerror}). Name a file of labelled texts.") from error
    topics = _Labels(TOPIC_LETTERS, Topic, _TOPIC_WORDS, [raw.get("topics") for _, raw in objects])
    risks = _Labels(RISK_LETTERS, Risk, _RISK_WORDS, [raw.get("risks") for _, raw in objects])
    rows = []
    for where, raw in objects:
        try:
            rows.append(_row(raw, where, topics, risks, faults))
        except NotLabelled as error:
            faults.append(Fault(str(error)))
    mine = faults[before:]
    if not rows and mine:
        raise NotLabelled(mine[0].told + (f" None of its {len(mine)} lines can be used." if len(mine) > 1 else ""))
    if not rows:
        raise NotLabelled(f'{path} holds no labelled text. Each line must be an object with "text" and "anger".')
    is_fine = any((row.topics or frozenset()) & FINE or (row.risks or frozenset()) & FINE for row in rows)
    return [replace(row, is_fine=is_fine) for row in rows]


def _objects(path: Path, faults: list[Fault]) -> Iterator[tuple[str, dict[str, Any]]]:
    """The place and content of each line that is not blank; a byte order mark is no part of the first."""
    with path.open("rb") as file:
        # Lines end at "\n" alone: the JSON reader takes a "\r" before it for blank.
        for number, line in enumerate(file, 1):
            where = f"{path}, line {number}"
            content = line.removeprefix(codecs.BOM_UTF8) if number == 1 else line
            if not content.strip():
                continue
            try:
                yield where, _object(content, where)
            except NotLabelled as error:
                faults.append(Fault(str(error)))


def _object(line: bytes, where: str) -> dict[str, Any]:
    try:
        raw = json.loads(line.decode("utf-8"))
    except UnicodeDecodeError as error:
        raise NotLabelled(f"{where} is not UTF-8 ({error.reason}). Save it as UTF-8.") from error
    except (ValueError, RecursionError) as error:
        raise NotLabelled(f'{where} is no JSON. Each line must be an object with "text" and "anger".') from error
    if not isinstance(raw, dict):
        raise NotLabelled(f'{where} is no object. Each line must be an object with "text" and "anger".')
    return {**{name.strip().lower(): value for name, value in raw.items()}, **raw}


def _row(raw: Mapping[str, Any], where: str, topics: _Labels[Topic], risks: _Labels[Risk], faults: list[Fault]) -> Row:
    text = raw.get("text")
    if not isinstance(text, str):
        raise NotLabelled(f'{where}: "text" must be a string, not {_shown(text)}.')
    anger = _anger(raw.get("anger"), where)

    def optional(name: str, read: Callable[[Any], T | None]) -> T | None:
        try:
            return read(raw.get(name))
        except NotLabelled as error:
            faults.append(Fault(f'{where}: "{name}" {error}', name))
            return None

    return Row(
        id=where,
        text=text,
        lang=optional("lang", _language) or "und",
        stars=optional("stars", _stars),
        anger=anger,
        topics=optional("topics", topics.read),
        risks=optional("risks", risks.read),
        angry=optional("angry", lambda given: _passages(given, text)),
    )


def _anger(given: object, where: str) -> int:
    value = given
    if isinstance(given, str):
        word = given.strip().lower()
        named = [level.rank for level in AngerLevel if level.value == word]
        # `float` takes fewer blanks than strip does.
        value = named[0] if named else float(word.replace(",", ".")) if re.fullmatch(_NUMBER, word) else given
    if not _is_number(value) or value not in LEVELS:
        raise NotLabelled(
            f'{where}: "anger" must be 0 (calm), 1 (annoyed), 2 (angry) or 3 (furious), not {_shown(value)}.'
        )
    return LEVELS.index(value)


def _language(given: object) -> str | None:
    if _says_nothing(given, _NO_LANGUAGE):
        return None
    if tag := tag_of(given):
        return tag
    code = _CODE.fullmatch(given.strip().lower()) if isinstance(given, str) else None
    if not code:
        raise NotLabelled(
            f'must be a language tag such as "en", a language\'s name, null or absent, not {_shown(given)}.'
        )
    return code[1]


def _stars(given: object) -> float | None:
    if _says_nothing(given, _UNKNOWN):
        return None
    if _is_number(given):
        return given
    word = fold(given).strip() if isinstance(given, str) else ""
    if drawn := _DRAWN_STARS.fullmatch(word):
        return len(drawn[1])
    if found := _STARS.fullmatch(word):
        return float(found["number"].replace(",", ".")) / (2 if found["best"] == "10" else 1)
    raise NotLabelled(f'must be a number, also as "4.5/5" or "4 stars", null or absent, not {_shown(given)}.')


def _says_nothing(given: object, words: frozenset[str]) -> bool:
    """Null, NaN as tables are exported, or a word for it."""
    if isinstance(given, str):
        return given.strip().lower() in words
    return given is None or (isinstance(given, float) and math.isnan(given))


def _is_number(value: object) -> TypeGuard[int | float]:
    # Python's reader also takes NaN and Infinity, and true is a number to it. An integer may be too long for a float.
    if isinstance(value, bool) or not isinstance(value, int | float):
        return False
    return abs(value) < 1e9 if isinstance(value, int) else math.isfinite(value)


class _Labels(Generic[Label]):
    """Reads the labels of one field of a file: names, and runs of letters such as "sw".

    A run of letters may as well be a word nobody asked for: "shower" holds six topics, "spa" three. So the file is
    asked what its people write: where names and words outnumber short runs of letters only single letters are letters,
    where letters outnumber words every run is, and where neither does short ones are, and long ones in the guide's
    order. Whatever the file, a run holds no letter twice.
    """

    def __init__(
        self,
        letters: Mapping[str, Label],
        names: type[Label],
        others: Mapping[str, Label],
        given: Sequence[object],
    ) -> None:
        self._letters = letters
        self._order = "".join(letters)
        self._listed = [*letters, *(name.value for name in names)]
        self._known: dict[str, Label] = {**others, **letters, **{name.value: name for name in names}}
        words = [word for one in given for word in self._words(one) if isinstance(word, str)]
        runs = sum(self._is_run(word) and len(word) <= SURELY_LETTERS for word in words)
        others_told = sum(len(word) > 1 and (word in self._known or not self._is_run(word)) for word in words)
        self._balance = runs - others_told

    def read(self, given: object) -> frozenset[Label] | None:
        """The labels; none for "" and "none", None where nothing is known."""
        if _says_nothing(given, _UNKNOWN - {"", "none", "-"}):
            return None
        if not isinstance(given, str | list):
            raise NotLabelled(f"must be letters or a list of names, not {_shown(given)}.")
        found: set[Label] = set()
        for word in self._words(given):
            if isinstance(word, str) and word in self._known:
                found.add(self._known[word])
            elif isinstance(word, str) and self._are_letters(word):
                found |= {self._letters[letter] for letter in word}
            else:
                raise NotLabelled(f"may hold {', '.join(self._listed)}, not {_shown(word)}.")
        return frozenset(found)

    def _words(self, given: object) -> list[Any]:
        """The names and runs in "sw", "s, w", "Staff", "complaint handling", "self-harm" or a list of such."""
        if isinstance(given, list):
            return [word for part in given for word in (self._words(part) if isinstance(part, str) else [part])]
        found: list[str] = []
        for part in _BETWEEN_LABELS.split(given.lower()) if isinstance(given, str) else ():
            words = part.replace("-", " ").replace("_", " ").split()
            name = "_".join(words)
            found += [name] if name in self._known else part.replace("-", "_").split()
        return [word for word in found if word not in {"none", "_"}]

    def _is_run(self, word: str) -> bool:
        return set(word) <= set(self._letters) and len(set(word)) == len(word)

    def _are_letters(self, word: str) -> bool:
        if not self._is_run(word) or self._balance < 0:
            return False
        if self._balance > 0 or len(word) <= SURELY_LETTERS:
            return True
        # "f" came later to the guide and is written where it stands or at the end.
        places = [self._order.index(letter) for letter in word if letter != "f"]
        return places == sorted(places)


def _passages(given: object, text: str) -> tuple[str, ...] | None:
    # True or false is another field of this name: the whole label, in the files of `amends calibrate`.
    if isinstance(given, bool) or _says_nothing(given, frozenset()):
        return None
    if not isinstance(given, list) or not all(isinstance(words, str) for words in given):
        raise NotLabelled(f"must be a list of passages of the text, not {_shown(given)}.")
    return tuple(words for words in given if words and words in text)


def _shown(value: object) -> str:
    """Short and on one line, whatever a file holds."""
    shown = ascii(value) if value is not None else "null or absent"
    return shown if len(shown) <= 60 else f"{shown[:57]}..."
