"""Risks that the words of a review prove by themselves, where no model has judged its present wording.

It was just read or edited, or the terms of its source keep it from the model. Rules alone find less than the model, so
no answer to such a review goes out without a second person, whatever they find (`db.second_person`).
"""

from __future__ import annotations

from typing import Any

from db.queries.reviews import ReviewDetail


def by_words(text: str) -> tuple[str, ...]:
    """The names of the risks; what `db.keepers` asks."""
    return tuple(str(one["risk"]) for one in _found(text))


def risks_told(detail: ReviewDetail) -> list[dict[str, Any]]:
    """As the model gave them, or in their form those that the words prove while it has not spoken."""
    return _found(detail.text) if detail.model_version is None else detail.risks


def _found(text: str) -> list[dict[str, Any]]:
    if not text.strip():
        return []
    from scoring.risks import find_risks  # its words take a second to read, and most reviews are judged

    return [
        {"risk": one.risk.value, "probability": one.probability, "origin": one.origin.value, "evidence": one.evidence}
        for one in find_risks(text)
    ]
