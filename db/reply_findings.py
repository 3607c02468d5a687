"""What the findings of the checks mean for an answer: whether one holds it back, and who may lift that.

Findings are as they are kept with an answer: check, outcome, severity, override and where.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from .phrases import say


def failed_ids(findings: Sequence[Mapping[str, Any]]) -> list[str]:
    """The checks that did not pass, in their order."""
    return [str(one["check"]) for one in findings if one.get("outcome") == "failed"]


def blocked_for_good(findings: Sequence[Mapping[str, Any]]) -> bool:
    """Whether one holds the answer back and nobody may lift it."""
    return any(_blocks(one) and one.get("override") == "never" for one in findings)


def lift_needed(findings: Sequence[Mapping[str, Any]]) -> bool:
    """Whether one holds the answer back until an approver lifts it."""
    return any(_blocks(one) and one.get("override") != "never" for one in findings)


def brought_in(findings: Sequence[Mapping[str, Any]], before: Sequence[Mapping[str, Any]]) -> list[str]:
    """The checks that block words which an approver has changed, and did not block those that were submitted."""
    asked = set(failed_ids(before))
    return [str(one["check"]) for one in findings if _blocks(one) and one["check"] not in asked]


def held_back(findings: Sequence[Mapping[str, Any]], approved: Sequence[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    """Those of the last check that hold an approved answer back: nobody may lift them, or nobody has yet.

    `approved` are those that whoever approved it has seen.
    """
    lifted = set(failed_ids(approved))
    return [one for one in findings if _blocks(one) and (one.get("override") == "never" or one["check"] not in lifted)]


def why_held_back(findings: Sequence[Mapping[str, Any]], approved: Sequence[Mapping[str, Any]]) -> str:
    """The same as a sentence; empty where nothing does."""
    if not (found := held_back(findings, approved)):
        return ""
    return say(
        "The check just before posting holds this answer back: %(checks)s. Mend it, and submit it again.",
        checks=", ".join(failed_ids(found)),
    )


def _blocks(finding: Mapping[str, Any]) -> bool:
    return finding.get("outcome") == "failed" and finding.get("severity") == "block"
