"""The bundled scorer, loaded once for all tests of this folder, and the labelled data where it is at hand."""

from __future__ import annotations

from pathlib import Path

import pytest

from scoring.model import OnnxScorer

SHARED = Path(__file__).parents[3] / "shared" / "data"


@pytest.fixture(scope="session")
def scorer() -> OnnxScorer:
    return OnnxScorer.load()


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """The labelled texts; they belong to their writers and are not part of the repository."""
    if not SHARED.is_dir():
        pytest.skip("the labelled data is not beside the repository (../shared/data)")
    return SHARED
