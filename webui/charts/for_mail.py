"""A chart as a picture inside a mail: PNG, since mail programs show no SVG, with what it says in words beside."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from ..chart_words import TITLES
from ..labels import label
from .chart import Chart, draw
from .looks import DARK, LIGHT

SCALE: Final = 2  # screens with small pixels
WIDE: Final = (552, 128)  # pixels: a mail of 600 without its margins; low, so that it leaves the screen to the words
PHONE: Final = (328, 150)  # of a phone of 360, which would make the words of the other one too small to read


@dataclass(frozen=True, slots=True, kw_only=True)
class Shot:
    """The picture in one look and size."""

    name: str  # "light", "dark", "light-phone", "dark-phone"
    png: bytes  # SCALE times as many pixels as it is shown at
    width: int
    height: int


@dataclass(frozen=True, slots=True, kw_only=True)
class MailPicture:
    """One picture, of which a mail program shows the shot that suits. `cid` is unique in its mail: "chart-anger"."""

    cid: str
    shots: tuple[Shot, ...]
    title: str  # what it shows, in one sentence without a full stop; it is not in the picture
    alt: str  # the same, and that there is a picture


def pictures_for_mail(charts: Iterable[Chart]) -> list[MailPicture]:
    """Those of the charts that show anything.

    In the language of the request or of `i18n.speaking`. A mail is complete without them: send its numbers as words.
    """
    return [
        MailPicture(
            cid=f"chart-{chart.name}",
            shots=tuple(
                Shot(
                    name=f"{look.name}{suffix}",
                    png=draw(chart, look=look, kind="png", width=width, height=height, scale=SCALE),
                    width=width,
                    height=height,
                )
                for suffix, (width, height) in (("", WIDE), ("-phone", PHONE))
                for look in (LIGHT, DARK)
            ),
            title=chart.finding(),
            alt=alternative(chart),
        )
        for chart in charts
        if not chart.is_empty
    ]


def alternative(chart: Chart) -> str:
    """What is told in the place of the picture: what it is about, and what it shows."""
    return f"{label(TITLES, chart.name)}. {chart.finding()}."
