"""The numbers of a chart as a table: what everybody gets who does not see the picture, and what proves it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

Filter = tuple[tuple[str, str | tuple[str, ...]], ...]  # of the queue, as its address writes it


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """One figure, written as the reader writes figures. `filter` is the list in the queue that it counts, if any."""

    words: str
    filter: Filter = ()
    has_queue: bool = False  # an empty filter may be one too


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """`rows` hold as many cells as `head`; the first names its row."""

    head: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...] = field(default=())


def cells(*words: str) -> tuple[Cell, ...]:
    """A row that leads nowhere."""
    return tuple(Cell(words=one) for one in words)


def counted(words: str, *filters: tuple[str, str | Iterable[str]]) -> Cell:
    """A figure with the list that it counts."""
    found = tuple((name, value if isinstance(value, str) else tuple(value)) for name, value in filters)
    return Cell(words=words, filter=found, has_queue=True)
