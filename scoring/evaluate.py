"""Measure a model folder: `python -m scoring.evaluate --data DIR [--model DIR] [--json]`. Offline; no torch.

Runs the scorer exactly as it serves and compares it with the labels of texts it was not trained on: the real reviews
marked `measure` and the written hard cases held out. Thresholds were chosen on the former, so F1 is also given with
thresholds chosen on one half and counted on the other. Trains nothing, changes nothing.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from . import corpus
from .corpus import Row
from .model import BUNDLED, OnnxScorer
from .types import AngerLevel, Risk, Score, Topic

SLICE_LEAST = 20  # slices with fewer angry or fewer other texts say nothing


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """How well a number tells angry texts (anger >= 2) from the others."""

    texts: int
    angry: int
    auroc: float
    average_precision: float
    f1: float  # at the best threshold of the same texts
    f1_crossed: float  # threshold from the other half
    precision_at_recall_90: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Detail:
    """Figures of one label: counts against the truth at the shipped threshold."""

    label: str
    positives: int
    precision: float
    recall: float


def main(argv: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(prog="python -m scoring.evaluate", description=__doc__)
    parser.add_argument("--data", type=Path, required=True, help="folder with the labelled files")
    parser.add_argument("--model", type=Path, default=BUNDLED, help="model folder; the bundled one by default")
    parser.add_argument("--json", action="store_true", help="one JSON object instead of lines")
    given = parser.parse_args(argv)
    report = evaluate(OnnxScorer.load(given.model), given.data)
    sys.stdout.write(json.dumps(report, indent=1) + "\n" if given.json else _lines(report))


def evaluate(scorer: OnnxScorer, data: Path) -> dict[str, object]:
    """Every figure the model card states, by name."""
    real = corpus.measure_rows(data)
    written = [row for row in corpus.authored_rows(data) if corpus.is_held_out(row)]
    began = time.perf_counter()
    scores = scorer.predict([row.text for row in real])
    seconds = time.perf_counter() - began
    held = scorer.predict([row.text for row in written])
    low = [at for at, row in enumerate(real) if row.stars is not None and row.stars <= 2]
    report: dict[str, object] = {
        "version": scorer.version,
        "reviews_per_s": round(len(real) / seconds, 1),
        "real": _told(real, [score.anger for score in scores]),
        "real, stars alone": _told(real, [-(row.stars or 3) for row in real]),
        "real, 1-2 stars": _told([real[at] for at in low], [scores[at].anger for at in low]),
        "real, 1-2 stars, stars alone": _told([real[at] for at in low], [-(real[at].stars or 3) for at in low]),
        "written": _told(written, [score.anger for score in held]),
        "written, stars alone": _told(written, [-(row.stars or 3) for row in written]),
    }
    for lang in sorted({row.lang for row in real}):
        some = [at for at, row in enumerate(real) if row.lang == lang]
        if _is_worth_telling([real[at] for at in some]):
            report[f"real, {lang}"] = _told([real[at] for at in some], [scores[at].anger for at in some])
    report["levels, real"] = _levels(real, scores)
    report["levels, written"] = _levels(written, held)
    report["angriest sentence marked, written"] = _sentence_hits(written, held)
    report["topics, real"] = [asdict(_topic(topic, real, scores)) for topic in Topic]
    report["risks, real"] = [asdict(_risk(risk, real, scores)) for risk in Risk]
    report["risks, written"] = [asdict(_risk(risk, written, held)) for risk in Risk]
    return report


def figures(truth: Sequence[bool], values: Sequence[float]) -> Figures:
    """Figures of `values` (higher is angrier) against `truth`; ties count as half, and never in our favour."""
    halves = [range(0, len(truth), 2), range(1, len(truth), 2)]
    crossed = [_f1_at([truth[i] for i in there], [values[i] for i in there],
                      _best_threshold([truth[i] for i in here], [values[i] for i in here]))
               for here, there in (halves, halves[::-1])]  # fmt: skip
    return Figures(
        texts=len(truth),
        angry=sum(truth),
        auroc=round(_auroc(truth, values), 4),
        average_precision=round(_average_precision(truth, values), 4),
        f1=round(_f1_at(truth, values, _best_threshold(truth, values)), 4),
        f1_crossed=round(sum(crossed) / 2, 4),
        precision_at_recall_90=round(_precision_at_recall(truth, values, 0.9), 4),
    )


def _told(rows: Sequence[Row], values: Sequence[float]) -> dict[str, float]:
    return asdict(figures([_is_angry(row) for row in rows], values))


def _is_angry(row: Row) -> bool:
    return (row.anger or 0) >= 2


def _is_worth_telling(rows: Sequence[Row]) -> bool:
    angry = sum(map(_is_angry, rows))
    return SLICE_LEAST <= angry <= len(rows) - SLICE_LEAST


def _auroc(truth: Sequence[bool], values: Sequence[float]) -> float:
    ordered = sorted(zip(values, truth, strict=True))
    below = wins = 0.0
    at = 0
    while at < len(ordered):
        end = at
        while end < len(ordered) and ordered[end][0] == ordered[at][0]:
            end += 1
        angry = sum(is_angry for _, is_angry in ordered[at:end])
        others = end - at - angry
        wins += angry * (below + others / 2)
        below += others
        at = end
    return wins / (sum(truth) * (len(truth) - sum(truth)))


def _curve(truth: Sequence[bool], values: Sequence[float]) -> list[tuple[float, float, float]]:
    """(threshold, precision, recall) from strict to lax, one point per distinct value."""
    ordered = sorted(zip(values, truth, strict=True), reverse=True)
    hits = 0
    points = []
    for at, (value, is_angry) in enumerate(ordered, 1):
        hits += is_angry
        if at == len(ordered) or ordered[at][0] != value:
            points.append((value, hits / at, hits / max(1, sum(truth))))
    return points


def _average_precision(truth: Sequence[bool], values: Sequence[float]) -> float:
    total = last = 0.0
    for _, precision, recall in _curve(truth, values):
        total += precision * (recall - last)
        last = recall
    return total


def _best_threshold(truth: Sequence[bool], values: Sequence[float]) -> float:
    return max(_curve(truth, values), key=lambda point: 2 * point[1] * point[2] / (point[1] + point[2] + 1e-9))[0]


def _f1_at(truth: Sequence[bool], values: Sequence[float], threshold: float) -> float:
    flagged = [value >= threshold for value in values]
    hits = sum(is_angry and is_flagged for is_angry, is_flagged in zip(truth, flagged, strict=True))
    return 2 * hits / max(1, sum(truth) + sum(flagged))


def _precision_at_recall(truth: Sequence[bool], values: Sequence[float], least: float) -> float:
    return max(precision for _, precision, recall in _curve(truth, values) if recall >= least)


def _levels(rows: Sequence[Row], scores: Sequence[Score]) -> dict[str, dict[str, int]]:
    """Labelled level -> given level -> texts."""
    names = list(AngerLevel)
    table = {name.value: {other.value: 0 for other in names} for name in names}
    for row, score in zip(rows, scores, strict=True):
        table[names[row.anger or 0].value][score.anger_level.value] += 1
    return table


def _sentence_hits(rows: Sequence[Row], scores: Sequence[Score]) -> dict[str, float]:
    """Share of angry texts of several sentences whose angriest sentence meets an angry passage; and by chance."""
    hits, chance, count = 0, 0.0, 0
    for row, score in zip(rows, scores, strict=True):
        if not row.angry or len(score.sentences) < 2:
            continue
        places = [(row.text.index(words), row.text.index(words) + len(words)) for words in row.angry]
        met = [any(start < one.end and one.start < end for start, end in places) for one in score.sentences]
        top = max(range(len(met)), key=lambda at: score.sentences[at].anger)
        hits, chance, count = hits + met[top], chance + sum(met) / len(met), count + 1
    return {"texts": count, "share": round(hits / max(1, count), 3), "by_chance": round(chance / max(1, count), 3)}


def _topic(topic: Topic, rows: Sequence[Row], scores: Sequence[Score]) -> Detail:
    return _detail(topic.value, rows, scores, lambda row: topic in (row.topics or ()),
                   lambda score: any(one.topic is topic for one in score.topics))  # fmt: skip


def _risk(risk: Risk, rows: Sequence[Row], scores: Sequence[Score]) -> Detail:
    return _detail(risk.value, rows, scores, lambda row: risk in (row.risks or ()),
                   lambda score: any(one.risk is risk for one in score.risks))  # fmt: skip


def _detail(
    label: str,
    rows: Sequence[Row],
    scores: Sequence[Score],
    is_true: Callable[[Row], bool],
    is_told: Callable[[Score], bool],
) -> Detail:
    pairs = [(is_true(row), is_told(score)) for row, score in zip(rows, scores, strict=True)]
    hits = sum(a and b for a, b in pairs)
    return Detail(
        label=label,
        positives=sum(a for a, _ in pairs),
        precision=round(hits / max(1, sum(b for _, b in pairs)), 3),
        recall=round(hits / max(1, sum(a for a, _ in pairs)), 3),
    )


def _lines(report: dict[str, object]) -> str:
    return "".join(f"{name}: {json.dumps(value)}\n" for name, value in report.items())


if __name__ == "__main__":
    main()
