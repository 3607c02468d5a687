"""Every figure of one model, or of a baseline, on labelled texts: plain values for a report. Offline; numpy only.

"Angry" is anger >= 2. What the texts cannot say is None, never NaN; so is the range of a figure that too few resamples
can say.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property, partial
from typing import Any

import numpy as np  # noqa: TID253 - offline module

from . import metrics
from .baselines import Baseline
from .corpus import Row
from .labelled import FINE, coarse
from .metrics import Flags, Numbers
from .types import AngerLevel, Risk, Score, Topic, Urgency

Report = dict[str, Any]
Bound = Callable[[Numbers], Numbers]  # a figure of certain texts, as a function of their counts

RANKING: dict[str, metrics.Figure] = {
    "auroc": metrics.auroc,
    "average_precision": metrics.average_precision,
    "precision_at_recall_90": metrics.precision_at_recall,
    "f1_best": metrics.best_f1,
}


@dataclass(frozen=True, kw_only=True)
class Judged:
    """Rows and what a model said of them."""

    rows: Sequence[Row]
    scores: Sequence[Score]

    @cached_property
    def levels(self) -> np.ndarray[Any, np.dtype[np.int_]]:
        return np.array([row.anger for row in self.rows], dtype=int)

    @cached_property
    def truth(self) -> Flags:
        return self.levels >= AngerLevel.ANGRY.rank

    @cached_property
    def anger(self) -> Numbers:
        return np.array([score.anger for score in self.scores], dtype=float)

    @cached_property
    def flagged(self) -> Flags:
        return np.array([score.anger_level.rank >= AngerLevel.ANGRY.rank for score in self.scores], dtype=bool)

    def only(self, places: Iterable[int]) -> Judged:
        kept = list(places)
        return Judged(rows=[self.rows[at] for at in kept], scores=[self.scores[at] for at in kept])


def model_figures(judged: Judged, *, ranged: bool = True) -> Report:
    """How well the model's number tells angry texts from others, and its topics and risks.

    Without `ranged` every range is None: resamples of a few texts look surer than they are.
    """
    truth, anger = judged.truth, judged.anger
    return {
        "texts": len(truth),
        "angry": int(truth.sum()),
        **_with_intervals({
            **_ranking(truth, anger),
            "f1": partial(metrics.f1, truth, judged.flagged),
            "ece": partial(metrics.ece, truth, anger),
            "auroc_annoyed": partial(metrics.auroc, judged.levels >= AngerLevel.ANNOYED.rank, anger),
        }, len(truth), ranged=ranged),
        "topics": _labels(
            judged, list(Topic), lambda row: row.topics, lambda score: {x.topic for x in score.topics}, ranged=ranged
        ),
        "risks": _labels(
            judged, list(Risk), lambda row: row.risks, lambda score: {x.risk for x in score.risks}, ranged=ranged
        ),
    }  # fmt: skip


def baseline_figures(truth: Flags, baseline: Baseline, *, ranged: bool = True) -> Report:
    """On the texts about which it has something to say; many reviews have no stars."""
    kept = [at for at, value in enumerate(baseline.values) if value is not None]
    truth, values = truth[kept], np.array([baseline.values[at] for at in kept], dtype=float)
    return {
        "texts": len(kept),
        "angry": int(truth.sum()),
        "flags": baseline.says,
        **_with_intervals({
            **_ranking(truth, values),
            "f1": partial(metrics.f1, truth, values >= baseline.threshold),
        }, len(kept), ranged=ranged),
    }  # fmt: skip


def differences(first: Judged, second: Judged) -> Report:
    """By how much the second is higher, with the range over texts drawn for both alike: name -> figure, interval."""
    truth, texts = first.truth, len(first.truth)
    pairs: dict[str, tuple[Bound, Bound]] = {
        **{name: (partial(figure, truth, first.anger), partial(figure, truth, second.anger))
           for name, figure in RANKING.items()},
        "f1": (partial(metrics.f1, truth, first.flagged), partial(metrics.f1, truth, second.flagged)),
        "ece": (partial(metrics.ece, truth, first.anger), partial(metrics.ece, truth, second.anger)),
    }  # fmt: skip
    report = {}
    for name, (mine, theirs) in pairs.items():
        found = _with_intervals({name: lambda counts, a=mine, b=theirs: b(counts) - a(counts)}, texts)
        report[name] = {"figure": found[name], "interval": found["intervals"][name]}
    return report


def level_table(judged: Judged) -> dict[str, dict[str, int]]:
    """Labelled level -> given level -> texts."""
    names = list(AngerLevel)
    table = {name.value: {other.value: 0 for other in names} for name in names}
    for level, score in zip(judged.levels, judged.scores, strict=True):
        table[names[level].value][score.anger_level.value] += 1
    return table


def use_figures(judged: Judged) -> dict[str, Report]:
    """What comes of the thresholds: a text to be read, an angry one, one to be told of at once (furious or sure)."""
    urgencies = np.array([list(Urgency).index(score.urgency) for score in judged.scores])
    told = {"flag": urgencies >= 1, "angry": judged.flagged, "alert": urgencies >= list(Urgency).index(Urgency.ALERT)}
    return {name: _hits(judged.truth, flags) for name, flags in told.items()}


def sentence_hits(judged: Judged) -> Report:
    """Share of angry texts of several sentences whose angriest sentence meets an angry passage; and by chance."""
    hits, chance, count = 0, 0.0, 0
    for row, score in zip(judged.rows, judged.scores, strict=True):
        if not row.angry or len(score.sentences) < 2:
            continue
        places = [(row.text.index(words), row.text.index(words) + len(words)) for words in row.angry]
        met = [any(start < one.end and one.start < end for start, end in places) for one in score.sentences]
        top = max(range(len(met)), key=lambda at: score.sentences[at].anger)
        hits, chance, count = hits + met[top], chance + sum(met) / len(met), count + 1
    return {"texts": count, "share": _share(hits, count), "by_chance": _share(chance, count)}


def _ranking(truth: Flags, values: Numbers) -> dict[str, Bound]:
    return {name: partial(figure, truth, values) for name, figure in RANKING.items()}


def _with_intervals(figures: dict[str, Any], texts: int, *, ranged: bool = True) -> Report:
    """The figures by name, and under "intervals" where the middle 95 % of their resamples lie."""
    report: Report = dict.fromkeys(figures)
    intervals: dict[str, list[float] | None] = dict.fromkeys(figures)
    for name, figure in figures.items() if texts else ():
        value = report[name] = _rounded(figure(metrics.whole(texts))[0])
        ends = metrics.middle(metrics.bootstrap(figure, texts)) if ranged and value is not None else None
        if value is not None and ends:
            # ECE is higher in nearly every resample than in the texts themselves; a range holds its figure.
            intervals[name] = [min(round(ends[0], 4), value), max(round(ends[1], 4), value)]
    return {**report, "intervals": intervals}


def _labels(
    judged: Judged,
    labels: Sequence[Topic | Risk],
    truth_of: Callable[[Row], frozenset[Any] | None],
    told_of: Callable[[Score], set[Any]],
    *,
    ranged: bool,
) -> Report:
    """Precision, recall and F1 per label that the rows use, and the mean F1 over those labels.

    Rows labelled by the guide's first edition are compared by its labels; what it has no letter for is not held
    against the model there.
    """
    truth, told = np.zeros((2, len(judged.rows), len(labels)), dtype=bool)
    for at, (row, score) in enumerate(zip(judged.rows, judged.scores, strict=True)):
        true, named = truth_of(row), frozenset(told_of(score))
        if true is None:
            continue
        if not row.is_fine:
            true, named = coarse(true), coarse(named) - FINE
        truth[at], told[at] = [label in true for label in labels], [label in named for label in labels]
    known = np.array([truth_of(row) is not None for row in judged.rows], dtype=bool)
    used = np.flatnonzero(truth.any(axis=0))
    truth, told = truth[known][:, used], told[known][:, used]
    found = _with_intervals({"macro_f1": partial(metrics.macro_f1, truth, told)}, len(truth), ranged=ranged)
    return {
        "texts": len(truth),
        "macro_f1": found["macro_f1"],
        "interval": found["intervals"]["macro_f1"],
        "per_label": {labels[int(label)].value: _hits(truth[:, at], told[:, at]) for at, label in enumerate(used)},
    }


def _hits(truth: Flags, told: Flags) -> Report:
    """Texts that have it, texts said to have it, and what of it is right; None where there is nothing to divide by."""
    texts, named, hits = int(truth.sum()), int(told.sum()), int((truth & told).sum())
    return {
        "texts": texts,
        "told": named,
        "precision": _share(hits, named),
        "recall": _share(hits, texts),
        "f1": _share(2 * hits, texts + named),
    }


def _share(part: float, total: float) -> float | None:
    return round(part / total, 4) if total else None


def _rounded(value: float) -> float | None:
    return round(float(value), 4) if math.isfinite(value) else None
