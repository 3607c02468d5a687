"""Several sources that are read at once: a line of its own for each on a terminal, one sum now and then elsewhere."""

from __future__ import annotations

import sys
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager

from .progress import counting

Tell = Callable[[str, str, int], None]  # slug, what it is doing, reviews so far


@contextmanager
def board(slugs: Sequence[str]) -> Iterator[Tell]:
    """Yield a function to be called from any thread."""
    if sys.stdout.isatty():
        with _lines(slugs) as tell:
            yield tell
        return
    lock = threading.Lock()
    stored: dict[str, int] = {}
    with counting(f"Reviews read from {len(slugs)} source{'s' if len(slugs) != 1 else ''}") as count:

        def tell_plain(slug: str, _what: str, reviews: int) -> None:
            with lock:
                stored[slug] = reviews
                count(sum(stored.values()), 0)

        yield tell_plain


@contextmanager
def _lines(slugs: Sequence[str]) -> Iterator[Tell]:
    from rich.markup import escape
    from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

    columns = (
        SpinnerColumn(finished_text=" "),
        TextColumn("{task.description}"),
        TextColumn("{task.fields[what]}"),
        TextColumn("{task.completed} reviews", justify="right"),
        TimeElapsedColumn(),
    )
    with Progress(*columns, transient=True) as progress:
        tasks = {}

        def tell(slug: str, what: str, reviews: int) -> None:
            if slug not in tasks:  # what waits has no line: there may be a thousand
                tasks[slug] = progress.add_task(escape(slug), total=None, what="")
            progress.update(tasks[slug], completed=reviews, what=escape(what))
            if what not in ("reading", "waiting"):
                progress.update(tasks[slug], visible=len(slugs) <= progress.console.height - 4)
                progress.stop_task(tasks[slug])

        yield tell
