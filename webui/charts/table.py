"""The numbers of a chart as a table: what everybody gets who does not see the picture, and what proves it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from ..filters import decimal
from .stretch import Stretch

Filter = tuple[tuple[str, str | tuple[str, ...]], ...]  # of the queue, as its address writes it


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """One figure, written as the reader writes figures. `filter` is the list in the queue that it counts, if any."""

    words: str
    plain: str = ""  # for files: digits and a point; empty: the words
    filter: Filter = ()
    has_queue: bool = False  # an empty filter may be one too

    @property
    def in_file(self) -> str:
        return self.plain or self.words


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """`rows` hold as many cells as `head`; the first names its row."""

    head: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...] = field(default=())


def days(stretch: Stretch) -> Cell:
    """The name of a row that is a stretch."""
    return Cell(words=stretch.words, plain=f"{stretch.first.isoformat()}/{stretch.last.isoformat()}")


def number(value: int) -> Cell:
    """A count that leads nowhere."""
    return Cell(words=decimal(value, 0), plain=str(value))


def counted(value: int, *filters: tuple[str, str | Iterable[str]]) -> Cell:
    """A count with the list that it counts."""
    found = tuple((name, one if isinstance(one, str) else tuple(one)) for name, one in filters)
    return Cell(words=decimal(value, 0), plain=str(value), filter=found, has_queue=True)
