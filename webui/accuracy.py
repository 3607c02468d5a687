"""How right the model is by what people said, and what following them would change; for the owner's page of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from sqlalchemy import Engine
from sqlalchemy.orm import Session

from db.queries.verdicts import Looked, Tally, judged_texts, looked_at, still_to_judge, tallies, version_in_use
from db.session import read_scope
from scoring.calibration import Calibration, model_of, read_calibration
from scoring.chance import wilson
from scoring.corrections import Correction
from scoring.errors import ScoringError
from scoring.loading import own_thresholds
from scoring.refit import LEAST_ROWS, OWN_ROWS
from scoring.settings import ScoringSettings
from scoring.types import AngerLevel

from .i18n import gettext
from .jobs.calibrating import MOST_SAID, Proposal, proposal_of
from .model_in_use import calibration_file, model_folder

RECENT = timedelta(days=90)
FEWEST = 20  # below this a share is chance: of ten right in ten, the true share may still be .72 (Wilson, 95 %)
_CALIBRATED = "+cal."  # what a calibration adds to the version of a model begins so


@dataclass(frozen=True, slots=True, kw_only=True)
class Share:
    """A part of something, with the range in which the true share lies nineteen times in twenty."""

    part: int
    whole: int
    low: float
    high: float

    @property
    def value(self) -> float:
        return self.part / self.whole

    @property
    def is_enough(self) -> bool:
        """Whether there are enough to say anything."""
        return self.whole >= FEWEST


@dataclass(frozen=True, slots=True, kw_only=True)
class VersionView:
    version: str
    right: Share  # of what it flagged for its tone
    missed: Share  # of what it did not


@dataclass(frozen=True, slots=True, kw_only=True)
class Accuracy:
    """What stands on the page before anybody asks for a suggestion."""

    looked: Looked
    right: Share
    missed: Share
    versions: tuple[VersionView, ...]
    calibration: Calibration | None  # in use
    waiting: int  # reviews that are still to be judged with it
    angry: int  # of the words that a suggestion would rest on
    not_angry: int

    @property
    def said(self) -> int:
        return self.angry + self.not_angry

    @property
    def lacks(self) -> str:
        """Why nothing can be suggested yet; empty where something can."""
        if self.said < FEWEST:
            return gettext("Too few to say: %(num)s of %(least)s.", num=self.said, least=FEWEST)
        for count, words in ((self.angry, gettext("angry")), (self.not_angry, gettext("not angry"))):
            if count < LEAST_ROWS:
                return gettext(
                    "Too few to say: only %(num)s were called %(word)s, and %(least)s are needed.",
                    num=count, word=words, least=LEAST_ROWS,
                )  # fmt: skip
        return ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Suggestion:
    proposal: Proposal

    @property
    def mark(self) -> str:
        """The same for the same effect: what was shown is what is accepted."""
        return self.proposal.refit.calibration.suffix

    @property
    def is_same(self) -> bool:
        """It would change nothing."""
        return self.mark == self.proposal.used.suffix

    @property
    def is_better(self) -> bool:
        return self.proposal.refit.after.wrong < self.proposal.refit.before.wrong

    @property
    def is_light(self) -> bool:
        """So few of one kind that the model's own word weighs more."""
        new = self.proposal.refit.calibration
        return min(new.angry, new.rows - new.angry) < OWN_ROWS


def accuracy(session: Session, data_dir: Path, *, now: datetime) -> Accuracy:
    """Count what people said, and see what is in use."""
    found = tallies(session)
    version = version_in_use(session)
    calibration = _in_use(data_dir, version)
    wanted = None if version is None else _base(version) + (calibration.suffix if calibration else "")
    texts = judged_texts(session, limit=MOST_SAID)
    angry = sum(text.is_angry for text in texts)
    return Accuracy(
        looked=looked_at(session, since=now - RECENT),
        right=share(sum(one.rightly for one in found), sum(one.flagged for one in found)),
        missed=share(sum(one.missed for one in found), sum(one.calm for one in found)),
        versions=_versions(found),
        calibration=calibration,
        waiting=0 if wanted is None else still_to_judge(session, wanted),
        angry=angry,
        not_angry=len(texts) - angry,
    )


def suggestion(engine: Engine, data_dir: Path, *, now: datetime) -> Suggestion | None:
    """What calibrating by people's words would change; None where no review is judged yet.

    The model is not asked: what it says of each wording is stored.

    Raises:
        ScoringError: the words can calibrate nothing, or the model is missing.
    """
    settings = ScoringSettings()
    with read_scope(engine) as session:
        version = version_in_use(session)
        texts = judged_texts(session, limit=MOST_SAID)
    if version is None:
        return None
    base, calibration = _base(version), _in_use(data_dir, version)
    known = {base: None} | ({base + calibration.suffix: calibration} if calibration else {})
    used = [text for text in texts if text.model_version in known]
    rows = [Correction(text.text, text.is_angry) for text in used]
    shares = [own.own(text.anger) if (own := known[text.model_version]) else text.anger for text in used]
    levels = [AngerLevel(text.anger_level) for text in used]
    return Suggestion(
        proposal=proposal_of(
            rows, shares, levels, engine, version=base, calibration=calibration, since=now - RECENT,
            own=own_thresholds(model_folder(settings, data_dir), mapping=settings.mapping),
            made_at=now.isoformat(timespec="seconds"),
        )
    )  # fmt: skip


def share(part: int, whole: int) -> Share:
    """With its interval by Wilson (1927), which holds for small numbers and for none and all."""
    low, high = wilson(part, whole)
    return Share(part=part, whole=whole, low=low, high=high)


def _versions(found: Sequence[Tally]) -> tuple[VersionView, ...]:
    return tuple(
        VersionView(
            version=one.model_version,
            right=share(one.rightly, one.flagged),
            missed=share(one.missed, one.calm),
        )
        for one in found
    )


def _base(version: str) -> str:
    return version.partition(_CALIBRATED)[0]


def _in_use(data_dir: Path, version: str | None) -> Calibration | None:
    """The calibration that the worker follows: that of another model, or a damaged one, is left out by it too."""
    try:
        found = read_calibration(calibration_file(data_dir))
    except ScoringError:
        return None
    if found is None or version is None or found.model != model_of(_base(version)):
        return None
    return found
