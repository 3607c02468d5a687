"""Probabilities and their logits. Standard library only."""

from __future__ import annotations

import math

MOST_LOGIT = 20.0  # a probability of 2e-9 off certain; beyond it floating point has no more to say


def sigmoid(value: float) -> float:
    """The probability of a logit; no logit is too large for it."""
    return 1 / (1 + math.exp(-min(max(value, -30.0), 30.0)))


def logit(probability: float) -> float:
    """Cut at MOST_LOGIT on either side."""
    if probability <= 0 or probability >= 1:
        return -MOST_LOGIT if probability <= 0 else MOST_LOGIT
    return min(max(math.log(probability / (1 - probability)), -MOST_LOGIT), MOST_LOGIT)
