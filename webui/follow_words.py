"""The words of follow-ups: what came of asking, and what the timeline tells of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from babel.lists import format_list

from db.acting import Event
from db.due_reminders import FOLLOW_UP_REMINDED, PROMISE_REMINDED
from db.models import FollowUpOutcome

from .filters import in_words
from .i18n import N_, current_locale
from .labels import label

OUTCOMES: dict[str, str] = {
    FollowUpOutcome.CONTENT: N_("Content"),
    FollowUpOutcome.NOT_CONTENT: N_("Not content"),
    FollowUpOutcome.NO_ANSWER: N_("No answer"),
    FollowUpOutcome.NOT_PURSUED: N_("Not asked any more"),
    FollowUpOutcome.TAKEN_BACK: N_("Taken back"),
}
# What the buttons say: "Not pursued" is what one does, not what came of it.
BUTTONS: dict[str, str] = OUTCOMES | {FollowUpOutcome.NOT_PURSUED: N_("Do not ask")}
SHAPES: dict[str, str] = {
    FollowUpOutcome.CONTENT: "fine",
    FollowUpOutcome.NOT_CONTENT: "look",
    FollowUpOutcome.NO_ANSWER: "wait",
    FollowUpOutcome.NOT_PURSUED: "wait",
    FollowUpOutcome.TAKEN_BACK: "wait",
}
TOLD: dict[str, str] = {  # after a button was pressed
    FollowUpOutcome.CONTENT: N_("Noted: the customer is content."),
    FollowUpOutcome.NOT_CONTENT: N_("Noted: the customer is not content. The case is to do again."),
    FollowUpOutcome.NO_ANSWER: N_("Noted: no answer. Set another day if you want to ask again."),
    FollowUpOutcome.NOT_PURSUED: N_("Noted: nobody asks on that day."),
}
ASKED: dict[str, str] = {
    FollowUpOutcome.CONTENT: N_("The customer is content, says %(who)s"),
    FollowUpOutcome.NOT_CONTENT: N_("The customer is not content, says %(who)s"),
    FollowUpOutcome.NO_ANSWER: N_("%(who)s asked the customer and had no answer"),
    FollowUpOutcome.NOT_PURSUED: N_("%(who)s does not ask the customer any more"),
}
SENTENCES: dict[str, str] = {
    Event.FOLLOW_UP_SET: N_("%(who)s will have the customer asked on %(days)s"),
    Event.FOLLOW_UP_REOPENED: N_("%(who)s wants the customer asked again: %(day)s"),
    FOLLOW_UP_REMINDED: N_("%(names)s heard that the customer is to be asked"),
    PROMISE_REMINDED: N_("%(names)s heard that a promise is due"),
}
WITH_REMEDY = N_("The customer will be asked on %(days)s whether it was made right")
GONE = N_("Nobody asks on %(days)s: the offer is no longer given")


def follow_event(kind: str, facts: Mapping[str, Any]) -> tuple[str, dict[str, str]] | None:
    """Phrase and values of what happened, without who did it; None for what is told elsewhere."""
    values: dict[str, str] = {}
    if facts.get("days") and kind in (Event.FOLLOW_UP_SET, Event.FOLLOW_UP_GONE):
        values["days"] = days_words([date.fromisoformat(str(one)) for one in facts["days"]])
    if facts.get("due_on"):
        values["day"] = in_words(date.fromisoformat(str(facts["due_on"])))
    if "names" in facts:
        values["names"] = ", ".join(facts["names"] or [])
    if kind == Event.FOLLOWED_UP:
        return label(ASKED, str(facts.get("outcome"))), values
    if kind == Event.FOLLOW_UP_SET and facts.get("is_remedy"):
        return WITH_REMEDY, values
    if kind == Event.FOLLOW_UP_GONE:
        return GONE, values
    return (SENTENCES[kind], values) if kind in SENTENCES else None


def days_words(days: Sequence[date]) -> str:
    """Several days in one phrase: "25 November 2026 and 4 December 2026"."""
    return format_list([in_words(day) for day in days], locale=current_locale())
