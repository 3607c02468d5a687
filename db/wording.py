"""What counts as the wording of a review, and what is stored of it.

Cleaning takes away only what a database refuses (NUL, half surrogate pairs) and what does not fit its column.
The hashes answer one question each: has the guest's wording changed, has the owner's reply changed.
"""

from __future__ import annotations

import unicodedata
from hashlib import sha256

from .errors import BadValue

_JOINERS = "\u200d\ufe0e\ufe0f"


def clean(text: str) -> str:
    """The text without what PostgreSQL or UTF-8 cannot hold.

    NUL goes; two halves of a surrogate pair become their character; a half alone becomes U+FFFD.
    """
    if "\0" in text:
        text = text.replace("\0", "")
    if text.isascii():  # most are, and it costs next to nothing to ask
        return text
    try:
        text.encode()
    except UnicodeEncodeError:
        return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return text


def cut(text: str, most: int) -> str:
    """The cleaned text in at most `most` code points; what is cut ends in "…" and not within a letter and its marks."""
    if not text or len(text := clean(text)) <= most:
        return text
    end = most - 1
    while end > 0 and (unicodedata.combining(text[end]) or text[end] in _JOINERS or text[end - 1] == "\u200d"):
        end -= 1
    return text[:end] + "…"


def printable(text: str) -> str:
    """One line without control characters: a review must not steer somebody's terminal, nor a header a table."""
    return " ".join("".join(char if char.isprintable() else " " for char in text).split())


def cut_identity(text: str, most: int) -> str:
    """Like `cut` for names that must stay distinct: the end of a long one becomes a digest of the whole."""
    if not text or len(text := clean(text)) <= most:
        return text
    digest = sha256(text.encode()).hexdigest()
    return f"{text[: most - len(digest) - 1]}~{digest}"


def folded(text: str) -> str:
    """Canonical composition (NFC) with every run of white space as one blank: the form that is hashed."""
    return " ".join(unicodedata.normalize("NFC", text).split())


def likened(text: str) -> str:
    """NFKC, case folded, white space joined: equal for wordings that differ in form only."""
    return " ".join(unicodedata.normalize("NFKC", text).casefold().split())


def content_hash(*, title: str, body: str, rating: float | None, rating_raw: str) -> str:
    """Of cleaned texts. The rating counts by its number, so "4,5" shown later as "4.5" is no change."""
    rated = f"{rating:g}" if rating is not None else folded(rating_raw)
    return sha256("\x1f".join((folded(title), folded(body), rated)).encode()).hexdigest()


def is_reworded(now: str, then: str) -> bool:
    """Whether two of these tell of an edit. A text that may not be kept has none, and then nothing is known of one."""
    return bool(now and then) and now != then


def reply_hash(body: str) -> str:
    """Of the owner's cleaned reply; empty without one."""
    text = folded(body)
    return sha256(text.encode()).hexdigest() if text else ""


def named(name: str) -> str:
    """The name of a place, a source or a person, on one line.

    Raises:
        BadValue: it is empty.
    """
    name = cut(" ".join(name.split()), 200)
    if not name:
        raise BadValue("The name is empty.")
    return name
