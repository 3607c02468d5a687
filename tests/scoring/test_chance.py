"""Whether two shares differ by more than chance explains."""

from __future__ import annotations

import random

import pytest

from scoring.chance import Z_95, Z_99, Finding, compare, difference, mean_range, wilson


@pytest.mark.parametrize(
    ("counts", "low", "high"),
    [
        ((56, 70, 48, 80), 0.0524, 0.3339),
        ((9, 10, 3, 10), 0.1705, 0.8090),
        ((10, 10, 0, 10), 0.6075, 1.0000),
        ((5, 56, 0, 29), -0.0381, 0.1926),
    ],
)
def test_range_of_a_difference_is_that_of_the_paper(counts: tuple[int, int, int, int], low: float, high: float) -> None:
    """Newcombe 1998, table II, method 10, 95 %."""
    assert difference(*counts, z=Z_95) == pytest.approx((low, high), abs=0.0001)


def test_range_of_a_share_bounds_it() -> None:
    """Of none, all and nothing."""
    assert wilson(0, 10) == pytest.approx((0.0, 0.2775), abs=0.0001)
    assert wilson(10, 10) == pytest.approx((0.7225, 1.0), abs=0.0001)
    assert wilson(0, 0) == (0.0, 1.0)
    assert wilson(0, 10, Z_99)[1] == pytest.approx(0.40, abs=0.005)


@pytest.mark.parametrize(
    ("counts", "finding"),
    [
        ((12, 40, 9, 120), Finding.MORE),
        ((7, 40, 9, 120), Finding.CHANCE),
        ((0, 80, 30, 120), Finding.FEWER),
        ((9, 9, 9, 120), Finding.TOO_FEW),
        ((9, 120, 9, 9), Finding.TOO_FEW),
        ((4, 40, 0, 120), Finding.TOO_FEW),
        ((0, 0, 0, 0), Finding.TOO_FEW),
    ],
)
def test_finding_is_told_as_far_as_there_is_enough(counts: tuple[int, int, int, int], finding: Finding) -> None:
    """Ten on either side, five cases in all."""
    assert compare(*counts).finding is finding


def test_range_of_an_average_is_wide_for_few_and_holds_it() -> None:
    """Five equal ratings do not make it certain; of none nothing is known."""
    assert mean_range(0, 0, 0, low=1, high=5) == (1, 5)
    low, high = mean_range(5, 25, 125, low=1, high=5)
    assert (round(low, 1), high) == (3.0, 5)
    low, high = mean_range(100, 420, 1900, low=1, high=5)
    assert (round(low, 2), round(high, 2)) == (3.94, 4.41)


def test_range_of_an_average_holds_the_true_one_as_often_as_it_says() -> None:
    """Of ratings as reviews have them, most of them fives."""
    chance = random.Random(1)
    weights = (20, 5, 10, 25, 40)
    truth = sum(star * weight for star, weight in zip(range(1, 6), weights, strict=True)) / 100
    for number in (5, 12, 60):
        held = 0
        for _ in range(2000):
            drawn = chance.choices(range(1, 6), weights, k=number)
            low, high = mean_range(number, sum(drawn), sum(one * one for one in drawn), low=1, high=5)
            held += low <= truth <= high
        assert held / 2000 > 0.94
