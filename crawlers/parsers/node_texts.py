"""Texts and nodes out of the values of a node: a text, a number, a node with a name or value, or a list of those."""

from __future__ import annotations

import re

from .graph import Found, Node, as_list

_SLOT = re.compile(r"\{\{.*\}\}|\$\{.*\}|<%.*%>|\[\[.*\]\]|null|undefined|NaN", re.DOTALL)
_LONGEST_SLOT = 80


def says(text: str) -> bool:
    """Whether it is a text at all, and not the slot of a template that nobody filled."""
    text = text.strip() if len(text) < _LONGEST_SLOT else text
    return bool(text) and not (len(text) < _LONGEST_SLOT and _SLOT.fullmatch(text))


def first_text(found: Found, value: object) -> str:
    """A text out of a text, a number, a node with a name or value, or a list of those."""
    for inner in as_list(value)[:20]:
        resolved = found.resolve(inner)
        if isinstance(resolved, str) and says(found.spend(resolved)):
            return resolved
        if isinstance(resolved, int | float) and not isinstance(resolved, bool):
            return str(resolved)[:80]
        if isinstance(resolved, dict):
            for key in ("name", "@value", "value", "text", "alternateName"):
                text = resolved.get(key)
                if isinstance(text, list) and text:
                    text = text[0]
                if isinstance(text, dict):
                    text = text.get("@value")
                if isinstance(text, str) and says(found.spend(text)):
                    return text
            if names := _names(resolved):
                return found.spend(names)
    return ""


def all_texts(found: Found, value: object) -> list[str]:
    """The texts of a value: parts of one, a short and a full form, or a text and its translations."""
    texts = [
        first_text(found, one) for one in as_list(value)[:20] if not (isinstance(one, dict) and "@language" in one)
    ]
    if not texts:
        texts = [first_text(found, value)]
    return [text for text in texts if text]


def _names(person: Node) -> str:
    given, family = (person.get(name) for name in ("givenName", "familyName"))
    return " ".join(name.strip() for name in (given, family) if isinstance(name, str) and name.strip())[:300]


def first_node(found: Found, value: object) -> Node | None:
    for inner in as_list(value)[:20]:
        resolved = found.resolve(inner)
        if isinstance(resolved, dict):
            return resolved
    return None
