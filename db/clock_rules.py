"""How long a public answer may take by how angry the guest is, who hears when time runs out, and how a clock goes.

Targets are in working minutes from the case's way into the queue to the public answer. The defaults are a product
decision: two working hours for the furious, so that somebody answers on the same day; eight, one working day, for the
angry; 24 for the annoyed; calm ones have no clock. They are stricter than the suggested first-reply targets of 24, 48
and 168 working hours that the product started from, for only what is angry or risky gets here. The owner changes them,
for all places and for single ones. Pure: the stored values of `db.models` in, the same out.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from types import MappingProxyType
from typing import Any, Final

from .hours import Hours

LEVELS: Final = ("furious", "angry", "annoyed", "calm")
UNJUDGED: Final = "angry"  # what counts until a model has read it, and where calmer words are urgent all the same
TARGET_MOST_MIN: Final = 1000 * 60
STEPS_MOST: Final = 6

Targets = Mapping[str, int | None]  # by anger level, in working minutes; None: no clock

TARGETS: Final[Targets] = MappingProxyType({"furious": 2 * 60, "angry": 8 * 60, "annoyed": 24 * 60, "calm": None})


class Whom(StrEnum):
    """Who hears of a step."""

    ASSIGNEE = "assignee"  # or the approvers, while it is nobody's
    APPROVERS = "approvers"  # of the place; its owners, where it has none
    OWNERS = "owners"  # of the place
    PERSON = "person"  # somebody by name


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One step of the chain. It is due when so much of the target is used, and then so many minutes later."""

    percent: int  # of the target, 1 to 100
    over_min: int = 0  # working minutes after the target has run out; above 0 only at 100 percent
    whom: Whom
    person_id: int | None = None

    def after_due_min(self, target_min: int) -> int:
        """Working minutes from the due time to the step; below zero before it."""
        return self.over_min - target_min * (100 - self.percent) // 100


CHAIN: Final = (
    Step(percent=75, whom=Whom.ASSIGNEE),
    Step(percent=100, whom=Whom.APPROVERS),
    Step(percent=100, over_min=8 * 60, whom=Whom.OWNERS),
)


class Motion(StrEnum):
    RUNS = "runs"
    RESTS = "rests"
    STANDS = "stands"


@dataclass(frozen=True, slots=True, kw_only=True)
class Clock:
    """The columns of a case that make its clock; see `db.models.Case`."""

    due_at: datetime | None = None
    clock_from_at: datetime | None = None
    clock_left_min: int | None = None
    clock_target_min: int | None = None
    escalated: int = 0
    escalate_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Rules:
    """What holds at a place."""

    hours: Hours
    targets: Targets
    chain: Sequence[Step]


def next_clock(clock: Clock, motion: Motion, target_min: int | None, rules: Rules, *, now: datetime) -> Clock:
    """Where a clock stands now. Doing it twice changes nothing.

    One that stood starts anew with the whole target. One that rests keeps what is left, below zero what it is overdue.
    Another target, for another anger or because the owner changed it, gives or takes the difference.
    """
    if motion is Motion.STANDS or target_min is None:
        return replace(clock, due_at=None, clock_from_at=None, clock_left_min=None, escalate_at=None)
    from_at, left = clock.clock_from_at, clock.clock_left_min
    if left is None:
        clock, from_at, left = replace(clock, escalated=0), None, target_min
    else:
        left += target_min - (clock.clock_target_min or 0)
    if motion is Motion.RESTS:
        left -= rules.hours.between(from_at, now) if from_at is not None else 0
        return replace(
            clock,
            due_at=None,
            clock_from_at=None,
            clock_left_min=left,
            clock_target_min=target_min,
            escalate_at=None,
        )
    from_at = from_at or now
    return replace(
        clock,
        due_at=rules.hours.add(from_at, left),
        clock_from_at=from_at,
        clock_left_min=left,
        clock_target_min=target_min,
        escalate_at=_escalates_at(rules, clock.escalated, from_at, left, target_min),
    )


def _escalates_at(rules: Rules, escalated: int, from_at: datetime, left: int, target_min: int) -> datetime | None:
    if escalated >= len(rules.chain):
        return None
    return rules.hours.add(from_at, left + rules.chain[escalated].after_due_min(target_min))


def target_of(targets: Targets, level: str | None, *, is_urgent: bool) -> int | None:
    """The target of a case. One with a risk, or that a person calls angry, is at least as urgent as an angry one."""
    level = level if level in LEVELS else UNJUDGED
    if is_urgent and LEVELS.index(level) > LEVELS.index(UNJUDGED):
        level = UNJUDGED
    return targets[level]


def targets_of(*values: Mapping[str, Any] | None) -> Targets:
    """The first value that is there: of the place, then of all; else the default."""
    found = next((value for value in values if value), TARGETS)
    return {level: found.get(level) for level in LEVELS}


def chain_of(*values: Sequence[Mapping[str, Any]] | None) -> tuple[Step, ...]:
    """The same for the chain, in the order in which its steps come due. An empty one is a chain as well."""
    found = next((value for value in values if value is not None), None)
    if found is None:
        return CHAIN
    steps = [Step(**{**one, "whom": Whom(one["whom"])}) for one in found]
    return tuple(sorted(steps, key=lambda step: (step.percent, step.over_min)))


def stored_chain(steps: Sequence[Step]) -> list[dict[str, Any]]:
    """The value to store."""
    return [
        {"percent": one.percent, "over_min": one.over_min, "whom": one.whom.value, "person_id": one.person_id}
        for one in sorted(steps, key=lambda step: (step.percent, step.over_min))
    ]
