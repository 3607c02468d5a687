"""How far a measurement is: a live bar on a terminal, nothing anywhere else. On stderr, for stdout is the result."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

Telling = Callable[[str, int, int], None]  # what is being done, how many are done, of how many


def silent(what: str, done: int, total: int) -> None:
    """Tell nobody."""


@contextmanager
def progress() -> Iterator[Telling]:
    """Yield a function to be called as often as one likes."""
    if not sys.stderr.isatty():
        yield silent
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("", total=None)

        def tell(what: str, done: int, total: int) -> None:
            bar.update(task, description=what, completed=done, total=total)

        yield tell
