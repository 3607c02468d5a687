"""`amends audit …`: what was written can be verified and carried away by whoever knows SHA-256."""

from __future__ import annotations

import hashlib
import json
import sqlite3
from pathlib import Path

import pytest

from db import audit
from db.session import make_engine, session_scope
from tests.factories import NOW
from tests.flow.running import Home


@pytest.fixture
def home(tmp_path: Path) -> Home:
    """With three lines in its log."""
    home = Home(tmp_path / "data")
    assert home.amends("db", "upgrade").returncode == 0
    engine = make_engine(f"sqlite:///{home.data_dir / 'amends.db'}")
    with session_scope(engine) as session:
        for number in range(3):
            audit.append(session, "told", {"number": number}, by=None, now=NOW, case_id=1 + number % 2)
    engine.dispose()
    return home


def test_the_log_is_verified_exported_and_checked_by_hand(home: Home) -> None:
    """An export can be verified without Amends, and its last digest with it; a line changed behind it is named."""
    verified = home.amends("audit", "verify")
    assert (verified.returncode, verified.stdout.splitlines()[0]) == (0, "3 lines, all as they were written.")
    lines = home.amends("audit", "export").stdout.splitlines()
    before = "0" * 64
    for line in lines:
        told, digest = line.removeprefix('{"line":').removesuffix("}").rsplit(',"digest":', 1)
        before = hashlib.sha256(f"{before}\n{told}".encode()).hexdigest()
        assert json.loads(digest) == before
    assert before in verified.stdout
    assert len(home.amends("audit", "export", "--case", "2").stdout.splitlines()) == 1
    assert home.amends("audit", "verify", "--expect", before).returncode == 0
    cut = home.amends("audit", "verify", "--expect", "f" * 64)
    assert (cut.returncode, "missing at the end" in cut.stderr) == (1, True)
    with sqlite3.connect(home.data_dir / "amends.db") as connection:
        connection.execute("DROP TRIGGER audit_entry_no_update")
        connection.execute("UPDATE audit_entry SET kind = 'other' WHERE id = 2")
    connection.close()
    broken = home.amends("audit", "verify")
    assert broken.returncode == 1
    assert "Line 2 is not what was written then" in broken.stderr


def test_what_cannot_be_is_said(home: Home) -> None:
    """What is no digest, a review that is not there, and two ways to name a case at once."""
    assert "a digest is 64 digits" in home.amends("audit", "verify", "--expect", "abc").stderr
    missing = home.amends("audit", "export", "--review", "7")
    assert (missing.returncode, missing.stdout) == (1, "")
    assert "There is no review 7" in missing.stderr
    assert "not both" in home.amends("audit", "export", "--review", "7", "--case", "7").stderr
