"""The words of answers: how far one is, what each check is about, what it tells the writer to do.

What a check tells is a sentence of `scoring.rubric`, which knows no translations; it stands here once more so that the
catalogues know it. A test sees to it that both are the same.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from .i18n import N_, gettext

ANSWER_STATES = {
    "draft": N_("Being written"),
    "submitted": N_("Waiting for approval"),
    "approved": N_("Approved, to be posted"),
    "held": N_("About to be posted"),
    "posting": N_("Being posted"),
    "unsure": N_("Asking whether it arrived"),
    "posted": N_("Posted, not seen yet"),
    "live": N_("Seen at the source"),
    "rejected": N_("Refused by the platform"),
    "failed": N_("Not posted"),
}

BY_WORD = N_("Posted; readings of this source show no answers")  # in place of "live", where none was seen

# In a row of the queue: the class of its label, and how far the answer is in a word or two. A draft is told by nothing.
ANSWER_TAGS = {
    "submitted": ("waiting", N_("To approve")),
    "approved": ("changed", N_("To be posted")),
    "held": ("waiting", N_("Being posted")),
    "posting": ("waiting", N_("Being posted")),
    "unsure": ("waiting", N_("Being posted")),
    "posted": ("waiting", N_("Posted")),
    "live": ("answered", N_("Live")),
    "rejected": ("risk", N_("Refused")),
    "failed": ("risk", N_("Not posted")),
}

CHECK_NAMES = {
    "B01": N_("Nothing tied to the review"),
    "B02": N_("No personal data"),
    "B03": N_("No word on who was a client"),
    "B04": N_("No threat, no pressure"),
    "B05": N_("No insult, no mockery"),
    "B06": N_("Not telling people how to feel"),
    "B07": N_("No arguing"),
    "B08": N_("No guess at who wrote it or why"),
    "B09": N_("Nothing unfinished"),
    "B10": N_("Fits the platform"),
    "W01": N_("A plain apology"),
    "W02": N_("No blame on others"),
    "W03": N_("Nothing belittled"),
    "W04": N_("No promise that cannot be kept"),
    "W05": N_("No amounts or gifts in public"),
    "W06": N_("What is said to be done is on record"),
    "W07": N_("No advertising"),
    "W08": N_("Not the same as the last answers"),
    "W09": N_("In the language of the review"),
    "S01": N_("Names the complaint"),
    "S02": N_("Sees how it felt"),
    "S03": N_("Says sorry once, for what happened"),
    "S04": N_("Takes responsibility"),
    "S05": N_("Says what happens next, and whom to reach"),
    "S06": N_("Signed by a person"),
    "S07": N_("A readable length"),
    "S08": N_("Covers the other points"),
    "S09": N_("Thanks for something concrete"),
    "S10": N_("Calm, plain style"),
}

SEVERITIES = {
    "block": N_("Blocked"),
    "warn": N_("Think again"),
    "hint": N_("Hint"),
}
NOT_CHECKED = N_("Not checked in this language")

CHECK_MESSAGES = {
    "B01": N_(
        "Remove the link between the offer and the review. Offer the remedy without conditions, in private, and log it."
    ),
    "B02": N_("Delete the highlighted detail. Move specifics to the private channel."),
    "B03": N_("Rewrite in general terms; do not confirm or deny that this person used your service."),
    "B04": N_(
        "Delete the threat. If you believe the review breaks the platform rules, use the report function, not the reply."  # noqa: E501 - the sentence of the rubric
    ),
    "B05": N_("Take the remark out. Answer the problem, not the person."),
    "B06": N_("Replace the instruction with a sentence that accepts the feeling."),
    "B07": N_("Drop the rebuttal. Say what you will check, and invite a private talk."),
    "B08": N_("Report the review to the platform instead. In public, ask for contact neutrally."),
    "B09": N_("Fill in or delete the marked text."),
    "B10": N_("Shorten or reword what is marked: this platform does not take it."),
    "W01": N_('Apologise for the event: "I am sorry that ..." and stop before any "but".'),
    "W02": N_("Say what your business could have done differently."),
    "W03": N_("Remove the comparison; take the point at face value."),
    "W04": N_("Promise the step, not the outcome, and add it as a follow-up task."),
    "W05": N_("Move the offer to the private message and log it as compensation."),
    "W06": N_("Log the action first, or say that you will do it."),
    "W07": N_("Cut the plug. One apology, one remedy, one contact."),
    "W08": N_("Change the opening and add one detail from this review."),
    "W09": N_("Switch the language or have the translation checked."),
    "S01": N_("Add one sentence that says in your words what went wrong."),
    "S02": N_("Add one sentence from the customer's point of view."),
    "S03": N_('Say "I am sorry that ..." once, for what happened.'),
    "S04": N_('Turn one sentence into "we did" or "we should have".'),
    "S05": N_("Add who, how and by when."),
    "S06": N_("Sign with a name and a role."),
    "S07": N_("Aim for five to eight sentences."),
    "S08": N_("Add a few words on the other points."),
    "S09": N_("Open with one concrete acknowledgement."),
    "S10": N_("Lower the volume; use everyday words."),
}
# What a check tells in place of that, where it knows more.
CLOSER_MESSAGES = frozenset(
    {
        N_("One sincere apology is enough: take the others out."),
        N_("Shorten it: what is marked is beyond the length that this platform takes."),
        N_("Shorten it: how long an answer this platform takes is not known, and this one may be cut or refused."),
        N_("Take the link out: it does not belong in an answer on this platform."),
        N_("Take the link out: it is not known whether this platform takes links."),
        N_("Take the number or address out: this platform allows neither. Name a person and a desk instead."),
        N_("Write plain sentences, without lists and formatting."),
        N_("Say it in your own words: this platform allows none of the review in an answer."),
        N_("Take the emoji out: this platform allows none."),
        N_("Take out what you say about the platform: it does not allow that."),
        N_("Take the offer or the advertising out: this platform removes such answers."),
    }
)


def what_to_do(finding: Mapping[str, Any]) -> str:
    """What a finding tells the writer; empty where nothing could be checked.

    A sentence of an older version, which the catalogues know no more, gives way to that of its check.
    """
    if finding["outcome"] == "not_checked":
        return ""
    said = [one for one in str(finding.get("message", "")).split("\n") if one in CLOSER_MESSAGES]
    general = CHECK_MESSAGES.get(str(finding["check"]))
    return " ".join(map(gettext, said or ([general] if general else [])))


def checks_named(ids: str) -> str:
    """Checks that a stored sentence names by "B06, B07", by what they are about as well."""
    return "; ".join(f"{gettext(CHECK_NAMES[one])} ({one})" if one in CHECK_NAMES else one for one in ids.split(", "))
