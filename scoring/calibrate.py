"""Fit probabilities and thresholds to a quantised network, on the rows kept for measuring. Offline; numpy only.

Platt scaling (two numbers a head): with 218 angry texts an isotonic fit would learn their noise. Thresholds: "angry" is
the flag and maximises F1 over real reviews; the other two levels maximise the agreement with the labelled level.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np  # noqa: TID253 - offline module

from . import corpus
from .corpus import Row
from .types import Risk, Topic
from .windows import budget_batches, cut

Logits = dict[str, Any]
# Fewer positives than this cannot bend a line: the raw probability stays.
# Two risks that the model would otherwise name too often: it must hold them more likely than not. A banner that is
# wrong three times in four is not read. Measured on the 340 unseen reviews of the demo: precision of "discrimination"
# .27 at its best-F1 threshold, .56 from here on.
LEAST_RISK = {Risk.DISCRIMINATION: 0.5, Risk.CHURN: 0.5}
LEAST = 0.2  # of every other label
FEWEST_POSITIVES = 12


def read_logits(folder: Path, rows: Sequence[Row], *, max_tokens: int) -> Logits:
    """Raw numbers of the network per row (first window), before any calibration."""
    import onnxruntime
    from tokenizers import Tokenizer

    session = onnxruntime.InferenceSession(str(folder / "model.onnx"), providers=["CPUExecutionProvider"])
    tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
    windows = cut([row.text for row in rows], tokenizer, max_tokens=max_tokens, max_windows=1).windows
    kept: dict[str, list[Any]] = {name: [None] * len(rows) for name in ("anger", "topics", "risks")}
    for batch in budget_batches([len(window.ids) for window in windows], budget=1024):
        longest = max(len(windows[index].ids) for index in batch)
        ids = np.array([[*windows[i].ids, *[1] * (longest - len(windows[i].ids))] for i in batch], dtype=np.int64)
        values = session.run(list(kept), {"input_ids": ids, "attention_mask": (ids != 1).astype(np.int64)})
        for name, array in zip(kept, values, strict=True):
            for at, index in enumerate(batch):
                kept[name][windows[index].text_index] = array[at]
    return {name: np.stack(arrays) for name, arrays in kept.items()}


def fitted_manifest(folder: Path, data: Path, told: dict[str, Any]) -> dict[str, Any]:
    """`model.json` for the network in `folder`: what is told, and what is fitted here."""
    real = corpus.measure_rows(data)
    written = [row for row in corpus.authored_rows(data) if corpus.is_held_out(row)]
    logits = read_logits(folder, [*real, *written], max_tokens=told["max_tokens"])
    on_real = {name: array[: len(real)] for name, array in logits.items()}
    levels = np.array([row.anger for row in real])
    lines = [platt(on_real["anger"][:, step], levels > step) for step in range(3)]
    shares = [apply(line, on_real["anger"][:, step]) for step, line in enumerate(lines)]
    # Furious is rare in real reviews (10 of 1,547): the written ones held out help to place its threshold.
    every = np.array([row.anger for row in [*real, *written]])
    furious = apply(lines[2], logits["anger"][:, 2])
    thresholds = [
        best_threshold(shares[0], levels > 0),
        best_threshold(shares[1], levels > 1),
        best_threshold(furious, every > 2),
    ]
    rows = [*real, *written]
    manifest = {
        **told,
        "anger": {"calibration": lines, "thresholds": thresholds},
        "topics": [
            _label(topic, logits["topics"][:, at], np.array([topic in (row.topics or ()) for row in rows]))
            for at, topic in enumerate(Topic)
        ],
        "risks": [
            _label(
                risk,
                logits["risks"][:, at],
                np.array([risk in (row.risks or ()) for row in rows]),
                least=LEAST_RISK.get(risk, LEAST),
            )
            for at, risk in enumerate(Risk)
        ],
    }
    digest = hashlib.sha256(json.dumps(manifest, sort_keys=True).encode()).hexdigest()
    return {"version": f"e5-small.{digest[:8]}", **manifest}


def platt(logits: Any, truth: Any) -> list[float]:
    """Slope and offset of the logistic line through the logits, by Newton's method with a light ridge."""
    slope, offset = 1.0, 0.0
    for _ in range(60):
        share = _sigmoid(slope * logits + offset)
        weight = share * (1 - share) + 1e-9
        gradient = np.array([((truth - share) * logits).sum() - 1e-2 * (slope - 1), (truth - share).sum()])
        curve = np.array([
            [(weight * logits * logits).sum() + 1e-2, (weight * logits).sum()],
            [(weight * logits).sum(), weight.sum()],
        ])  # fmt: skip
        step = np.linalg.solve(curve, gradient)
        slope, offset = slope + step[0], offset + step[1]
        if np.abs(step).max() < 1e-7:
            break
    return [round(float(slope), 5), round(float(offset), 5)]


def apply(line: Sequence[float], logits: Any) -> Any:
    return _sigmoid(line[0] * logits + line[1])


def best_threshold(shares: Any, truth: Any) -> float:
    """The probability from which calling it true gives the highest F1; midway between two texts."""
    order = np.argsort(-shares)
    hits = np.cumsum(truth[order])
    f1 = 2 * hits / (np.arange(1, len(order) + 1) + truth.sum())
    at = int(np.argmax(f1))
    ordered = shares[order]
    following = ordered[at + 1] if at + 1 < len(ordered) else 0.0
    return round(float((ordered[at] + following) / 2), 4)


def _label(label: Topic | Risk, logits: Any, truth: Any, *, least: float = LEAST) -> dict[str, Any]:
    enough = truth.sum() >= FEWEST_POSITIVES
    line = platt(logits, truth) if enough else [1.0, 0.0]
    threshold = best_threshold(apply(line, logits), truth) if enough else 0.5
    return {"id": label.value, "calibration": line, "threshold": min(max(threshold, least), 0.8)}


def _sigmoid(values: Any) -> Any:
    return 1 / (1 + np.exp(-np.clip(values, -30, 30)))
