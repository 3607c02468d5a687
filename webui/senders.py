"""What an owner may say of the sender of a platform's messages, and what they are told of messages that were refused.

Refusals are remembered by this process alone: they help whoever has just set the sender up, and are nothing to keep.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime

from flask import current_app

from .i18n import N_, gettext

REFUSALS = {  # by the reason of crawlers.hooks.identity.Unproved
    "no token": N_("it bears no signature. Switch on Enable authentication in the subscription."),
    "expired": N_("its signature has run out. Look whether the clock of this machine is right."),
    "claim iat": N_("its signature is not valid yet. Look whether the clock of this machine is right."),
    "claim aud": N_("it is signed for another audience. Copy the one of the subscription."),
    "claim email": N_("it is signed for another service account. Copy the one of the subscription."),
}
OTHERWISE = N_("its signature is not one of Google’s.")
_KEY = "amends-push-refusals"
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


def note_refusal(source_id: int, reason: str, *, now: datetime) -> None:
    """Remember it until a message is taken or the sender is set anew."""
    _refusals()[source_id] = Refusal(now, REFUSALS.get(reason, OTHERWISE))


def forget_refusal(source_id: int) -> None:
    """A message was taken, or another sender is expected."""
    _refusals().pop(source_id, None)


def last_refusal(source_id: int) -> Refusal | None:
    """What the page of the source tells."""
    return _refusals().get(source_id)


def _refusals() -> dict[int, Refusal]:
    noted: dict[int, Refusal] = current_app.extensions.setdefault(_KEY, {})
    return noted
