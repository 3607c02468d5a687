"""`amends up`: one process tree that heals itself and leaves nothing behind."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from functools import partial
from pathlib import Path

import psutil
import pytest

from tests.ports import free_port
from tests.processes import command_line, is_alive

from .running import LONGEST_S, Home, descendants, page, until


def named(pid: int, word: str) -> psutil.Process | None:
    """The direct child that runs `webui <word>`."""
    for child in psutil.Process(pid).children():
        if word in command_line(child).split():
            return child
    return None


def kill_and_wait(pid: int, word: str) -> None:
    """Kill one half and wait for its successor."""
    first = until(partial(named, pid, word), within_s=10, what=f"{word} runs")
    first.kill()

    def successor() -> bool:
        found = named(pid, word)
        return found is not None and found.pid != first.pid

    until(successor, within_s=20, what=f"{word} runs again")


def test_killed_web_and_worker_are_started_again(tmp_path: Path) -> None:
    """Both halves may die; the parent starts them anew and the page answers again."""
    home, port = Home(tmp_path / "data"), free_port()
    with home.running("up", "--port", str(port)) as process:
        until(lambda: page(f"http://127.0.0.1:{port}/healthz"), within_s=40, what="the pages answer")
        for word in ("web", "worker"):
            kill_and_wait(process.pid, word)
        until(lambda: page(f"http://127.0.0.1:{port}/healthz"), within_s=40, what="the pages answer again")


def test_address_is_told_when_it_answers(tmp_path: Path) -> None:
    """Whoever follows the address as soon as it is printed finds the pages there, and so do the worker's mails."""
    home, port = Home(tmp_path / "data"), free_port()
    with home.running("up", "--port", str(port)) as process:
        assert process.stdout is not None
        assert f"http://127.0.0.1:{port}" in process.stdout.readline()
        assert page(f"http://127.0.0.1:{port}/healthz") is not None
        worker = named(process.pid, "worker")
        assert worker is not None
        assert worker.environ()["AMENDS_PORT"] == str(port)


def test_children_end_when_the_parent_is_killed(tmp_path: Path) -> None:
    """SIGKILL gives the parent no chance to clean up; the children see to themselves."""
    home, port = Home(tmp_path / "data"), free_port()
    with home.running("up", "--port", str(port)) as process:
        until(lambda: page(f"http://127.0.0.1:{port}/healthz"), within_s=40, what="the pages answer")
        family = descendants(process.pid)
        process.kill()
        until(lambda: not any(map(is_alive, family)), within_s=30, what="every child has ended")


def test_worker_outlives_the_shell_that_started_it(tmp_path: Path) -> None:
    """`amends worker &` goes on after the log-out; only a supervisor's end is an end for its children."""
    home = Home(tmp_path / "data")
    assert home.amends("db", "upgrade").returncode == 0
    command = ["sh", "-c", '"$0" -m webui worker >/dev/null 2>&1 & echo $!; read line', sys.executable]
    with subprocess.Popen(
        command, env=home.variables(), cwd=tmp_path, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as shell:
        assert shell.stdout is not None
        worker = psutil.Process(int(shell.stdout.readline()))
        until((home.data_dir / "tasks.db").exists, within_s=30, what="the worker is at work")
        shell.communicate("\n")
    try:
        with pytest.raises(psutil.TimeoutExpired):
            worker.wait(4)
        assert is_alive(worker)
    finally:
        worker.kill()


@contextmanager
def running_worker(home: Home) -> Iterator[tuple[subprocess.Popen[bytes], Callable[[str], None]]]:
    """A worker by itself that lives as long as the block, and a wait until it has said something."""
    told = home.data_dir.parent / "told"
    command = [sys.executable, "-m", "webui", "worker"]

    def says(sentence: str) -> None:
        until(lambda: sentence in told.read_text(), within_s=60, what=f"it is told: {sentence}")

    with (
        told.open("w") as output,
        subprocess.Popen(
            command, stdout=output, stderr=output, env=home.variables(), cwd=home.data_dir.parent
        ) as process,
    ):
        try:
            yield process, says
            assert process.poll() is None
        finally:
            process.terminate()
            process.wait(LONGEST_S)
    assert "Traceback" not in told.read_text()
    assert "hunter2" not in told.read_text()


def test_missing_model_is_told_in_a_line(tmp_path: Path) -> None:
    """The worker goes on with what it can do, and says each minute what it cannot, and why."""
    home = Home(tmp_path / "data", environment={"AMENDS_MODEL_DIR": str(tmp_path / "none")})
    assert home.amends("db", "upgrade").returncode == 0
    with running_worker(home) as (_, says):
        says("is missing")


def test_task_store_that_cannot_be_opened_is_told_and_waited_for(tmp_path: Path) -> None:
    """At the start and later: the worker says so in a line instead of dying, and works on as soon as it can."""
    home = Home(tmp_path / "data", environment={"AMENDS_MODEL_DIR": str(tmp_path / "none")})
    assert home.amends("db", "upgrade").returncode == 0
    with closing(sqlite3.connect(home.data_dir / "tasks.db", LONGEST_S, isolation_level=None)) as other:
        other.execute("BEGIN EXCLUSIVE")
        with running_worker(home) as (process, says):
            says("no task can be started yet: The database is busy")
            other.execute("ROLLBACK")
            says("score: The model")  # so tasks are run
            other.execute("BEGIN EXCLUSIVE")
            says("Error reading schedule: The database is busy")
            other.execute("ROLLBACK")
    assert process.returncode == 0


def test_database_server_that_is_away_is_told_and_waited_for(tmp_path: Path) -> None:
    """In a line without the password; the worker does not end over it."""
    url = "postgresql://nobody:hunter2@127.0.0.1:1/none"
    with running_worker(Home(tmp_path / "data", environment={"AMENDS_DATABASE_URL": url})) as (_, says):
        says("no task can be started yet")
