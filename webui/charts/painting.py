"""Matplotlib at work: a figure without pyplot, its parts in pixels, and the SVG that our own pages may show.

Words in an SVG stay words: the browser sets them in the fonts of the page and knows every script; they are laid out by
DejaVu, which Matplotlib carries and which is wider than those. In a PNG they are drawn here, in the best font there is,
with what it lacks taken from others; what no font has is left out.
"""

from __future__ import annotations

import io
import textwrap
import threading
import warnings
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Final, Literal

from ..filters import decimal, percent
from ..shown import cut_at, one_line
from .looks import Look
from .stretch import Stretch
from .svg import in_xml, own_svg

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

DPI: Final = 72  # one point is one pixel
SIZE: Final = 12.0  # of words
CHAR: Final = 0.62 * SIZE  # about as wide as DejaVu is on average
ROW: Final = 20  # of a legend
_LOCK = threading.Lock()  # Matplotlib's settings and caches are those of the whole process
_SANS = ("Noto Sans", "Open Sans", "Roboto", "Liberation Sans", "Arial", "Helvetica Neue")
_SCRIPTS = (
    "Noto Sans CJK SC", "Noto Sans CJK JP", "Noto Sans SC", "Noto Sans JP", "Noto Sans KR", "WenQuanYi Zen Hei",
    "Droid Sans Fallback", "Noto Sans Arabic", "Noto Sans Hebrew", "Noto Sans Thai", "Noto Sans Devanagari",
    "Noto Sans Bengali", "Noto Sans Tamil", "Noto Sans Georgian", "Noto Sans Armenian", "Arial Unicode MS",
)  # fmt: skip
_DRAWN_ALWAYS = "DejaVu Sans"


@dataclass(frozen=True, slots=True, kw_only=True)
class Key:
    """One line of a legend."""

    words: str
    colour: str
    hatch: str = ""
    is_line: bool = False
    is_dot: bool = False
    dashes: Literal["-", "--", ":"] = "-"


class Canvas:
    """A picture being drawn. Measures are pixels from its edges."""

    def __init__(self, figure: Figure, *, look: Look, width: int, height: int, is_words: bool) -> None:
        self.figure, self.look, self.width, self.height = figure, look, width, height
        self._is_words = is_words
        self.legend_height = 0

    @property
    def is_narrow(self) -> bool:
        return self.width < 480

    def axes(self, *, left: float, right: float = 8, top: float = 10, bottom: float = 26) -> Axes:
        """The field to draw in, below the legend if there is one, with neither frame nor ticks."""
        top += self.legend_height
        box = (
            left / self.width,
            bottom / self.height,
            max(self.width - left - right, 10) / self.width,
            max(self.height - top - bottom, 10) / self.height,
        )
        axes = self.figure.add_axes(box)
        axes.set_facecolor("none")
        for side in axes.spines.values():
            side.set_visible(False)
        axes.tick_params(length=0, colors=self.look.soft, labelsize=SIZE - 1, pad=6)
        axes.set_axisbelow(True)
        return axes

    def words(self, text: str, most: int = 200) -> str:
        """Words from outside, fit to be drawn: one line of so many characters that the fonts here have."""
        text = in_xml(one_line(text))
        if len(text) > most:
            text = text[: cut_at(text, most - 1)].rstrip() + "…"
        return text if self._is_words else drawable(text)

    def names(self, texts: Sequence[str], most: int) -> list[str]:
        """Words from outside beside rows, in two lines of so many characters."""
        found = []
        for text in texts:
            lines = textwrap.wrap(self.words(text), most, max_lines=2, placeholder="…", break_on_hyphens=False)
            found.append("\n".join(lines))
        return found

    def legend(self, keys: Sequence[Key]) -> None:
        """Above everything, in as many lines as it takes."""
        from matplotlib.lines import Line2D
        from matplotlib.patches import Patch

        handles: list[Any] = []
        for key in keys:
            if key.is_dot:
                handles.append(Line2D([], [], color=key.colour, linestyle="", marker="o", markersize=8))
            elif key.is_line:
                handles.append(Line2D([], [], color=key.colour, linestyle=key.dashes, linewidth=2))
            else:
                handles.append(
                    Patch(facecolor=key.colour, hatch=key.hatch, edgecolor=self.look.paper if key.hatch else key.colour)
                )
        labels = [self.words(key.words, 48) for key in keys]
        columns = max(1, min(len(keys), int(self.width // (longest(labels) + 34))))
        if sum(len(label) * CHAR + 34 for label in labels) <= self.width:
            columns = len(keys)
        rows = -(-len(keys) // columns)
        legend = self.figure.legend(
            handles, labels, loc="upper left", bbox_to_anchor=(0, 1), ncols=columns, frameon=False,
            fontsize=SIZE, labelcolor=self.look.ink, borderpad=0, borderaxespad=0.1, handlelength=1.1,
            handleheight=0.8, handletextpad=0.5, columnspacing=1.4, labelspacing=0.45,
        )  # fmt: skip
        legend.set_in_layout(False)
        self.legend_height = rows * ROW + 2

    def counts(self, axes: Axes, most: float, *, write: Callable[[float], str] | None = None) -> None:
        """A scale upwards from nought, with three or four thin lines."""
        ticks = nice_ticks(most)
        axes.set_ylim(0, max(most * 1.08, ticks[-1]))
        axes.set_yticks(ticks, [(write or _whole)(tick) for tick in ticks])
        self.lines(axes, "y")

    def lines(self, axes: Axes, which: Literal["x", "y"]) -> None:
        """The grid."""
        axes.grid(axis=which, color=self.look.line, linewidth=1)

    def left_of(self, most: float, *, write: Callable[[float], str] | None = None) -> float:
        """How much room the words of `counts` take."""
        return max(len((write or _whole)(tick)) for tick in nice_ticks(most)) * CHAR + 12

    def stretches(self, axes: Axes, stretches: Sequence[Stretch]) -> None:
        """Weeks or months along the foot, named as often as there is room, the latest always."""
        marks = [one.mark for one in stretches]
        room = (self.width - 60) / max(len(marks), 1)
        each = max(1, int(-(-(max((len(mark) for mark in marks), default=1) * CHAR + 6) // room)))
        named = range(len(marks) - 1, -1, -each)
        axes.set_xticks(list(named), [marks[at] for at in named])
        axes.set_xlim(-0.6, len(marks) - 0.4)
        axes.axhline(0, color=self.look.axis, linewidth=1, zorder=3, clip_on=False)

    def stack(self, axes: Axes, at: Sequence[float], parts: Iterable[tuple[Sequence[float], str, str]]) -> list[float]:
        """Bars upon each other, each with its colour and hatch; where they end."""
        ends = [0.0] * len(at)
        for values, colour, hatch in parts:
            axes.bar(
                at, values, bottom=ends, width=0.72, color=colour, hatch=hatch, edgecolor=self.look.paper, linewidth=1
            )
            ends = [end + value for end, value in zip(ends, values, strict=True)]
        return ends

    def above(self, axes: Axes, at: Sequence[float], ends: Sequence[float]) -> None:
        """How much each bar of a stack comes to."""
        for where, end in zip(at, ends, strict=True):
            if end:
                axes.annotate(
                    _whole(end), (where, end), xytext=(0, 3), textcoords="offset points", ha="center", va="bottom",
                    color=self.look.soft, fontsize=SIZE - (2 if self.is_narrow else 1), annotation_clip=False,
                )  # fmt: skip

    def beside(self, axes: Axes, value: float, where: float, colour: str, size: float) -> None:
        """What a lying bar comes to, at its end."""
        axes.annotate(
            _whole(value), (value, where), xytext=(5, 0), textcoords="offset points", va="center", color=colour,
            fontsize=size, annotation_clip=False,
        )  # fmt: skip

    def rows(self, axes: Axes, names: Sequence[str]) -> None:
        """Names beside the rows from the top, each line ending at the axis in whatever font a browser sets it."""
        axes.set_ylim(len(names) - 0.5, -0.5)
        axes.set_yticks([])
        for at, name in enumerate(names):
            lines = name.split("\n")
            for number, line in enumerate(lines):
                down = (number - (len(lines) - 1) / 2) * (SIZE + 2)
                axes.annotate(
                    line, (0, at), xycoords=("axes fraction", "data"), xytext=(-8, -down), textcoords="offset points",
                    ha="right", va="center", color=self.look.ink, fontsize=SIZE, annotation_clip=False,
                )  # fmt: skip

    def shares(self, axes: Axes, most: float) -> None:
        """A scale of shares along the foot, from nought to at most one."""
        step = next(step for step in (0.05, 0.1, 0.2, 0.25) if most <= 4 * step or step == 0.25)
        ticks = [at * step for at in range(round(1 / step) + 1) if at * step < most + step * 0.6]
        axes.set_xlim(0, max(most * 1.03, ticks[-1]))
        axes.set_xticks(ticks, [percent(tick) for tick in ticks])
        self.lines(axes, "x")
        axes.axvline(0, color=self.look.axis, linewidth=1)


def painted(
    paint: Callable[[Canvas], None],
    *,
    look: Look,
    kind: Literal["svg", "png"],
    width: int,
    height: int,
    scale: int,
    title: str,
) -> bytes:
    """What `paint` draws."""
    with _LOCK, _settings(is_words=kind == "svg"):
        from matplotlib.backends.backend_agg import FigureCanvasAgg
        from matplotlib.backends.backend_svg import FigureCanvasSVG
        from matplotlib.figure import Figure

        figure = Figure(figsize=(width / DPI, height / DPI), dpi=DPI, facecolor=look.paper)
        (FigureCanvasSVG if kind == "svg" else FigureCanvasAgg)(figure)
        paint(Canvas(figure, look=look, width=width, height=height, is_words=kind == "svg"))
        held = io.BytesIO()
        if kind == "png":
            figure.savefig(held, format="png", dpi=DPI * scale, metadata={"Software": None}, facecolor=look.paper)
            return held.getvalue()
        figure.savefig(held, format="svg", metadata={"Date": None}, facecolor=look.paper)
    return own_svg(held.getvalue(), width=width, height=height, title=in_xml(one_line(title)))


def longest(names: Sequence[str]) -> float:
    """About how wide they are."""
    return max((len(line) for name in names for line in name.split("\n")), default=0) * CHAR


def nice_ticks(most: float) -> list[float]:
    """Nought and up to four round numbers above it, whole ones, the last not below `most` by a whole step."""
    step = next(
        lead * 10**power for power in range(400) for lead in (1, 2, 5) if most <= 4 * lead * 10**power or power == 399
    )
    count = max(1, int(-(-most // step)))
    return [float(at * step) for at in range(count + 1)]


def drawable(text: str) -> str:
    """The text with what no font here has left out."""
    known = _known()
    lacking = {char for char in text if ord(char) not in known and not char.isspace()}
    if not lacking:
        return text
    return "".join("" if char in lacking else char for char in text).strip() or "…"


def families() -> list[str]:
    """Fonts to draw with, the best first."""
    from matplotlib.font_manager import fontManager

    there = set(fontManager.get_font_names())
    best = next((name for name in _SANS if name in there), None)
    return [name for name in (best, _DRAWN_ALWAYS, *_SCRIPTS) if name and (name in there or name == _DRAWN_ALWAYS)]


@lru_cache(maxsize=1)
def _known() -> frozenset[int]:
    from matplotlib.font_manager import FontProperties, findfont, get_font

    found: set[int] = set()
    for name in families():
        found.update(get_font(findfont(FontProperties(family=name))).get_charmap())
    return frozenset(found)


@contextmanager
def _settings(*, is_words: bool) -> Iterator[None]:
    import matplotlib as mpl

    with (
        mpl.rc_context(
            {
                "svg.fonttype": "none",
                "svg.hashsalt": "amends",  # names in the file are the same each time
                "text.parse_math": False,  # names of places and causes hold dollars
                "font.family": [_DRAWN_ALWAYS] if is_words else families(),
                "font.size": SIZE,
                "hatch.linewidth": 1.2,
                "axes.unicode_minus": True,
            }
        ),
        warnings.catch_warnings(),
    ):
        # The browser has the letters that DejaVu lacks; it is only their width that is guessed here.
        warnings.filterwarnings("ignore", message=r"Glyph \d+", category=UserWarning)
        yield


def _whole(value: float) -> str:
    return decimal(value, 0)
