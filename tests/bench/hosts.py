"""`python -m tests.bench.hosts COUNT`: so many stand-ins, each at a loopback address of its own.

Prints their addresses on one line, and at the end of its input, for each, how many requests came and how many of them
at most at once.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from datetime import UTC, datetime

from crawlers.standin import StandIn


class Hosts:
    """The other side: the addresses, and after `stop` what was seen there."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        self._process = process
        self.urls: list[str] = json.loads(process.stdout.readline()) if process.stdout else []

    def stop(self) -> list[tuple[int, int]]:
        """(requests, most at once) by host."""
        return [(count, most) for count, most in json.loads(self._process.communicate("", timeout=30)[0])]


@contextmanager
def hosts(count: int) -> Iterator[Hosts]:
    command = [sys.executable, "-m", "tests.bench.hosts", str(count)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        try:
            yield Hosts(process)
        finally:
            process.kill()


def main(count: int) -> None:
    with ExitStack() as stack:
        anchor = datetime.now(UTC)
        standins = [
            stack.enter_context(StandIn(anchor=anchor, host=f"127.0.0.{number}")) for number in range(2, count + 2)
        ]
        print(json.dumps([one.base_url for one in standins]), flush=True)
        sys.stdin.read()
        print(json.dumps([(sum(one.requests().values()), one.most_at_once) for one in standins]), flush=True)


if __name__ == "__main__":
    main(int(sys.argv[1]))
