"""Makes Matplotlib's SVG one that our pages may show: no style sheet and no style attributes, which their policy
forbids, the fonts of the page, and a size in pixels.
"""

from __future__ import annotations

import re
from typing import Final

from lxml import etree

SANS: Final = (
    "-apple-system, BlinkMacSystemFont, 'Segoe UI', Roboto, 'Noto Sans', Ubuntu, Cantarell, 'Helvetica Neue', Arial, "
    "sans-serif"
)
# XML 1.0, production 2: what no document may hold, in whatever form.
_FORBIDDEN: Final = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_SVG: Final = "{http://www.w3.org/2000/svg}"


def in_xml(text: str) -> str:
    """The text without the characters that XML cannot hold."""
    return _FORBIDDEN.sub("", text)


def own_svg(drawn: bytes, *, width: int, height: int, title: str) -> bytes:
    """The same picture."""
    root = etree.fromstring(drawn, etree.XMLParser(resolve_entities=False, no_network=True, remove_blank_text=True))
    for name in ("metadata", "title"):
        for one in root.findall(f"{_SVG}{name}"):
            root.remove(one)
    for one in list(root.iter(f"{_SVG}style")):
        parent = one.getparent()
        parent.remove(one)
        if not len(parent) and parent is not root:
            parent.getparent().remove(parent)
    for one in root.iter():
        _attributes(one)
    # What the style sheet said.
    root.attrib.update(
        {
            "width": str(width),
            "height": str(height),
            "font-family": SANS,
            "stroke-linejoin": "round",
            "stroke-linecap": "butt",
            "role": "img",
        }
    )
    named = etree.Element(f"{_SVG}title")
    named.text = title
    root.insert(0, named)
    etree.cleanup_namespaces(root)
    return bytes(etree.tostring(root, xml_declaration=True, encoding="utf-8"))


def _attributes(one: etree._Element) -> None:
    """Each property of a style as the attribute of the same name, which SVG has for all that Matplotlib writes."""
    for part in one.attrib.pop("style", "").split(";"):
        name, colon, value = part.partition(":")
        if colon and name.strip() != "font-family":
            one.set(name.strip(), value.strip())
    if one.get("transform", "").startswith("rotate(-0 "):
        del one.attrib["transform"]
