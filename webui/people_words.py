"""Roles and acts in words."""

from __future__ import annotations

from .i18n import N_

ROLES = {
    "owner": N_("Owner"),
    "approver": N_("Approver"),
    "staff": N_("Staff"),
    "viewer": N_("Viewer"),
}

ROLE_MEANINGS = {
    "owner": N_("Everything, also sources, imports and people"),
    "approver": N_("Work on reviews, approve what others prepare, erase"),
    "staff": N_("Work on reviews"),
    "viewer": N_("Read only"),
}

ACTS = {
    "read": N_("read reviews"),
    "work": N_("work on reviews"),
    "approve": N_("approve what others prepare"),
    "erase": N_("erase a review"),
    "sources": N_("look after sources and imports"),
    "places": N_("set hours and targets of places"),
    "people": N_("look after people and their roles"),
    "privacy": N_("look after the privacy of customers"),
}

MAIL_KINDS = {
    "mention": N_("Notes that name you"),
    "note": N_("Notes on cases that you watch or have"),
    "assigned": N_("Cases that were given to you"),
    "escalation": N_("Cases that run out of time"),
    "approval": N_("Answers that have waited long for your approval"),
    "follow_up": N_("Customers to be asked whether they are content"),
    "promise": N_("Promises that fall due"),
    "exception": N_("Offers outside the policy that wait for an owner"),
    "improvement": N_("Improvement actions that were given to you"),
    "digest": N_("The weekly digest of your places"),
    "broken_way": N_("A way of your alerts that takes nothing any more"),
}

SIGN_IN_WAYS = {
    "password": N_("with the password"),
    "totp": N_("with password and code"),
    "recovery": N_("with password and recovery code"),
    "passkey": N_("with a passkey"),
    "link": N_("by an invitation or a new password"),
    "setup": N_("as the first owner"),
    "demo": N_("by one click, in the demo"),
}


def initials(name: str) -> str:
    """One or two letters for a name, whatever the script."""
    words = name.split()
    letters = [words[0][:1], words[-1][:1]] if len(words) > 1 else [name[:1]]
    return "".join(letters).upper()
