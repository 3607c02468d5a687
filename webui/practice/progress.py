"""What somebody's answers miss most often, over time: the last ten beside the ten before, and nothing where few."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from sqlalchemy.orm import Session

from db.queries.missed import Answered, practised, submitted
from scoring.rubric.catalogue import CHECKS

WINDOW: Final = 10  # answers that are set beside each other
FEWEST: Final = 5  # below this one answer more or less would turn the order around


@dataclass(frozen=True, slots=True, kw_only=True)
class Missed:
    """One check, and how many answers of each ten failed it."""

    check: str
    severity: str
    latest: int
    before: int | None  # None: there are too few from before


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """The figures of one kind of answers."""

    answers: int  # in the latest window
    before: int  # in the one before
    missed: tuple[Missed, ...]  # the most frequent first; empty where there are too few, or where nothing was missed
    clean: int  # answers of the latest window that failed nothing
    lifts: int  # of them, those whose author asked for a block to be lifted

    @property
    def is_enough(self) -> bool:
        return self.answers >= FEWEST

    @property
    def is_compared(self) -> bool:
        return self.before >= FEWEST


@dataclass(frozen=True, slots=True, kw_only=True)
class Both:
    """What was practised, and what was submitted at the desk."""

    practice: Progress
    desk: Progress


def progress_of(session: Session, person_id: int) -> Both:
    """Of one person; who may see it is for the caller to check."""
    most = 2 * WINDOW
    return Both(
        practice=progress(practised(session, person_id=person_id, most=most)),
        desk=progress(submitted(session, person_id=person_id, most=most)),
    )


def progress(found: Sequence[Answered]) -> Progress:
    """Of answers, the newest first."""
    latest, before = found[:WINDOW], found[WINDOW : 2 * WINDOW]
    now, then = _counts(latest), _counts(before)
    is_enough, is_compared = len(latest) >= FEWEST, len(before) >= FEWEST
    ids = sorted(now | then if is_compared else now, key=lambda one: (-now[one], -then[one], one))
    return Progress(
        answers=len(latest),
        before=len(before),
        missed=tuple(
            Missed(
                check=one,
                severity=CHECKS[one].severity.value,
                latest=now[one],
                before=then[one] if is_compared else None,
            )
            for one in ids
            if is_enough and one in CHECKS
        ),
        clean=sum(not one.failed for one in latest),
        lifts=sum(one.asked_to_lift for one in latest),
    )


def _counts(found: Sequence[Answered]) -> Counter[str]:
    return Counter(check for one in found for check in one.failed)
