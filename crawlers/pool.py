"""The other side of `crawlers.batch`: a child process that crawls many sources, several at once.

A crawl that goes wrong ends alone. When the process itself dies, all of its crawls are lost together: whoever uses the
pool closes their records, and tries them again one by one.
"""

from __future__ import annotations

import json
import logging
import queue
import subprocess
import threading
import time
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import IO, Self

from . import process
from .config import CrawlSettings
from .process import GRACE_S, child_environment, kill_tree, log_file

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class CrawlEnd:
    """One crawl has ended; its record tells how, unless there was a fault."""

    run_id: int
    rest_s: float  # its host is to be left alone for so long
    fault: str = ""


class CrawlPool:
    """Started with the first crawl. Used from one thread."""

    def __init__(self, settings: CrawlSettings, *, database_url: str, data_dir: Path, secret_key: str = "") -> None:
        self._limit_s = settings.crawl_time_limit_s + GRACE_S
        self._environment = child_environment(settings)
        self._environment |= {"AMENDS_DATABASE_URL": database_url, "AMENDS_DATA_DIR": str(data_dir)}
        if secret_key:
            self._environment["AMENDS_SECRET_KEY"] = secret_key
        self._data_dir = data_dir
        self._child: subprocess.Popen[bytes] | None = None
        self._ends: queue.SimpleQueue[CrawlEnd] = queue.SimpleQueue()
        self._deadlines: dict[int, float] = {}

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.kill()

    def begin(self, run_id: int, *, source_id: int, platform: str) -> None:
        """Begin a crawl. One that cannot be begun any more shows in `is_dead`."""
        self._deadlines[run_id] = time.monotonic() + self._limit_s
        self._tell({"crawl": run_id, "source_id": source_id, "platform": platform})

    def stop(self, run_id: int) -> None:
        """End a crawl that has become somebody else's."""
        self._deadlines.pop(run_id, None)
        self._tell({"stop": run_id})

    def wait(self, seconds: float) -> list[CrawlEnd]:
        """The crawls that have ended; waits for the first of them, but not for longer than this."""
        ends = []
        try:
            ends.append(self._ends.get(timeout=seconds))
            while True:
                ends.append(self._ends.get_nowait())
        except queue.Empty:
            pass
        for end in ends:
            self._deadlines.pop(end.run_id, None)
        return ends

    def overdue(self) -> set[int]:
        """Crawls that have outlived their time: the process hangs, since it keeps the time itself where it can."""
        now = time.monotonic()
        return {run_id for run_id, deadline in self._deadlines.items() if now > deadline}

    @property
    def is_dead(self) -> bool:
        """Whether the process ended while crawls were running."""
        return self._child is not None and self._child.poll() is not None

    def kill(self) -> None:
        """End the process with all that runs in it, at once."""
        if self._child is not None:
            kill_tree(self._child)
            for pipe in (self._child.stdin, self._child.stdout):
                if pipe is not None:
                    _close(pipe)
        self._child = None
        self._deadlines.clear()

    def _tell(self, order: dict[str, object]) -> None:
        child = self._child = self._child or self._start()
        try:
            if child.stdin is not None:
                child.stdin.write(json.dumps(order).encode() + b"\n")
                child.stdin.flush()
        except OSError:
            log.warning("crawl pid=%d takes no orders any more", child.pid)

    def _start(self) -> subprocess.Popen[bytes]:
        self._data_dir.mkdir(parents=True, exist_ok=True)
        with log_file(self._data_dir, "crawl-batch.log").open("ab") as errors:
            child = process.start_python(
                ["crawlers.batch"], environment=self._environment, folder=self._data_dir, log=errors, is_piped=True
            )
        threading.Thread(target=self._listen, args=(child.stdout,), name="crawl-ends", daemon=True).start()
        return child

    def _listen(self, answers: IO[bytes]) -> None:
        try:
            for line in answers:
                told = json.loads(line)
                self._ends.put(CrawlEnd(run_id=told["ended"], rest_s=told["rest_s"], fault=told["fault"]))
        except (ValueError, OSError):  # cut off in the middle of a line, or closed by us
            return


def _close(pipe: IO[bytes]) -> None:
    try:
        pipe.close()
    except OSError:
        return
