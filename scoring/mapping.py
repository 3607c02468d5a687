"""What an owner says the labels of a model of another house mean: `AMENDS_MODEL_LABELS`.

    NEGATIVE=angry, 1 star=furious, 2 stars=annoyed

Labels by their name in the model's config.json, or as LABEL_n by their place there, from zero; levels calm, annoyed,
angry and furious. What is not named is calm. Capitals and blanks around do not count. Pure; opens no file.
"""

from __future__ import annotations

from collections.abc import Sequence

from .errors import LabelsUnclear
from .types import AngerLevel

SETTING = "AMENDS_MODEL_LABELS"
Mapped = tuple[tuple[str, AngerLevel], ...]  # label as the owner wrote it, and its level; () for no mapping
_MOST_SHOWN = 12
_EXAMPLE = "Write it as: NEGATIVE=angry, 1 star=furious, 2 stars=annoyed"
_LEVELS = ", ".join(AngerLevel)


def read_mapping(text: str) -> Mapped:
    """The pairs of a setting, in its order; () for an empty one.

    Raises:
        ValueError: a pair without a label or without a level that we know, or a label twice.
    """
    pairs: dict[str, tuple[str, AngerLevel]] = {}
    for part in filter(None, (part.strip() for part in text.split(","))):
        # The last sign of equality: a label may hold one itself.
        label, _, level = (piece.strip() for piece in part.rpartition("="))
        if not label:
            raise ValueError(f"{part[:60]!r} names no label and level. {_EXAMPLE}")
        if level.casefold() not in set(AngerLevel):
            raise ValueError(f"{level[:60]!r} is no level; there are {_LEVELS}. {_EXAMPLE}")
        if label.casefold() in pairs:
            raise ValueError(f"names the label {label[:60]!r} twice")
        pairs[label.casefold()] = (label, AngerLevel(level.casefold()))
    return tuple(pairs.values())


def applied(mapping: Mapped, names: Sequence[str], *, where: str) -> dict[AngerLevel, tuple[int, ...]]:
    """The places of each level among the model's labels.

    Raises:
        LabelsUnclear: a label is not there, or none is angry or furious.
    """
    levels: dict[int, AngerLevel] = {}
    for label, level in mapping:
        places = _places(label, names)
        if not places:
            raise LabelsUnclear(
                f"{SETTING} names the label {label[:60]!r}, which the model in {where} does not have. "
                f"Its labels: {listed(names)}."
            )
        for at in places:
            if levels.setdefault(at, level) is not level:
                raise LabelsUnclear(f"{SETTING} gives the label {names[at][:60]!r} of {where} two levels. Keep one.")
    if not {AngerLevel.ANGRY, AngerLevel.FURIOUS} & set(levels.values()):
        raise LabelsUnclear(
            f"{SETTING} calls no label of the model in {where} angry or furious, so nobody would ever be flagged. "
            f"Its labels: {listed(names)}."
        )
    return {level: tuple(at for at in sorted(levels) if levels[at] is level) for level in AngerLevel}


def canonical(mapping: Mapped) -> str:
    """The same for mappings that say the same; empty for none."""
    return "\n".join(sorted(f"{label.casefold()}={level}" for label, level in mapping))


def listed(names: Sequence[str]) -> str:
    """The labels for a message."""
    more = f" and {len(names) - _MOST_SHOWN} more" if len(names) > _MOST_SHOWN else ""
    return (", ".join(repr(name[:40]) for name in names[:_MOST_SHOWN]) or "none") + more


def _places(label: str, names: Sequence[str]) -> list[int]:
    """By name first: a model may call its third output LABEL_0."""
    wanted = label.casefold()
    if found := [at for at, name in enumerate(names) if name.strip().casefold() == wanted]:
        return found
    number = wanted.removeprefix("label_")
    is_place = number != wanted and number.isascii() and number.isdigit() and len(number) < 6
    return [int(number)] if is_place and int(number) < len(names) else []
