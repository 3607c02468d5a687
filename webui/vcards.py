"""One customer as a vCard, version 4.0 (RFC 6350): what they gave themselves, and nothing else.

A writer of our own, for the libraries that are maintained write version 3.0 at most. It knows the few properties that
we have; `tests/webui/test_vcards.py` reads what it writes with somebody else's parser.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Final

from db.queries.customers import Customer

from .shown import one_line

MEDIA_TYPE: Final = "text/vcard"
_OCTETS: Final = 75  # of a line without its end: RFC 6350, section 3.2
_ESCAPES: Final = str.maketrans({"\\": "\\\\", ",": "\\,", ";": "\\;", "\n": "\\n"})
_NUMBER: Final = re.compile(r"\+?[0-9][0-9 ()/.-]{4,}")


def vcard(customer: Customer, *, unnamed: str, uid: str, url: str, now: datetime) -> str:
    """The card. `unnamed` is written where nobody knows a name: FN must be there (section 6.2.1)."""
    name = one_line(customer.name)
    lines = ["BEGIN:VCARD", "VERSION:4.0", "PRODID:-//Amends//EN", f"UID:{_text(uid)}"]
    lines += ["KIND:individual", f"FN:{_text(name or unnamed)}"]
    if name:
        lines.append(f"N:;{_text(name)};;;")  # never split: who knows which part is which
        lines += [f"NICKNAME:{_text(one_line(other))}" for other in customer.names if other != customer.name]
    lines += [_contact(shown) for contact in customer.contacts if (shown := one_line(contact))]
    lines += [f"URL:{url}", f"REV:{now.astimezone(UTC):%Y%m%dT%H%M%SZ}", "END:VCARD"]
    return "".join(f"{part}\r\n" for line in lines for part in _folded(line))


def _contact(contact: str) -> str:
    if "@" in contact and " " not in contact:
        return f"EMAIL:{_text(contact)}"
    if _NUMBER.fullmatch(contact):
        return f"TEL;VALUE=text:{_text(contact)}"
    return f"NOTE:{_text(contact)}"


def _text(value: str) -> str:
    return value.translate(_ESCAPES)


def _folded(line: str) -> Sequence[str]:
    """In lines of 75 octets, none of which ends within a character."""
    parts, part, size = list[str](), "", 0
    for char in line:
        octets = len(char.encode())
        if size + octets > _OCTETS:
            parts.append(part)
            part, size = " ", 1
        part, size = part + char, size + octets
    return [*parts, part]
