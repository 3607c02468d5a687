"""The 29 checks of the rubric as data: how grave, who may lift it, what it tells the writer, under which draft."""

# ruff: noqa: E501 - a message is one line
from __future__ import annotations

from dataclasses import dataclass

from ..text import is_readable
from .types import Audience, Context, Override, Severity


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    id: str
    key: str
    severity: Severity
    override: Override
    message: str  # a message id: translated where it is shown


def _check(check_id: str, key: str, severity: Severity, override: Override, message: str) -> Check:
    return Check(id=check_id, key=key, severity=severity, override=override, message=message)


_BLOCK, _WARN, _HINT = Severity.BLOCK, Severity.WARN, Severity.HINT
_NEVER, _APPROVER, _AUTHOR = Override.NEVER, Override.APPROVER, Override.AUTHOR

CHECKS = {
    check.id: check
    for check in (
        _check(
            "B01",
            "quid_pro_quo",
            _BLOCK,
            _NEVER,
            "Remove the link between the offer and the review. Offer the remedy without conditions, in private, and log it.",
        ),
        _check(
            "B02",
            "personal_data",
            _BLOCK,
            _NEVER,
            "Delete the highlighted detail. Move specifics to the private channel.",
        ),
        _check(
            "B03",
            "protected_relationship",
            _BLOCK,
            _NEVER,
            "Rewrite in general terms; do not confirm or deny that this person used your service.",
        ),
        _check(
            "B04",
            "threat_pressure",
            _BLOCK,
            _NEVER,
            "Delete the threat. If you believe the review breaks the platform rules, use the report function, not the reply.",
        ),
        _check("B05", "abuse_sarcasm", _BLOCK, _NEVER, "Take the remark out. Answer the problem, not the person."),
        _check(
            "B06", "calm_down", _BLOCK, _APPROVER, "Replace the instruction with a sentence that accepts the feeling."
        ),
        _check(
            "B07", "argue", _BLOCK, _APPROVER, "Drop the rebuttal. Say what you will check, and invite a private talk."
        ),
        _check(
            "B08",
            "fraud_identity",
            _BLOCK,
            _APPROVER,
            "Report the review to the platform instead. In public, ask for contact neutrally.",
        ),
        _check("B09", "unfinished", _BLOCK, _NEVER, "Fill in or delete the marked text."),
        _check(
            "B10",
            "platform_limits",
            _BLOCK,
            _NEVER,
            "Shorten or reword what is marked: this platform does not take it.",
        ),
        _check(
            "W01",
            "non_apology",
            _WARN,
            _AUTHOR,
            'Apologise for the event: "I am sorry that ..." and stop before any "but".',
        ),
        _check("W02", "blame", _WARN, _AUTHOR, "Say what your business could have done differently."),
        _check("W03", "dismiss", _WARN, _AUTHOR, "Remove the comparison; take the point at face value."),
        _check(
            "W04", "overpromise", _WARN, _AUTHOR, "Promise the step, not the outcome, and add it as a follow-up task."
        ),
        _check(
            "W05",
            "public_compensation",
            _WARN,
            _AUTHOR,
            "Move the offer to the private message and log it as compensation.",
        ),
        _check("W06", "claims_backed", _WARN, _AUTHOR, "Log the action first, or say that you will do it."),
        _check("W07", "promotion", _WARN, _AUTHOR, "Cut the plug. One apology, one remedy, one contact."),
        _check("W08", "boilerplate", _WARN, _AUTHOR, "Change the opening and add one detail from this review."),
        _check("W09", "language", _WARN, _AUTHOR, "Switch the language or have the translation checked."),
        _check("S01", "specific", _WARN, _AUTHOR, "Add one sentence that says in your words what went wrong."),
        _check("S02", "empathy", _WARN, _AUTHOR, "Add one sentence from the customer's point of view."),
        _check("S03", "apology", _WARN, _AUTHOR, 'Say "I am sorry that ..." once, for what happened.'),
        _check("S04", "ownership", _WARN, _AUTHOR, 'Turn one sentence into "we did" or "we should have".'),
        _check("S05", "next_step", _WARN, _AUTHOR, "Add who, how and by when."),
        _check("S06", "signature", _HINT, _AUTHOR, "Sign with a name and a role."),
        _check("S07", "length", _HINT, _AUTHOR, "Aim for five to eight sentences."),
        _check("S08", "coverage", _HINT, _AUTHOR, "Add a few words on the other points."),
        _check("S09", "thanks", _HINT, _AUTHOR, "Open with one concrete acknowledgement."),
        _check("S10", "style", _HINT, _AUTHOR, "Lower the volume; use everyday words."),
    )
}

_ALWAYS = frozenset({"B01", "B04", "B05", "B09"})
_POSITIVE = _ALWAYS | {"B02", "B03", "B08", "B10", "W05", "W08", "W09", "S06", "S07", "S09", "S10"}
_PRIVATE = _ALWAYS | {"B06", "B07", "W01", "W02", "W03", "W04", "W06", "S01", "S02", "S03", "S04", "S05"}
# What only makes sense under a review that complains, or that says something went wrong.
_NEGATIVE_ONLY = frozenset({"W01", "W02", "W03", "W07", "S01", "S02", "S03", "S04", "S05"})
_FAILURE_ONLY = frozenset({"S03", "S04"})


def is_applicable(check: str, context: Context) -> bool:
    """Whether the rubric asks for the check under this draft at all."""
    review = context.review
    if check in _FAILURE_ONLY and not review.is_failure:
        return False
    if check == "S01" and review.stars is not None and not is_readable(review.text):
        return False  # stars alone: there is nothing to restate
    if context.audience is Audience.PRIVATE:
        return check in _PRIVATE and (review.is_negative or check not in _NEGATIVE_ONLY)
    if not review.is_negative and check not in _POSITIVE:
        return False
    if check == "B03":
        return context.is_protected_sector
    return True
