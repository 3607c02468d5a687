"""Read the sentences that were written for the checks, and say what each teaches. Offline; standard library only.

`hand_*.jsonl` and `subtle_*.jsonl` are learned from, but for a tenth by which thresholds are chosen, as by all of
`choosing_*.jsonl`; so are the sentences of the whole good answers in `good_drafts.jsonl`, `subtle_drafts.jsonl`,
`specific_drafts.jsonl` and `lively_drafts.jsonl`, but for a fourth; those of the last two once more at the end. By
these and by the part "tuning" of `answers.jsonl` it is seen how often a whole good answer is blocked; the part
"checking" only checks this.
`unseen_*.jsonl`, `later_*.jsonl` and `newest_*.jsonl` were written by other hands and are measured on, nothing else.
"""

from __future__ import annotations

import hashlib
import json
import random
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ..text import clean, split_sentences
from .learned import CHECKS
from .rows import draft_context
from .types import Context

WRITTEN = Path(__file__).parents[1] / "data" / "rubric"
UNKNOWN = -1.0
# A sentence that fails one check may fail others that nobody marked: it teaches them little.
UNMARKED = 0.15
GOOD = "good"  # in place of a check: a sentence that fails none
_HANDS, _SUBTLE = "hand_*.jsonl", "subtle_[a-z].jsonl"
_DRAFTS, _SUBTLE_DRAFTS = "good_drafts.jsonl", "subtle_drafts.jsonl"
# Good ones that name what went wrong, one by one, and good ones that come near to a fault in a colloquial tone.
_NEAR_DRAFTS = ("specific_drafts.jsonl", "lively_drafts.jsonl")
_EVERY_DRAFTS = (_DRAFTS, _SUBTLE_DRAFTS, *_NEAR_DRAFTS)
_ANSWERS = "answers.jsonl"  # good and bad ones by a later hand
_DRAFTS_HELD_OUT_OF = 4  # whole answers, on which it is seen how often a good one is marked
_RUN, _HELD_OUT_OF = 6, 10  # one run of so many lines in so many: a failing text stands beside its passing twin
_FAILS = tuple(check for check in CHECKS if check[0] in "BW")
_NOTHING = re.compile(r"\b(nothing|no|none|not|never|open|still|without|only planned|empty)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Sentence:
    text: str
    lang: str
    check: str
    label: str  # "pass" or "fail", as the check judges it
    targets: tuple[float, ...]  # per check of CHECKS: 0..1, UNKNOWN where it teaches nothing
    weights: tuple[float, ...]


def taught(folder: Path = WRITTEN) -> list[Sentence]:
    every = (*_hands(folder, _HANDS), *_good_drafts(folder / _DRAFTS))
    return [one for one, is_held_out in every if not is_held_out]


def subtle(folder: Path = WRITTEN) -> list[Sentence]:
    """Faults without a telling word, and good answers that come near to one."""
    every = (*_hands(folder, _SUBTLE), *_good_drafts(folder / _SUBTLE_DRAFTS))
    return [one for one, is_held_out in every if not is_held_out]


def near(folder: Path = WRITTEN) -> list[Sentence]:
    """Good answers that were taken for bad ones, which are learned a last time at the end."""
    every = (one for name in _NEAR_DRAFTS for one in _good_drafts(folder / name))
    return [one for one, is_held_out in every if not is_held_out]


def held_out(folder: Path = WRITTEN) -> list[Sentence]:
    """By which thresholds are chosen, together with `held_out_good`."""
    chosen_by = _lines(sorted(folder.glob("choosing_*.jsonl")))
    rest = [_sentence(raw) for raw in chosen_by if raw["check"] in CHECKS]
    return [one for one, is_held_out in (*_hands(folder, _HANDS), *_hands(folder, _SUBTLE)) if is_held_out] + rest


def held_out_good(folder: Path = WRITTEN) -> list[Sentence]:
    """The sentences of good answers by which is seen how often a threshold marks one."""
    every = (one for name in _EVERY_DRAFTS for one in _good_drafts(folder / name))
    return [one for one, is_held_out in every if is_held_out]


def whole_answers(folder: Path = WRITTEN) -> list[tuple[str, Context]]:
    """The good answers that nothing was learned from and thresholds may be chosen by, with what is known of each."""
    held = [
        raw for name in _EVERY_DRAFTS for at, raw in enumerate(_clean(folder / name)) if at % _DRAFTS_HELD_OUT_OF == 0
    ]
    tuning = [raw for raw in _lines([folder / _ANSWERS]) if raw["part"] == "tuning" and raw["verdict"] == "clean"]
    return [(raw["draft"], draft_context(raw)) for raw in (*held, *tuning)]


def good(text: str, lang: str, *, weight: float = 1.0) -> Sentence:
    """A sentence of a good answer: it fails nothing. Whether it says that something is done nobody has marked."""
    told = tuple(one in _FAILS and one != "W06" for one in CHECKS)
    return Sentence(
        text=text,
        lang=lang,
        check=GOOD,
        label="pass",
        targets=tuple(0.0 if one else UNKNOWN for one in told),
        weights=tuple(weight if one else 0.0 for one in told),
    )


def unseen(folder: Path = WRITTEN) -> list[Sentence]:
    """What is measured on: by hands from which nothing was learned."""
    paths = (folder / f"{name}_sentences.jsonl" for name in ("unseen", "later", "newest"))
    return [_sentence(raw) for raw in _lines(paths) if raw["check"] in CHECKS]


def digest(rows: Iterable[Sentence]) -> str:
    whole = hashlib.sha256()
    for row in rows:
        whole.update(json.dumps([row.text, row.targets, row.weights]).encode())
    return whole.hexdigest()[:16]


def joined(rows: Sequence[Sentence], count: int, chooser: random.Random) -> list[Sentence]:
    """Pairs of sentences of one language put together, as drafts put them: a pair fails what one of both fails."""
    by_language: dict[str, list[Sentence]] = {}
    for row in rows:
        by_language.setdefault(row.lang, []).append(row)
    made = []
    for _ in range(count):
        first = chooser.choice(rows)
        second = chooser.choice(by_language[first.lang])
        targets, weights = [], []
        for one, other, its, others in zip(first.targets, second.targets, first.weights, second.weights, strict=True):
            if 1.0 in (one, other):
                targets.append(1.0)
                weights.append(1.0)
            elif UNKNOWN in (one, other):
                targets.append(UNKNOWN)
                weights.append(0.0)
            else:
                targets.append(0.0)
                weights.append(min(its, others))
        made.append(
            Sentence(text=f"{first.text} {second.text}", lang=first.lang, check=first.check, label=first.label,
                     targets=tuple(targets), weights=tuple(weights))
        )  # fmt: skip
    return made


def target_of(check: str, label: str, context: str) -> float:
    """What the network should say: the sentence fails a B or W check, or does what an S check asks for.

    W06 is two questions. The network is asked the first, whether something is said to be done; the second, whether it
    is on record, is looked up. So a claim that passes because of its record is a claim.
    """
    if check == "W06" and label == "pass" and context and not _NOTHING.search(context):
        return 1.0
    return float((label == "fail") == (check[0] in "BW"))


def _hands(folder: Path, names: str) -> Iterator[tuple[Sentence, bool]]:
    """Each sentence that teaches something, with whether it is held out, in whole runs of its file."""
    for path in sorted(folder.glob(names)):
        for at, raw in enumerate(_lines([path])):
            if raw["check"] in CHECKS:
                told = hashlib.sha256(f"{path.stem}/{at // _RUN}".encode()).digest()[0]
                yield _sentence(raw), told % _HELD_OUT_OF == 0


def _clean(path: Path) -> list[dict[str, Any]]:
    """The good ones among whole answers."""
    return [raw for raw in _lines([path]) if raw["verdict"] == "clean"] if path.is_file() else []


def _good_drafts(path: Path) -> Iterator[tuple[Sentence, bool]]:
    for at, raw in enumerate(_clean(path)):
        text = clean(raw["draft"])
        for start, end in split_sentences(text):
            yield good(text[start:end], raw["lang"]), at % _DRAFTS_HELD_OUT_OF == 0


def _sentence(raw: dict[str, Any]) -> Sentence:
    check, label, also = raw["check"], raw["label"], set(raw.get("also", ()))
    own = target_of(check, label, raw.get("context", ""))
    targets, weights = [UNKNOWN] * len(CHECKS), [0.0] * len(CHECKS)
    is_clean = label == "pass" and check != "W06"
    for at, one in enumerate(CHECKS):
        if one == check:
            targets[at], weights[at] = own, 1.0
        elif one in also:
            targets[at], weights[at] = float(one in _FAILS), 1.0
        elif one in _FAILS and (check, one) not in _KIN:
            # What passes one check was written as a good sentence, and fails none.
            targets[at], weights[at] = 0.0, 0.5 if is_clean else UNMARKED
    return Sentence(text=raw["text"], lang=raw.get("lang", "en"), check=check, label=label, targets=tuple(targets),
                    weights=tuple(weights))  # fmt: skip


# Checks that often fail together, so that the silence of one about the other says nothing.
_KIN = frozenset(
    pair
    for one, other in (
        ("B01", "W05"), ("B01", "W07"), ("W05", "W07"), ("B05", "B07"), ("B05", "W03"), ("B07", "W02"), ("B07", "W03"),
        ("B06", "W03"), ("B04", "B08"), ("W02", "W03"), ("W04", "W06"), ("W05", "W06"), ("B05", "B06"), ("B02", "B03"),
        ("B07", "B08"), ("W01", "W03"), ("W04", "W05"), ("B05", "B08"), ("B04", "B01"),
    )
    for pair in ((one, other), (other, one))
)  # fmt: skip


def _lines(paths: Iterable[Path]) -> Iterator[dict[str, Any]]:
    for path in paths:
        for line in path.read_text(encoding="utf-8").splitlines():
            if line.strip():
                yield json.loads(line)
