"""Runs the real IMAP server of these tests, with mails that may come and go."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from crawlers.imports.mailbox import Mailbox


@dataclass(frozen=True)
class Server:
    """`validity` is a file: what stands in it is the UIDVALIDITY of the folder from the next log-in on."""

    folder: Path
    mailbox: Mailbox

    def put(self, number: int, mail: bytes) -> None:
        """A mail; its UID is ten times its number."""
        (self.folder / f"{number}.eml").write_bytes(mail)

    def renumber(self, validity: int) -> None:
        (self.folder / "validity").write_text(str(validity))

    @property
    def is_unchanged(self) -> bool:
        """Whether nobody has marked, moved or deleted anything."""
        return not (self.folder / "changes").exists()


@contextmanager
def imap_server(folder: Path, *modes: str) -> Iterator[Server]:
    """`folder` holds server.pem; `modes` are those of the program."""
    command = [sys.executable, "-m", "tests.crawlers.imports.imap_server", str(folder), *modes]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        port = int(process.stdout.readline())
        try:
            yield Server(folder, Mailbox(host="127.0.0.1", user="owner@lanterna.example", port=port))
        finally:
            process.terminate()
