"""The command line: what it prints, and what it says when something is wrong."""

from __future__ import annotations

import json
import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from .running import Home


@pytest.fixture
def home(tmp_path: Path) -> Home:
    """An installation that was never started."""
    return Home(tmp_path / "data")


@pytest.fixture
def small_home(home: Home) -> Home:
    """A place with one review that waits and a source that failed."""
    from sqlalchemy import update

    from db.models import Source
    from db.session import make_engine, session_scope
    from tests.factories import make_case, make_review, make_source

    home.amends("db", "upgrade")
    engine = make_engine(f"sqlite:///{home.data_dir / 'amends.db'}")
    with session_scope(engine) as session:
        source = make_source(session, slug="a-rather-long-name-for-a-source")
        make_case(session, make_review(session, source, body="Stone cold soup, and nobody cared."), is_flagged=True)
        session.execute(update(Source).values(health_note="The site cannot be reached. It is tried again by itself."))
    engine.dispose()
    return home


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


@pytest.mark.own_interpreter
def test_unreachable_database_is_told(home: Home) -> None:
    """No server at the address: a sentence about the server, not a stack."""
    home.environment["AMENDS_DATABASE_URL"] = "postgresql://nobody:pw@127.0.0.1:1/none"
    message = refused(home, "queue")
    assert "reached" in message
    assert "pw" not in message


@pytest.mark.own_interpreter
def test_commands_before_the_first_start_say_what_to_do(home: Home) -> None:
    """An empty folder is no fault to puzzle over."""
    assert "amends db upgrade" in refused(home, "queue")
    assert home.amends("db", "upgrade").returncode == 0
    assert "Nothing is waiting" in home.amends("queue").stdout
    assert "amends source add" in refused(home, "crawl")
    assert json.loads(home.amends("queue", "--json").stdout) == []


def test_queue_is_searched_and_filtered(small_home: Home) -> None:
    """The same filters as on the page; a name that is not known is answered with those that are."""

    def found(*arguments: str) -> int:
        return len(json.loads(small_home.amends("queue", "--json", *arguments).stdout))

    assert found("--search", "stone soup nob", "--stars", "2", "--changed") == 0
    assert found("--search", "stone soup nob", "--stars", "2", "--stars", "5") == 1
    assert found("--source", "a-rather-long-name-for-a-source", "--since", "2020-01-01", "--sort", "newest") == 1
    assert found("--view", "done") == found("--anger", "furious") == found("--until", "2020-01-01") == 0
    assert found("--state", "open", "--anger", "unscored") == 1
    assert "There are: a-rather-long" in refused(small_home, "queue", "--source", "elsewhere")
    assert "There are: furious, angry" in refused(small_home, "queue", "--anger", "cross")


def test_db_check_tells_and_upgrade_mends(home: Home) -> None:
    """`db check` ends with 1 before, with 0 after `db upgrade`."""
    assert home.amends("db", "check").returncode == 1
    assert home.amends("db", "upgrade").returncode == 0
    assert home.amends("db", "check").returncode == 0


@pytest.mark.own_interpreter
def test_unknown_source_lists_the_known(home: Home) -> None:
    """A typing error in a name is answered with the names there are."""
    home.amends("db", "upgrade")
    message = refused(home, "source", "disable", "no-such")
    assert "no-such" in message


@pytest.mark.own_interpreter
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
        "parsers": "good",
    }
    assert record["settings"]["AMENDS_DATA_DIR"] == str(home.data_dir)


@pytest.mark.parametrize("first", [("doctor",), ("db", "upgrade")])
def test_data_folder_belongs_to_its_owner_alone(home: Home, first: tuple[str, ...]) -> None:
    """Whichever command makes the folder, nobody else may look into it."""
    home.amends(*first)
    assert stat.S_IMODE(home.data_dir.stat().st_mode) == stat.S_IRWXU


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
    from db.wording import printable

    assert printable("a\x1b[31mred\x07\n\tb\u202eevil") == "a [31mred b evil"


def test_narrow_terminal_still_shows_what_was_written(small_home: Home) -> None:
    """Where a table leaves no room for the review, it has a line of its own, and no line is too long."""
    for columns in ("40", "60", "100"):
        small_home.environment["COLUMNS"] = columns
        lines = small_home.amends("queue", "--limit", "3").stdout.splitlines()[:-1]
        assert any("Stone" in line for line in lines), lines
        assert all(len(line.rstrip()) <= int(columns) for line in lines), lines


def test_names_of_sources_are_listed_whole(small_home: Home) -> None:
    """The name is what other commands want; a narrow terminal must not shorten it, nor a note squeeze the rows."""
    small_home.environment["COLUMNS"] = "60"
    lines = small_home.amends("source", "list").stdout.splitlines()
    slug = "a-rather-long-name-for-a-source"
    assert slug in [line.strip() for line in lines], lines
    assert any("Trattoria" in line and "schemaorg jsonld" in line and "never" in line for line in lines), lines
    assert lines[-1] == f"{slug}: The site cannot be reached. It is tried again by itself."


def test_file_in_place_of_the_data_folder(home: Home) -> None:
    """Told in a line, not in a stack."""
    home.data_dir.write_text("")
    for command in (("db", "check"), ("up",), ("demo", "--no-serve")):
        message = refused(home, *command)
        assert "a file where a folder is needed" in message
        assert len(message.splitlines()) <= 1


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="this system has no /dev/full")
def test_full_disk_under_the_output(small_home: Home) -> None:
    """Output that cannot be written is told in a line."""
    with Path("/dev/full").open("w", encoding="utf-8") as full:
        done = subprocess.run(
            [sys.executable, "-m", "webui", "queue"],
            stdout=full,
            stderr=subprocess.PIPE,
            text=True,
            env=small_home.variables(),
            cwd=small_home.data_dir.parent,
            check=False,
        )
    assert done.returncode != 0
    assert "disk is full" in done.stderr
    assert "Traceback" not in done.stderr


def test_place_needs_a_name(home: Home) -> None:
    """Told before the site is asked."""
    assert "must not be empty" in refused(home, "source", "add", "https://no-such.invalid/", "--place", " ")


def test_worker_refuses_tables_it_does_not_know(home: Home) -> None:
    """Started alone, it neither works on a database of another version nor waits without a word."""
    assert "amends db upgrade" in refused(home, "worker")


def test_silent_tasks_server_is_told(home: Home) -> None:
    """A Redis that does not answer stops the start in a line, and the doctor finds it; no password is shown."""
    home.amends("db", "upgrade")
    home.environment["AMENDS_TASKS_URL"] = "redis://:hunter2@127.0.0.1:1/0"
    for command in ("up", "worker"):
        message = refused(home, command)
        assert "AMENDS_TASKS_URL does not answer" in message
        assert len(message.splitlines()) == 1
    done = home.amends("doctor", "--json")
    faults = [finding["what"] for finding in json.loads(done.stdout)["findings"] if finding["level"] == "fault"]
    assert faults == ["tasks"]
    assert "hunter2" not in done.stdout


def test_doctor_tells_a_wrong_setting_once(home: Home) -> None:
    """One fault, however many checks would have needed the setting."""
    home.environment["AMENDS_DATABASE_URL"] = "mysql://x"
    findings = json.loads(home.amends("doctor", "--json").stdout)["findings"]
    assert [finding["what"] for finding in findings if finding["level"] == "fault"] == ["settings"]


def test_doctor_upgrades_no_damaged_database(home: Home) -> None:
    """The advice fits the fault: a damaged file or a silent server is no matter of versions."""
    home.amends("db", "upgrade")
    (home.data_dir / "amends.db").write_bytes(b"nonsense" * 1000)
    assert "-> amends db upgrade" not in home.amends("doctor").stdout
    home.environment["AMENDS_DATABASE_URL"] = "postgresql://nobody:pw@127.0.0.1:1/none"
    shown = home.amends("doctor").stdout
    assert "-> amends db upgrade" not in shown
    assert "OperationalError" not in shown
