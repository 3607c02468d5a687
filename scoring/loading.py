"""Open whichever model lies in a folder: ours, or one that Hugging Face's transformers wrote.

Importing this is light; the model's libraries come with the first load.
"""

from __future__ import annotations

from pathlib import Path

from .foreign import CONFIG
from .manifest import MANIFEST
from .types import Scorer


def load_scorer(model_dir: Path, *, threads: int | None = None) -> Scorer:
    """The scorer for a folder; `threads` limits the cores it may use (all by default).

    Raises:
        ScoringError: the model is missing, damaged or of no use here, or the libraries for it are not installed.
    """
    if (model_dir / CONFIG).is_file() and not (model_dir / MANIFEST).exists():
        from .swapped import TransformersScorer

        return TransformersScorer.load(model_dir, threads)
    from .model import OnnxScorer

    return OnnxScorer.load(model_dir, threads=threads)
