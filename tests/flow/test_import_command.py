"""`amends import` as people type it."""

from __future__ import annotations

import csv
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.crawlers.imports.test_mailbox import certificate
from tests.crawlers.imports.test_pasted_and_mails import mail

from .running import COMMAND_S, Home

PAGES = Path(__file__).parent.parent / "pages" / "file"


@pytest.fixture
def home(tmp_path: Path) -> Home:
    return Home(tmp_path / "data")


def pasted(home: Home, text: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run the command with a text on standard input."""
    command = [sys.executable, "-m", "webui", "import", "-", *arguments]
    return subprocess.run(
        command, input=text, capture_output=True, text=True, timeout=COMMAND_S, env=home.variables(), check=False
    )


def test_file_is_shown_and_stored_and_again_changes_nothing(home: Home, tmp_path: Path) -> None:
    """Columns, first reviews, rejected rows with line and reason, counts."""
    file, rejected = str(PAGES / "export_a_comma_utf8bom.csv"), tmp_path / "rejected.csv"
    arguments = ("import", file, "--place", "Lanterna", "--dates", "mdy")
    done = home.amends(*arguments, "--rejected", str(rejected))
    assert done.returncode == 0, done.stderr
    for words in ("Read as table of text (CSV), UTF-8, commas.", "author                 Reviewer", "Source, Location"):
        assert words in done.stdout
    assert "2 reviews, 1 rejected, 0 empty." in done.stdout
    assert "line 5: it is the same review as in line 2" in done.stdout
    assert "lanterna-files: 2 new, 0 changed, 0 as before." in done.stdout
    with rejected.open(encoding="utf-8-sig", newline="") as rows:
        assert next(row for row in csv.reader(rows) if row[0] == "5")[1] == "it is the same review as in line 2"
    again = home.amends("import", file, "--source", "lanterna-files", "--dates", "mdy", "--dry-run")
    assert "Nothing is stored. There would be 0 new, 0 changed, 2 as before." in again.stdout
    assert "file" in home.amends("source", "list").stdout


@pytest.mark.own_interpreter
def test_dry_run_of_a_new_place_makes_none(home: Home) -> None:
    """Neither place nor source."""
    done = home.amends("import", str(PAGES / "export_c_tab.tsv"), "--place", "Lanterna", "--dry-run")
    assert "Nothing is stored. Up to 1 reviews would be new." in done.stdout
    assert "no source yet" in home.amends("source", "list").stdout


def test_columns_are_named_by_hand(home: Home, tmp_path: Path) -> None:
    """A wrong field or header is told in one line."""
    file = tmp_path / "x.csv"
    file.write_text("Remark,Comment\nFor guests,For us\n")
    done = home.amends("import", str(file), "--place", "L", "--column", "text=Remark", "--yes")
    assert "For guests" in done.stdout
    assert "There is no field txt" in home.amends("import", str(file), "--place", "L", "--column", "txt=a").stderr
    wrong = home.amends("import", str(file), "--place", "L", "--column", "text=Remarks")
    assert wrong.stderr == 'amends: The file has no column "Remarks". It has: Remark, Comment.\n'


def test_pasted_text(home: Home) -> None:
    """From standard input; nothing that a guest wrote steers the terminal."""
    done = pasted(home, "2/5 · Anna · 2026-11-03\nNever \x1b[31magain.\n", "--place", "Lanterna")
    assert "2/5 · Anna · 2026-11-03\n  Never [31magain." in done.stdout
    assert "1 new" in done.stdout


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("nowhere.csv", "--place", "L"), "There is no file nowhere.csv."),
        (("nowhere.csv", "--source", "nobody"), "There is no source called nobody."),
        (("--place", "L"), "Name a file, - for pasted text, or --mailbox."),
        (("x.csv",), "Say whose reviews they are"),
        (("--mailbox", "imap://a@b/", "--place", "L"), "write imaps://"),
        ((str(PAGES / "export_d_not_csv.csv"), "--place", "L"), "The Excel file cannot be read"),
    ],
)
def test_faults_are_one_sentence(home: Home, arguments: tuple[str, ...], words: str) -> None:
    """Which says what to do, without a traceback."""
    done = home.amends("import", *arguments)
    assert done.returncode != 0
    assert words in done.stderr
    assert "Traceback" not in done.stderr


@pytest.fixture
def mailbox(tmp_path: Path) -> Iterator[str]:
    """The address of a real mailbox with one notification."""
    folder = tmp_path / "imap"
    folder.mkdir()
    (folder / "server.pem").write_bytes(certificate())
    from datetime import UTC, datetime
    from email.utils import format_datetime

    review = "2/5\n\n“The soup was cold and the bill was wrong.”"
    (folder / "1.eml").write_bytes(mail("Anna left a review", review, date=format_datetime(datetime.now(UTC))))
    command = [sys.executable, "-m", "tests.crawlers.imports.imap_server", str(folder)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as server:
        assert server.stdout is not None
        yield f"imaps://owner%40lanterna.example@127.0.0.1:{int(server.stdout.readline())}/INBOX"
        server.terminate()


def test_mailbox_with_the_password_of_its_source(home: Home, mailbox: str, tmp_path: Path) -> None:
    """Sealed in the database, opened for the log-in."""
    from db.session import make_engine, session_scope
    from db.sources import get_source
    from db.vault import open_vault

    home.environment["SSL_CERT_FILE"] = str(tmp_path / "imap" / "server.pem")
    pasted(home, "Fine place, we come again.\n", "--place", "Lanterna")
    engine = make_engine(f"sqlite:///{home.data_dir / 'amends.db'}")
    with session_scope(engine) as session:
        source = get_source(session, "lanterna-files")
        source.sealed_keys = open_vault(home.data_dir).seal({"password": "right"})
    engine.dispose()
    done = home.amends("import", "--mailbox", mailbox, "--source", "lanterna-files")
    assert done.returncode == 0, done.stderr
    assert "2/5 · Anna" in done.stdout
    assert "1 new" in done.stdout


def test_what_the_file_leaves_open_is_said_as_an_option(home: Home, tmp_path: Path) -> None:
    """Days that may be months, columns that nobody knows, and a folder: each with what to type next."""
    dates = home.amends("import", str(PAGES / "export_a_comma_utf8bom.csv"), "--place", "L", "--dry-run")
    assert "1 review, 2 rejected" in dates.stdout
    assert "--dates dmy" in dates.stdout
    (tmp_path / "odd.csv").write_text("this,that\n1 a,2 b\n")
    assert "--column text=HEADER" in home.amends("import", str(tmp_path / "odd.csv"), "--place", "L").stdout
    assert "is a folder" in home.amends("import", str(tmp_path), "--place", "L").stderr


@pytest.mark.parametrize("command", [("crawl",), ("source", "enable")])
def test_source_of_files_is_never_asked_for(home: Home, command: tuple[str, ...]) -> None:
    """Neither by hand nor on a schedule: the sentence says how it is filled."""
    file, slug = str(PAGES / "export_a_comma_utf8bom.csv"), "lanterna-files"
    home.amends("import", file, "--place", "Lanterna", "--dates", "mdy")
    done = home.amends(*command, slug)
    assert done.returncode == 1
    assert f"amends import FILE --source {slug}" in done.stdout + done.stderr
