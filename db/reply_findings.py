"""What the findings of the checks mean for an answer: whether one holds it back, and who may lift that.

Findings are as they are kept with an answer: check, outcome, severity, override and where.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Any, Final

from .phrases import say

UNREAD: Final = say("Read what is marked below, and tick that you have read it.")


def failed_ids(findings: Sequence[Mapping[str, Any]]) -> list[str]:
    """The checks that did not pass, in their order."""
    return [str(one["check"]) for one in findings if one.get("outcome") == "failed"]


def blocked_for_good(findings: Sequence[Mapping[str, Any]]) -> bool:
    """Whether one holds the answer back and nobody may lift it."""
    return any(_blocks(one) and one.get("override") == "never" for one in findings)


def lift_needed(findings: Sequence[Mapping[str, Any]]) -> bool:
    """Whether one holds the answer back until an approver lifts it."""
    return any(_blocks(one) and one.get("override") != "never" for one in findings)


def is_unread(findings: Sequence[Mapping[str, Any]], read: Collection[str]) -> bool:
    """Whether one of a check that is not among those `read` warns."""
    return any(
        one.get("outcome") == "failed" and one.get("severity") == "warn" and one["check"] not in read
        for one in findings
    )


def held_back(findings: Sequence[Mapping[str, Any]], approved: Sequence[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    """Those of the last check that hold an answer back: nobody may lift them, or no second person has seen them.

    `approved` are those that one has: of what was approved, or of what an approver then changed.
    """
    lifted = {one["check"] for one in approved if _blocks(one)}  # what only warned was no exception
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
