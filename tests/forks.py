"""Children that begin as forks of a process that has loaded everything they need.

Starting Python and loading SQLAlchemy or Scrapy costs a second, and most of these children live for a tenth of one.
The process is started with the first fork and ends with the tests. Nothing runs in it: what a child finds loaded is
what it would have loaded itself.
"""

from __future__ import annotations

import multiprocessing
import os
import runpy
import subprocess
import sys
import threading
from collections.abc import Mapping, Sequence
from importlib import import_module
from multiprocessing.connection import Connection
from multiprocessing.connection import wait as wait_for
from multiprocessing.process import BaseProcess
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import IO, Any, cast

from crawlers.process import PARENT_VARIABLE

FORKS = multiprocessing.get_context("forkserver")
# How a fork has ended is told once, to whoever asks first; and whoever starts another one asks for all of them.
_ASKING = threading.Lock()
FORKS.set_forkserver_preload(["tests.db.racers", "tests.crawlers.loaded", "tests.flow.loaded", "tests.answers"])

_MAINS = {
    "scrapy": ("scrapy.cmdline", "execute"),
    "crawlers.batch": ("crawlers.batch", "main"),
    "crawlers.notify_child": ("crawlers.notify_child", "main"),
}


def start_forked(
    module: Sequence[str],
    *,
    environment: Mapping[str, str],
    folder: Path,
    log: IO[bytes],
    is_piped: bool = False,
) -> subprocess.Popen[bytes]:
    """What `crawlers.process.start_python` does, by a fork: the same program, environment, folder, log and pipes."""
    given = (list(module), dict(environment), folder, Path(log.name))
    if not is_piped:
        return cast("subprocess.Popen[bytes]", _Child(FORKS.Process(target=_run, args=given)))
    orders, ours = FORKS.Pipe(duplex=False)
    answers, theirs = FORKS.Pipe(duplex=False)
    with orders, ours, answers, theirs:
        child = _Child(FORKS.Process(target=_run, args=(*given, orders, theirs)))
        child.stdin = os.fdopen(os.dup(ours.fileno()), "wb")
        child.stdout = os.fdopen(os.dup(answers.fileno()), "rb")
    return cast("subprocess.Popen[bytes]", child)


def run_forked(
    module: Sequence[str], *, environment: Mapping[str, str], folder: Path, timeout_s: float
) -> subprocess.CompletedProcess[str]:
    """`python -m module …` to its end, without anybody to ask, by a fork."""
    with TemporaryDirectory() as kept:
        said = Path(kept, "output"), Path(kept, "errors")
        process = FORKS.Process(target=_run_to_its_end, args=(list(module), dict(environment), folder, *said))
        child, code = _Child(process), None
        try:
            code = child.wait(timeout_s)
        except subprocess.TimeoutExpired:
            process.kill()
            child.wait()
        with _ASKING:
            process.close()
        output, errors = (file.read_text() for file in said)
    if code is None:
        raise subprocess.TimeoutExpired(module, timeout_s, output, errors)
    return subprocess.CompletedProcess(module, code, output, errors)


def _run_to_its_end(module: list[str], environment: dict[str, str], folder: Path, output: Path, errors: Path) -> None:
    os.chdir(folder)
    os.environ.clear()
    os.environ.update(environment)
    with Path(os.devnull).open("rb") as nothing, output.open("wb") as said, errors.open("wb") as told:
        for number, file in enumerate((nothing, said, told)):
            os.dup2(file.fileno(), number)
    sys.argv = module
    runpy.run_module(module[0], run_name="__main__", alter_sys=True)


class _Child:
    """As much of a `Popen` as `crawlers` makes use of. Like one it may be asked by several threads."""

    def __init__(self, process: BaseProcess) -> None:
        with _ASKING:
            process.start()
        self._process = process
        self.pid = process.pid
        self.stdin: IO[bytes] | None = None
        self.stdout: IO[bytes] | None = None

    def poll(self) -> int | None:
        with _ASKING:
            return self._process.exitcode

    def wait(self, timeout: float | None = None) -> int:
        wait_for([self._process.sentinel], timeout)
        code = self.poll()
        if code is None:
            raise subprocess.TimeoutExpired("a fork", timeout or 0)
        return code


def _run(
    module: list[str],
    environment: dict[str, str],
    folder: Path,
    log: Path,
    orders: Connection[Any, Any] | None = None,
    answers: Connection[Any, Any] | None = None,
) -> None:
    os.setsid()
    os.chdir(folder)
    os.environ.clear()
    os.environ.update(environment)
    os.environ[PARENT_VARIABLE] = str(os.getppid())  # the process it is forked from, which ends with the tests
    with log.open("ab") as said:
        os.dup2(said.fileno(), 2)
        os.dup2(answers.fileno() if answers else said.fileno(), 1)
    if orders:
        os.dup2(orders.fileno(), 0)
        sys.stdin = os.fdopen(0)
    sys.argv = module
    name, main = _MAINS[module[0]]
    getattr(import_module(name), main)()
