"""Fit probabilities and thresholds to a quantised network, on the rows kept for measuring. Offline; numpy only.

Platt scaling (two numbers a head): with 218 angry texts an isotonic fit would learn their noise. Thresholds: "angry" is
chosen for the highest F1 over real reviews, like the other two levels; beside it stand the lower one of a flag and the
higher one of an alert.
"""

from __future__ import annotations

import hashlib
import json
import math
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import numpy as np  # noqa: TID253 - offline module

from . import corpus
from .corpus import NEWER, Row
from .manifest import NETWORK
from .metrics import curve
from .model import open_tokenizer
from .session import open_session
from .types import Risk, Topic
from .windows import budget_batches, cut, padded

Logits = dict[str, Any]
# Two risks that the model would otherwise name too often; a banner that is wrong every second time is not read.
# Measured on the 340 unseen reviews of the demo, precision / recall of "discrimination": .41/.88 from .2, .79/.69 from
# .4, 1.0/.56 from .5.
LEAST_RISK = {Risk.DISCRIMINATION: 0.4, Risk.CHURN: 0.5}
LEAST = 0.2  # of every other label
FEWEST_POSITIVES = 12  # fewer cannot bend a line: the raw probability stays
RECALL_OF_A_FLAG = 0.9
PRECISION_OF_AN_ALERT = 0.9


def read_logits(folder: Path, rows: Sequence[Row], *, max_tokens: int, max_windows: int) -> Logits:
    """Raw numbers of the network in a folder per row, before any calibration."""
    session = open_session(folder / NETWORK, threads=0)
    names = ("anger", "topics", "risks")

    def judged(ids: Any, mask: Any) -> dict[str, Any]:
        return dict(zip(names, session.run(list(names), {"input_ids": ids, "attention_mask": mask}), strict=True))

    return highest(judged, rows, open_tokenizer(folder), max_tokens=max_tokens, max_windows=max_windows)


def highest(
    judged: Callable[[Any, Any], dict[str, Any]],
    rows: Sequence[Row],
    tokenizer: Any,
    *,
    max_tokens: int,
    max_windows: int,
) -> Logits:
    """What a network says of each row, the highest over its windows as in serving. `judged` gives by name what it says
    of the token ids and the mask of a batch (windows, length), one line a window."""
    windows = cut([row.text for row in rows], tokenizer, max_tokens=max_tokens, max_windows=max_windows).windows
    kept: dict[str, dict[int, Any]] = {}
    for batch in budget_batches([len(window.ids) for window in windows], budget=1024):
        for name, array in judged(*padded([windows[index] for index in batch])).items():
            found = kept.setdefault(name, {})
            for at, index in enumerate(batch):
                text = windows[index].text_index
                found[text] = np.maximum(array[at], found.get(text, -np.inf))
    return {name: np.stack([found[at] for at in range(len(rows))]) for name, found in kept.items()}


def fitted_manifest(folder: Path, data: Path, told: dict[str, Any]) -> dict[str, Any]:
    """`model.json` for the network in `folder`: what is told, and what is fitted here."""
    real = corpus.measure_rows(data)
    written = [row for row in corpus.written_rows() if corpus.is_held_out(row)]
    rows = [*real, *written]
    logits = read_logits(folder, rows, max_tokens=told["max_tokens"], max_windows=told["max_windows"])
    manifest = {
        **told,
        "anger": _anger(logits["anger"], real, written),
        "topics": [
            _label(topic, logits["topics"][:, at], *_truth(rows, topic, lambda row: row.topics))
            for at, topic in enumerate(Topic)
        ],
        "risks": [
            _label(risk, logits["risks"][:, at], *_truth(rows, risk, lambda row: row.risks),
                   least=LEAST_RISK.get(risk, LEAST))
            for at, risk in enumerate(Risk)
        ],
    }  # fmt: skip
    digest = hashlib.sha256(json.dumps(manifest, sort_keys=True).encode()).hexdigest()
    return {"version": f"e5-small.{digest[:8]}", **manifest}


def _anger(logits: Any, real: Sequence[Row], written: Sequence[Row]) -> dict[str, Any]:
    """Calibration and thresholds on the real rows; furious is rare there, so the written ones help to place it."""
    here = logits[: len(real)]
    levels = np.array([row.anger for row in real])
    lines = [platt(here[:, step], levels > step) for step in range(3)]
    shares = [apply(line, here[:, step]) for step, line in enumerate(lines)]
    every = np.array([row.anger for row in [*real, *written]])
    angry = angry_shares(here, lines)
    return {
        "calibration": lines,
        "thresholds": [
            best_threshold(shares[0], levels > 0),
            best_threshold(angry, levels > 1),
            best_threshold(apply(lines[2], logits[:, 2]), every > 2),
        ],
        "flag_from": threshold_for_recall(angry, levels > 1, RECALL_OF_A_FLAG),
        "alert_from": threshold_for_precision(angry, levels > 1, PRECISION_OF_AN_ALERT),
    }


def angry_shares(logits: Any, lines: Sequence[Sequence[float]]) -> Any:
    """The probability of "angry" as it is served, from anger logits (texts, 3): never above that of "annoyed"."""
    return np.minimum(apply(lines[0], logits[:, 0]), apply(lines[1], logits[:, 1]))


def _truth(rows: Sequence[Row], label: Any, labels_of: Callable[[Row], frozenset[Any] | None]) -> tuple[Any, Any]:
    """Whether each row has the label, and whether it can be known: the older guide has no letter for some."""
    known = np.array([row.is_fine or label not in NEWER for row in rows])
    return np.array([label in (labels_of(row) or ()) for row in rows]), known


def threshold_for_recall(shares: Any, truth: Any, least: float) -> float:
    """The highest threshold that still finds this share of the true ones."""
    thresholds, _, recall = curve(truth, shares)
    return _floored(thresholds[recall >= least][0])


def threshold_for_precision(shares: Any, truth: Any, least: float) -> float:
    """The lowest threshold above which this share is true; one text more or less does not move it to nonsense."""
    thresholds, precision, _ = curve(truth, shares)
    enough = precision >= least
    return _floored(thresholds[enough][-1]) if enough.any() else 1.0


def _floored(value: float) -> float:
    """Rounded down, so that the text that set the threshold stays on its side."""
    return math.floor(float(value) * 1e4) / 1e4


def platt(logits: Any, truth: Any) -> list[float]:
    """Slope and offset of the logistic line through the logits, by Newton's method with a light ridge."""
    slope, offset = 1.0, 0.0
    for _ in range(60):
        share = _sigmoid(slope * logits + offset)
        weight = share * (1 - share) + 1e-9
        gradient = np.array([((truth - share) * logits).sum() - 1e-2 * (slope - 1), (truth - share).sum()])
        bend = np.array([
            [(weight * logits * logits).sum() + 1e-2, (weight * logits).sum()],
            [(weight * logits).sum(), weight.sum()],
        ])  # fmt: skip
        step = np.linalg.solve(bend, gradient)
        slope, offset = slope + step[0], offset + step[1]
        if np.abs(step).max() < 1e-7:
            break
    return [round(float(slope), 5), round(float(offset), 5)]


def apply(line: Sequence[float], logits: Any) -> Any:
    return _sigmoid(line[0] * logits + line[1])


def best_threshold(shares: Any, truth: Any) -> float:
    """The probability from which calling it true gives the highest F1; midway between two texts."""
    thresholds, precision, recall = curve(truth, shares)
    # The harmonic mean, also where both are nothing.
    at = int(np.argmax(precision * recall / np.maximum(precision + recall, 1e-9)))
    following = thresholds[at + 1] if at + 1 < len(thresholds) else 0.0
    return round(float((thresholds[at] + following) / 2), 4)


def _label(label: Topic | Risk, logits: Any, truth: Any, known: Any, *, least: float = LEAST) -> dict[str, Any]:
    logits, truth = logits[known], truth[known]
    enough = truth.sum() >= FEWEST_POSITIVES
    line = platt(logits, truth) if enough else [1.0, 0.0]
    threshold = best_threshold(apply(line, logits), truth) if enough else 0.5
    return {"id": label.value, "calibration": line, "threshold": min(max(threshold, least), 0.8)}


def _sigmoid(values: Any) -> Any:
    return 1 / (1 + np.exp(-np.clip(values, -30, 30)))
