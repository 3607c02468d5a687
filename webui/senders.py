"""What an owner may say of the sender of a platform's messages, on the page and at the command line."""

from __future__ import annotations

import re

from .i18n import gettext

_EMAIL = re.compile(r"[^\s@<>\"]{1,100}@[^\s@<>\"]{3,150}")
_AUDIENCE_MOST = 500  # characters


def sender_fault(email: str, audience: str) -> str:
    """A sentence about entries that cannot be a sender's; empty for those that can."""
    if not email and audience:
        return gettext("An audience alone proves nothing: give the service account's mail address as well.")
    if email and not _EMAIL.fullmatch(email):
        return gettext("This is no mail address of a service account. Nothing was changed.")
    if len(audience) > _AUDIENCE_MOST or not audience.isprintable():
        return gettext("This is no audience. Copy it from the subscription. Nothing was changed.")
    return ""
