"""Start the real command, with its own data folder: in the real way, or, where it runs to its end, by a fork."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import psutil

PATIENCE = 10
COMMAND_S = 500.0  # a demo reads and judges for a minute where nothing else runs
LONGEST_S = 300.0  # nothing that goes well takes so long; pytest itself ends a test after twice that
ROOT = Path(__file__).resolve().parent.parent.parent


def run_python(
    module: Sequence[str], *, environment: Mapping[str, str], folder: Path, timeout_s: float
) -> subprocess.CompletedProcess[str]:
    """`python -m module …` to its end."""
    return subprocess.run(
        [sys.executable, "-m", *module],
        stdin=subprocess.DEVNULL,  # nobody is there to be asked
        capture_output=True,
        text=True,
        timeout=timeout_s,
        env=dict(environment),
        cwd=folder,
        check=False,
    )


@dataclass
class Home:
    """One installation: a data folder and the environment that points at it."""

    data_dir: Path
    environment: dict[str, str] = field(default_factory=dict)

    def variables(self) -> dict[str, str]:
        kept = {name: value for name, value in os.environ.items() if not name.startswith("AMENDS_")}
        return kept | {"AMENDS_DATA_DIR": str(self.data_dir)} | self.environment

    def amends(self, *arguments: str, timeout: float = COMMAND_S) -> subprocess.CompletedProcess[str]:
        """Run a command to its end."""
        return run_python(
            ["webui", *arguments], environment=self.variables(), folder=self.data_dir.parent, timeout_s=timeout
        )

    def queue(self, *arguments: str) -> list[dict[str, Any]]:
        done = self.amends("queue", "--json", *arguments)
        assert done.returncode == 0, done.stderr
        rows: list[dict[str, Any]] = json.loads(done.stdout)
        return rows

    @contextmanager
    def running(self, *arguments: str) -> Iterator[subprocess.Popen[str]]:
        """Run a command in the background; at the end stop it, and whatever it left, the hard way if need be."""
        process = subprocess.Popen(
            [sys.executable, "-m", "webui", *arguments],
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            env=self.variables(),
            cwd=self.data_dir.parent,
        )
        family = [psutil.Process(process.pid)]
        try:
            yield process
        finally:
            family += descendants(process.pid)
            if process.poll() is None:
                process.send_signal(signal.SIGTERM)
            with suppress(subprocess.TimeoutExpired):
                process.wait(60)
            for member in family:
                with suppress(psutil.NoSuchProcess):  # it may end by itself at this very moment
                    member.kill()
            process.wait()
            if process.stdout:
                process.stdout.close()


def queue_of_demo(url: str) -> str:
    """The queue as the demo's owner sees it, entered with the click of the sign-in page."""
    browser = urllib.request.build_opener(urllib.request.HTTPCookieProcessor())
    with browser.open(f"{url}/sign-in", timeout=LONGEST_S) as answer:
        found = re.search(r'name="csrf_token" value="([^"]+)"', answer.read().decode())
    assert found is not None
    form = urllib.parse.urlencode({"csrf_token": found[1], "role": "owner"}).encode()
    with browser.open(f"{url}/sign-in/demo", data=form, timeout=LONGEST_S) as answer:
        return str(answer.read().decode())


def descendants(pid: int) -> list[psutil.Process]:
    try:
        return psutil.Process(pid).children(recursive=True)
    except psutil.NoSuchProcess:
        return []


def until(condition: Callable[[], Any], *, within_s: float, what: str) -> Any:
    """Poll until `condition` is true and return what it said; fail in words otherwise.

    `within_s` is ample on an idle machine; one that four processes of tests share, and slowly, is given more.
    """
    patience_s = min(PATIENCE * within_s, LONGEST_S)
    deadline = time.monotonic() + patience_s
    while time.monotonic() < deadline:
        if found := condition():
            return found
        time.sleep(0.05)
    raise AssertionError(f"not within {patience_s:.0f} s: {what}")


def page(url: str) -> str | None:
    """The page, or None while nobody answers."""
    try:
        with urllib.request.urlopen(url, timeout=30) as answer:
            return str(answer.read().decode())
    except (urllib.error.URLError, ConnectionError, TimeoutError):
        return None
