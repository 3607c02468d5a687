"""Open whichever model lies in a folder: ours, or one that Hugging Face's transformers wrote.

Importing this is light; the model's libraries come with the first load.
"""

from __future__ import annotations

from pathlib import Path

from .calibrated import CalibratedScorer
from .calibration import Thresholds
from .foreign import CONFIG, examine
from .manifest import MANIFEST, read_manifest
from .mapping import Mapped
from .types import Scorer


def load_scorer(model_dir: Path, *, threads: int | None = None, mapping: Mapped = ()) -> Scorer:
    """The scorer for a folder; `threads` limits the cores it may use (all by default).

    `mapping` says what the labels of a model of another house mean; ours needs none.

    Raises:
        ScoringError: the model is missing, damaged or of no use here, or the libraries for it are not installed.
    """
    if is_foreign(model_dir):
        from .swapped import TransformersScorer

        return TransformersScorer.load(model_dir, threads, mapping)
    from .model import OnnxScorer

    return OnnxScorer.load(model_dir, threads=threads)


def load_calibrated(
    model_dir: Path, calibration: Path, *, threads: int | None = None, mapping: Mapped = ()
) -> CalibratedScorer:
    """The same, following the owner's calibration, which lies in that file or may come to lie there.

    Raises:
        ScoringError: as for `load_scorer`. A calibration that cannot be used is logged and left out.
    """
    return CalibratedScorer(load_scorer(model_dir, threads=threads, mapping=mapping), calibration)


def own_thresholds(model_dir: Path, *, mapping: Mapped = ()) -> Thresholds:
    """The thresholds a model comes with, before any calibration.

    Raises:
        ScoringError: as for `load_scorer`.
    """
    if is_foreign(model_dir):
        threshold = examine(model_dir, mapping).labels.threshold
        return Thresholds(angry=threshold, flag=threshold, alert=None)
    return read_manifest(model_dir).uses


def is_foreign(model_dir: Path) -> bool:
    """Whether another house made the model."""
    return (model_dir / CONFIG).is_file() and not (model_dir / MANIFEST).exists()
