"""A real IMAP server over TLS for tests: `python -m tests.crawlers.imports.imap_server FOLDER [--starttls | --plain]`.

FOLDER holds server.pem (key and certificate) and <number>.eml, the mails of the inbox of "owner@lanterna.example",
whose password is "right"; both are looked at anew at every log-in, as is a file `validity`. It prints its port, and
writes what was changed in the mailbox to FOLDER/changes. With --starttls TLS begins where the client asks for it, with
--plain never.
"""

# mypy: ignore-errors
# Twisted's mail and log-in parts have annotations that contradict how they are used.
from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

USER, PASSWORD = b"owner@lanterna.example", b"right"


def _flat(query: Any) -> list[Any]:
    return [inner for one in query for inner in _flat(one)] if isinstance(query, list) else [query]


def serve(folder: Path, mode: str = "") -> None:
    import io
    from datetime import datetime
    from email import message_from_bytes, policy
    from email.utils import format_datetime, parsedate_to_datetime

    from twisted.cred import checkers, portal
    from twisted.internet import reactor, ssl
    from twisted.internet.protocol import Factory
    from twisted.mail import imap4
    from zope.interface import implementer

    @implementer(imap4.IMessage)
    class Mail:
        def __init__(self, uid: int, data: bytes) -> None:
            self.uid, self.data, self.flags = uid, data, set[str]()
            self.parsed = message_from_bytes(data, policy=policy.compat32)
            self.sent = parsedate_to_datetime(str(self.parsed["Date"]))

        def getUID(self) -> int:  # noqa: N802 - Twisted's names
            return self.uid

        def getFlags(self) -> list[str]:  # noqa: N802
            return sorted(self.flags)

        def getInternalDate(self) -> str:  # noqa: N802
            return format_datetime(self.sent)

        def getHeaders(self, negate: bool, *names: str) -> dict[str, str]:  # noqa: N802
            wanted = {name.lower() for name in names}
            return {
                name.lower(): str(value)
                for name, value in self.parsed.items()
                if (name.lower() in wanted) is not negate
            }

        def getBodyFile(self) -> io.BytesIO:  # noqa: N802
            return io.BytesIO(self.data.partition(b"\n\n")[2])

        def getSize(self) -> int:  # noqa: N802
            return len(self.data)

        def isMultipart(self) -> bool:  # noqa: N802
            return False

    @implementer(imap4.IMailbox, imap4.ISearchableMailbox)
    class Inbox:
        def __init__(self) -> None:
            files = sorted(folder.glob("*.eml"), key=lambda file: int(file.stem))
            self.mails = [Mail(int(file.stem) * 10, file.read_bytes()) for file in files]

        def getUIDValidity(self) -> int:  # noqa: N802
            told = folder / "validity"
            return int(told.read_text()) if told.exists() else 7

        def getUIDNext(self) -> int:  # noqa: N802
            return 10_000

        def getUID(self, message: int) -> int:  # noqa: N802
            return self.mails[message - 1].uid

        def getMessageCount(self) -> int:  # noqa: N802
            return len(self.mails)

        def getRecentCount(self) -> int:  # noqa: N802
            return 0

        def getUnseenCount(self) -> int:  # noqa: N802
            return len(self.mails)

        def isWriteable(self) -> bool:  # noqa: N802
            return True

        def getFlags(self) -> list[str]:  # noqa: N802
            return [r"\Seen"]

        def getHierarchicalDelimiter(self) -> str:  # noqa: N802
            return "/"

        def addListener(self, listener: object) -> None:  # noqa: N802
            """Nobody is told of anything."""

        def removeListener(self, listener: object) -> None:  # noqa: N802
            """Nobody is told of anything."""

        def requestStatus(self, names: list[str]) -> Any:  # noqa: N802
            return imap4.statusRequestHelper(self, names)

        def fetch(self, messages: Any, uid: bool) -> Any:
            if uid:
                messages.last = self.mails[-1].uid
                return [(at, mail) for at, mail in enumerate(self.mails, 1) if mail.uid in messages]
            messages.last = len(self.mails)
            return [(at, self.mails[at - 1]) for at in messages if at <= len(self.mails)]

        def search(self, query: list[Any], uid: bool) -> list[int]:  # noqa: ARG002
            # Twisted's own SINCE fails on Python 3
            words = [word.decode() if isinstance(word, bytes) else str(word) for word in _flat(query)]
            if "UID" in words:
                first = int(words[words.index("UID") + 1].partition(":")[0])
                later = [at for at, mail in enumerate(self.mails, 1) if mail.uid >= first]
                return later or [len(self.mails)]  # "*" is the last one, wherever the numbers begin
            word = words[words.index("SINCE") + 1]
            since = datetime.strptime(word, "%d-%b-%Y").date()  # noqa: DTZ007 - a date
            # numbers, of which Twisted makes uids
            return [at for at, mail in enumerate(self.mails, 1) if mail.sent.date() >= since]

        def store(self, messages: Any, flags: list[str], mode: int, uid: bool) -> dict[int, list[str]]:  # noqa: ARG002
            with (folder / "changes").open("a") as file:
                file.write(f"{flags}\n")
            return {}

    class Account(imap4.MemoryAccount):
        def _emptyMailbox(self, name: str, id: int) -> Any:  # noqa: A002, ARG002, N802
            return Inbox()

    class Realm:
        def requestAvatar(self, avatar: bytes, mind: object, *interfaces: object) -> Any:  # noqa: ARG002, N802
            account = Account(avatar.decode())
            account.addMailbox("INBOX", Inbox())
            return imap4.IAccount, account, lambda: None

    class Server(Factory):
        def buildProtocol(self, addr: object) -> Any:  # noqa: ARG002, N802
            server = imap4.IMAP4Server(contextFactory=pem.options() if mode == "--starttls" else None)
            server.portal = portal.Portal(
                Realm(), [checkers.InMemoryUsernamePasswordDatabaseDontUse(**{USER.decode(): PASSWORD})]
            )
            server.factory = self
            return server

    pem = ssl.PrivateCertificate.loadPEM((folder / "server.pem").read_text())
    if mode:
        port = reactor.listenTCP(0, Server(), interface="127.0.0.1")
    else:
        port = reactor.listenSSL(0, Server(), pem.options(), interface="127.0.0.1")
    print(port.getHost().port, flush=True)  # noqa: T201 - read by the test
    reactor.run()


if __name__ == "__main__":
    serve(Path(sys.argv[1]), *sys.argv[2:3])
