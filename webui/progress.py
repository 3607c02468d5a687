"""How far a long step is: a live bar on a terminal, a plain line now and then anywhere else."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import click

PLAIN_EVERY_S = 5.0

Counting = Callable[[int, int], None]  # done so far, still to do (0: unknown)


@contextmanager
def counting(title: str) -> Iterator[Counting]:
    """Yield a function to be called with (done, still to do) as often as one likes."""
    if sys.stdout.isatty():
        with _bar(title) as tell:
            yield tell
        return
    last = time.monotonic()

    def tell_plain(done: int, left: int) -> None:
        nonlocal last
        if time.monotonic() - last >= PLAIN_EVERY_S:
            last = time.monotonic()
            click.echo(f"  {title}: {done} of {done + left}" if left else f"  {title}: {done}")

    yield tell_plain


@contextmanager
def _bar(title: str) -> Iterator[Counting]:
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

    columns = (
        SpinnerColumn(),
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
    )
    with Progress(*columns, transient=True) as progress:
        task = progress.add_task(title, total=None)

        def tell(done: int, left: int) -> None:
            progress.update(task, completed=done, total=done + left if left else None)  # not full while more may come

        yield tell
