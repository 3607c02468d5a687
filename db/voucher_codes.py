"""Codes of vouchers: random, read aloud without mistakes, and wrong when a letter of them is.

Eleven random characters and one that checks them, out of 31 that cannot be taken for one another: no 0, 1, I, L and O.
31 is a prime, and the weights are 1 to 12, so every single wrong character and every two that changed places are found
(the rule of ISBN-10). 31 to the power of 11 codes, and those tried are counted: nobody guesses one.
"""

from __future__ import annotations

import secrets
from typing import Final

ALPHABET: Final = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
RANDOM: Final = 11
LENGTH: Final = RANDOM + 1
TYPED_MOST: Final = 60  # characters of what somebody types, blanks and hyphens among them
_GROUP = 4


def new_code() -> str:
    """Twelve characters, as they are stored."""
    body = "".join(secrets.choice(ALPHABET) for _ in range(RANDOM))
    return body + check_character(body)


def check_character(body: str) -> str:
    """The one that makes the weighted sum of all twelve a multiple of 31."""
    total = sum(weight * ALPHABET.index(char) for weight, char in enumerate(body, start=1))
    inverse = pow(LENGTH, -1, len(ALPHABET))
    return ALPHABET[-total * inverse % len(ALPHABET)]


def read_code(typed: str) -> str | None:
    """A code as somebody typed or scanned it, in whatever case and with whatever gaps; None where it cannot be one."""
    if len(typed) > TYPED_MOST:
        return None
    code = "".join(char for char in typed.upper() if char.isalnum())
    if len(code) != LENGTH or any(char not in ALPHABET for char in code):
        return None
    return code if check_character(code[:-1]) == code[-1] else None


def shown_code(code: str) -> str:
    """In groups of four, as it is printed."""
    return "-".join(code[at : at + _GROUP] for at in range(0, len(code), _GROUP))
