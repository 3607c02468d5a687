"""Ctrl-C in the middle of the reading: the terminal sends it to every process at once, and it must end all of them."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

from .running import Home, descendants, until


def test_ctrl_c_while_reading_stops_at_once_and_blames_no_site(tmp_path: Path) -> None:
    """The crawls end with the command, as interrupted ones, and the next start completes them."""
    home = Home(tmp_path / "data")
    process = subprocess.Popen(
        [sys.executable, "-m", "webui", "demo", "--no-serve"],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        env=home.variables(),
        cwd=home.data_dir.parent,
        start_new_session=True,  # a terminal of its own, so to speak
    )
    crawls = until(
        lambda: [one for one in descendants(process.pid) if "scrapy" in " ".join(one.cmdline())],
        within_s=60,
        what="a crawl runs",
    )
    os.killpg(process.pid, signal.SIGINT)
    output, _ = process.communicate(timeout=30)
    assert process.returncode == 130, output
    assert "Traceback" not in output
    assert not [one for one in crawls if one.is_running()]

    listed = home.amends("source", "list").stdout
    assert "degraded" not in listed
    assert "signal" not in listed

    assert home.amends("demo", "--no-serve").returncode == 0
    assert len(json.loads(home.amends("queue", "--all", "--json").stdout)) >= 300
