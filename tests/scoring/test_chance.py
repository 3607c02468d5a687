"""Whether two shares differ by more than chance explains."""

from __future__ import annotations

import pytest

from scoring.chance import Z_95, Z_99, Finding, compare, difference, wilson


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
