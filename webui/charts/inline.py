"""A chart as a part of a page, where the style sheet gives it the colours of the night."""

from __future__ import annotations

from collections.abc import Hashable, Iterator
from functools import lru_cache
from typing import Final, cast

from lxml import etree
from markupsafe import Markup

from ..i18n import current_locale
from .chart import WIDE, Chart, draw
from .looks import LIGHT, Look

_SHADES: Final = ("paper", "ink", "soft", "line", "axis", "accent", "field")


def inline(chart: Chart, *, width: int = WIDE) -> Markup:
    """Its picture with classes such as "fill-ink" beside each colour; no two pictures of a page share a name."""
    return _inlined(cast("Hashable", chart), width, str(current_locale()))


@lru_cache(maxsize=128)  # whoever opens the same week again has the same numbers
def _inlined(kept: Hashable, width: int, locale: str) -> Markup:  # noqa: ARG001 - words are those of the locale
    chart = cast("Chart", kept)
    own = f"{chart.name}-{width}"
    root = etree.fromstring(draw(chart, look=LIGHT, width=width), etree.XMLParser(resolve_entities=False))
    names = {colour: name for name, colour in shades(LIGHT)}
    text = etree.tostring(root, encoding="unicode")
    for one in root.iter():
        if (name := one.get("id")) is not None:
            if f"#{name}" in text:
                one.set("id", f"{own}-{name}")
            else:
                del one.attrib["id"]
        for key, value in list(one.attrib.items()):
            if "#" in value and key not in ("fill", "stroke"):
                one.set(key, value.replace("#", f"#{own}-"))
        found = [f"{key}-{names[one.get(key)]}" for key in ("fill", "stroke") if one.get(key) in names]
        if found:
            one.set("class", " ".join(found))
    root.set("class", "chart-inline")
    return Markup(etree.tostring(root, encoding="unicode"))  # noqa: S704 - Matplotlib's own, read as XML


def shades(look: Look) -> Iterator[tuple[str, str]]:
    """(name, colour) of what charts in a page are drawn with: no two have the same colour in the light."""
    for name in _SHADES:
        yield name, getattr(look, name)
    yield from look.anger.items()
