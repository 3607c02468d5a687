"""Whether so many angry reviews are unusual, by a place's own history."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scoring.spikes import LEAST, PERIODS_LEAST, unusual

QUIET = [0, 1, 0, 0, 2, 1, 0] * 12


def test_unusual_day_is_told_with_what_is_usual() -> None:
    """Seven where there are none to two."""
    spike = unusual(7, QUIET)
    assert spike is not None
    assert (spike.count, spike.low, spike.high) == (7, 0, 2)
    assert spike.chance < 1e-4


def test_busy_place_needs_more() -> None:
    """Twenty in a week are nothing where ten are usual; thirty are."""
    weeks = [9, 12, 8, 10, 11, 10, 7, 13, 9, 10, 9, 11]
    assert unusual(20, weeks) is None
    spike = unusual(30, weeks)
    assert spike is not None
    assert (spike.low, spike.high) == (4, 17), "the 95 of 100 of a Poisson distribution with a mean of 9.96"


def test_place_whose_anger_comes_in_clusters_is_not_cried_wolf_about() -> None:
    """The same mean, and clusters of five as before: a Poisson distribution would call it unusual."""
    clustered = [0, 0, 0, 5, 0, 0, 0, 0] * 10
    even = [1, 0, 1, 1, 0, 0, 1, 1] * 10
    assert sum(clustered) == sum(even)
    assert unusual(5, clustered) is None
    assert unusual(5, even) is not None


@pytest.mark.parametrize(
    ("count", "history"), [(LEAST - 1, [0] * 84), (9, [0] * (PERIODS_LEAST - 1)), (9, [])], ids=["few", "short", "none"]
)
def test_too_little_says_nothing(count: int, history: list[int]) -> None:
    """Two are misfortunes, and a new place has no history."""
    assert unusual(count, history) is None


def test_published_figures() -> None:
    """The tail of a Poisson distribution: P(X >= 8) for a mean of 2 is 0.001097 and for nine 0.000237 (tables)."""
    even = [2, 2, 2, 2, 2, 2, 2, 2] * 250
    assert unusual(8, even) is None
    spike = unusual(9, even)
    assert spike is not None
    assert spike.chance == pytest.approx(0.000237, abs=2e-6)


@given(st.integers(0, 400), st.lists(st.integers(0, 60), max_size=90))
def test_any_history_gives_a_sensible_finding(count: int, history: list[int]) -> None:
    """What is unusual lies above what is usual, and one more is no less unusual."""
    spike = unusual(count, history)
    if spike is not None:
        assert 0 <= spike.low <= spike.high < count
        assert 0 <= spike.chance < 0.001
        more = unusual(count + 1, history)
        assert more is not None
        assert more.chance <= spike.chance
