"""The figures against scikit-learn's, ties and resamples included, and where they cannot be had."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np  # noqa: TID253 - the figures are numpy's
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sklearn import metrics as sk
from sklearn.calibration import calibration_curve

from scoring import metrics
from scoring.metrics import Flags, Numbers

# Ten different numbers only, so that ties are the rule; none lies on the border of two bins of the calibration error.
TEXTS = st.lists(
    st.tuples(st.booleans(), st.integers(0, 9).map(lambda step: step / 10 + 0.05), st.integers(0, 3)),
    min_size=2,
    max_size=60,
)
Drawn = tuple[Flags, Numbers, Numbers]


def arrays(texts: list[tuple[bool, float, int]]) -> Drawn:
    truth, values, counts = zip(*texts, strict=True)
    return np.array(truth, dtype=bool), np.array(values), np.array(counts, dtype=float)


@st.composite
def both_kinds(draw: st.DrawFn) -> Drawn:
    """Texts of which at least one angry and one other are drawn."""
    truth, values, counts = arrays(draw(TEXTS))
    truth[:2], counts[:2] = (True, False), (1, 2)
    return truth, values, counts


def sklearn_precision_at_recall(truth: Flags, values: Numbers, counts: Numbers) -> float:
    precision, recall, _ = sk.precision_recall_curve(truth, values, sample_weight=counts)
    return float(precision[recall >= 0.9].max())


def sklearn_best_f1(truth: Flags, values: Numbers, counts: Numbers) -> float:
    return max(
        float(sk.f1_score(truth, values >= threshold, sample_weight=counts, zero_division=0.0))
        for threshold in np.unique(values)
    )


def sklearn_f1_from_half(truth: Flags, values: Numbers, counts: Numbers) -> float:
    return float(sk.f1_score(truth, values >= 0.5, sample_weight=counts, zero_division=0.0))


def sklearn_ece(truth: Flags, values: Numbers, counts: Numbers) -> float:
    times = counts.astype(int)
    truth, values = np.repeat(truth, times), np.repeat(values, times)
    shares, means = calibration_curve(truth, values, n_bins=10)
    sizes = np.histogram(values, bins=10, range=(0, 1))[0]
    return float((np.abs(shares - means) * sizes[sizes > 0]).sum() / len(values))


@pytest.mark.parametrize(
    ("figure", "theirs"),
    [
        (metrics.auroc, lambda *drawn: sk.roc_auc_score(*drawn[:2], sample_weight=drawn[2])),
        (metrics.average_precision, lambda *drawn: sk.average_precision_score(*drawn[:2], sample_weight=drawn[2])),
        (metrics.precision_at_recall, sklearn_precision_at_recall),
        (metrics.best_f1, sklearn_best_f1),
        (lambda truth, values, counts: metrics.f1(truth, values >= 0.5, counts), sklearn_f1_from_half),
        (metrics.ece, sklearn_ece),
    ],
    ids=["auroc", "average_precision", "precision_at_recall", "best_f1", "f1", "ece"],
)
@given(drawn=both_kinds())
def test_figure_is_that_of_scikit_learn(
    figure: metrics.Figure, theirs: Callable[[Flags, Numbers, Numbers], float], drawn: Drawn
) -> None:
    """For the texts as they are, and for a draw that has some twice and some not at all, both in one call."""
    truth, values, counts = drawn
    ones = np.ones(len(truth))
    ours = figure(truth, values, np.stack([ones, counts]))
    assert ours == pytest.approx([theirs(truth, values, ones), theirs(truth, values, counts)])


@given(
    st.lists(st.tuples(*[st.booleans()] * 6, st.integers(0, 3)), min_size=1, max_size=40).filter(
        lambda rows: any(any(row[:3]) and row[6] for row in rows)
    )
)
def test_macro_f1_is_that_of_scikit_learn_over_the_labels_that_occur(rows: list[tuple[int, ...]]) -> None:
    """A label no text has is left out, though the model may have named it."""
    table = np.array(rows)
    truth, told, counts = table[:, :3].astype(bool), table[:, 3:6].astype(bool), table[:, 6].astype(float)
    occur = (counts @ truth) > 0
    theirs = np.mean([
        sk.f1_score(truth[:, at], told[:, at], sample_weight=counts, zero_division=0.0) for at in np.flatnonzero(occur)
    ])  # fmt: skip
    assert metrics.macro_f1(truth, told, counts[None, :]) == pytest.approx([theirs])


@given(TEXTS)
def test_curve_is_that_of_scikit_learn(texts: list[tuple[bool, float, int]]) -> None:
    """Thresholds, precision and recall, in the other order and without scikit-learn's added last point."""
    truth, values, _ = arrays(texts)
    truth[0] = True
    thresholds, precision, recall = metrics.curve(truth, values)
    their_precision, their_recall, their_thresholds = sk.precision_recall_curve(truth, values)
    assert thresholds[::-1] == pytest.approx(their_thresholds)
    assert precision[::-1] == pytest.approx(their_precision[:-1])
    assert recall[::-1] == pytest.approx(their_recall[:-1])


@pytest.mark.parametrize("count", [1, 4])
def test_without_an_angry_text_only_calibration_can_be_told(count: int) -> None:
    """NaN, without a warning, wherever there is nothing to divide by."""
    truth, values, whole = np.zeros(count, dtype=bool), np.full(count, 0.25), metrics.whole(count)
    for figure in (metrics.auroc, metrics.average_precision, metrics.precision_at_recall, metrics.best_f1):
        assert np.isnan(figure(truth, values, whole)).all()
    assert np.isnan(metrics.f1(truth, values > 0.1, whole)).all()
    assert np.isnan(metrics.macro_f1(truth[:, None], truth[:, None], whole)).all()
    assert metrics.ece(truth, values, whole) == pytest.approx([0.25])


@pytest.mark.parametrize("count", [1, 4])
def test_with_angry_texts_only_the_order_says_nothing(count: int) -> None:
    """No pair to compare; what is flagged is right whatever it is."""
    truth, values, whole = np.ones(count, dtype=bool), np.linspace(0.2, 1, count), metrics.whole(count)
    assert np.isnan(metrics.auroc(truth, values, whole)).all()
    assert metrics.average_precision(truth, values, whole) == pytest.approx([1])
    assert metrics.precision_at_recall(truth, values, whole) == pytest.approx([1])
    assert metrics.f1(truth, values < 0, whole) == pytest.approx([0])


def test_ties_never_count_in_our_favour() -> None:
    """A perfect order gives ones, a constant gives chance."""
    truth = np.array([True, False, True, False, False, False, True, False])
    order = (metrics.auroc, metrics.average_precision, metrics.precision_at_recall, metrics.best_f1)
    perfect = np.array([0.9, 0.1, 0.8, 0.2, 0.3, 0.1, 0.7, 0.0])
    assert [figure(truth, perfect, metrics.whole(8))[0] for figure in order] == [1, 1, 1, 1]
    flat = [figure(truth, np.full(8, 0.5), metrics.whole(8))[0] for figure in order]
    assert flat == pytest.approx([0.5, 0.375, 0.375, 6 / 11])


@pytest.mark.parametrize("texts", [1, 400, 7001])
def test_resamples_are_as_long_as_the_file_and_always_the_same(texts: int) -> None:
    """A thousand of them, in one piece or in several, which depends on the length."""
    totals = metrics.bootstrap(lambda counts: counts.sum(axis=1), texts)
    assert totals.tolist() == [texts] * metrics.RESAMPLES
    firsts = [metrics.bootstrap(lambda counts: counts[:, 0], texts) for _ in range(2)]
    assert (firsts[0] == firsts[1]).all()
    assert firsts[0].mean() == pytest.approx(1, abs=0.2)


def test_range_of_a_share_is_that_of_the_binomial() -> None:
    """Of 400 texts, half of them angry: 1.96 standard errors to either side."""
    truth = np.arange(400) % 2 == 0
    ends = metrics.middle(metrics.bootstrap(lambda counts: counts @ truth / 400, 400))
    assert ends == pytest.approx((0.5 - 0.049, 0.5 + 0.049), abs=0.008)


def test_no_range_where_many_resamples_cannot_say() -> None:
    """One in twenty may be without any angry text; more than that and the rest would be a choice."""
    assert metrics.middle(np.array([0.5] * 95 + [np.nan] * 5)) == (0.5, 0.5)
    assert metrics.middle(np.array([0.5] * 94 + [np.nan] * 6)) is None
