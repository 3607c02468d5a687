"""Read the labelled texts that the model is trained and measured on. Offline; standard library only.

Two homes: `scoring/data` holds what was written for this project and may be published; a folder given by the caller
holds the texts of others, which are never committed. Rows marked `use: measure` never leave `measure_rows`: their
sources' terms or our need of unseen texts forbid training on them.
"""

from __future__ import annotations

import csv
import hashlib
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from .risks import find_risks
from .types import Risk, Topic

WRITTEN = Path(__file__).parent / "data"
WRITTEN_SOURCE, MISLEADING = "written", "misleading"  # the latter were written to be misjudged, and are learned last
OTHERS = ("goemotions_labels.txt", "goemotions_train.tsv", "cc0_reviews.jsonl", "labelled_real.jsonl")

TOPIC_LETTERS = {
    "s": Topic.STAFF, "w": Topic.WAITING, "q": Topic.QUALITY, "p": Topic.PRICE, "h": Topic.HYGIENE, "o": Topic.ORDER,
    "r": Topic.COMPLAINT_HANDLING, "a": Topic.COMFORT, "f": Topic.INFORMATION, "e": Topic.OTHER,
}  # fmt: skip
RISK_LETTERS = {
    "i": Risk.SAFETY, "a": Risk.ALLERGY, "s": Risk.SELF_HARM, "d": Risk.DISCRIMINATION, "l": Risk.LEGAL,
    "p": Risk.PRESS, "x": Risk.EXTORTION, "m": Risk.REFUND, "c": Risk.CHURN,
}  # fmt: skip
# Labels for which the guide's first edition has no letter, nor a wider one that holds them.
NEWER: frozenset[Topic | Risk] = frozenset({Topic.INFORMATION, Risk.SELF_HARM, Risk.EXTORTION})
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
    is_fine: bool = False  # labelled with all topics and risks; else with those of the older guide
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


def labelled_star_rows(folder: Path, labels: Path = WRITTEN / "cc0_labels.jsonl") -> list[Row]:
    """Those of the CC0 reviews that were read for this project: their texts from the folder, our labels of them.

    Labels of texts that are no longer there (a source may object) are passed over. `angry` holds places in the text in
    place of words, which are not ours to publish.
    """
    texts = {row.id: row for row in star_rows(folder)}
    found = []
    for raw in _lines(labels):
        if (row := texts.get(raw["id"])) is None:
            continue
        angry = [row.text[start:end] for start, end in raw.get("angry", ())]
        told = {"text": row.text, "lang": row.lang, "stars": row.stars, "source": row.source, "is_fine": True}
        found.append(_row({**told, **raw, "angry": angry}))
    return found


def written_rows(folder: Path = WRITTEN) -> list[Row]:
    """Every review written for this project, but for `unseen_reviews.jsonl`, which is measured on."""
    older = [_row(raw) for path in sorted(folder.glob("authored_*.jsonl")) for raw in _lines(path)]
    return older + [
        _row({**raw, "is_fine": True, "source": source})
        for source in (WRITTEN_SOURCE, MISLEADING)
        for path in sorted(folder.glob(f"{source}_*.jsonl"))
        for raw in _lines(path)
    ]


def train_rows(folder: Path) -> list[Row]:
    """Real reviews that may be trained on."""
    return [_row(raw) for raw in _lines(folder / "labelled_real.jsonl") if raw["use"] == "train"]


def measure_rows(folder: Path) -> list[Row]:
    """Real reviews to choose, calibrate and measure with; never to train on."""
    return [_row(raw) for raw in _lines(folder / "labelled_real.jsonl") if raw["use"] == "measure"]


def missing(folder: Path) -> list[str]:
    """Names of the files of others that are not in `folder`."""
    return [name for name in OTHERS if not (folder / name).is_file()]


def digest(rows: Iterable[Row]) -> str:
    """Changes with any text or label, so that a run is never resumed on other data."""
    whole = hashlib.sha256()
    for row in rows:
        labels = [sorted(part) if part is not None else None for part in (row.topics, row.risks, row.emotions)]
        whole.update(json.dumps([row.text, row.stars, row.anger, labels, row.angry]).encode())
    return whole.hexdigest()[:16]


def is_held_out(row: Row) -> bool:
    """Whether a written row is kept from training: a tenth, in runs of ten so that contrast pairs stay together."""
    family, _, number = row.id.rpartition("-")
    return hashlib.sha256(f"{family}/{int(number) // 10}".encode()).digest()[0] < 26


def _lines(path: Path) -> Iterator[dict[str, Any]]:
    with path.open(encoding="utf-8") as file:
        for line in file:
            yield json.loads(line)


def _row(raw: dict[str, Any]) -> Row:
    is_fine = raw.get("is_fine", False)
    risks = frozenset(RISK_LETTERS[letter] for letter in raw["risks"]) if "risks" in raw else None
    return Row(
        id=raw["id"],
        text=raw["text"],
        lang=raw["lang"],
        source=raw.get("source", WRITTEN_SOURCE),
        stars=raw["stars"],
        anger=raw.get("anger"),
        topics=frozenset(TOPIC_LETTERS[letter] for letter in raw["topics"]) if "topics" in raw else None,
        risks=risks if is_fine or risks is None else _finer(raw["text"], risks),
        is_fine=is_fine,
        angry=tuple(raw["angry"]) if "angry" in raw else None,
    )


def _finer(text: str, risks: frozenset[Risk]) -> frozenset[Risk]:
    """The risks of a row that was labelled by the older guide, with those it had no letter for.

    There "i" is injury, illness or allergy and "l" a legal step, an authority or the press; which one, our rules say.
    """
    if not risks & {Risk.SAFETY, Risk.LEGAL}:
        return risks
    by_rule = {score.risk for score in find_risks(text)}
    finer = set(risks)
    if Risk.SAFETY in risks and Risk.ALLERGY in by_rule:
        finer.add(Risk.ALLERGY)
    if Risk.LEGAL in risks and Risk.PRESS in by_rule:
        finer.add(Risk.PRESS)
        if Risk.LEGAL not in by_rule:
            finer.discard(Risk.LEGAL)
    return frozenset(finer)
