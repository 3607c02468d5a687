"""The charts of a digest: the one place where they come in. Mail and page show whatever `pictures` gives, in its order.

A mail carries each as PNG, light and dark, with an alternative text that says what it shows; the page has the SVG.
Both are drawn from `Digest.series`, which holds the week and the twelve before it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup

from .facts import Digest


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """One chart, drawn."""

    key: str  # letters, digits and hyphens: it names the part of a mail
    title: str  # states the finding
    alt: str  # the same for whoever does not see it, with the figures
    png: bytes  # on a light ground
    png_dark: bytes
    width: int  # as it is shown, in CSS pixels; the files hold twice as many
    height: int
    svg: Markup  # for the page; takes the colours of the style sheet


def pictures(digest: Digest) -> Sequence[Picture]:  # noqa: ARG001 - what they are drawn from
    """In the language that is spoken."""
    return ()
