"""Figures of a number that is to tell angry texts from others, and how far chance moves them. Offline; numpy only.

`truth` is of booleans and `values` of numbers, higher meaning angrier; both of shape (texts,). `counts` says how often
a text is in each draw, shape (draws, texts): all draws of the bootstrap are worked out together. A figure is of shape
(draws,) and NaN where a draw cannot say, as without any angry text. Ties never count in our favour. The tests compare
every figure with scikit-learn's.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import numpy as np  # noqa: TID253 - offline module

Flags = np.ndarray[Any, np.dtype[np.bool_]]
Numbers = np.ndarray[Any, np.dtype[np.float64]]
Figure = Callable[[Flags, Numbers, Numbers], Numbers]

BINS = 10
RESAMPLES = 1000
SEED = 7
AT_ONCE = 2_000_000  # counts in memory at a time (16 MB and a few copies), however long the file
LEAST_SAYING = 0.95  # share of the draws that must be able to say, else there is no range


def auroc(truth: Flags, values: Numbers, counts: Numbers) -> Numbers:
    """Share of pairs, one angry and one other, in which the angry one has the higher number; ties count half."""
    angry, others = _by_value(truth, values, counts)
    higher = np.cumsum(angry, axis=1) - angry / 2
    return _share((higher * others).sum(axis=1), angry.sum(axis=1) * others.sum(axis=1))


def average_precision(truth: Flags, values: Numbers, counts: Numbers) -> Numbers:
    """Area under the steps of precision over recall, without interpolation."""
    angry, others = _by_value(truth, values, counts)
    hits = np.cumsum(angry, axis=1)
    precision = hits / np.maximum(hits + np.cumsum(others, axis=1), 1)
    return _share((precision * angry).sum(axis=1), hits[:, -1])


def precision_at_recall(truth: Flags, values: Numbers, counts: Numbers, least: float = 0.9) -> Numbers:
    """The best precision among thresholds that find at least this share of the angry texts."""
    angry, others = _by_value(truth, values, counts)
    hits = np.cumsum(angry, axis=1)
    precision = hits / np.maximum(hits + np.cumsum(others, axis=1), 1)
    recall = _share(hits, hits[:, -1:])
    best = np.where(recall >= least, precision, 0).max(axis=1)
    return np.where(hits[:, -1] > 0, best, np.nan)


def best_f1(truth: Flags, values: Numbers, counts: Numbers) -> Numbers:
    """F1 at the threshold that suits these very texts best: more than a threshold chosen beforehand can reach."""
    angry, others = _by_value(truth, values, counts)
    hits = np.cumsum(angry, axis=1)
    total = hits[:, -1:]
    best = (2 * hits / np.maximum(hits + np.cumsum(others, axis=1) + total, 1)).max(axis=1)
    return np.where(total[:, 0] > 0, best, np.nan)


def f1(truth: Flags, flagged: Flags, counts: Numbers) -> Numbers:
    """Harmonic mean of precision and recall of what was flagged."""
    angry = counts @ truth
    return np.where(angry > 0, _share(2 * (counts @ (truth & flagged)), angry + counts @ flagged), np.nan)


def macro_f1(truth: Flags, told: Flags, counts: Numbers) -> Numbers:
    """Mean F1 of several labels, over those that occur in a draw; both arrays of shape (texts, labels)."""
    texts = counts @ truth
    each = 2 * (counts @ (truth & told)) / np.maximum(texts + counts @ told, 1)
    return _share(np.where(texts > 0, each, 0).sum(axis=1), (texts > 0).sum(axis=1))


def ece(truth: Flags, probabilities: Numbers, counts: Numbers) -> Numbers:
    """Expected calibration error over ten bins of equal width (Guo et al., ICML 2017)."""
    bins = np.minimum((probabilities * BINS).astype(int), BINS - 1)
    gaps = (truth - probabilities)[:, None] * (bins[:, None] == np.arange(BINS))
    return _share(np.abs(counts @ gaps).sum(axis=1), counts.sum(axis=1))


def curve(truth: Any, values: Any) -> tuple[Numbers, Numbers, Numbers]:
    """Thresholds from strict to lax, one per distinct number, with precision and recall of "at least that"."""
    order = np.argsort(-values, kind="stable")
    ordered = values[order]
    ends = np.append(np.nonzero(np.diff(ordered))[0], len(ordered) - 1)
    hits = np.cumsum(truth[order])[ends]
    return ordered[ends], hits / (ends + 1), hits / max(1, int(truth.sum()))


def whole(texts: int) -> Numbers:
    """The counts of the one draw that is the file itself."""
    return np.ones((1, texts))


def bootstrap(figure: Callable[[Numbers], Numbers], texts: int) -> Numbers:
    """The figure over resamples of so many texts, shape (RESAMPLES,); the same resamples at every call."""
    return np.concatenate([figure(counts) for counts in _resamples(texts)])


def middle(found: Numbers) -> tuple[float, float] | None:
    """The middle 95 % of a figure's resamples; None where too many of them cannot say."""
    saying = found[np.isfinite(found)]
    if len(saying) < LEAST_SAYING * len(found):
        return None
    low, high = np.quantile(saying, [0.025, 0.975])
    return float(low), float(high)


def _resamples(texts: int) -> Iterator[Numbers]:
    random = np.random.default_rng(SEED)
    size = max(1, min(RESAMPLES, AT_ONCE // texts))
    for start in range(0, RESAMPLES, size):
        draws = min(size, RESAMPLES - start)
        drawn = random.integers(0, texts, size=(draws, texts)) + texts * np.arange(draws)[:, None]
        yield np.bincount(drawn.ravel(), minlength=draws * texts).reshape(draws, texts).astype(float)


def _by_value(truth: Flags, values: Numbers, counts: Numbers) -> tuple[Numbers, Numbers]:
    """Angry and other texts per distinct number, highest first; both of shape (draws, distinct numbers)."""
    order = np.argsort(-values, kind="stable")
    starts = np.append(0, np.nonzero(np.diff(values[order]))[0] + 1)
    drawn, angry = counts[:, order], truth[order]
    return np.add.reduceat(drawn * angry, starts, axis=1), np.add.reduceat(drawn * ~angry, starts, axis=1)


def _share(part: Numbers, total: Numbers) -> Numbers:
    shares: Numbers = np.full(np.broadcast(part, total).shape, np.nan)
    np.divide(part, total, out=shares, where=total > 0)
    return shares
