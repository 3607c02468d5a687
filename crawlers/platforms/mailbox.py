"""Mailbox of notifications."""

from __future__ import annotations

from ._types import Key, Platform, ReadBy, ReplyBy

PLATFORM = Platform(
    key="mailbox",
    name="Mailbox of notifications",
    read_by=ReadBy.MAIL,
    reply_by=ReplyBy.HAND,
    shows_answers=False,
    retention="store",
    terms="Platforms notify you by mail of new reviews; the mails are yours. They are only read: none is "
    "marked, moved or deleted. Anybody can send a mail under any name, so look before you answer.",
    alternative="Take a folder of its own and a rule that moves the notifications there: Amends then sees no "
    "other mail. The first reading goes back 90 days.",
    doc_url="https://www.rfc-editor.org/rfc/rfc9051",
    apis={"": "imaps:/"},
    keys=(
        Key(name="host", label="mail server (IMAP)", help="such as imap.example.org", is_secret=False),
        Key(
            name="port",
            label="port",
            help="993 unless you know better; 143 where the server wants STARTTLS",
            is_secret=False,
            is_needed=False,
        ),
        Key(
            name="folder",
            label="folder",
            help="INBOX if you leave it empty",
            is_secret=False,
            is_needed=False,
        ),
        Key(name="password", label="password", help="many mail providers want one made for apps"),
    ),
    place_label="user",
    place_help="mostly the mail address",
    least_every_s=5 * 60,
    most_every_s=3600,
)
