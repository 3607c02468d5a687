"""Whether two shares differ by more than chance explains: plain counts in, a finding out.

A share's range is that of Wilson (Journal of the American Statistical Association 22, 1927), which holds for small
numbers, for none and for all. The range of a difference is made of two of those, as in method 10 of Newcombe
(Statistics in Medicine 17, 1998, pp. 873-890), the better of the simple ones for small numbers by his comparison.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

Z_95: Final = 1.959964  # of the normal distribution, two-sided
# A page compares a dozen causes at once: at 95 % every other page would tell of one by chance alone, at 99 % every
# ninth (1 - .99 ** 12 = .11).
Z_99: Final = 2.575829
WHOLE_LEAST: Final = 10  # of fewer, even none at all may stand for 40 of 100 (Wilson, 99 %: z² / (10 + z²) = .40)
PARTS_LEAST: Final = 5  # in both together: fewer are single misfortunes, and one more or less turns the finding


class Finding(StrEnum):
    """What two shares say."""

    MORE = "more"  # the first is larger, by more than chance explains
    FEWER = "fewer"
    CHANCE = "chance"  # they may well be one
    TOO_FEW = "too_few"  # to say any of these


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """Of two shares from 0 to 1: `low` to `high` holds their difference with a confidence of 99 %."""

    finding: Finding
    low: float
    high: float


def wilson(part: int, whole: int, z: float = Z_95) -> tuple[float, float]:
    """The range of a share, from 0 to 1. Of nothing nothing is known: all of it."""
    if not whole:
        return 0.0, 1.0
    value, square = part / whole, z * z
    middle = (value + square / (2 * whole)) / (1 + square / whole)
    reach = z * math.sqrt(value * (1 - value) / whole + square / (4 * whole * whole)) / (1 + square / whole)
    return max(0.0, middle - reach), min(1.0, middle + reach)


def difference(part: int, whole: int, other_part: int, other_whole: int, z: float = Z_99) -> tuple[float, float]:
    """The range of the first share less the second; both of something."""
    value, other = part / whole, other_part / other_whole
    low, high = wilson(part, whole, z)
    other_low, other_high = wilson(other_part, other_whole, z)
    below = math.hypot(value - low, other_high - other)
    above = math.hypot(high - value, other - other_low)
    return value - other - below, value - other + above


def compare(part: int, whole: int, other_part: int, other_whole: int) -> Comparison:
    """What the first share is beside the second, as far as there is enough to say."""
    if min(whole, other_whole) < WHOLE_LEAST or part + other_part < PARTS_LEAST:
        return Comparison(finding=Finding.TOO_FEW, low=-1.0, high=1.0)
    low, high = difference(part, whole, other_part, other_whole)
    finding = Finding.MORE if low > 0 else Finding.FEWER if high < 0 else Finding.CHANCE
    return Comparison(finding=finding, low=low, high=high)


def mean_range(count: int, total: float, squares: float, *, low: float, high: float) -> tuple[float, float]:
    """The range of an average of values between `low` and `high`, with a confidence of 95 %; of nothing all of it.

    By Student's distribution, after two more values: one at either end, as Agresti and Coull (American Statistician 52,
    1998) add to a share. Without them five equal ones would make a range of no width, which five never know.
    """
    if not count:
        return low, high
    number, total, squares = count + 2, total + low + high, squares + low * low + high * high
    mean = total / number
    deviation = math.sqrt(max(0.0, (squares - number * mean * mean) / (number - 1)))
    reach = _student_95(number - 1) * deviation / math.sqrt(number)
    return max(low, mean - reach), min(high, mean + reach)


def _student_95(freedom: int) -> float:
    """The two-sided 95 % point of Student's distribution by its expansion about the normal one (Abramowitz and Stegun,
    Handbook of Mathematical Functions, 26.7.5); off by less than .01 from four degrees of freedom on, by .13 at two.
    """
    z = Z_95
    first = (z**3 + z) / 4
    second = (5 * z**5 + 16 * z**3 + 3 * z) / 96
    third = (3 * z**7 + 19 * z**5 + 17 * z**3 - 15 * z) / 384
    return z + first / freedom + second / freedom**2 + third / freedom**3
