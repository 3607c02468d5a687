"""Fit an owner's calibration to labelled reviews, and say honestly what it would change.

Two numbers and three thresholds are fitted, then drawn back towards the model's own, which count as OWN_ROWS reviews:
a handful of corrections may nudge a model but not overturn it. The figures "after" come from reviews that the fit did
not see (cross-validation). Pure and in plain Python: at most some ten thousand rows, once in a while.
"""

from __future__ import annotations

import hashlib
import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from .calibration import Calibration, Thresholds, model_of
from .corrections import Correction
from .errors import CorrectionsRefused
from .logistic import logit, sigmoid
from .types import AngerLevel, Urgency

# The rows of the rarer kind from which on the owner's word outweighs the model's. Of 30 angry reviews a recall of .9 is
# known to within .11 (95 %, binomial: 1.96 * sqrt(.9 * .1 / 30)); of fewer, the thresholds would be chance.
OWN_ROWS = 30
LEAST_ROWS = 10  # of either kind: two in each fold
FOLDS = 5
BINS = 10  # of equal width, as scoring/evaluate.py counts them
RECALL, PRECISION = 0.9, 0.9  # of flag and alert
LEAST_ALERTED = 10  # nine in ten of fewer says nothing
_LEAST_SLOPE = 0.05  # in a fold that runs against the model; the whole fit is refused then

Curve = Sequence[tuple[float, int, float]]  # boundary as a logit, texts from it on, angry ones among them; strict first


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """How well a calibration does on labelled reviews. A share of nothing is None."""

    precision: float | None
    recall: float
    f1: float
    wrong: int  # flagged without reason or missed, of all
    calibration_error: float  # expected, over ten bins of equal width (Guo et al., ICML 2017)
    flag_recall: float
    flag_precision: float | None
    alert_precision: float | None  # of all that is told at once: furious, or sure
    alerts: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Refit:
    calibration: Calibration
    own: Thresholds  # the model's, drawn along the same line
    before: Figures  # of the calibration in use
    after: Figures  # on reviews left out of the fit


def refit(
    rows: Sequence[Correction], own: Sequence[float], levels: Sequence[AngerLevel], *, version: str,
    thresholds: Thresholds, used: Calibration, made_at: str,
) -> Refit:  # fmt: skip
    """A calibration for the rows, given with the model's own probabilities of "angry", levels and thresholds.

    `version` is the model's without calibration, `used` the calibration in use (`unchanged` for none).

    Raises:
        CorrectionsRefused: too few rows of a kind, or rows that the model is mostly wrong about.
    """
    truth = [row.is_angry for row in rows]
    for kind, count in (("angry", sum(truth)), ("not angry", len(truth) - sum(truth))):
        if count < LEAST_ROWS:
            raise CorrectionsRefused(
                f"Only {count} of the {len(truth)} reviews {'is' if count == 1 else 'are'} {kind}; at least "
                f"{LEAST_ROWS} of either kind are needed, and from {OWN_ROWS} on they outweigh what the model brings."
            )
    values = [logit(share) for share in own]
    if _line(values, truth)[0] <= 0:
        raise CorrectionsRefused(
            "In this file the reviews that the model calls angrier are angry less often, which no calibration can "
            "mend. Add reviews that it judged rightly: wrong flags alone say nothing of the others."
        )
    outweighs = min(sum(truth), len(truth) - sum(truth)) >= OWN_ROWS
    frame = Calibration(
        model=model_of(version), slope=1.0, offset=0.0, thresholds=thresholds, rows=len(truth), angry=sum(truth),
        made_at=made_at,
    )  # fmt: skip
    made = _fitted(values, truth, frame, outweighs=outweighs)
    judged: list[tuple[float, Calibration]] = [(0.0, frame)] * len(rows)
    for fold in _folds(rows):
        rest = [at for at in range(len(rows)) if at not in fold]
        fitted = _fitted([values[at] for at in rest], [truth[at] for at in rest], frame, outweighs=outweighs)
        for at in fold:
            judged[at] = (fitted.probability(own[at]), fitted)
    return Refit(
        calibration=made,
        own=thresholds,
        before=figures([(used.probability(share), used) for share in own], levels, truth),
        after=figures(judged, levels, truth),
    )


def figures(
    judged: Sequence[tuple[float, Calibration]], levels: Sequence[AngerLevel], truth: Sequence[bool]
) -> Figures:
    """The figures of probabilities, each with the calibration it came from and the level that the model gave."""
    called = [share >= by.thresholds.angry for share, by in judged]
    flagged = [share >= by.thresholds.flag for share, by in judged]
    alerted = [
        by.thresholds.urgency(share, by.level(level, share)) is Urgency.ALERT
        for (share, by), level in zip(judged, levels, strict=True)
    ]
    angry = sum(truth)
    hits = _both(called, truth)
    return Figures(
        precision=_share(hits, sum(called)),
        recall=hits / max(1, angry),
        f1=2 * hits / max(1, sum(called) + angry),
        wrong=sum(called) + angry - 2 * hits,
        calibration_error=_calibration_error([share for share, _ in judged], truth),
        flag_recall=_both(flagged, truth) / max(1, angry),
        flag_precision=_share(_both(flagged, truth), sum(flagged)),
        alert_precision=_share(_both(alerted, truth), sum(alerted)),
        alerts=sum(alerted),
    )


def _fitted(values: Sequence[float], truth: Sequence[bool], frame: Calibration, *, outweighs: bool) -> Calibration:
    """The calibration for these logits, drawn back towards the frame's thresholds and towards no change.

    A model without a threshold for alerts gets one only where the owner's rows outweigh it (`outweighs`).
    """
    rarer = min(sum(truth), len(truth) - sum(truth))
    weight = rarer / (rarer + OWN_ROWS)
    line = _line(values, truth)
    slope = round(1 + weight * (max(line[0], _LEAST_SLOPE) - 1), 5)
    offset = round(weight * line[1], 5)
    curve, own = _curve(values, truth), frame.thresholds

    def moved(threshold: float, found: float | None) -> float:
        """A threshold is moved on the model's own scale, then told on the new one: it decides what it decided."""
        start = logit(threshold)
        at = start if found is None else start + weight * (found - start)
        return round(sigmoid(slope * at + offset), 5)

    angry = sum(truth)
    expected = [sigmoid(line[0] * value + line[1]) for value in values]
    alerting = _loosest(curve, lambda texts, hits: texts >= LEAST_ALERTED and hits / texts >= PRECISION)
    flag = moved(own.flag, _strictest(curve, lambda _, hits: hits / angry >= RECALL))
    if own.alert is not None:
        alert: float | None = moved(own.alert, alerting)
    else:
        alert = moved(sigmoid(alerting), None) if alerting is not None and outweighs else None
    return replace(
        frame,
        slope=slope,
        offset=offset,
        thresholds=Thresholds(
            angry=moved(own.angry, _best_f1(_curve(values, expected), sum(expected))),
            flag=flag,
            alert=None if alert is None else max(alert, flag),
        ),
    )


def _line(values: Sequence[float], truth: Sequence[bool]) -> tuple[float, float]:
    """Slope and offset by Newton's method, under a normal prior around (1, 0) with a spread of 1 for both.

    The prior keeps kinds that a threshold parts wholly from an endless slope; steps that make it worse are halved.
    """
    slope, offset = 1.0, 0.0
    loss = _loss(values, truth, slope, offset)
    for _ in range(50):
        grad_s, grad_o, ss, so, oo = slope - 1, offset, 1.0, 0.0, 1.0
        for value, is_angry in zip(values, truth, strict=True):
            share = sigmoid(slope * value + offset)
            miss, bend = share - is_angry, share * (1 - share)
            grad_s, grad_o = grad_s + miss * value, grad_o + miss
            ss, so, oo = ss + bend * value * value, so + bend * value, oo + bend
        scale = ss * oo - so * so
        step_s, step_o = (oo * grad_s - so * grad_o) / scale, (ss * grad_o - so * grad_s) / scale
        size = 1.0
        while (found := _loss(values, truth, slope - size * step_s, offset - size * step_o)) > loss and size > 1e-6:
            size /= 2
        if loss - found < 1e-9:
            break
        slope, offset, loss = slope - size * step_s, offset - size * step_o, found
    return slope, offset


def _loss(values: Sequence[float], truth: Sequence[bool], slope: float, offset: float) -> float:
    total = ((slope - 1) ** 2 + offset**2) / 2
    for value, is_angry in zip(values, truth, strict=True):
        at = slope * value + offset
        at = -at if is_angry else at
        total += max(at, 0.0) + math.log1p(math.exp(-abs(at)))
    return total


def _curve(values: Sequence[float], truth: Sequence[float]) -> Curve:
    """Every boundary between two different values, midway, and one below them all; angry texts may count in part."""
    ordered = sorted(zip(values, truth, strict=True), key=lambda one: -one[0])
    found: list[tuple[float, int, float]] = []
    hits = 0.0
    for texts, (value, is_angry) in enumerate(ordered, start=1):
        hits += is_angry
        below = ordered[texts][0] if texts < len(ordered) else value - 0.1
        if below < value:
            found.append(((value + below) / 2, texts, hits))
    return found


def _best_f1(curve: Curve, angry: float) -> float:
    """Where F1 is highest, on the probabilities of the fitted line in place of the labels.

    The labels' own best F1 hangs on two or three texts: on the reviews kept for measuring that cost a model that was
    right already .02 of F1, this costs .01, and one that is too angry or too calm gains .05 to .08 either way.
    """
    return max(curve, key=lambda cut: cut[2] / (cut[1] + angry))[0]


def _strictest(curve: Curve, fits: Callable[[int, float], bool]) -> float | None:
    return next((at for at, texts, hits in curve if fits(texts, hits)), None)


def _loosest(curve: Curve, fits: Callable[[int, float], bool]) -> float | None:
    return _strictest(curve[::-1], fits)


def _folds(rows: Sequence[Correction]) -> list[set[int]]:
    """Both kinds spread evenly; which row lies in which hangs on its text alone, so the same file says the same."""
    order = sorted(range(len(rows)), key=lambda at: (rows[at].is_angry, _digest(rows[at].text)))
    return [set(order[fold::FOLDS]) for fold in range(FOLDS)]


def _digest(text: str) -> bytes:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).digest()


def _calibration_error(shares: Sequence[float], truth: Sequence[bool]) -> float:
    gaps = [0.0] * BINS
    for share, is_angry in zip(shares, truth, strict=True):
        gaps[min(int(share * BINS), BINS - 1)] += share - is_angry
    return sum(map(abs, gaps)) / max(1, len(shares))


def _both(called: Sequence[bool], truth: Sequence[bool]) -> int:
    return sum(one and other for one, other in zip(called, truth, strict=True))


def _share(part: int, whole: int) -> float | None:
    return part / whole if whole else None
