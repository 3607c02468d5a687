"""Which checks the sentence model judges, and how its folder is laid out. Standard library only.

Of a B or W check the network says how likely a sentence fails it; of an S check how likely a sentence does what it
asks for.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ..manifest import read_folder

BUNDLED = Path(__file__).parent / "model"
# In the order of the network's output. The other checks are matters of counting, of looking up or of comparing.
CHECKS = (
    "B01", "B02", "B03", "B04", "B05", "B06", "B07", "B08",
    "W01", "W02", "W03", "W04", "W05", "W06", "W07",
    "S01", "S02", "S03", "S04", "S05", "S09",
)  # fmt: skip
# Numbers of sentences from which a text has thresholds of its own: the more there are, the likelier that one of them is
# marked by chance.
COUNTS = (1, 2, 4, 8)
# Those that the texts were written in; a sentence in another language is not checked by the model.
LANGUAGES = frozenset({"en", "es", "fr", "de", "it", "pt", "nl", "pl"})
_WHAT_TO_DO = "Install Amends again."


@dataclass(frozen=True, slots=True, kw_only=True)
class Learned:
    """What `model.json` says."""

    version: str
    max_tokens: int
    thresholds: tuple[tuple[float, ...], ...]  # of the probabilities, per check of CHECKS, for each of COUNTS


def read_learned(folder: Path) -> Learned:
    """The checked description of the folder.

    Raises:
        ModelMissing: the folder or a file is not there.
        ModelDamaged: a file is not the one it was written for, or it cannot be read.
    """
    return read_folder(folder, _parse, advice=_WHAT_TO_DO)


def _parse(raw: dict[str, Any]) -> Learned:
    found = {one["check"]: one for one in raw["checks"]}
    return Learned(
        version=str(raw["version"]),
        max_tokens=int(raw["max_tokens"]),
        thresholds=tuple(tuple(map(float, found[check]["thresholds"])) for check in CHECKS),
    )
