"""The charts of a digest, drawn from `Digest.series`, which holds the week and the twelve before it.

As files for a mail, light and dark, and for paper, with an alternative text that says what they show; as SVG for the
page, for a wide and a narrow window.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup

from ..charted import charts_of_week
from ..charts import LIGHT, Chart, draw
from ..charts.chart import FEW, NARROW, WIDE
from ..charts.for_mail import MailPicture, alternative, pictures_for_mail
from ..charts.inline import inline
from .facts import Digest


@dataclass(frozen=True, slots=True, kw_only=True)
class PagePicture:
    """One chart in a page; it takes the colours of the style sheet."""

    title: str  # states the finding
    wide: Markup
    narrow: Markup


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperPicture:
    """One chart in a PDF."""

    title: str
    alt: str
    png: bytes
    width: int
    height: int


def mail_pictures(digest: Digest) -> Sequence[MailPicture]:
    """The first of them, since a mail is to fit one screen. In the language that is spoken."""
    return pictures_for_mail(_charts(digest)[:1])


def paper_pictures(digest: Digest) -> Sequence[PaperPicture]:
    """In the language that is spoken."""
    return [
        PaperPicture(
            title=one.finding(),
            alt=alternative(one),
            png=draw(one, look=LIGHT, kind="png"),
            width=WIDE,
            height=one.height,
        )
        for one in _charts(digest)
        if not one.is_empty
    ]


def page_pictures(digest: Digest) -> Sequence[PagePicture]:
    """In the language that is spoken."""
    return [
        PagePicture(title=one.finding(), wide=inline(one, width=WIDE), narrow=inline(one, width=NARROW))
        for one in _charts(digest)
        if not one.is_empty
    ]


def _charts(digest: Digest) -> Sequence[Chart]:
    """None of a week with too few reviews: the digest lists those."""
    return charts_of_week(digest.series, digest.week) if digest.series[0].written >= FEW else ()
