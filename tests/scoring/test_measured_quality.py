"""The model on labelled texts it has not seen. Needs the shared data, which is not part of the repository."""

from __future__ import annotations

from pathlib import Path

import pytest

from scoring import corpus
from scoring.evaluate import evaluate, figures
from scoring.model import OnnxScorer

pytestmark = pytest.mark.shared


@pytest.fixture(scope="module")
def report(scorer: OnnxScorer, shared_data: Path) -> dict[str, dict[str, float]]:
    return evaluate(scorer, shared_data)  # type: ignore[return-value]  # only the tables of figures are read here


def test_figures_on_unseen_real_reviews(report: dict[str, dict[str, float]]) -> None:
    """Floors that the bundled model beats by a margin; falling below one is a regression."""
    real = report["real"]
    assert real["texts"] == 1547
    assert real["auroc"] >= 0.90
    assert real["average_precision"] >= 0.60
    assert real["f1_crossed"] >= 0.58


def test_model_beats_the_stars_by_a_wide_margin(report: dict[str, dict[str, float]]) -> None:
    """Stars say little about anger, least of all among one- and two-star reviews."""
    assert report["real"]["auroc"] >= report["real, stars alone"]["auroc"] + 0.15
    assert report["real, 1-2 stars"]["auroc"] >= report["real, 1-2 stars, stars alone"]["auroc"] + 0.15
    assert report["written"]["auroc"] >= report["written, stars alone"]["auroc"] + 0.05


def test_training_reads_no_row_kept_for_measuring(shared_data: Path) -> None:
    """The two readers of the real reviews share no text."""
    trained = {row.text for row in corpus.train_rows(shared_data)}
    assert not [row.id for row in corpus.measure_rows(shared_data) if row.text in trained]
    assert 0.05 < sum(map(corpus.is_held_out, corpus.authored_rows(shared_data))) / 2250 < 0.15


def test_figures_of_known_rankings() -> None:
    """A perfect order gives ones, a constant gives chance: ties never count in our favour."""
    truth = [True, False, True, False, False, False, True, False]
    perfect = figures(truth, [0.9, 0.1, 0.8, 0.2, 0.3, 0.1, 0.7, 0.0])
    assert (perfect.auroc, perfect.average_precision, perfect.f1, perfect.precision_at_recall_90) == (1, 1, 1, 1)
    flat = figures(truth, [0.5] * 8)
    assert (flat.auroc, flat.average_precision, flat.precision_at_recall_90) == (0.5, 0.375, 0.375)
