"""What an owner may say of the sender of a platform's messages, and what they are told of one that was refused."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime

from db.push_refusals import last_refusal
from db.session import read_scope

from .i18n import N_, gettext
from .pages import pages

REFUSALS = {  # by the reason of crawlers.hooks.identity.Unproved
    "no token": N_("it bears no signature. Switch on Enable authentication in the subscription."),
    "expired": N_("its signature has run out. Look whether the clock of this machine is right."),
    "claim iat": N_("its signature is not valid yet. Look whether the clock of this machine is right."),
    "claim aud": N_("it is signed for another audience. Copy the one of the subscription."),
    "claim email": N_("it is signed for another service account. Copy the one of the subscription."),
}
OTHERWISE = N_("its signature is not one of Google’s.")
_EMAIL = re.compile(r"[^\s@<>\"]{1,100}@[^\s@<>\"]{3,150}")
_AUDIENCE_MOST = 500  # characters


def sender_fault(email: str, audience: str) -> str:
    """A sentence about entries that cannot be a sender's; empty for those that can."""
    if not email and audience:
        return gettext("An audience alone proves nothing: give the service account’s mail address as well.")
    if email and not _EMAIL.fullmatch(email):
        return gettext("This is no mail address of a service account. Nothing was changed.")
    if len(audience) > _AUDIENCE_MOST or not audience.isprintable():
        return gettext("This is no audience. Copy it from the subscription. Nothing was changed.")
    return ""


@dataclass(frozen=True, slots=True)
class Refusal:
    """The last message that was refused for its sender. `why` is not translated yet."""

    at: datetime
    why: str


def refusal_told(source_id: int) -> Refusal | None:
    """What the page of the source tells."""
    with read_scope(pages().engine) as session:
        last = last_refusal(session, source_id)
    return Refusal(last.refused_at, REFUSALS.get(last.reason, OTHERWISE)) if last else None
