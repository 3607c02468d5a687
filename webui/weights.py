"""The weights of the priority as the owner edits them: fields of a form, and the value that the database keeps."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from scoring.priority import DEFAULT, Weights
from scoring.types import AngerLevel, Risk

from .filters import decimal, period
from .i18n import gettext
from .labels import ANGER_LEVELS, PRIORITY_PARTS, label, risk_name

LEAST, MOST = 0, 100  # points of one field
_SINGLE = ("anger", "reach", "stars")


@dataclass(frozen=True, slots=True, kw_only=True)
class WeightField:
    """One number of the form."""

    name: str  # "level.furious", "anger", "risk.legal", "age.0"
    words: str
    value: str  # as it stands in the field
    default: str


def weights_of(value: Mapping[str, Any]) -> Weights:
    """The weights that a stored value stands for. What it does not name, a new risk say, has its default."""
    numbers = numbers_of(DEFAULT) | {name: float(number) for name, number in value.items()}
    return replace(
        DEFAULT,
        levels={level: numbers[f"level.{level}"] for level in AngerLevel},
        risks={risk: numbers[f"risk.{risk}"] for risk in Risk},
        age_steps=tuple(replace(step, points=numbers[f"age.{at}"]) for at, step in enumerate(DEFAULT.age_steps)),
        **{name: numbers[name] for name in _SINGLE},
    )


def numbers_of(weights: Weights) -> dict[str, float]:
    """Every number by the name of its field."""
    return {
        **{f"level.{level}": weights.levels.get(level, 0.0) for level in reversed(AngerLevel)},
        **{name: float(getattr(weights, name)) for name in _SINGLE},
        **{f"risk.{risk}": weights.risks.get(risk, 0.0) for risk in Risk},
        **{f"age.{at}": step.points for at, step in enumerate(weights.age_steps)},
    }


def stored_value(weights: Weights) -> dict[str, float]:
    """What to keep: nothing where they are the default, so that a better default of a later version holds."""
    numbers = numbers_of(weights)
    return {} if numbers == numbers_of(DEFAULT) else numbers


def read_weights(form: Mapping[str, str]) -> tuple[Weights | None, dict[str, str]]:
    """The weights of a form that was sent; else what is wrong, by field."""
    numbers, faults = {}, {}
    for name in numbers_of(DEFAULT):
        number = _number(form.get(name, ""))
        if number is None:
            faults[name] = gettext("A number from %(least)s to %(most)s.", least=LEAST, most=MOST)
        else:
            numbers[name] = number
    if not faults and not any(numbers.values()):
        faults["level.furious"] = gettext("One of the numbers must be above zero: else nothing has a place.")
    return (None, faults) if faults else (weights_of(numbers), {})


def fields(numbers: Mapping[str, str]) -> dict[str, list[WeightField]]:
    """The fields of the form by group, filled with what was typed or is stored."""
    defaults = numbers_of(DEFAULT)
    found: dict[str, list[WeightField]] = {"level": [], "risk": [], "age": [], "other": []}
    for name, default in defaults.items():
        group, _, member = name.partition(".")
        field = WeightField(
            name=name, words=_words(group, member), value=numbers.get(name, ""), default=decimal(default)
        )
        found[group if member else "other"].append(field)
    return found


def typed(weights: Weights) -> dict[str, str]:
    """As the fields of a number take them."""
    return {name: f"{number:g}" for name, number in numbers_of(weights).items()}


def _words(group: str, member: str) -> str:
    if group == "level":
        return label(ANGER_LEVELS, member)
    if group == "risk":
        return risk_name(member)
    if group == "age":
        step = DEFAULT.age_steps[int(member)].from_age
        return gettext("From %(age)s on", age=period(int(step.total_seconds()))) if step else gettext("New")
    return label(PRIORITY_PARTS, group)


def _number(text: str) -> float | None:
    try:
        number = round(float(text.strip().replace(",", ".")), 2)
    except (ValueError, OverflowError):
        return None
    return number if LEAST <= number <= MOST else None  # "nan" is neither
