"""The words for complaints by hand, contacts and promises: channels, levels, what happened."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from db import attachments, complaint_links, complaints, contacts

from .filters import in_words
from .i18n import N_, gettext
from .labels import label

CHANNELS = {
    "counter": N_("At the counter"),
    "table": N_("At the table"),
    "phone": N_("By phone"),
    "mail": N_("By e-mail"),
    "message": N_("By message"),
    "letter": N_("By letter"),
}
# Of an entry in the contact log: it tells of one's own side too.
SPOKE = {
    "counter": N_("%(who)s spoke with the customer at the counter"),
    "table": N_("%(who)s spoke with the customer at the table"),
    "phone": N_("%(who)s spoke with the customer by phone"),
    "mail": N_("%(who)s exchanged e-mails with the customer"),
    "message": N_("%(who)s exchanged messages with the customer"),
    "letter": N_("%(who)s exchanged letters with the customer"),
}
WROTE = N_("%(who)s wrote to the customer")
EVENTS = {
    complaints.TAKEN: N_("%(who)s took the complaint: %(channel)s"),
    contacts.PROMISED: N_("%(who)s promised a step: %(owner)s sees to it by %(day)s"),
    contacts.KEPT_PROMISE: N_("%(who)s did what was promised"),
    contacts.REOPENED_PROMISE: N_("%(who)s says that a promise is still to be kept"),
    complaint_links.LINKED: N_("%(who)s linked the complaint with a review"),
    complaint_links.UNLINKED: N_("%(who)s took the link between complaint and review apart"),
}
ATTACHED = {"picture": N_("%(who)s attached a picture"), "mail": N_("%(who)s attached a mail")}
NOT_PUBLIC = N_("Nobody else has read this, so there is nothing to answer in public. Speak with the customer, below.")
_NAMES = {name: CHANNELS[channel.value] for channel, name in complaints.CHANNEL_NAMES.items()}


def source_words(name: str) -> str:
    """The name of a source as it is shown: the channel of a complaint in the language of the reader.

    Where several places have one, the name of the place stands behind it.
    """
    channel, between, place = name.partition(", ")
    return gettext(_NAMES[channel]) + between + place if channel in _NAMES else name


def direct_event(kind: str, facts: Mapping[str, Any]) -> tuple[str, dict[str, str]] | None:
    """Phrase and values of something that happened; None for what is told elsewhere."""
    if kind == attachments.ATTACHED:
        return ATTACHED.get(str(facts.get("kind")), ATTACHED["picture"]), {}
    if kind not in EVENTS:
        return None
    values = {name: str(facts[name]) for name in ("owner",) if name in facts}
    if "channel" in facts:
        values["channel"] = label(CHANNELS, str(facts["channel"]))
    if "due_on" in facts:
        values["day"] = in_words(date.fromisoformat(str(facts["due_on"])))
    return EVENTS[kind], values
