"""Names and contact data of guests as programs see them: masked, unless their token was made to read them."""

from __future__ import annotations

from db.masked_names import masked_name
from db.masking import mask
from scoring.redraft.masking import reached_at

HIDDEN = "[…]"


def name_for(name: str, *, is_open: bool) -> str:
    """The whole name, or its initials."""
    return name if is_open else masked_name(name)


def words_for(text: str, name: str, *, is_open: bool) -> str:
    """Words of a guest of this name, without the addresses, links, numbers and the name in them."""
    if is_open or not text:
        return text
    for found in sorted(set(reached_at(text)), key=len, reverse=True):
        text = text.replace(found, HIDDEN)
    return mask(text, name)


def note_for(text: str, name: str, *, is_open: bool) -> str:
    """Words of staff about a guest of this name; whom they mention by @ stays, for these are no guests."""
    return text if is_open else mask(text, name)
