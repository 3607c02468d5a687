"""What is held of customers, in words: by kinds and columns of `db.personal`, and when it goes.

A test looks that no kind and no column is missing.
"""

from __future__ import annotations

from db.keeping import Ahead

from .filters import in_words
from .i18n import N_, gettext, ngettext

KINDS = {
    "review": N_("Reviews: name and account of the author, text, rating, date"),
    "wording": N_("Earlier wordings of reviews"),
    "judgement": N_("What the model made of them: anger, topics, risks"),
    "gist": N_("Facts and feeling, as staff understood them"),
    "complaint": N_("Complaints by hand: how somebody is reached"),
    "complaint_link": N_("Links between complaints and public reviews"),
    "customer_merge": N_("That two entries are one customer"),
    "attachment": N_("Attached pictures and mails"),
    "case": N_("Cases: state, and why one is not pursued"),
    "event": N_("Timeline of a case"),
    "note": N_("Internal notes"),
    "note_draft": N_("Notes still being written"),
    "contact": N_("Talks and messages with the customer"),
    "promise": N_("What was promised"),
    "follow_up": N_("Follow-ups"),
    "message": N_("Private messages still being written"),
    "answer": N_("Public answers"),
    "answer_wording": N_("Earlier wordings of answers"),
    "offer": N_("Offers to make it right"),
    "offer_step": N_("Steps of an offer"),
    "legal_hold": N_("Legal reasons to keep a case"),
}

# Who reads it: the least role at the place. Drafts of notes are their writer's alone.
SEEN_BY = dict.fromkeys(KINDS, "viewer") | {"note_draft": ""}

COLUMNS = {
    "author_name": N_("Name"),
    "author_ref": N_("Account at the platform"),
    "url": N_("Address"),
    "title": N_("Title"),
    "body": N_("Text"),
    "positive": N_("Praise"),
    "negative": N_("Blame"),
    "translation": N_("Translation"),
    "reply_body": N_("Public answer"),
    "reply_author": N_("Answered by"),
    "reply_note": N_("Why it was refused"),
    "published_at": N_("Published"),
    "edited_at": N_("Edited"),
    "visited_at": N_("Was there"),
    "visited_precision": N_("How exactly that is known"),
    "rating_raw": N_("Rating"),
    "stars": N_("Stars"),
    "language": N_("Language"),
    "external_id": N_("Number at the platform"),
    "reply_published_at": N_("Answered"),
    "first_seen_at": N_("First seen"),
    "last_seen_at": N_("Last seen"),
    "seen_from_at": N_("Seen from"),
    "replaced_at": N_("Replaced"),
    "anger_level": N_("Anger"),
    "anger": N_("Probability of anger"),
    "reaches_alert": N_("Almost certainly angry or furious, by the model"),
    "sentiment": N_("Tone, from 1 to 5"),
    "topics": N_("Topics"),
    "risks": N_("Risks"),
    "scored_at": N_("Judged"),
    "model_version": N_("Model"),
    "sentences": N_("Sentences with their anger"),
    "reasons": N_("Reasons"),
    "facts": N_("Facts"),
    "feeling": N_("Feeling"),
    "saved_at": N_("Saved"),
    "contact": N_("Reached at"),
    "channel": N_("Way"),
    "taken_at": N_("Taken"),
    "kind": N_("Kind"),
    "media_type": N_("File type"),
    "size": N_("Size in bytes"),
    "name": N_("File name"),
    "added_at": N_("Added"),
    "state": N_("State"),
    "stage": N_("Progress"),
    "opened_at": N_("Opened"),
    "reason": N_("Reason"),
    "lift": N_("Reason for an exception"),
    "description": N_("Description"),
    "happened_at": N_("When"),
    "written_at": N_("Written"),
    "said": N_("What was said"),
    "agreed": N_("What was agreed"),
    "what": N_("What"),
    "due_on": N_("By"),
    "made_at": N_("Made"),
    "done_at": N_("Done"),
    "address": N_("Recipient"),
    "address_key": N_("Recipient"),
    "note": N_("What was said"),
    "outcome": N_("State"),
    "closed_at": N_("Done"),
    "subject": N_("Subject"),
    "posted_body": N_("Text as it was posted"),
    "live_body": N_("Text as the platform shows it"),
    "lift_reason": N_("Reason for an exception"),
    "sent_back_reason": N_("Why it was sent back"),
    "trouble": N_("What went wrong"),
    "posted_at": N_("Posted"),
    "live_at": N_("Seen live"),
    "exception_reason": N_("Reason for an exception"),
    "value_minor": N_("Value in the smallest unit"),
    "currency": N_("Currency"),
    "valid_until_on": N_("Valid until"),
    "code": N_("Code"),
    "proposed_at": N_("Proposed"),
    "issued_at": N_("Issued"),
    "redeemed_at": N_("Redeemed"),
    "placed_at": N_("Placed"),
}

WHY_FOUND = {
    "author": N_("the name of its author"),
    "account": N_("the account of its author"),
    "reached": N_("how the customer is reached"),
    "review": N_("the text of the review"),
}


def going_words(ahead: Ahead) -> list[str]:
    """What goes on the next day of a run, and in the months after it; nothing where nothing goes within a year."""
    words = []
    if ahead.next_count:
        day = in_words(ahead.next_on)
        words.append(ngettext("%(num)s review on %(day)s", "%(num)s reviews on %(day)s", ahead.next_count, day=day))
    return words + [
        ngettext(
            "%(num)s more in the month from %(day)s",
            "%(num)s more in the month from %(day)s",
            count,
            day=in_words(month),
        )
        for month, count in ahead.months
    ]


def staying_words(ahead: Ahead) -> list[str]:
    """What is old enough and stays for now, with the reason."""
    words = []
    if ahead.waiting:
        words.append(
            ngettext(
                "%(num)s is old enough, and waits for the end of the work on it.",
                "%(num)s are old enough, and wait for the end of the work on them.",
                ahead.waiting,
            )
        )
    if ahead.held:
        words.append(
            ngettext(
                "%(num)s is old enough, and is kept for a legal reason.",
                "%(num)s are old enough, and are kept for a legal reason.",
                ahead.held,
            )
        )
    return words


def months_words(months: int) -> str:
    """How long it is kept, and what then goes."""
    return ngettext(
        "%(num)s month after publication, of a complaint after it was taken: then name, texts, notes, contacts, "
        "messages and attachments are taken out. Stars, anger, causes and costs stay, so no figure changes.",
        "%(num)s months after publication, of a complaint after it was taken: then name, texts, notes, contacts, "
        "messages and attachments are taken out. Stars, anger, causes and costs stay, so no figure changes.",
        months,
    )


def nothing_words() -> str:
    """Where nothing goes."""
    return gettext("Nothing within a year.")
