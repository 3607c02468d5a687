"""What was done, told on the next page with the way back from it."""

from __future__ import annotations

from flask import flash

from db.case_acts import Actor

from .accounts import me
from .pages import pages

UNDO = "undo"  # the kind of message whose words come with the token of a way back


def tell_done(words: str, undo: str | None) -> None:
    """Tell it in the live region of the next page; with a button that takes it back where there is a way back."""
    if undo is None:
        flash(words)
    else:
        flash({"words": words, "undo": undo}, UNDO)  # type: ignore[arg-type]  # a message may be whatever JSON holds


def actor() -> Actor:
    """Who does it, for the timeline."""
    who = me()
    if who is None:
        raise RuntimeError("nobody is signed in: the view says not who may ask for it")
    return Actor(person_id=who.person_id, name=who.name, now=pages().clock())
