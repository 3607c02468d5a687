"""Text from the web made fit to be shown: nothing in it may turn, hide or break the page around it.

Not for escaping, which the templates do, and not for storage, which keeps what the guest wrote.
"""

from __future__ import annotations

import unicodedata

from markupsafe import Markup, escape

# Overrides, embeddings and isolates let a text show other words than it holds. Every text stands in an element with a
# direction of its own, so it needs none of them. The marks (LRM, RLM, ALM) and the joiners of scripts and emoji stay.
_BIDI = [*range(0x202A, 0x202F), *range(0x2066, 0x206A)]
_CONTROLS = [*range(0x20), *range(0x7F, 0xA0)]
_BREAKS = {0x0A: "\n", 0x09: " ", 0x0D: "\n", 0x85: "\n", 0x0B: "\n", 0x0C: "\n"}
_TABLE: dict[int, str | None] = {
    **dict.fromkeys(_CONTROLS),
    **_BREAKS,
    **dict.fromkeys(_BIDI),
    0x2028: "\n",
    0x2029: "\n",
    0xFEFF: None,
    0xFFF9: None,  # interlinear annotations
    0xFFFA: None,
    0xFFFB: None,
    **dict.fromkeys(range(0xD800, 0xE000), "\ufffd"),  # half a character cannot be sent
}
_JOINING = frozenset({0x200D, 0xFE0F, 0xFE0E, *range(0x1F3FB, 0x1F400), *range(0xE0020, 0xE0080)})


def shown(text: str) -> str:
    """The text without what acts on its surroundings. Character by character, so pieces may be done one by one."""
    return text.translate(_TABLE)


def one_line(text: str) -> str:
    """The same as a single line, for names and titles."""
    return " ".join(shown(text).split())


def with_commands(text: str) -> Markup:
    """One line in which words between backticks, commands to type, are set as code."""
    parts = one_line(text).split("`")
    if len(parts) % 2 == 0:  # one stands alone: then none means anything
        return escape(one_line(text))
    code = Markup('<code class="inline">{}</code>')
    return Markup("").join(code.format(part) if at % 2 else part for at, part in enumerate(parts))


def cut_at(text: str, position: int) -> int:
    """The nearest position at or before this one that splits no character that is seen as one."""
    position = max(0, min(position, len(text)))
    while 0 < position < len(text) and (_continues(text[position]) or text[position - 1] == "\u200d"):
        position -= 1
    return position


def _continues(char: str) -> bool:
    return unicodedata.combining(char) != 0 or ord(char) in _JOINING or unicodedata.category(char) in {"Mn", "Me", "Mc"}
