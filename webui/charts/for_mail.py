"""Charts as pictures inside a mail: PNG, since mail programs show no SVG, with everything they say in words beside."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from ..chart_words import TITLES
from ..labels import label
from .chart import WIDE, Chart, draw
from .looks import DARK, LIGHT

SCALE: Final = 2  # screens with small pixels


@dataclass(frozen=True, slots=True, kw_only=True)
class MailPicture:
    """One picture. `cid` is unique in its mail and the same in every one: "chart-anger"."""

    cid: str
    png: bytes  # SCALE times as many pixels as `width` and `height`, which the mail shows it at
    png_dark: bytes  # the same for mail programs that ask for it in the dark
    width: int
    height: int
    title: str  # what it shows, in one sentence without a full stop; it is not in the picture
    alt: str  # the same, and that there is a picture

    @property
    def files(self) -> tuple[tuple[str, bytes], ...]:
        """What a mail carries, by the look."""
        return (LIGHT.name, self.png), (DARK.name, self.png_dark)


def pictures_for_mail(charts: Iterable[Chart]) -> list[MailPicture]:
    """Those of the charts that show anything.

    In the language of the request or of `i18n.speaking`. A mail is complete without them: send its numbers as words.
    """
    return [
        MailPicture(
            cid=f"chart-{chart.name}",
            png=draw(chart, look=LIGHT, kind="png", width=WIDE, scale=SCALE),
            png_dark=draw(chart, look=DARK, kind="png", width=WIDE, scale=SCALE),
            width=WIDE,
            height=chart.height,
            title=chart.finding(),
            alt=f"{label(TITLES, chart.name)}. {chart.finding()}.",
        )
        for chart in charts
        if not chart.is_empty
    ]
