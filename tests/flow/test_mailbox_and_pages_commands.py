"""A mailbox as a source, and saved pages, as people type them."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from email.utils import format_datetime
from pathlib import Path

import pytest

from tests.crawlers.imports.imap_running import Server, imap_server
from tests.crawlers.imports.test_mailbox import certificate
from tests.crawlers.imports.test_pasted_and_mails import mail

from .running import COMMAND_S, Home

PAGES = Path(__file__).parent.parent / "pages"
USER = "owner@lanterna.example"


@pytest.fixture
def home(tmp_path: Path) -> Home:
    return Home(tmp_path / "data")


@pytest.fixture
def server(tmp_path: Path, home: Home) -> Iterator[Server]:
    """A mailbox with one notification, which this installation may read."""
    folder = tmp_path / "imap"
    folder.mkdir()
    (folder / "server.pem").write_bytes(certificate())
    with imap_server(folder) as running:
        text = "2/5\n\n“The soup was cold and the bill was wrong.”"
        running.put(1, mail("Anna left a review", text, date=format_datetime(datetime.now(UTC))))
        home.environment |= {
            "AMENDS_ENVIRONMENT": "test",
            "AMENDS_CRAWL_ALLOW_HOSTS": f"127.0.0.1:{running.mailbox.port}",
            "SSL_CERT_FILE": str(folder / "server.pem"),
        }
        yield running


def answered(home: Home, answers: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run a command that asks for entries."""
    command = [sys.executable, "-m", "webui", *arguments]
    return subprocess.run(
        command, input=answers, capture_output=True, text=True, timeout=COMMAND_S, env=home.variables(), check=False
    )


def test_mailbox_is_added_and_read_by_command(home: Home, server: Server) -> None:
    """Tried before it is added; the password shows nowhere; the second reading finds nothing new."""
    new = ("source", "add", "--platform", "mailbox", "--ref", USER, "--place", "Lanterna", "--name", "Mails", "--yes")
    wrong = answered(home, f"127.0.0.1\n{server.mailbox.port}\n\nwrong-secret\n", *new)
    assert wrong.returncode == 1
    assert "refuses this user or password" in wrong.stdout
    done = answered(home, f"127.0.0.1\n{server.mailbox.port}\n\nright\n", *new)
    assert done.returncode == 0, done.stderr + done.stdout
    assert "wrong-secret" not in wrong.stdout + wrong.stderr
    first = home.amends("crawl", "mails")
    assert first.returncode == 0, first.stderr + first.stdout
    assert "1 new" in first.stdout
    again = home.amends("crawl", "mails")
    assert (again.returncode, "0 new" in again.stdout) == (0, True)
    assert server.is_unchanged


def test_saved_pages_are_taken_together_and_once(home: Home) -> None:
    """What their platform allows is said first; the source is one of its own."""
    pages = [str(PAGES / "opentable" / f"restaurant_page{number}.html") for number in (1, 2)]
    done = home.amends("import", *pages, "--place", "Lanterna", "--yes")
    assert done.returncode == 0, done.stderr
    for words in (
        "Read as saved page, OpenTable, 2 files.",
        "forbid automatic reading",
        "does not judge them",
        "3 new",
    ):
        assert words in done.stdout
    again = home.amends("import", *pages, "--place", "Lanterna", "--yes")
    assert "0 new, 0 changed, 3 as before" in again.stdout
    home.amends("import", str(PAGES / "file" / "export_c_tab.tsv"), "--place", "Lanterna", "--yes")
    other = home.amends("import", *pages, "--source", "lanterna-files")
    assert other.returncode == 1
    assert "choose the place instead" in other.stderr
