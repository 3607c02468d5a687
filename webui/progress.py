"""How far a long step is: a live bar on a terminal, a plain line now and then anywhere else."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import click

PLAIN_EVERY_S = 5.0

Counting = Callable[[int, int], None]  # done so far, still to do (0: unknown)


def pace(done: int, left: int, seconds: float) -> str:
    """How fast it goes and how long the rest will take, where both can be told: "41 a second, about 8 min left"."""
    if not done or not left or seconds <= 0:
        return ""
    rate = done / seconds
    return f"{rate:.0f} a second, {time_left(left, rate)}" if rate >= 10 else time_left(left, rate)


def time_left(left: int, rate: float) -> str:
    """How long so many will take at this many a second, as exactly as one can know: "about 3 h 20 min left"."""
    minutes = left / rate / 60
    if minutes < 1:
        return "less than a minute left"
    hours, rest = divmod(round(minutes), 60)
    if hours >= 10:
        return f"about {round(minutes / 60)} h left"
    return f"about {hours} h {rest} min left" if hours else f"about {rest} min left"


@contextmanager
def counting(title: str) -> Iterator[Counting]:
    """Yield a function to be called with (done, still to do) as often as one likes."""
    if sys.stdout.isatty():
        with _bar(title) as tell:
            yield tell
        return
    last = time.monotonic()
    clock = _SinceFirst()

    def tell_plain(done: int, left: int) -> None:
        nonlocal last
        told = pace(done, left, clock.seconds())
        if time.monotonic() - last >= PLAIN_EVERY_S:
            last = time.monotonic()
            line = f"  {title}: {done} of {done + left}" if left else f"  {title}: {done}"
            click.echo(f"{line}, {told}" if told else line)

    yield tell_plain


class _SinceFirst:
    """Seconds since the first look: what was loaded before it is no part of the pace."""

    def __init__(self) -> None:
        self._first: float | None = None

    def seconds(self) -> float:
        now = time.monotonic()
        if self._first is None:
            self._first = now
        return now - self._first


@contextmanager
def _bar(title: str) -> Iterator[Counting]:
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

    columns = (
        SpinnerColumn(),
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
        TextColumn("{task.fields[pace]}"),
    )
    clock = _SinceFirst()
    with Progress(*columns, transient=True) as progress:
        task = progress.add_task(title, total=None, pace="")

        def tell(done: int, left: int) -> None:
            told = pace(done, left, clock.seconds())
            total = done + left if left else None  # not full while more may come
            progress.update(task, completed=done, total=total, pace=told)

        yield tell
