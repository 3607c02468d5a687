"""What other processes run, for tests that start some."""

from __future__ import annotations

from contextlib import suppress

import psutil


def command_line(process: psutil.Process) -> str:
    """Its words joined by spaces; empty where it has ended, reaped or not."""
    with suppress(psutil.NoSuchProcess):  # a zombie too
        return " ".join(process.cmdline())
    return ""
