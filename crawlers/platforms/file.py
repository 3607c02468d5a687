"""Files and mails."""

from __future__ import annotations

from ._types import Key, Platform, ReadBy, ReplyBy

PLATFORM = Platform(
    key="file",
    name="Files and mails",
    read_by=ReadBy.IMPORT,
    reply_by=ReplyBy.HAND,
    shows_answers=False,
    retention="store",
    terms="Exports, pasted reviews and notification mails sent to you; you answer for where they come from.",
    alternative="Nothing is read from an address: amends import FILE --place NAME",
    doc_url="https://www.rfc-editor.org/rfc/rfc4180",
    keys=(
        Key(
            name="password",
            label="password of the mailbox",
            help="Only to read notification mails by IMAP; many mail providers want one made for apps.",
            is_needed=False,
        ),
    ),
)
