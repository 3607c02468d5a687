"""Mails that people attach: their sender, day, subject and words are kept as plain text, and nothing else.

The mail itself is not: it may hold programs, pictures that tell its sender when it is read, and addresses of people who
have nothing to do with it. Whoever needs it whole has it in their mailbox.
"""

from __future__ import annotations

from dataclasses import dataclass
from email import message_from_bytes, policy
from email.message import EmailMessage
from email.utils import parseaddr, parsedate_to_datetime
from typing import Final

MAIL_MOST: Final = 10 * 1024 * 1024  # bytes, with what is attached to it
WORDS_MOST: Final = 50_000  # characters that are kept
_HEADS = ("From", "Date", "Subject")


class NotAMail(ValueError):
    """It is none, or cannot be read."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    sender: str  # a name; empty where it gives none
    address: str
    subject: str
    day: str  # ISO; empty where it gives none
    words: str

    @property
    def text(self) -> str:
        """All that is kept, as one text."""
        heads = (f"{self.sender} <{self.address}>".strip(), self.day, self.subject)
        return "\n".join(
            [f"{name}: {value}" for name, value in zip(_HEADS, heads, strict=True) if value] + ["", self.words]
        )


def read_letter(data: bytes) -> Letter:
    """The words of a mail as a mail program saves it (.eml).

    Raises:
        NotAMail: see there; or it has no words.
    """
    from crawlers.parsers.text import line, plain

    try:
        message = message_from_bytes(data, policy=policy.default)
        body = message.get_body(preferencelist=("plain", "html")) if isinstance(message, EmailMessage) else None
        words = plain(str(body.get_content()))[:WORDS_MOST] if body is not None else ""
        sender, address = (line(part) for part in parseaddr(str(message.get("From", ""))))
        subject, day = line(str(message.get("Subject", ""))), _day(str(message.get("Date", "")))
    except Exception as error:  # the e-mail package raises what its own parts meet: LookupError, IndexError, Attribute…
        raise NotAMail("the mail cannot be read") from error
    if not words.strip() or not (address or subject):
        raise NotAMail("no mail, or one without words")
    return Letter(sender=sender[:200], address=address[:320], subject=subject[:400], day=day, words=words.strip())


def _day(header: str) -> str:
    try:
        return parsedate_to_datetime(header).date().isoformat()
    except (ValueError, TypeError, OverflowError):
        return ""
