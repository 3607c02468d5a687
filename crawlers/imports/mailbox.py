"""Notification mails out of a mailbox by IMAP over TLS. Nothing is marked, moved or deleted there.

Mails are known by their number in the folder (UID), which is good as long as the folder's UIDVALIDITY stays: who has
read up to one asks for later ones only.
"""

from __future__ import annotations

import imaplib
import ssl
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import date
from urllib.parse import quote, unquote, urlsplit

from db.phrases import say

from ..errors import BlockedError, CrawlerError, KeyFault, RefusedUrl
from .mail_hosts import MailboxError, MailHosts

MAX_MAILS = 500  # of one reading
MAX_MAIL = 2 * 1024 * 1024  # bytes; a notification has a hundredth of that

Progress = Callable[[int, int], None]  # mails looked at, still to look at


@dataclass(frozen=True, slots=True, kw_only=True)
class Mailbox:
    """`imaps://user@host:993/FOLDER`, without the password."""

    host: str
    user: str
    port: int = 993
    folder: str = "INBOX"

    @property
    def address(self) -> str:
        port = "" if self.port == 993 else f":{self.port}"
        return f"imaps://{quote(self.user, safe='')}@{self.host}{port}/{quote(self.folder)}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Position:
    """How far a folder has been read."""

    validity: int
    uid: int


@dataclass(frozen=True, slots=True, kw_only=True)
class NewMails:
    mails: tuple[bytes, ...]  # oldest first
    position: Position
    skipped: int = 0  # too large to be a notification
    is_more: bool = False  # more of them wait for the next reading


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
    progress: Progress | None = None,
) -> list[bytes]:
    """The newest mails since a day, oldest first. Their "unread" mark stays. Raises as `fetch_new` does."""
    return list(fetch_new(mailbox, password, since=since, context=context, progress=progress).mails)


def fetch_new(
    mailbox: Mailbox,
    password: str,
    *,
    since: date,
    after: Position | None = None,
    hosts: MailHosts | None = None,
    context: ssl.SSLContext | None = None,
    progress: Progress | None = None,
    within_s: float | None = None,
) -> NewMails:
    """The mails after a position, or the newest since a day where there is none that still holds.

    `hosts` are the servers that may be asked; None: any, for who types it at a terminal.

    Raises:
        KeyFault: user or password is refused, or there is no such folder.
        RefusedUrl: the host may not be asked.
        MailboxError: the server cannot be reached, its certificate is not valid, or it does not speak IMAP.
    """
    until = None if within_s is None else time.monotonic() + within_s
    with _opened(mailbox, password, hosts, context) as client:
        validity = _number(client.response("UIDVALIDITY")[1])
        is_known = after is not None and after.uid > 0 and after.validity == validity
        known = after.uid if after is not None and is_known else 0
        uids = _later(client, known) if is_known else _since(client, since)
        # What has been missed is read from its beginning, in parts; of a mailbox that is new, the newest.
        wanted = uids[:MAX_MAILS] if is_known else uids[-MAX_MAILS:]
        mails, last, looked = [], known, 0
        for uid, mail in _fetched(client, wanted):
            last, looked = uid, looked + 1
            mails.append(mail)
            if progress is not None:
                progress(looked, len(wanted) - looked)
            if until is not None and time.monotonic() > until:
                break
    read = tuple(mail for mail in mails if mail)
    is_more = last < uids[-1] if uids and looked else False
    position = Position(validity=validity, uid=last)
    return NewMails(mails=read, position=position, skipped=looked - len(read), is_more=is_more)


@contextmanager
def _opened(
    mailbox: Mailbox, password: str, hosts: MailHosts | None, context: ssl.SSLContext | None
) -> Iterator[imaplib.IMAP4]:
    """The folder, read-only."""
    from imap_tools.errors import ImapToolsError, MailboxFolderSelectError, MailboxLoginError

    from .imap_client import Box

    try:
        box = Box(mailbox.host, mailbox.port, hosts=hosts, context=context or ssl.create_default_context())
        try:
            box.login(mailbox.user, password, initial_folder=None)
            box.folder.set(mailbox.folder, readonly=True)
            yield box.client
        finally:
            with suppress(OSError):  # also where the log-in failed, which leaves it open
                box.client.shutdown()
    except CrawlerError:
        raise
    except MailboxLoginError as error:
        raise KeyFault("The mail server refuses this user or password. Some want a password for apps.") from error
    except (MailboxFolderSelectError, UnicodeError) as error:
        raise BlockedError(
            say("The mailbox has no folder %(name)s.", name=mailbox.folder[:80]), kind="folder"
        ) from error
    except ssl.SSLCertVerificationError as error:
        raise MailboxError("The mail server's certificate is not valid for this name. Check the address.") from error
    except (ImapToolsError, imaplib.IMAP4.error, OSError, ValueError) as error:
        raise MailboxError(
            say(
                "The mailbox cannot be read (%(why)s). Check host and port: it must take IMAP over TLS.",
                why=type(error).__name__,
            )
        ) from error


# imap-tools parses every mail and cannot give its bytes; these are its client's own words.
def _fetched(client: imaplib.IMAP4, uids: Sequence[int]) -> Iterator[tuple[int, bytes]]:
    """(number, mail), empty for one that is too large."""
    for uid in uids:
        is_small = _size(client, str(uid)) <= MAX_MAIL
        yield uid, _literal(client.uid("FETCH", str(uid), "(BODY.PEEK[])")[1]) if is_small else b""


def _since(client: imaplib.IMAP4, since: date) -> list[int]:
    months = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
    return _found(client, "SINCE", f"{since.day:02d}-{months[since.month - 1]}-{since.year}")


def _later(client: imaplib.IMAP4, uid: int) -> list[int]:
    # "*" is the last one there is: it is found even where it lies before the first number.
    return [one for one in _found(client, "UID", f"{uid + 1}:*") if one > uid]


def _found(client: imaplib.IMAP4, *criteria: str) -> list[int]:
    _, found = client.uid("SEARCH", *criteria)
    numbers = found[0].split() if found and isinstance(found[0], bytes) else []
    return sorted(int(number) for number in numbers if number.isdigit() and len(number) < 11)


def _number(found: object) -> int:
    one = found[0] if isinstance(found, list) and found else None
    return int(one) if isinstance(one, bytes) and one.isdigit() and len(one) < 11 else 0


def _size(client: imaplib.IMAP4, uid: str) -> int:
    _, found = client.uid("FETCH", uid, "(RFC822.SIZE)")
    answer = found[0] if found else None
    words = answer.replace(b"(", b" ").replace(b")", b" ").split() if isinstance(answer, bytes) else []
    at = words.index(b"RFC822.SIZE") + 1 if b"RFC822.SIZE" in words else len(words)
    return int(words[at]) if at < len(words) and words[at].isdigit() else 0


def _literal(found: list[object]) -> bytes:
    return next((one[1] for one in found if isinstance(one, tuple) and isinstance(one[1], bytes)), b"")
