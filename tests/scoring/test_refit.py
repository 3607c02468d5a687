"""Fitting a calibration to labelled reviews: right with many, careful with few, honest about what it does."""

from __future__ import annotations

import math
import random
from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scoring.calibration import Thresholds, unchanged
from scoring.corrections import Correction
from scoring.errors import CorrectionsRefused
from scoring.logistic import logit, sigmoid
from scoring.refit import OWN_ROWS, Refit, refit
from scoring.types import AngerLevel

VERSION = "m.1+rules.1.abcdef"
OWN = Thresholds(angry=0.5, flag=0.3, alert=0.8)


def fitted(
    shares: list[float], truth: list[bool], own: Thresholds = OWN, *, levels: list[AngerLevel] | None = None
) -> Refit:
    rows = [Correction(f"text {at}", is_angry) for at, is_angry in enumerate(truth)]
    return refit(
        rows, shares, levels or [AngerLevel.ANGRY] * len(rows), version=VERSION, thresholds=own,
        used=unchanged(VERSION, own), made_at="2026-11-22T12:00:00+00:00",
    )  # fmt: skip


def drawn(count: int, truly: Callable[[float], float], *, seed: int = 1) -> tuple[list[float], list[bool]]:
    """What a model says, spread over all it can say, and labels drawn with the probability that is true then."""
    chance = random.Random(seed)
    values = [chance.gauss(-1, 2) for _ in range(count)]
    return [sigmoid(value) for value in values], [chance.random() < truly(value) for value in values]


def test_many_rows_show_the_true_line() -> None:
    """A model that overstates is put right: the line comes out, and its probabilities err less on unseen rows."""
    found = fitted(*drawn(6000, lambda value: sigmoid(0.6 * value - 1)))
    assert found.calibration.slope == pytest.approx(0.6, abs=0.06)
    assert found.calibration.offset == pytest.approx(-1, abs=0.1)
    assert found.before.calibration_error > 0.1
    assert found.after.calibration_error < 0.02


def test_right_model_is_left_alone() -> None:
    """Labels as the model expects them change next to nothing."""
    found = fitted(*drawn(6000, sigmoid))
    assert found.calibration.slope == pytest.approx(1, abs=0.06)
    assert found.calibration.offset == pytest.approx(0, abs=0.1)


def test_few_rows_do_not_overturn_the_model() -> None:
    """Ten angry rows that say the opposite of its threshold move it by less than half of what they ask for."""
    shares = [0.4] * 10 + [0.05] * 200
    found = fitted(shares, [True] * 10 + [False] * 200)
    moved = found.calibration.own(found.calibration.thresholds.angry)
    asked = logit(sigmoid((logit(0.4) + logit(0.05)) / 2))
    assert logit(0.5) + 0.5 * (asked - logit(0.5)) < logit(moved) < logit(0.5)


def test_weight_grows_with_the_rarer_kind() -> None:
    """Of what the model calls .9, half are angry: the more rows say so, the nearer comes its word to a half."""
    said = []
    for count in (24, 4 * OWN_ROWS, 40 * OWN_ROWS):
        truth = [True, False] * (count // 2) + [False] * count
        said.append(fitted([0.9] * count + [0.1] * count, truth).calibration.probability(0.9))
    assert 0.9 > said[0] > 0.75 > said[1] > said[2] == pytest.approx(0.5, abs=0.05)


def test_thresholds_keep_what_they_promise() -> None:
    """With many rows flag finds nine in ten angry ones and nine in ten alerts are angry, on rows that were left out."""
    found = fitted(*drawn(8000, lambda value: sigmoid(2 * value)))
    assert found.after.flag_recall == pytest.approx(0.9, abs=0.03)
    assert found.after.alert_precision == pytest.approx(0.9, abs=0.03)
    told = found.calibration.thresholds
    assert told.alert is not None
    assert told.flag < told.angry < told.alert


def test_model_without_alerts_gets_them_from_enough_rows() -> None:
    """Where there is nothing to start from, few rows set no threshold for waking somebody."""
    own = Thresholds(angry=0.5, flag=0.5, alert=None)
    few = [0.9] * 15 + [0.1] * 60
    assert fitted(few, [True] * 15 + [False] * 60, own).calibration.thresholds.alert is None
    many = [0.9] * 40 + [0.1] * 60
    found = fitted(many, [True] * 40 + [False] * 60, own)
    assert found.calibration.thresholds.alert == pytest.approx(0.5, abs=0.2)
    assert found.after.alerts == 40


@pytest.mark.parametrize(
    ("truth", "says"),
    [
        ([True] * 9 + [False] * 30, "Only 9 of the 39 reviews are angry; at least 10"),
        ([True] * 30 + [False], "Only 1 of the 31 reviews is not angry"),
        ([True] * 50, "Only 0 of the 50 reviews are not angry"),
    ],
)
def test_too_few_of_a_kind_are_refused(truth: list[bool], says: str) -> None:
    """Both kinds are needed, and the sentence says how many."""
    with pytest.raises(CorrectionsRefused, match=says):
        fitted([0.5 + at / 1000 for at in range(len(truth))], truth)


def test_furious_texts_count_among_the_alerts() -> None:
    """What is measured is what is told at once; where a model has no threshold for that, nothing is."""
    shares, truth = [0.9] * 20 + [0.6] * 20 + [0.1] * 60, [True] * 30 + [False] * 70
    levels = [AngerLevel.ANGRY] * 20 + [AngerLevel.FURIOUS] * 20 + [AngerLevel.CALM] * 60
    found = fitted(shares, truth, levels=levels)
    assert (found.before.alerts, found.before.alert_precision) == (40, 0.75)
    assert fitted(shares, truth).before.alerts == 20
    without = fitted(shares, truth, Thresholds(angry=0.5, flag=0.5, alert=None), levels=levels)
    assert (without.before.alerts, without.before.alert_precision) == (0, None)


def test_wrong_flags_alone_are_refused() -> None:
    """A file of nothing but the model's mistakes says that it is always wrong; the sentence asks for the rest."""
    with pytest.raises(CorrectionsRefused, match="Add reviews that it judged rightly"):
        fitted([0.9] * 20 + [0.1] * 20, [False] * 20 + [True] * 20)


def test_same_rows_in_another_order_say_the_same() -> None:
    """Which rows are left out together hangs on the rows, not on chance."""
    shares, truth = drawn(120, sigmoid)
    rows = [Correction(f"text {at}", is_angry) for at, is_angry in enumerate(truth)]
    mixed = list(range(120))
    random.Random(2).shuffle(mixed)
    levels = [AngerLevel.ANGRY] * 120
    told = {"version": VERSION, "thresholds": OWN, "used": unchanged(VERSION, OWN), "made_at": "x"}
    one = refit(rows, shares, levels, **told)  # type: ignore[arg-type]
    other = refit([rows[at] for at in mixed], [shares[at] for at in mixed], levels, **told)  # type: ignore[arg-type]
    assert one.calibration == other.calibration
    assert one.after.f1 == pytest.approx(other.after.f1)


def test_calibration_names_its_model_and_rows() -> None:
    """Without the digest of the rules: a new word in them does not make it void."""
    shares, truth = drawn(120, sigmoid)
    made = fitted(shares, truth).calibration
    assert (made.model, made.rows, made.angry) == ("m.1+rules.1", 120, sum(truth))


@settings(deadline=None)
@given(
    st.lists(st.tuples(st.floats(0, 1), st.booleans()), min_size=25, max_size=60),
    st.floats(0.01, 0.99),
    st.floats(0.01, 0.99) | st.none(),
)
def test_any_rows_give_a_usable_calibration_or_a_sentence(
    rows: list[tuple[float, bool]], angry: float, alert: float | None
) -> None:
    """Certain, equal or contradictory numbers: the line rises, and thresholds are probabilities in their order."""
    own = Thresholds(angry=angry, flag=angry, alert=alert)
    try:
        made = fitted([share for share, _ in rows], [is_angry for _, is_angry in rows], own).calibration
    except CorrectionsRefused:
        return
    assert made.slope > 0
    assert math.isfinite(made.offset)
    assert 0 <= made.thresholds.flag <= 1
    assert 0 <= made.thresholds.angry <= 1
    assert made.thresholds.alert is None or made.thresholds.flag <= made.thresholds.alert <= 1
