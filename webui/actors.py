"""Who acts in this request, as the database wants to know it."""

from __future__ import annotations

from db.acting import Actor

from .accounts import me
from .pages import pages


def actor() -> Actor:
    """Whoever is signed in; only for views that need somebody."""
    who = me()
    if who is None:
        raise RuntimeError("nobody is signed in")
    return Actor(person_id=who.person_id, name=who.name, now=pages().clock())
