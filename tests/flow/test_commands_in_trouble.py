"""Commands where something around them is wrong: each ends in a sentence that says what to do next."""

from __future__ import annotations

import json
import sqlite3
from pathlib import Path

import pytest

from tests.crawlers.markup import page
from tests.crawlers.site import Answer, Site

from .running import Home
from .test_commands import refused


@pytest.fixture
def home(tmp_path: Path) -> Home:
    """An installation that was never started."""
    return Home(tmp_path / "data")


def test_time_zone_is_looked_at_first(home: Home) -> None:
    """A typing error is told before the site is asked."""
    command = ("source", "add", "https://no-such.invalid/", "--place", "Bar", "--timezone")
    message = refused(home, *command, "Europe/Rom")
    assert message == "amends: There is no time zone Europe/Rom. Write it like Europe/Berlin."
    assert "Write it like Europe/Berlin." in refused(home, *command, "")


def test_source_is_added_without_anybody_to_ask(home: Home) -> None:
    """Without a terminal what is allowed is added, as `--yes` does; the key of a private feed is not repeated."""
    with Site({"/r?key=hunter2": Answer(body=page([1], total=1))}) as site:
        home.environment |= {"AMENDS_ENVIRONMENT": "test", "AMENDS_CRAWL_ALLOW_HOSTS": site.host}
        done = home.amends("source", "add", f"{site.url('/r')}?key=hunter2", "--place", "Bar")
        zoned = ("--place", "Bar", "--timezone", "Europe/Rome", "--yes")
        again = home.amends("source", "add", site.url("/r?key=hunter2"), *zoned)
    assert done.returncode == 0, done.stderr
    assert "for Bar (a new place, time zone UTC)" in done.stdout
    assert "hunter2" not in done.stdout
    assert again.returncode == 1
    assert "read already" in again.stderr


def test_misspelt_name_in_the_settings_file_is_found(home: Home) -> None:
    """The doctor looks there as it looks in the environment, and needs no other setting for it."""
    (home.data_dir.parent / ".env").write_text("AMENDS_PROT=8001\nOTHER=1\n")
    home.amends("db", "upgrade")
    done = home.amends("doctor")
    assert done.returncode == 0, done.stdout
    assert "Not known: AMENDS_PROT\n" in done.stdout


def test_what_is_not_judged_is_not_called_calm(home: Home) -> None:
    """After a crawl by hand the queue says what is missing from it, and the JSON stays a list."""
    from db.session import make_engine, session_scope
    from tests.factories import make_case, make_review

    home.amends("db", "upgrade")
    engine = make_engine(f"sqlite:///{home.data_dir / 'amends.db'}")
    with session_scope(engine) as session:
        make_case(session, make_review(session, body="Thieves, all of them!!!"))
    engine.dispose()
    done = home.amends("queue")
    assert "amends score" in done.stderr
    assert "no review is angry" not in done.stdout
    assert json.loads(home.amends("queue", "--json").stdout) == []


def test_settings_file_of_another_coding(home: Home) -> None:
    """Some editors save UTF-16."""
    (home.data_dir.parent / ".env").write_text("AMENDS_PORT=1\n", encoding="utf-16")
    assert "UTF-8" in refused(home, "queue")


@pytest.mark.parametrize("folder", ["/proc/no-such/data", "/tmp/" + "x" * 300])
def test_data_folder_that_cannot_be_made(home: Home, folder: str) -> None:
    """Told by every command, whatever it looks at first."""
    home.environment["AMENDS_DATA_DIR"] = folder
    for command in (("db", "upgrade"), ("crawl",), ("demo", "--no-serve")):
        assert "AMENDS_DATA_DIR" in refused(home, *command)


def test_damaged_tasks_file_is_told(home: Home) -> None:
    """By the worker in a line and by the doctor: nothing of it is needed."""
    home.amends("db", "upgrade")
    (home.data_dir / "tasks.db").write_bytes(b"nonsense" * 100)
    message = refused(home, "worker")
    assert "tasks.db" in message
    assert "Remove it" in message
    findings = json.loads(home.amends("doctor", "--json").stdout)["findings"]
    assert [finding["what"] for finding in findings if finding["level"] == "fault"] == ["tasks"]


def test_doctor_finds_a_database_that_cannot_be_written(home: Home) -> None:
    """Reading works while another program holds the lock, and says nothing of storing."""
    home.amends("db", "upgrade")
    lock = sqlite3.connect(home.data_dir / "amends.db", isolation_level=None)
    lock.execute("BEGIN IMMEDIATE")
    findings = json.loads(home.amends("doctor", "--json").stdout)["findings"]
    lock.close()
    told = {finding["what"]: finding["message"] for finding in findings if finding["level"] == "fault"}
    assert list(told) == ["database"]
    assert "busy" in told["database"]
