"""A case of the practice room in words, ready for its templates: before and after somebody has answered it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from db.models import PracticeAttempt
from scoring.rubric.catalogue import CHECKS
from scoring.rubric.types import Finding, Outcome

from .. import labels
from ..answer_view import Checked, FindingView, checked_view
from ..answer_words import CHECK_NAMES
from ..answering import as_stored, check_answer
from ..filters import Rating, rating
from ..i18n import gettext
from ..platform_limits import shipped_rules
from .cases import PracticeCase, context_of_case
from .why import WHY

# What every good answer does, and what is told first where it was done.
GOOD_FIRST = ("S01", "S02", "S03", "S04", "S05", "S09", "S08", "S06", "S07")
GOOD_MOST = 7
# What one sentence did well and another undid: nobody is praised for it.
UNDONE_BY = {
    "S02": frozenset({"B05", "B06", "B07", "W03"}),
    "S03": frozenset({"B07", "W01", "W02"}),
    "S04": frozenset({"B07", "W01", "W02"}),
    "S05": frozenset({"B01", "B04"}),
    "S09": frozenset({"B05", "B06", "B07", "W01"}),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class RiskNote:
    """What must not be missed, as the desk tells it."""

    name: str
    instruction: str
    is_grave: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Explained:
    """A finding, and why the check is there."""

    finding: FindingView
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """What the checks say of a try that is ended."""

    checked: Checked
    explained: tuple[Explained, ...]  # the gravest first
    good: tuple[str, ...]  # names of the checks that it passed and that mattered here
    traps: tuple[str, ...]  # of those that this case is there for, the ones it walked past


def stars_of(case: PracticeCase) -> Rating:
    return rating(f"{case.stars:g}", case.stars, 5.0, "stars", case.stars)


def level_words(case: PracticeCase) -> str:
    return labels.label(labels.ANGER_LEVELS, case.level)


def risk_notes(case: PracticeCase) -> Sequence[RiskNote]:
    """Grave ones first."""
    notes = [
        RiskNote(name=labels.risk_name(one), instruction=labels.risk_instruction(one), is_grave=labels.is_grave(one))
        for one in case.risks
    ]
    return sorted(notes, key=lambda one: not one.is_grave)


def letters_most(case: PracticeCase) -> int | None:
    """How many letters the platform takes, where it is known."""
    return shipped_rules(case.platform).most_chars


def judged(case: PracticeCase, body: str, *, writer: str) -> tuple[list[dict[str, Any]], list[str]]:
    """(findings as they are kept, ids of the checks that passed) of an answer to the case."""
    found = check_answer(body, context_of_case(case, writer=writer)) if body.strip() else []
    return as_stored(found), _passed(found)


def result_of(case: PracticeCase, attempt: PracticeAttempt) -> Result:
    """In words."""
    checked = checked_view(attempt.findings, attempt.body)
    failed = {one.check for one in checked.findings}
    passed = [one for one in attempt.passed if one in CHECKS and not UNDONE_BY.get(one, frozenset()) & failed]
    good = [one for one in GOOD_FIRST if one in passed and one not in case.trains]
    return Result(
        checked=checked,
        explained=tuple(
            Explained(finding=one, why=gettext(WHY[one.check]) if one.check in WHY else "")
            for one in checked.findings
            if one.severity != "unchecked"
        ),
        good=tuple(gettext(CHECK_NAMES[one]) for one in good[:GOOD_MOST]),
        traps=tuple(gettext(CHECK_NAMES[one]) for one in case.trains if one in passed),
    )


def _passed(found: Sequence[Finding]) -> list[str]:
    return [one.check for one in found if one.outcome is Outcome.PASSED]
