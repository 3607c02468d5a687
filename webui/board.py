"""Several sources that are read at once: lines that move on a terminal, a plain line for each event elsewhere."""

from __future__ import annotations

import sys
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Protocol

import click

if TYPE_CHECKING:
    from rich.progress import Progress, TaskID

    from .jobs.outcomes import CrawlOutcome

PLAIN_EVERY_S = 5.0  # for one source
LEAST_SLUG = 16  # columns of a terminal
SPARE_LINES = 4  # of a terminal, so that its lines do not begin to roll


class Board(Protocol):
    """May be called from any thread."""

    def tell(self, slug: str, what: str, reviews: int) -> None:
        """What is happening to a source, and how many of its reviews are read."""

    def say(self, line: str) -> None:
        """A line that stays."""

    def ended(self, outcome: CrawlOutcome) -> None:
        """A source is done with."""


@contextmanager
def board(slugs: Sequence[str], *, to_stderr: bool = False, is_brief: bool = False) -> Iterator[Board]:
    """A board for these sources, on standard output or beside it.

    A brief one leaves it to the caller to say at the end what was read.
    """
    stream = sys.stderr if to_stderr else sys.stdout
    if not stream.isatty():
        yield _BriefBoard(len(slugs), to_stderr=to_stderr) if is_brief else _PlainBoard(to_stderr=to_stderr)
        return
    from rich.console import Console
    from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn
    from rich.table import Column

    whole = Column(no_wrap=True)
    rest = Column(no_wrap=True, overflow="ellipsis", ratio=1)
    columns = (
        SpinnerColumn(finished_text=" "),
        TextColumn("{task.description}", markup=False, table_column=whole.copy()),
        TextColumn("{task.fields[what]}", markup=False, table_column=rest),
        TextColumn("{task.fields[reviews]}", markup=False, justify="right", table_column=whole),
        TimeElapsedColumn(table_column=whole.copy()),
    )
    with Progress(*columns, console=Console(stderr=to_stderr), transient=True, expand=True) as progress:
        yield _LiveBoard(progress, len(slugs))


class _PlainBoard:
    """A line when a source begins, waits, has gone on for a while, and ends."""

    def __init__(self, *, to_stderr: bool) -> None:
        self._to_stderr = to_stderr
        self._lock = threading.Lock()
        self._told: dict[str, tuple[str, int, float]] = {}  # the last line of a source, and when it was written

    def tell(self, slug: str, what: str, reviews: int) -> None:
        with self._lock:
            before, count, at = self._told.get(slug, ("", 0, 0.0))
            is_late = reviews != count and time.monotonic() - at >= PLAIN_EVERY_S
            if what == before and not is_late:
                return
            self._told[slug] = (what, reviews, time.monotonic())
            self._echo(f"{slug}: {what}" + (f", {_reviews(reviews)} so far" if reviews else ""))

    def say(self, line: str) -> None:
        with self._lock:
            self._echo(line)

    def ended(self, outcome: CrawlOutcome) -> None:
        with self._lock:
            self._told.pop(outcome.slug, None)
            self._echo(f"{outcome.slug}: {ending(outcome)}")

    def _echo(self, line: str) -> None:
        click.echo(line, err=self._to_stderr)


class _BriefBoard:
    """How many sources are done, a line now and then."""

    def __init__(self, count: int, *, to_stderr: bool) -> None:
        self._count, self._to_stderr = count, to_stderr
        self._lock = threading.Lock()
        self._done, self._told, self._told_at = 0, -1, time.monotonic()

    def tell(self, slug: str, what: str, reviews: int) -> None:  # noqa: ARG002
        with self._lock:
            if self._done != self._told and time.monotonic() - self._told_at >= PLAIN_EVERY_S:
                self._told, self._told_at = self._done, time.monotonic()
                click.echo(f"  Reading: {self._done} of {self._count} sources done", err=self._to_stderr)

    def say(self, line: str) -> None:
        with self._lock:
            click.echo(f"  {line}", err=self._to_stderr)

    def ended(self, outcome: CrawlOutcome) -> None:  # noqa: ARG002
        with self._lock:
            self._done += 1


class _LiveBoard:
    """A line for each source that is being read, those that have ended as long as there is room, and one for all."""

    def __init__(self, progress: Progress, count: int) -> None:
        self._progress, self._count = progress, count
        self._lock = threading.Lock()
        self._tasks: dict[str, TaskID] = {}
        self._ended: list[TaskID] = []
        self._all = progress.add_task("All sources", total=None, visible=count > 1, what=self._so_far(0), reviews="")

    def tell(self, slug: str, what: str, reviews: int) -> None:
        with self._lock:
            if slug not in self._tasks:  # what waits for its turn has no line: there may be a thousand
                room = max(LEAST_SLUG, self._progress.console.width // 3)
                self._tasks[slug] = self._progress.add_task(shortened(slug, room), total=None, what="", reviews="")
            self._progress.update(self._tasks[slug], what=what, reviews=_reviews(reviews))

    def say(self, line: str) -> None:
        from rich.text import Text

        self._progress.console.print(Text(line))

    def ended(self, outcome: CrawlOutcome) -> None:
        read = outcome.new + outcome.changed + outcome.unchanged
        self.tell(outcome.slug, ending(outcome, is_short=True), read)
        with self._lock:
            task = self._tasks[outcome.slug]
            self._progress.update(task, total=1, completed=1)
            self._progress.stop_task(task)
            self._ended.append(task)
            self._progress.update(self._all, what=self._so_far(len(self._ended)))
            room = self._progress.console.height - SPARE_LINES
            for old in self._ended[: max(0, len(self._tasks) - room)]:
                self._progress.update(old, visible=False)

    def _so_far(self, ended: int) -> str:
        return f"{ended} of {self._count} done"


def ending(outcome: CrawlOutcome, *, is_short: bool = False) -> str:
    """How a source ended, in a few words."""
    counts = f"{outcome.new} new, {outcome.changed} changed, {outcome.gone} gone"
    if is_short and outcome.state == "finished":
        return counts
    counts += f", {outcome.unchanged} unchanged"
    if outcome.state == "finished":
        return f"finished, {counts}"
    return f"{STATES.get(outcome.state, outcome.state)} – {outcome.message} ({counts})"


def shortened(slug: str, width: int) -> str:
    """Cut in the middle where it is wider: the beginning and the end tell sources apart. Slugs are ASCII."""
    if len(slug) <= width:
        return slug
    end = (width - 1) // 2
    return f"{slug[: width - 1 - end]}…{slug[len(slug) - end :]}"


STATES = {"running": "not read", "misconfigured": "needs a key"}  # the others say what they mean


def _reviews(count: int) -> str:
    return f"{count} review{'s' if count != 1 else ''}"
