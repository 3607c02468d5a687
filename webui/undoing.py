"""What was just done, told on the next page together with a button that takes it back."""

from __future__ import annotations

from typing import TypedDict

from flask import flash, url_for

from db.acting import Done


class Undoable(TypedDict):
    """A flashed message with a way back: parts/told.html shows both."""

    words: str
    undo: str  # the address that the button posts to


def tell(words: str, undo: str) -> None:
    """Say what was done; `undo` is an address of ours that takes it back."""
    told: Undoable = {"words": words, "undo": undo}
    flash(told)  # type: ignore[arg-type]  # cookies carry JSON, and Flask hands back what was given


def tell_done(words: str, done: Done, *, back: str) -> None:
    """Say what an act of `db.case_acts` did; `back` is where whoever takes it back wants to be."""
    if done.undo is None:
        flash(words)
    else:
        tell(words, url_for("undo.undo", token=done.undo, next=back))
