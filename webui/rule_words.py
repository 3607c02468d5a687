"""A rule of assignment in words: "Lanterna · angry or worse · waiting"."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from db.assignment_rules import ANY_RISK

from .i18n import gettext, within
from .labels import TOPICS, label, risk_name
from .rows import level_words
from .shown import one_line


def rule_words(*, place: str, topic: str, risk: str, least: str) -> str:
    """What must hold of a case."""
    parts = [one_line(place)] if place else []
    if least:
        parts.append(least_words(least))
    if topic:
        parts.append(label(TOPICS, topic))
    if risk:
        parts.append(gettext("with a risk") if risk == ANY_RISK else within(risk_name(risk)))
    return " · ".join(parts) or gettext("every case")


def least_words(level: str) -> str:
    """This level or one above it."""
    words = within(level_words(level))
    return words if level == "furious" else gettext("%(level)s or worse", level=words)


def words_of_event(facts: Mapping[str, Any]) -> str:
    """The same of a rule as an event or a mail keeps it."""
    kept = {name: str(facts.get(name) or "") for name in ("place", "topic", "risk", "least")}
    return rule_words(**kept)
