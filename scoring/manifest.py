"""Read and check `model.json`, which says what is in the model folder and how to read the model's numbers.

Refuses a folder whose files are missing or differ from their checksums. Does not open the network.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

from .calibration import Thresholds
from .errors import ModelDamaged, ModelMissing
from .types import Risk, Topic

T = TypeVar("T")

MANIFEST = "model.json"
NETWORK = "model.onnx"
TOKENIZER = "tokenizer.json"
FILES = (NETWORK, TOKENIZER, "tokenizer_config.json", "config.json")  # what the manifest was written for
_WHAT_TO_DO = "Install Amends again, or name another model folder in AMENDS_MODEL_DIR."


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """Platt scaling: the probability is sigmoid(slope * logit + offset)."""

    slope: float = 1.0
    offset: float = 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Manifest:
    version: str
    max_tokens: int  # of one window, with prefix and special tokens
    max_windows: int
    topics: tuple[Topic, ...]  # in the order of the network's output
    risks: tuple[Risk, ...]
    anger: tuple[Line, Line, Line]  # for at least annoyed, angry, furious
    thresholds: tuple[float, float, float]  # of the calibrated probabilities
    uses: Thresholds  # of the calibrated "angry": best F1, recall .9 and precision .9 on the development set
    topic_lines: tuple[Line, ...]
    topic_thresholds: tuple[float, ...]
    risk_lines: tuple[Line, ...]
    risk_thresholds: tuple[float, ...]


def read_manifest(folder: Path) -> Manifest:
    """The checked manifest of a model folder.

    Raises:
        ModelMissing: the folder or a file is not there.
        ModelDamaged: a file is not the one the manifest was written for, or the manifest cannot be read.
    """
    return read_folder(folder, _parse, advice=_WHAT_TO_DO)


def read_folder(folder: Path, parse: Callable[[dict[str, Any]], T], *, advice: str) -> T:
    """What `parse` makes of the description in a folder whose files are all there and the ones it was written for.

    Raises:
        ModelMissing: the folder or a file is not there.
        ModelDamaged: a file is not the one the description was written for, or that cannot be read.
    """
    for name in (MANIFEST, *FILES):
        if not (folder / name).is_file():
            raise ModelMissing(f"The model file {folder / name} is missing. {advice}")
    try:
        raw = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
        parsed = parse(raw)
        checksums = {name: str(raw["sha256"][name]) for name in FILES}
    except (ValueError, KeyError, TypeError) as error:
        raise ModelDamaged(f"{folder / MANIFEST} cannot be read ({error!r}). {advice}") from error
    for name, wanted in checksums.items():
        if sha256_of(folder / name) != wanted:
            raise ModelDamaged(f"The model file {folder / name} is damaged: its checksum differs. {advice}")
    return parsed


def sha256_of(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _parse(raw: dict[str, Any]) -> Manifest:
    anger = [_line(one) for one in raw["anger"]["calibration"]]
    annoyed, angry, furious = (float(one) for one in raw["anger"]["thresholds"])
    return Manifest(
        version=str(raw["version"]),
        max_tokens=int(raw["max_tokens"]),
        max_windows=int(raw["max_windows"]),
        topics=tuple(Topic(one["id"]) for one in raw["topics"]),
        risks=tuple(Risk(one["id"]) for one in raw["risks"]),
        anger=(anger[0], anger[1], anger[2]),
        thresholds=(annoyed, angry, furious),
        uses=Thresholds(angry=angry, flag=float(raw["anger"]["flag_from"]), alert=float(raw["anger"]["alert_from"])),
        topic_lines=tuple(_line(one["calibration"]) for one in raw["topics"]),
        topic_thresholds=tuple(float(one["threshold"]) for one in raw["topics"]),
        risk_lines=tuple(_line(one["calibration"]) for one in raw["risks"]),
        risk_thresholds=tuple(float(one["threshold"]) for one in raw["risks"]),
    )


def _line(pair: list[float]) -> Line:
    slope, offset = pair
    return Line(slope=float(slope), offset=float(offset))
