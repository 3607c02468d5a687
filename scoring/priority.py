"""Order the queue: from a review's score, risks, reach, stars and age to 0..100 with every part visible.

A pure function: the caller brings the facts and the time. It does not know cases, targets or working hours.

Age enters in steps, so a stored priority stays right until `next_change_at`, when a job computes it again. The steps
first rise: during its first week a review stands on top of the platform's page and is read most, and an answer that
is still missing after a day (angry) or two (negative) is late. From the eighth day they fall: most readers have passed,
and an old complaint must not hide a fresh one. A review whose text or stars changed is as young as its change.

With the default weights, at one age:
* an angry, furious or risky review outranks every annoyed one without a risk, whatever reach and stars say;
* "they will not come back" (Risk.CHURN) is too common to count as risky: it moves a review within its level.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from types import MappingProxyType

from .types import AngerLevel, Risk

_LEVELS = MappingProxyType({
    AngerLevel.CALM: 0.0, AngerLevel.ANNOYED: 5.0, AngerLevel.ANGRY: 30.0, AngerLevel.FURIOUS: 40.0,
})  # fmt: skip
_RISKS = MappingProxyType({
    Risk.SAFETY: 28.0, Risk.ALLERGY: 28.0, Risk.SELF_HARM: 28.0, Risk.DISCRIMINATION: 28.0, Risk.LEGAL: 27.0,
    Risk.PRESS: 26.0, Risk.EXTORTION: 25.0, Risk.REFUND: 24.0, Risk.CHURN: 4.0,
})  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class AgeStep:
    """From this age on, until the next step, a review earns these points."""

    from_age: timedelta
    points: float


_AGE_STEPS = (
    AgeStep(from_age=timedelta(0), points=9.0),
    AgeStep(from_age=timedelta(days=1), points=12.0),
    AgeStep(from_age=timedelta(days=3), points=14.0),
    AgeStep(from_age=timedelta(days=7), points=7.0),
    AgeStep(from_age=timedelta(days=28), points=3.0),
    AgeStep(from_age=timedelta(days=84), points=0.0),
)


def _most(points: Mapping[AngerLevel, float] | Mapping[Risk, float]) -> float:
    return max(points.values(), default=0.0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Weights:
    """Points each fact can earn. Their sum may be anything: the value is scaled to 0..100.

    Raises:
        ValueError: a negative weight, no weight above zero, or age steps that do not start at zero and ascend.
    """

    levels: Mapping[AngerLevel, float] = field(default_factory=lambda: _LEVELS)
    anger: float = 8.0  # times the probability, so that texts of one level differ
    risks: Mapping[Risk, float] = field(default_factory=lambda: _RISKS)  # only the worst of a review counts
    reach: float = 6.0
    stars: float = 4.0
    age_steps: tuple[AgeStep, ...] = _AGE_STEPS

    def __post_init__(self) -> None:
        steps = [step.from_age for step in self.age_steps]
        if not steps or steps[0] != timedelta(0) or steps != sorted(set(steps)):
            msg = "age steps must start at zero and ascend"
            raise ValueError(msg)
        if min(self._all()) < 0 or self.most <= 0:
            msg = "weights must not be negative, and one must be above zero"
            raise ValueError(msg)

    def _all(self) -> list[float]:
        ages = [step.points for step in self.age_steps]
        return [self.anger, self.reach, self.stars, *self.levels.values(), *self.risks.values(), *ages]

    @property
    def most(self) -> float:
        """What a review with everything at its worst would earn."""
        return _most(self.levels) + self.anger + _most(self.risks) + self.reach + self.stars + self.most_age

    @property
    def most_age(self) -> float:
        return max(step.points for step in self.age_steps)


@dataclass(frozen=True, slots=True, kw_only=True)
class PriorityFacts:
    anger: float  # 0..1
    anger_level: AngerLevel
    risks: tuple[Risk, ...]
    stars: float | None  # 1..5; None where the source has none
    reach: float  # 0..1, how many people read this platform
    published_at: datetime
    changed_at: datetime | None  # last change of text or stars


@dataclass(frozen=True, slots=True, kw_only=True)
class Component:
    name: str  # message id: anger_level, anger, risk, reach, stars, age
    points: float  # of the final value
    most: float  # what this component could have given


@dataclass(frozen=True, slots=True, kw_only=True)
class Priority:
    value: float  # 0..100, the sum of the components' points
    components: tuple[Component, ...]
    next_change_at: datetime | None  # when age alone changes the value next; None when it never will


DEFAULT = Weights()


def priority(facts: PriorityFacts, *, now: datetime, weights: Weights = DEFAULT) -> Priority:
    """The review's place in the queue at `now`. All times must be aware."""
    born = max(facts.published_at, facts.changed_at or facts.published_at)
    age = max(now - born, timedelta(0))  # a clock ahead of ours makes a review new, not negative
    scale = 100 / weights.most
    earned = (
        ("anger_level", weights.levels.get(facts.anger_level, 0.0), _most(weights.levels)),
        ("anger", weights.anger * _unit(facts.anger), weights.anger),
        ("risk", max((weights.risks.get(risk, 0.0) for risk in facts.risks), default=0.0), _most(weights.risks)),
        ("reach", weights.reach * _unit(facts.reach), weights.reach),
        ("stars", weights.stars * _dissatisfaction(facts.stars), weights.stars),
        ("age", _step_at(weights, age).points, weights.most_age),
    )
    components = tuple(Component(name=name, points=p * scale, most=most * scale) for name, p, most in earned)
    value = min(100.0, sum(component.points for component in components))
    return Priority(value=value, components=components, next_change_at=_next_change(weights, born, age))


def _unit(value: float) -> float:
    return min(max(value, 0.0), 1.0)


def _dissatisfaction(stars: float | None) -> float:
    """1 for one star, 0 for five; the middle where there are none, so that such sources neither win nor lose."""
    return 0.5 if stars is None else _unit((5 - stars) / 4)


def _step_at(weights: Weights, age: timedelta) -> AgeStep:
    return [step for step in weights.age_steps if step.from_age <= age][-1]


def _next_change(weights: Weights, born: datetime, age: timedelta) -> datetime | None:
    current = _step_at(weights, age)
    later = (step for step in weights.age_steps if step.from_age > age and step.points != current.points)
    following = next(later, None)
    return born + following.from_age if following else None
