"""Mail addresses as people type them."""

from __future__ import annotations

from email_validator import EmailNotValidError, validate_email


def normal_address(typed: str) -> str | None:
    """The address as it is stored and compared, in lower case; None for what is none. Nobody asks whether it exists."""
    try:
        found = validate_email(typed.strip()[:320], check_deliverability=False, allow_smtputf8=False)
    except EmailNotValidError:
        return None
    address = found.normalized.lower()
    return address if len(address) <= 254 else None
