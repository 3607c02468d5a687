"""Which model the settings name, with the owner's calibration of it; both may lie in the data folder."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from scoring.calibration import FILE
from scoring.hub import FOLDER, resolve
from scoring.settings import ScoringSettings

if TYPE_CHECKING:
    from scoring.calibrated import CalibratedScorer


def model_folder(settings: ScoringSettings, data_dir: Path) -> Path:
    """The folder of the model, be it named by its place or by its name on the hub.

    Raises:
        ModelMissing: it is named as on the hub and was not fetched.
    """
    return resolve(settings.model_dir, models_folder(data_dir))


def models_folder(data_dir: Path) -> Path:
    """Where fetched models lie."""
    return data_dir / FOLDER


def calibration_file(data_dir: Path) -> Path:
    return data_dir / FILE


def open_scorer(settings: ScoringSettings, data_dir: Path) -> CalibratedScorer:
    """The scorer for the settings, following the owner's calibration.

    Raises:
        ScoringError: the model cannot be used.
    """
    from scoring.loading import load_calibrated

    return load_calibrated(
        model_folder(settings, data_dir),
        calibration_file(data_dir),
        threads=settings.model_threads,
        mapping=settings.mapping,
    )
