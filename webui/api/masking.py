"""Names and contact data of guests as programs see them: masked, unless their token was made to read them."""

from __future__ import annotations

from db.masking import mask
from scoring.redraft.masking import reached_at

from ..people_words import initials

HIDDEN = "[…]"


def name_for(name: str, *, is_open: bool) -> str:
    """The whole name, or its initials."""
    return name if is_open or not name.strip() else ". ".join(initials(name)) + "."


def words_for(text: str, name: str = "", *, is_open: bool) -> str:
    """Words, without the mail addresses, links and numbers in them, and without the name of whoever wrote them."""
    if is_open or not text:
        return text
    for found in sorted({*reached_at(text), *([name] if len(name.strip()) > 2 else [])}, key=len, reverse=True):
        text = text.replace(found, HIDDEN)
    return text


def note_for(text: str, name: str, *, is_open: bool) -> str:
    """Words of staff: whom they mention by @ stays, for these are no guests; the name of the guest does not."""
    if is_open:
        return text
    masked = mask(text)
    return masked.replace(name, HIDDEN) if len(name.strip()) > 2 else masked
