"""What every chart can do, and how its picture is made."""

from __future__ import annotations

from typing import ClassVar, Final, Literal, Protocol

from .looks import Look
from .painting import Canvas, painted
from .table import Table

Kind = Literal["svg", "png"]
WIDE: Final = 600  # pixels of the page: the width of a mail
NARROW: Final = 340  # on a phone of 360
FEW: Final = 5  # of fewer no share, average or median is told, nor anything else but their number


class Chart(Protocol):
    """A frozen dataclass of plain numbers and words."""

    name: ClassVar[str]  # in addresses

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to draw."""

    def finding(self) -> str:
        """What it shows, in one sentence without a full stop: its title."""

    def table(self) -> Table:
        """Its numbers."""

    @property
    def height(self) -> int:
        """Of its picture, in pixels."""

    def paint(self, canvas: Canvas) -> None:
        """Draw it."""


def draw(
    chart: Chart, *, look: Look, kind: Kind = "svg", width: int = WIDE, height: int | None = None, scale: int = 2
) -> bytes:
    """The picture without its title, the same bytes for the same numbers in the same language.

    `width` is in pixels of the page, from 200 on, `height` (None: the chart's own) from 120 on; a PNG has `scale` times
    as many, for screens with small ones.
    """
    return painted(
        chart.paint,
        look=look,
        kind=kind,
        width=width,
        height=height or chart.height,
        scale=scale,
        title=chart.finding(),
    )
