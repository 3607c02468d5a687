"""Raise thresholds until whole good answers pass: `python -m scoring.rubric.whole`, after `scoring.rubric.export`.

What single sentences teach of false alarms is too little: one mark on one of ten sentences blocks an answer. So the
checks that block are set by whole answers, read as they are checked: of those that a reader would call good, by
`written.whole_answers`, at most one in a hundred may be blocked by the model for the sake of one check. Offline.
"""

from __future__ import annotations

import argparse
import json
import logging
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ..logistic import logit, sigmoid
from ..manifest import MANIFEST
from . import written
from .checking import read_whole
from .heads import SentenceModel
from .learned import BUNDLED, COUNTS
from .types import SentenceReader

log = logging.getLogger(__name__)

LONG = 4  # sentences; shorter texts are judged as single sentences are
BLOCKED_MOST = 0.01  # of good answers by the model, for each check
MARGIN = 0.02  # logits above the highest that has to pass


@dataclass(frozen=True, slots=True)
class Highest:
    """Of one good answer, how many sentences it has, and the highest logit of each check."""

    sentences: int
    logits: dict[str, float]


def main(argv: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(prog="python -m scoring.rubric.whole", description=__doc__)
    parser.add_argument("--folder", type=Path, default=BUNDLED, help="model folder whose thresholds are raised")
    given = parser.parse_args(argv)
    logging.basicConfig(level=logging.INFO, format="%(message)s")
    path = given.folder / MANIFEST
    told = json.loads(path.read_text(encoding="utf-8"))
    raise_thresholds(told, highest(SentenceModel.load(given.folder)))
    path.write_text(json.dumps(told, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


def highest(reader: SentenceReader) -> list[Highest]:
    """What the model says of each good answer, sentence by sentence and with the neighbours of each."""
    found = []
    for text, context in written.whole_answers():
        count, most = read_whole(text, context, reader)
        found.append(Highest(count, {check: logit(value) for check, value in most.items()}))
    return found


def raise_thresholds(told: dict[str, Any], answers: Sequence[Highest]) -> None:
    """Thresholds of the checks that block, from LONG sentences on; none is lowered."""
    for one in told["checks"]:
        check = one["check"]
        if check[0] != "B":
            continue
        seen = sorted(of.logits[check] for of in answers if of.sentences >= LONG and check in of.logits)
        if not seen:
            continue
        least = sigmoid(seen[-1 - int(BLOCKED_MOST * len(seen))] + MARGIN)
        before = list(one["thresholds"])
        one["thresholds"] = [
            round(max(value, least), 4) if count >= LONG else value for count, value in zip(COUNTS, before, strict=True)
        ]
        log.info("%s: %s -> %s, by %d answers", check, before, one["thresholds"], len(seen))


if __name__ == "__main__":
    main()
