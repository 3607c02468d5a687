"""Names and contacts so that they tell people apart who are known anyway, and nobody else."""

from __future__ import annotations

import re
from typing import Final

_MARK: Final = "•••"
_LAST: Final = 2  # digits of a number that stay


def masked_name(name: str) -> str:
    """The initials: "Ada Rossi" as "A. R."; a writer without a name stays so."""
    return " ".join(f"{word[0].upper()}." for word in re.findall(r"[^\W_]+", name)[:3])


def masked_contact(contact: str) -> str:
    """A mail address by its first letter and where its domain ends, a number by its last two digits."""
    if "@" in contact:
        local, _, domain = contact.strip().rpartition("@")
        end = domain.rpartition(".")[2] if "." in domain else ""
        return f"{local[:1]}{_MARK}@{_MARK}{'.' + end if end else ''}"
    digits = re.sub(r"\D", "", contact)
    return f"{_MARK}{digits[-_LAST:]}" if len(digits) > 2 * _LAST else _MARK if contact.strip() else ""
