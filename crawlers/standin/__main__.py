"""`python -m crawlers.standin`: the stand-in as a program of its own.

Prints its address on one line, runs until Ctrl-C, SIGTERM, or until the program that started it is gone.
"""

from __future__ import annotations

import argparse
import os
import signal
import sys
import threading
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

from .archive import Snapshot
from .errors import StandInError
from .server import StandIn

DEFAULT_PORT = 8099
_POLL_S = 0.5


def main(arguments: Sequence[str], *, now: datetime) -> int:
    options = _options(arguments)
    parent = os.getppid()
    stop = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: stop.set())
    try:
        standin = StandIn(
            port=options.port,
            anchor=options.anchor or now,
            snapshot=options.snapshot,
            data_dir=options.data_dir,
            host=options.host,
        )
    except (StandInError, OSError) as error:
        sys.stderr.write(f"stand-in: {error}\n")
        return 2
    with standin:
        sys.stdout.write(f"Stand-in review platform: {standin.base_url}\n")
        sys.stdout.flush()
        # Polled, because a parent killed outright tells nobody.
        while not stop.wait(_POLL_S) and os.getppid() == parent:
            pass
    return 0


def _options(arguments: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m crawlers.standin", description="A local review platform.")
    parser.add_argument("--port", type=_port, default=DEFAULT_PORT, help="0 takes a free one (default: %(default)s)")
    parser.add_argument("--host", default="127.0.0.1", help="loopback addresses only (default: %(default)s)")
    parser.add_argument("--anchor", type=_moment, help='the "today" dates count back from, ISO 8601 (default: now)')
    parser.add_argument("--snapshot", choices=list(Snapshot), default=Snapshot.T0, help="the moment shown at first")
    parser.add_argument("--data-dir", type=Path, help="other data files than the shipped ones")
    return parser.parse_args(arguments)


def _port(text: str) -> int:
    if not text.isdecimal() or int(text) > 65_535:
        raise argparse.ArgumentTypeError("a port is a number from 0 to 65535")
    return int(text)


def _moment(text: str) -> datetime:
    try:
        moment = datetime.fromisoformat(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(f"not a date: {text}") from error
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:], now=datetime.now(UTC)))
