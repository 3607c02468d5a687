"""An owner's calibration: a line through the model's probabilities and the thresholds, kept in a file beside the data.

It belongs to one model: another's probabilities mean something else. Pure but for the file; standard library only.
"""

from __future__ import annotations

import hashlib
import json
import math
import os
import tempfile
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from .errors import CalibrationDamaged
from .logistic import logit, sigmoid
from .types import AngerLevel, Urgency

FILE = "calibration.json"
MOST_BYTES = 100_000  # ours has some hundreds; whatever is longer was not written here


@dataclass(frozen=True, slots=True, kw_only=True)
class Thresholds:
    """Probabilities from which on a text is called angry, flagged, and worth an alert (None: none ever is)."""

    angry: float
    flag: float
    alert: float | None

    def urgency(self, probability: float, level: AngerLevel) -> Urgency:
        """What a text asks for. A furious one calls for an alert as well, but of no model without a threshold for
        alerts: how often that one is right about fury was never measured either."""
        if self.alert is not None and (probability >= self.alert or level is AngerLevel.FURIOUS):
            return Urgency.ALERT
        return Urgency.FLAG if probability >= self.flag else Urgency.NONE


@dataclass(frozen=True, slots=True, kw_only=True)
class Calibration:
    """Platt scaling of the model's own probability p of "angry": sigmoid(slope * logit(p) + offset), slope above 0."""

    model: str  # see `model_of`
    slope: float
    offset: float
    thresholds: Thresholds  # of the new probability
    rows: int  # it was fitted on, and how many of them were angry
    angry: int
    made_at: str  # ISO 8601, UTC

    @property
    def suffix(self) -> str:
        """What it adds to a scorer's version: the same for the same effect, whenever and on whatever it was fitted."""
        effect = json.dumps([self.slope, self.offset, asdict(self.thresholds)], sort_keys=True)
        return f"+cal.{hashlib.sha256(effect.encode()).hexdigest()[:6]}"

    def probability(self, own: float) -> float:
        """From the model's own probability. Exactly nothing stays nothing: an empty text is not angry."""
        return sigmoid(self.slope * logit(own) + self.offset) if own > 0 else 0.0

    def own(self, probability: float) -> float:
        """The model's own probability again."""
        return sigmoid((logit(probability) - self.offset) / self.slope) if probability > 0 else 0.0

    def level(self, level: AngerLevel, probability: float) -> AngerLevel:
        """Angry or furious exactly from the threshold on. How furious an angry text is remains the model's word."""
        if probability >= self.thresholds.angry:
            return level if level is AngerLevel.FURIOUS else AngerLevel.ANGRY
        return min(level, AngerLevel.ANNOYED, key=lambda one: one.rank)


def unchanged(version: str, own: Thresholds) -> Calibration:
    """The model as it came, as a calibration that changes nothing."""
    return Calibration(model=model_of(version), slope=1.0, offset=0.0, thresholds=own, rows=0, angry=0, made_at="")


def model_of(version: str) -> str:
    """The weights and their reading out of a scorer's version, without the digest of the rules behind the last dot.

    Rules raise risks and never the anger, so a new word in them leaves a calibration as good as it was.
    """
    return version.rpartition(".")[0]


def read_calibration(path: Path) -> Calibration | None:
    """What the file holds; None where there is none.

    Raises:
        CalibrationDamaged: it is there and cannot be read.
    """
    try:
        with path.open("rb") as file:
            raw = json.loads(file.read(MOST_BYTES))
        return _parse(raw)
    except FileNotFoundError:
        return None
    except (OSError, ValueError, KeyError, TypeError, RecursionError) as error:
        raise CalibrationDamaged(
            f"The calibration {path} cannot be read ({type(error).__name__}), so the model judges as it came. "
            "Make it anew with amends calibrate FILE, or remove it with amends calibrate --undo."
        ) from error


def write_calibration(path: Path, calibration: Calibration) -> None:
    """Replace the file in one step: whoever reads sees the old one or the new one."""
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            json.dump(asdict(calibration), file, indent=2)
            file.write("\n")
            file.flush()
            os.fsync(file.fileno())
        Path(name).replace(path)
    except BaseException:
        with suppress(FileNotFoundError):
            Path(name).unlink()
        raise


def _parse(raw: dict[str, Any]) -> Calibration:
    told = raw["thresholds"]
    alert = told["alert"]
    made = Calibration(
        model=str(raw["model"]),
        slope=float(raw["slope"]),
        offset=float(raw["offset"]),
        thresholds=Thresholds(
            angry=float(told["angry"]), flag=float(told["flag"]), alert=None if alert is None else float(alert)
        ),
        rows=int(raw["rows"]),
        angry=int(raw["angry"]),
        made_at=str(raw["made_at"]),
    )
    shares = [made.thresholds.angry, made.thresholds.flag, made.thresholds.alert or 0.0]
    if not (0 < made.slope < math.inf and math.isfinite(made.offset) and all(0 <= share <= 1 for share in shares)):
        raise ValueError("numbers that no calibration has")
    return made
