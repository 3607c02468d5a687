"""What other processes run, for tests that start some."""

from __future__ import annotations

from contextlib import suppress

import psutil


def command_line(process: psutil.Process) -> str:
    """Its words joined by spaces; empty where it has ended, reaped or not."""
    with suppress(psutil.NoSuchProcess):  # a zombie too
        return " ".join(process.cmdline())
    return ""


def is_alive(process: psutil.Process) -> bool:
    """Whether it has not ended. One that nobody has reaped yet has; it may be gone between two questions."""
    with suppress(psutil.NoSuchProcess):
        return process.is_running() and process.status() != psutil.STATUS_ZOMBIE
    return False
