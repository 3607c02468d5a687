"""Single keys for what the pages do: which there are, and what a person has made of them.

A key presses what carries its name as `data-key` on the page that is open (static/keys.js); it can do nothing that no
button or link does. WCAG 2.1.4 asks that single keys can be switched off and changed: both are kept with the person.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from .accounts import me
from .i18n import N_

OFF, CHANGED = "off", "changed"  # as kept with the person


@dataclass(frozen=True, slots=True)
class Key:
    """One key, or two that are pressed one after the other."""

    name: str  # of data-key
    pressed: str  # as the browser names it: "X" is Shift and x
    words: str  # what it does


MOVING = (
    Key("next", "j", N_("To the next row or review")),
    Key("previous", "k", N_("To the one before")),
    Key("open", "o", N_("Open the row; Enter does the same")),
    Key("up", "u", N_("Back to the list")),
    Key("search", "/", N_("Search")),
    Key("select", "x", N_("Select the row, or leave it out")),
    Key("range", "X", N_("Select all rows from the last one selected to this one")),
    Key("help", "?", N_("These keys")),
)
GOING = (
    Key("go-now", "g n", N_("To what needs an answer now")),
    Key("go-mine", "g m", N_("To what is mine")),
    Key("go-unassigned", "g u", N_("To what is nobody's")),
    Key("go-approve", "g a", N_("To what waits for approval")),
    Key("go-waiting", "g w", N_("To what waits for the guest")),
    Key("go-follow_up", "g f", N_("To what is to be followed up")),
    Key("go-changed", "g c", N_("To what guests have changed")),
    Key("go-open", "g o", N_("To all that is open")),
    Key("go-done", "g d", N_("To what is done")),
    Key("go-all", "g e", N_("To everything")),
    Key("go-sources", "g s", N_("To the sources")),
)
ACTING = (
    Key("mine", "i", N_("Assign it to me")),
    Key("assign", "a", N_("Assign it to somebody")),
    Key("reply", "r", N_("Write the answer")),
    Key("note", "n", N_("Write a note")),
    Key("state", "s", N_("Set its state")),
    Key("done", "e", N_("Done")),
    Key("snooze", "m", N_("Come back to it later")),
    Key("offer", "c", N_("Offer something to make it right")),
    Key("tag", "t", N_("Tag it")),
    Key("wrong", "!", N_("The anger is judged wrongly")),
    Key("not-us", "b", N_("It is not about us, or is after all")),
    Key("undo", "z", N_("Undo what I did last")),
)
GROUPS = ((N_("Moving"), MOVING), (N_("Going to a list"), GOING), (N_("Acting on a case"), ACTING))
KEYS = {key.name: key for _, keys in GROUPS for key in keys}


@dataclass(frozen=True, slots=True)
class Mine:
    """The keys of whoever asks."""

    is_on: bool
    pressed: Mapping[str, str]  # by name


def mine() -> Mine:
    """Those of this request."""
    who = me()
    return of(who.keys if who else {})


def of(kept: Mapping[str, Any]) -> Mine:
    """What is kept with a person, over what everybody starts with. Names from another version are left out."""
    changed = {name: str(pressed) for name, pressed in kept.get(CHANGED, {}).items() if name in KEYS}
    return Mine(not kept.get(OFF, False), {name: key.pressed for name, key in KEYS.items()} | changed)


def kept(*, is_on: bool, pressed: Mapping[str, str]) -> dict[str, Any]:
    """What to keep with a person: only what differs, so that a better start reaches everybody else."""
    changed = {name: given for name, given in pressed.items() if given != KEYS[name].pressed}
    return ({} if is_on else {OFF: True}) | ({CHANGED: changed} if changed else {})


def read(given: str) -> str | None:
    """A key as a person types it into a form: one character, or two; None where it cannot be one."""
    parts = given.split()
    if len(parts) == 1 and len(parts[0]) == 2:
        parts = list(parts[0])  # "gn" is what people write for "g n"
    is_fine = 1 <= len(parts) <= 2 and all(len(part) == 1 and _is_printable(part) for part in parts)
    return " ".join(parts) if is_fine else None


def clashes(pressed: Mapping[str, str]) -> dict[str, str]:
    """Names whose key can never be told from another's, each with that other: the same, or the beginning of it."""
    found = {}
    for name, given in pressed.items():
        for other, taken in pressed.items():
            if other != name and (given == taken or given.startswith(f"{taken} ") or taken.startswith(f"{given} ")):
                found[name] = other
                break
    return found


def _is_printable(char: str) -> bool:
    return unicodedata.category(char)[0] in "LNPS"
