"""Bars of several parts, one for each week or month: what the charts of counts have in common."""

from __future__ import annotations

from collections.abc import Sequence

from ..filters import decimal
from .painting import Canvas, Key
from .stretch import Stretch


def paint_bars(
    canvas: Canvas,
    stretches: Sequence[Stretch],
    parts: Sequence[tuple[Key, Sequence[float]]],
    *,
    wholes: Sequence[int],
) -> None:
    """The parts upon each other, the first at the foot, with their legend; what each bar comes to above it.

    Each part has as many values as there are stretches; `wholes` are the sums, at least one of them above nought.
    """
    canvas.legend([key for key, _ in parts])
    most = max(wholes)
    axes = canvas.axes(left=canvas.left_of(most))
    at = list(range(len(stretches)))
    ends = canvas.stack(axes, at, ((values, key.colour, key.hatch) for key, values in parts))
    canvas.counts(axes, most)
    canvas.stretches(axes, stretches)
    if len(decimal(most, 0)) <= (3 if canvas.is_narrow else 5):
        canvas.above(axes, at, ends)
