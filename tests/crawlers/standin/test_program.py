"""`python -m crawlers.standin` as a program: its address, its ends, its refusals."""

from __future__ import annotations

import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

import psutil
import pytest

from crawlers.standin import NotLoopback, PortTaken, StandIn
from tests.flow.running import LONGEST_S, until
from tests.processes import is_alive

from .http import ask

ROOT = Path(__file__).parents[3]
COMMAND = [sys.executable, "-m", "crawlers.standin"]
STARTED = "Stand-in review platform: http://127.0.0.1:"


@contextmanager
def program(*arguments: str) -> Iterator[tuple[subprocess.Popen[str], str]]:
    """The running program and the address it printed."""
    with subprocess.Popen(
        [*COMMAND, *arguments], cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as process:
        try:
            assert process.stdout is not None
            line = process.stdout.readline().strip()
            assert line.startswith(STARTED), process.stderr.read() if process.stderr else ""
            yield process, line.removeprefix("Stand-in review platform: ")
        finally:
            if process.poll() is None:
                process.kill()


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_it_serves_until_it_is_told_to_end(data_dir: Path, number: signal.Signals) -> None:
    """It prints its address, serves the moment asked for, and ends on Ctrl-C or SIGTERM without a word."""
    arguments = ("--port", "0", "--data-dir", str(data_dir), "--snapshot", "t2", "--anchor", "2026-11-20T12:00:00")
    with program(*arguments) as (process, address):
        page = ask(f"{address}/eat").text
        assert "new-1" in page
        assert "20 November 2026" in page
        process.send_signal(number)
        out, error = process.communicate(timeout=LONGEST_S)
        assert (process.returncode, out, error) == (0, "", "")


def test_a_slow_answer_does_not_hold_up_the_end(data_dir: Path) -> None:
    """With a request still waiting the program ends at once."""
    with program("--port", "0", "--data-dir", str(data_dir)) as (process, address):
        scenario = {"prefix": "/eat", "kind": "slow", "seconds": 600}
        ask(f"{address}/_standin/scenario", method="POST", data=scenario)
        host, port = address.removeprefix("http://").split(":")
        with socket.create_connection((host, int(port))) as waiting:
            waiting.sendall(b"GET /eat HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n")
            until(lambda: ask(f"{address}/_standin/requests").json["total"], within_s=10, what="it waits")
            process.send_signal(signal.SIGINT)
            process.communicate(timeout=LONGEST_S)
        assert process.returncode == 0


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("--host", "0.0.0.0"), "on this machine only"),  # noqa: S104 - what is refused
        (("--port", "70000"), "0 to 65535"),
        (("--port", "http"), "0 to 65535"),
        (("--anchor", "yesterday"), "not a date"),
        (("--snapshot", "t9"), "t9"),
        (("--port", "0", "--data-dir", "nowhere"), "business.json: cannot be read"),
    ],
)
def test_a_wrong_start_is_one_clear_line(arguments: tuple[str, ...], told: str) -> None:
    """The last line of the error output says what is wrong; the exit status is 2."""
    done = subprocess.run([*COMMAND, *arguments], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert done.stdout == ""
    assert told in done.stderr.strip().splitlines()[-1]
    assert "Traceback" not in done.stderr


def test_a_taken_port_is_one_clear_line(data_dir: Path) -> None:
    """Exit status 2 and one line that names the port."""
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        arguments = [*COMMAND, "--port", port, "--data-dir", str(data_dir)]
        done = subprocess.run(arguments, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert done.stderr == f"stand-in: port {port} is taken by another program; choose another port\n"


def test_it_ends_when_its_parent_is_killed(data_dir: Path) -> None:
    """A parent that dies without a word leaves no server behind."""
    script = (
        "import subprocess, sys, time\n"
        "child = subprocess.Popen(sys.argv[1:], stdout=subprocess.PIPE, text=True)\n"
        "print(child.pid, child.stdout.readline(), flush=True)\n"
        "time.sleep(600)\n"
    )
    arguments = [sys.executable, "-c", script, *COMMAND, "--port", "0", "--data-dir", str(data_dir)]
    with subprocess.Popen(arguments, cwd=ROOT, stdout=subprocess.PIPE, text=True) as parent:
        assert parent.stdout is not None
        child = psutil.Process(int(parent.stdout.readline().split()[0]))
        assert is_alive(child)
        parent.kill()
    until(lambda: not is_alive(child), within_s=10, what="the server has ended")


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "192.168.1.5", "example.org", "8.8.8.8", ""])  # noqa: S104
def test_other_addresses_than_loopback_are_refused(data_dir: Path, anchor: datetime, host: str) -> None:
    """Nobody else may reach invented reviews that look real."""
    with pytest.raises(NotLoopback):
        StandIn(anchor=anchor, data_dir=data_dir, host=host)


def test_a_port_is_freed_at_the_end_and_refused_while_in_use(data_dir: Path, anchor: datetime) -> None:
    """A second stand-in on the same port is refused; after the first has ended it may have it."""
    with StandIn(anchor=anchor, data_dir=data_dir) as first, pytest.raises(PortTaken, match=str(first.port)):
        StandIn(anchor=anchor, data_dir=data_dir, port=first.port)
    with StandIn(anchor=anchor, data_dir=data_dir, port=first.port, host="localhost") as second:
        assert ask(second.source_urls()["ld"]).status == 200
    second.stop()


def test_one_that_never_started_gives_its_port_back(data_dir: Path, anchor: datetime) -> None:
    """stop() without start() is fine."""
    standin = StandIn(anchor=anchor, data_dir=data_dir)
    standin.stop()
    with socket.create_server(("127.0.0.1", standin.port)):
        pass
