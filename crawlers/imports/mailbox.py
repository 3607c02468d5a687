"""Notification mails out of a mailbox by IMAP over TLS. Nothing is marked, moved or deleted there."""

from __future__ import annotations

import imaplib
import ssl
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from urllib.parse import unquote, urlsplit

from ..errors import BlockedError, CrawlerError, KeyFault, RefusedUrl

MAX_MAILS = 500  # the newest ones
MAX_MAIL = 2 * 1024 * 1024  # bytes; a notification has a hundredth of that
TIMEOUT_S = 30.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Mailbox:
    """`imaps://user@host:993/FOLDER`, without the password."""

    host: str
    user: str
    port: int = 993
    folder: str = "INBOX"


class MailboxError(CrawlerError):
    """The mailbox could not be read; the message says what to do."""


def read_address(address: str) -> Mailbox:
    """Raises RefusedUrl for what is no such address. A password in it is refused: commands are written to histories."""
    try:
        parts = urlsplit(address.strip())
        host, port = parts.hostname, parts.port
    except ValueError:
        host, port, parts = None, None, urlsplit("")
    if parts.scheme == "imap":
        raise RefusedUrl("A mailbox is read over TLS only: write imaps:// instead of imap://.")
    if parts.scheme != "imaps" or not host or not parts.username:
        raise RefusedUrl("Write the mailbox like imaps://user@mail.example.org/INBOX; an @ in the user is %40.")
    if parts.password is not None:
        raise RefusedUrl("Leave the password out of the address: it is asked for.")
    user, folder = unquote(parts.username), unquote(parts.path.strip("/")) or "INBOX"
    if not user.isprintable() or not folder.isprintable():
        raise RefusedUrl("User and folder may not hold control characters.")
    return Mailbox(host=host, user=user, port=port or 993, folder=folder)


def fetch_mails(
    mailbox: Mailbox,
    password: str,
    *,
    since: date,
    context: ssl.SSLContext | None = None,
    progress: Callable[[int, int], None] | None = None,
) -> list[bytes]:
    """The newest mails since a day, oldest first. Their "unread" mark stays.

    Raises:
        KeyFault: user or password is refused.
        BlockedError: there is no such folder.
        MailboxError: the server cannot be reached, its certificate is not valid, or it does not speak IMAP.
    """
    from imap_tools import MailBox
    from imap_tools.errors import ImapToolsError, MailboxFolderSelectError, MailboxLoginError

    try:
        box = MailBox(
            mailbox.host, mailbox.port, timeout=TIMEOUT_S, ssl_context=context or ssl.create_default_context()
        )
        try:
            box.login(mailbox.user, password, initial_folder=None)
            box.folder.set(mailbox.folder, readonly=True)
            return list(_fetched(box.client, since, progress))
        finally:
            with suppress(OSError):  # also where the log-in failed, which leaves it open
                box.client.shutdown()
    except MailboxLoginError as error:
        raise KeyFault("The mail server refuses this user or password. Some want a password for apps.") from error
    except (MailboxFolderSelectError, UnicodeError) as error:
        raise BlockedError(f"The mailbox has no folder {mailbox.folder[:80]}.", kind="login") from error
    except ssl.SSLCertVerificationError as error:
        raise MailboxError("The mail server's certificate is not valid for this name. Check the address.") from error
    except (ImapToolsError, imaplib.IMAP4.error, OSError, ValueError) as error:
        raise MailboxError(
            f"The mailbox cannot be read ({type(error).__name__}). Check host and port: it must take IMAP over TLS."
        ) from error


def _fetched(client: imaplib.IMAP4, since: date, progress: Callable[[int, int], None] | None) -> Iterator[bytes]:
    # imap-tools parses every mail and cannot give its bytes; these are its client's own words.
    uids = _uids(client, since)
    for done, uid in enumerate(uids, 1):
        if _size(client, uid) <= MAX_MAIL and (mail := _literal(client.uid("FETCH", uid, "(BODY.PEEK[])")[1])):
            yield mail
        if progress is not None:
            progress(done, len(uids) - done)


def _uids(client: imaplib.IMAP4, since: date) -> list[str]:
    months = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
    day = f"{since.day:02d}-{months[since.month - 1]}-{since.year}"
    _, found = client.uid("SEARCH", "SINCE", day)
    numbers = found[0].split() if found and isinstance(found[0], bytes) else []
    return [number.decode("ascii") for number in numbers if number.isdigit()][-MAX_MAILS:]


def _size(client: imaplib.IMAP4, uid: str) -> int:
    _, found = client.uid("FETCH", uid, "(RFC822.SIZE)")
    answer = found[0] if found else None
    words = answer.replace(b"(", b" ").replace(b")", b" ").split() if isinstance(answer, bytes) else []
    at = words.index(b"RFC822.SIZE") + 1 if b"RFC822.SIZE" in words else len(words)
    return int(words[at]) if at < len(words) and words[at].isdigit() else 0


def _literal(found: list[object]) -> bytes:
    return next((one[1] for one in found if isinstance(one, tuple) and isinstance(one[1], bytes)), b"")
