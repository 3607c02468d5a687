"""The command line: what it prints, and what it says when something is wrong."""

from __future__ import annotations

import json
import os
import stat
from pathlib import Path

import pytest

from .running import Home


@pytest.fixture
def home(tmp_path: Path) -> Home:
    """An installation that was never started."""
    return Home(tmp_path / "data")


def refused(home: Home, *arguments: str) -> str:
    """What a command says when it refuses: one line, no traceback, status not zero."""
    done = home.amends(*arguments)
    assert done.returncode != 0, done.stdout
    assert "Traceback" not in done.stderr, done.stderr
    return done.stderr.strip()


@pytest.mark.parametrize(
    ("name", "value", "says"),
    [
        ("AMENDS_PORT", "many", "AMENDS_PORT"),
        ("AMENDS_DATABASE_URL", "mysql://x", "sqlite or postgresql"),
        ("AMENDS_DATABASE_URL", "nonsense", "sqlite:///"),
        ("AMENDS_ENVIRONMENT", "prodction", "AMENDS_ENVIRONMENT"),
        ("AMENDS_HOST", "0.0.0.0", "AMENDS_HOST"),  # noqa: S104 - it is refused
        ("AMENDS_CRAWL_ALLOW_HOSTS", "127.0.0.1:9", "AMENDS_CRAWL_ALLOW_HOSTS"),
    ],
)
def test_wrong_setting_stops_the_start_in_one_line(home: Home, name: str, value: str, says: str) -> None:
    """A wrong value names its variable and the reason, on every command that needs it."""
    home.environment[name] = value
    message = refused(home, "up")
    assert says in message
    assert len(message.splitlines()) == 1


def test_secrets_are_not_repeated(home: Home) -> None:
    """A faulty address with a password in it is not printed back."""
    home.environment["AMENDS_DATABASE_URL"] = "mysql://root:hunter2@localhost/x"
    assert "hunter2" not in refused(home, "up")
    assert "hunter2" not in home.amends("doctor").stdout


def test_unreachable_database_is_told(home: Home) -> None:
    """No server at the address: a sentence about the server, not a stack."""
    home.environment["AMENDS_DATABASE_URL"] = "postgresql://nobody:pw@127.0.0.1:1/none"
    message = refused(home, "queue")
    assert "reached" in message
    assert "pw" not in message


def test_commands_before_the_first_start_say_what_to_do(home: Home) -> None:
    """An empty folder is no fault to puzzle over."""
    assert "amends db upgrade" in refused(home, "queue")
    assert home.amends("db", "upgrade").returncode == 0
    assert "Nothing is waiting" in home.amends("queue").stdout
    assert "amends source add" in refused(home, "crawl")
    assert json.loads(home.amends("queue", "--json").stdout) == []


def test_db_check_tells_and_upgrade_mends(home: Home) -> None:
    """`db check` ends with 1 before, with 0 after `db upgrade`."""
    assert home.amends("db", "check").returncode == 1
    assert home.amends("db", "upgrade").returncode == 0
    assert home.amends("db", "check").returncode == 0


def test_unknown_source_lists_the_known(home: Home) -> None:
    """A typing error in a name is answered with the names there are."""
    home.amends("db", "upgrade")
    message = refused(home, "source", "disable", "no-such")
    assert "no-such" in message


def test_doctor_is_content_with_a_fresh_installation(home: Home) -> None:
    """After `db upgrade` nothing is wrong; the mail hint is a hint."""
    home.amends("db", "upgrade")
    done = home.amends("doctor", "--json")
    assert done.returncode == 0, done.stdout
    record = json.loads(done.stdout)
    levels = {finding["what"]: finding["level"] for finding in record["findings"]}
    assert levels == {
        "settings": "good",
        "folder": "good",
        "database": "good",
        "model": "good",
        "clock": "good",
        "mail": "hint",
    }
    assert record["settings"]["AMENDS_DATA_DIR"] == str(home.data_dir)


def test_doctor_names_every_fault_at_once(home: Home, tmp_path: Path) -> None:
    """A missing model, an old database and a silent mail server are three findings, each with advice."""
    home.environment |= {
        "AMENDS_MODEL_DIR": str(tmp_path / "none"),
        "AMENDS_MAIL_HOST": "127.0.0.1",
        "AMENDS_MAIL_PORT": "1",
        "AMENDS_TYPO": "x",
    }
    done = home.amends("doctor", "--json")
    assert done.returncode == 1
    found = {finding["what"]: finding for finding in json.loads(done.stdout)["findings"] if finding["level"] == "fault"}
    assert set(found) == {"database", "model", "mail"}
    assert str(tmp_path / "none") in found["model"]["message"]
    assert "AMENDS_TYPO" in done.stdout


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write anywhere")
def test_folder_that_may_not_be_written(home: Home) -> None:
    """A read-only data folder is named."""
    home.data_dir.mkdir()
    home.data_dir.chmod(stat.S_IRUSR | stat.S_IXUSR)
    assert "AMENDS_DATA_DIR" in refused(home, "up")


def test_demo_does_not_mix_with_a_real_business(home: Home) -> None:
    """A folder with real sources refuses the demo and stays as it is."""
    from datetime import UTC, datetime

    from db.session import make_engine, session_scope
    from db.sources import add_location, add_source

    home.amends("db", "upgrade")
    engine = make_engine(f"sqlite:///{home.data_dir / 'amends.db'}")
    at = datetime(2026, 11, 1, tzinfo=UTC)
    with session_scope(engine) as session:
        place = add_location(session, "Harbour Grill", now=at)
        add_source(session, place, name="Site", platform="schemaorg", url="https://example.com/reviews", now=at)
    engine.dispose()
    assert "real business" in refused(home, "demo", "--no-serve")
    assert not (home.data_dir / "standin.json").exists()


def test_queue_on_a_terminal_is_a_safe_table() -> None:
    """Control characters of a review do not reach the terminal."""
    from webui.commands.queue import printable

    assert printable("a\x1b[31mred\x07\n\tb\u202eevil") == "a [31mred b evil"
