"""Whether more angry reviews came than a place's own history explains: plain counts in, a finding out.

The history is the number in each earlier period of the same length. They are taken to follow a negative binomial
distribution with the mean and variance of that history (by moments: Johnson, Kemp and Kotz, Univariate Discrete
Distributions, 2005, 5.8.1), which is the Poisson where the variance is no greater than the mean. Angry reviews come
in clusters, and a Poisson alone would cry wolf at each.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

# A place is asked about once a day: by chance alone one alert in three years (1 / 0.001 days).
ALPHA: Final = 0.001
USUAL: Final = 0.95  # of the periods lie in the usual range
LEAST: Final = 3  # fewer are misfortunes, however rare they are
PERIODS_LEAST: Final = 8  # of history: two months of weeks
PRIOR: Final = 0.5  # reviews in all of the history, added to it: of what never came yet it may still come


@dataclass(frozen=True, slots=True, kw_only=True)
class Spike:
    """An unusual number, and what is usual: in 95 of 100 periods `low` to `high`."""

    count: int
    low: int
    high: int
    chance: float  # of so many or more, by the history


def unusual(count: int, history: Sequence[int]) -> Spike | None:
    """The finding; None where it is usual, there are too few, or the history is too short to say."""
    if count < LEAST or len(history) < PERIODS_LEAST:
        return None
    mean = (sum(history) + PRIOR) / len(history)
    variance = sum((one - mean) ** 2 for one in history) / (len(history) - 1)
    low, high, below = None, 0, 0.0
    for number, share in enumerate(_shares(mean, variance)):
        if number == count:
            break
        below += share
        if low is None and below > (1 - USUAL) / 2:
            low = number
        if below < (1 + USUAL) / 2:
            high = number + 1
    chance = max(0.0, 1 - below)
    if chance >= ALPHA:
        return None
    return Spike(count=count, low=low or 0, high=min(high, count - 1), chance=chance)


def _shares(mean: float, variance: float) -> Iterator[float]:
    """The probabilities of 0, 1, 2 and so on: each from the one before, so that nothing overflows."""
    if variance <= mean:
        share = math.exp(-mean)
        number = 0
        while True:
            yield share
            number += 1
            share *= mean / number
    size = mean * mean / (variance - mean)
    success = mean / variance
    share, number = success**size, 0
    while True:
        yield share
        number += 1
        share *= (size + number - 1) / number * (1 - success)
