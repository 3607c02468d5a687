"""The charts of a digest: the one place where they come in. Mail and page show whatever `pictures` gives, in its order.

A mail carries each as PNG, light and where there is one dark, with an alternative text that says what it shows; the
page has the SVG.
Both are drawn from `Digest.series`, which holds the week and the twelve before it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup

from ..charted import charts_of_week
from ..charts.chart import FEW
from ..charts.for_mail import pictures_for_mail
from ..charts.inline import inline
from .facts import Digest


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """One chart, drawn."""

    key: str  # letters, digits and hyphens: it names the part of a mail
    title: str  # states the finding
    alt: str  # the same for whoever does not see it, with the figures
    png: bytes  # on a light ground
    width: int  # as it is shown, in CSS pixels; the files hold twice as many
    height: int
    svg: Markup  # for the page; takes the colours of the style sheet
    png_dark: bytes = b""  # empty: the light one stands on its own ground in the dark as well

    @property
    def files(self) -> tuple[tuple[str, bytes], ...]:
        """What a mail carries: "light" and, where there is one, "dark"."""
        return (("light", self.png), ("dark", self.png_dark)) if self.png_dark else (("light", self.png),)


def pictures(digest: Digest) -> Sequence[Picture]:
    """In the language that is spoken. None of a week with too few reviews: the digest lists those."""
    if digest.series[0].written < FEW:
        return ()
    charts = charts_of_week(digest.series, digest.week)
    by_cid = {f"chart-{chart.name}": chart for chart in charts}
    return [
        Picture(
            key=one.cid,
            title=one.title,
            alt=one.alt,
            png=one.png,
            width=one.width,
            height=one.height,
            svg=inline(by_cid[one.cid]),
            png_dark=one.png_dark,
        )
        for one in pictures_for_mail(charts)
    ]
