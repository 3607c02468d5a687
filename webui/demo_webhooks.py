"""A webhook of the demo: the stand-in plays the program that hears of what happens, so that its test button works."""

from __future__ import annotations

from sqlalchemy.orm import Session

from db.acting import Actor
from db.vault import Vault
from db.webhook_events import Told
from db.webhooks import add_hook, hooks

EVENTS = (Told.CASE_CLOSED, *(kind for kind in Told if kind.startswith(("offer.", "follow_up."))))


def lay_out_webhook(session: Session, url: str, vault: Vault, *, by: Actor) -> None:
    """Once: with one there somebody has been here. Its secret is shown to nobody; a new one is a button away."""
    if not hooks(session, now=by.now):
        add_hook(session, url, [str(kind) for kind in EVENTS], is_named=False, vault=vault, by=by)
