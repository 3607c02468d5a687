"""A scorer whose anger is put right by the owner's calibration; works with any scorer.

The calibration lies in a file and is followed: a worker that has been running for weeks takes up a new one, and one
that was removed is gone, without a start. The model is not read again.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from .calibration import Calibration, model_of, read_calibration
from .errors import CalibrationDamaged
from .reasons import plain_reasons
from .types import Score, Scorer

log = logging.getLogger(__name__)


class CalibratedScorer:
    """A `Scorer` around another one. A calibration of another model, or one that is damaged, is left out and logged."""

    def __init__(self, base: Scorer, path: Path) -> None:
        self.base = base
        self._path = path
        self._lock = threading.Lock()
        self._seen: tuple[int, int, int] | None = None  # of the file that was read last
        self._calibration: Calibration | None = None

    @property
    def calibration(self) -> Calibration | None:
        """The one in use now; None where the model judges as it came."""
        with self._lock:
            if (now := _state(self._path)) != self._seen:
                self._calibration = self._read() if now else None
                self._seen = now
            return self._calibration

    @property
    def version(self) -> str:
        """Changes with model, reading, rules and calibration."""
        return self._version(self.calibration)

    def predict(self, texts: Sequence[str]) -> list[Score]:
        """Score review bodies, in input order; all of them with one calibration."""
        calibration = self.calibration
        scores = self.base.predict(texts)
        if calibration is None:
            return scores
        version = self._version(calibration)
        return [put_right(score, text, calibration, version) for score, text in zip(scores, texts, strict=True)]

    def _version(self, calibration: Calibration | None) -> str:
        return self.base.version + (calibration.suffix if calibration else "")

    def _read(self) -> Calibration | None:
        try:
            found = read_calibration(self._path)
        except CalibrationDamaged as error:
            log.warning("%s", error)
            return None
        if found and found.model != model_of(self.base.version):
            log.warning(
                "calibration left out path=%s made_for=%s in_use=%s", self._path, found.model, self.base.version
            )
            return None
        return found


def put_right(score: Score, text: str, calibration: Calibration, version: str) -> Score:
    """The score under the calibration. Its sentences stay: their numbers only compare them with each other."""
    anger = calibration.probability(score.anger)
    level = calibration.level(score.anger_level, anger)
    reasons = score.reasons
    if level is not score.anger_level:
        reasons = plain_reasons(text, level=level, sentiment=score.sentiment, risks=score.risks)
    return replace(
        score,
        anger=anger,
        anger_level=level,
        urgency=calibration.thresholds.urgency(anger, level),
        reasons=reasons,
        model_version=version,
    )


def _state(path: Path) -> tuple[int, int, int] | None:
    """What tells one file from the next; the number is a new one whenever the file is replaced."""
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_ino, found.st_mtime_ns, found.st_size
