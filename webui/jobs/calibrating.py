"""What an owner's labelled reviews would change: fit a calibration, and try it on the reviews that are stored.

Nothing is written here but by `accept`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from sqlalchemy import Engine

from db.queries.judged import JudgedRow, newest_judged, wordings
from db.queries.verdicts import judged_texts
from db.session import read_scope
from scoring.calibrated import CalibratedScorer
from scoring.calibration import Calibration, Thresholds, unchanged, write_calibration
from scoring.corrections import Correction
from scoring.errors import CorrectionsRefused
from scoring.refit import Refit, refit
from scoring.types import AngerLevel, Risk, Score

from .judging import is_flagged

MOST_COMPARED = 10_000  # of the newest: a second or two, and enough to tell a share within one in a hundred
MOST_EXAMPLES = 6
MOST_SAID = 1000  # the newest words of people: two numbers and three thresholds need no more
CHUNK = 64

Progress = Callable[[int, int], None]  # judged so far, still to judge


@dataclass(frozen=True, slots=True)
class Example:
    text: str
    was: AngerLevel
    becomes: AngerLevel
    anger_was: float
    anger_becomes: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Changes:
    """Among the newest stored reviews that this model has judged."""

    compared: int
    levels: Counter[tuple[AngerLevel, AngerLevel]]  # from one level to another, the same ones left out
    newly_flagged: int
    no_longer_flagged: int
    examples: tuple[Example, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    refit: Refit
    used: Calibration  # so far
    changes: Changes


def propose(
    rows: Sequence[Correction], scorer: CalibratedScorer, engine: Engine, *, own: Thresholds, made_at: str,
    progress: Progress,
) -> Proposal:  # fmt: skip
    """Judge the rows with the model as it came, fit a calibration and try it on what is stored.

    Raises:
        CorrectionsRefused: the rows cannot calibrate anything.
    """
    scores: list[Score] = []
    for at in range(0, len(rows), CHUNK):
        scores += scorer.base.predict([row.text for row in rows[at : at + CHUNK]])
        progress(len(scores), len(rows) - len(scores))
    return proposal_of(
        rows, [score.anger for score in scores], [score.anger_level for score in scores], engine,
        version=scorer.base.version, own=own, calibration=scorer.calibration, made_at=made_at,
    )  # fmt: skip


def proposal_of(
    rows: Sequence[Correction], shares: Sequence[float], levels: Sequence[AngerLevel], engine: Engine, *,
    version: str, own: Thresholds, calibration: Calibration | None, made_at: str, since: datetime | None = None,
) -> Proposal:  # fmt: skip
    """The same from the model's own probabilities and levels of the rows, for which nobody need ask it.

    `version` is the model's without calibration. With `since` it is tried on what was published since then.

    Raises:
        CorrectionsRefused: the rows cannot calibrate anything.
    """
    plain = unchanged(version, own)
    used = calibration or plain
    found = refit(rows, shares, levels, version=version, thresholds=own, used=used, made_at=made_at)
    changes = _changes(engine, version, plain, calibration, found.calibration, since=since)
    return Proposal(refit=found, used=used, changes=changes)


def said_by_people(engine: Engine) -> list[Correction]:
    """What people said on the pages of reviews, as rows to calibrate with.

    Raises:
        CorrectionsRefused: nobody has said anything yet.
    """
    with read_scope(engine) as session:
        rows = [Correction(found.text, found.is_angry) for found in judged_texts(session, limit=MOST_SAID)]
    if not rows:
        raise CorrectionsRefused(
            "Nobody has said of any review whether it is angry. The page of each has two buttons for it; use them also "
            "where the model is right."
        )
    return rows


def accept(proposal: Proposal, file: Path) -> None:
    """From now on scorers that follow this file use the calibration, and every review is judged again."""
    write_calibration(file, proposal.refit.calibration)


def _changes(
    engine: Engine, version: str, plain: Calibration, used: Calibration | None, new: Calibration, *,
    since: datetime | None,
) -> Changes:  # fmt: skip
    """Scores of the model as it came and of the calibration in use both count; those of other models do not."""
    by_version = {version: None} | ({version + used.suffix: used} if used else {})
    levels: Counter[tuple[AngerLevel, AngerLevel]] = Counter()
    flagged: Counter[tuple[bool, bool]] = Counter()
    moved: list[tuple[JudgedRow, AngerLevel, float]] = []
    with read_scope(engine) as session:
        rows = newest_judged(session, by_version, limit=MOST_COMPARED, since=since)
        for row in rows:
            calibration = by_version[row.model_version]
            anger = new.probability(calibration.own(row.anger) if calibration else row.anger)
            # What the one in use calls annoyed may be furious in the model's own words; it comes out as angry here.
            was = AngerLevel(row.anger_level)
            becomes = new.level(was, anger)
            risks = tuple(Risk(found["risk"]) for found in row.risks)
            urgency_was = (calibration or plain).thresholds.urgency(row.anger, was)
            urgency = new.thresholds.urgency(anger, becomes)
            flagged[is_flagged(was, urgency_was, risks), is_flagged(becomes, urgency, risks)] += 1
            if becomes is not was:
                levels[was, becomes] += 1
                moved.append((row, becomes, anger))
        # The clearest ones: those whose probability lies farthest from the threshold they crossed.
        moved.sort(key=lambda one: -abs(one[2] - new.thresholds.angry))
        texts = wordings(session, [row.review_id for row, _, _ in moved[:MOST_EXAMPLES]])
    return Changes(
        compared=len(rows),
        levels=levels,
        newly_flagged=flagged[False, True],
        no_longer_flagged=flagged[True, False],
        examples=tuple(
            Example(texts.get(row.review_id, ""), AngerLevel(row.anger_level), becomes, row.anger, anger)
            for row, becomes, anger in moved[:MOST_EXAMPLES]
        ),
    )
