"""An end in the middle of the reading: by Ctrl-C, which a terminal sends to every process at once, or by `kill`."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.processes import command_line

from .running import LONGEST_S, Home, descendants, until


@pytest.mark.parametrize(("send", "number"), [(os.killpg, signal.SIGINT), (os.kill, signal.SIGTERM)])
def test_end_while_reading_stops_at_once_and_blames_no_site(
    send: Callable[[int, int], None], number: int, tmp_path: Path
) -> None:
    """The crawls end with the command, as interrupted ones, and the next start completes them."""
    home = Home(tmp_path / "data")
    with subprocess.Popen(
        [sys.executable, "-m", "webui", "demo", "--no-serve"],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        env=home.variables(),
        cwd=home.data_dir.parent,
        start_new_session=True,  # a terminal of its own, so to speak
    ) as process:
        try:
            crawls = until(
                lambda: [one for one in descendants(process.pid) if "scrapy" in command_line(one)],
                within_s=60,
                what="a crawl runs",
            )
            send(process.pid, number)
            output, _ = process.communicate(timeout=LONGEST_S)
        finally:
            process.kill()
    assert process.returncode == 130, output
    assert "Traceback" not in output
    assert not [one for one in crawls if one.is_running()]

    listed = home.amends("source", "list").stdout
    assert "degraded" not in listed
    assert "signal" not in listed

    if send is os.kill:  # what is on the disk is the same either way, and reading and judging all takes a minute
        assert home.amends("demo", "--no-serve").returncode == 0
        assert len(json.loads(home.amends("queue", "--all", "--json").stdout)) >= 300
