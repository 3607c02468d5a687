"""Read the labelled texts that the model is trained and measured on. Offline; standard library only.

The files are described in the model card. Rows marked `use: measure` never leave `measure_rows`: their sources' terms
or our need of unseen texts forbid training on them.
"""

from __future__ import annotations

import csv
import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from .types import Risk, Topic

TOPIC_LETTERS = {
    "s": Topic.STAFF, "w": Topic.WAITING, "q": Topic.QUALITY, "p": Topic.PRICE, "h": Topic.HYGIENE, "o": Topic.ORDER,
    "r": Topic.COMPLAINT_HANDLING, "a": Topic.COMFORT, "e": Topic.OTHER,
}  # fmt: skip
RISK_LETTERS = {
    "i": Risk.SAFETY, "d": Risk.DISCRIMINATION, "l": Risk.LEGAL, "m": Risk.REFUND, "c": Risk.CHURN,
}  # fmt: skip
# The 27 emotions of GoEmotions and "neutral" in 11 groups; the split into anger, annoyance and disgust is what counts.
EMOTION_GROUPS: tuple[tuple[str, ...], ...] = (
    ("anger",), ("annoyance",), ("disgust",), ("disapproval",), ("disappointment",), ("sadness", "grief", "remorse"),
    ("fear", "nervousness", "embarrassment"), ("amusement",), ("surprise", "confusion", "curiosity", "realization"),
    ("admiration", "approval", "caring", "desire", "excitement", "gratitude", "joy", "love", "optimism", "pride",
     "relief"), ("neutral",),
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One text with the labels it has; what was not labelled is None."""

    id: str
    text: str
    lang: str = "en"
    source: str = ""
    stars: float | None = None
    anger: int | None = None
    topics: frozenset[Topic] | None = None
    risks: frozenset[Risk] | None = None
    emotions: frozenset[int] | None = None
    angry: tuple[str, ...] | None = None  # exact substrings that carry the anger


def emotion_rows(folder: Path, part: str = "train") -> list[Row]:
    names = (folder / "goemotions_labels.txt").read_text(encoding="utf-8").split()
    group_of = {name: index for index, group in enumerate(EMOTION_GROUPS) for name in group}
    with (folder / f"goemotions_{part}.tsv").open(encoding="utf-8", newline="") as file:
        return [
            Row(id=key, text=text, emotions=frozenset(group_of[names[int(label)]] for label in labels.split(",")))
            for text, labels, key in csv.reader(file, delimiter="\t", quoting=csv.QUOTE_NONE)
        ]


def star_rows(folder: Path) -> list[Row]:
    return [_row(raw) for raw in _lines(folder / "cc0_reviews.jsonl")]


def authored_rows(folder: Path) -> list[Row]:
    return [_row(raw) for path in sorted(folder.glob("authored_*.jsonl")) for raw in _lines(path)]


def train_rows(folder: Path) -> list[Row]:
    return [_row(raw) for raw in _lines(folder / "labelled_real.jsonl") if raw["use"] == "train"]


def measure_rows(folder: Path) -> list[Row]:
    """Real reviews to choose, calibrate and measure with; never to train on."""
    return [_row(raw) for raw in _lines(folder / "labelled_real.jsonl") if raw["use"] == "measure"]


def is_held_out(row: Row) -> bool:
    """Whether an authored row is kept from training: a tenth, in runs of ten so that contrast pairs stay together."""
    family, _, number = row.id.rpartition("-")
    digest = hashlib.sha256(f"{family}/{int(number) // 10}".encode()).digest()
    return digest[0] < 26


def _lines(path: Path) -> Iterator[dict[str, Any]]:
    with path.open(encoding="utf-8") as file:
        for line in file:
            yield json.loads(line)


def _row(raw: dict[str, Any]) -> Row:
    return Row(
        id=raw["id"],
        text=raw["text"],
        lang=raw["lang"],
        source=raw.get("source", "authored"),
        stars=raw["stars"],
        anger=raw.get("anger"),
        topics=frozenset(TOPIC_LETTERS[letter] for letter in raw["topics"]) if "topics" in raw else None,
        risks=frozenset(RISK_LETTERS[letter] for letter in raw["risks"]) if "risks" in raw else None,
        angry=tuple(raw["angry"]) if "angry" in raw else None,
    )
