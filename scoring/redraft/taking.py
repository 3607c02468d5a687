"""The answer of a model that writes, as plain text; or why it cannot be used, as a word."""

from __future__ import annotations

import re
from collections.abc import Mapping
from enum import StrEnum
from typing import Any

_THOUGHTS = re.compile(r"<think(?:ing)?>.*?(?:</think(?:ing)?>|\Z)", re.DOTALL | re.IGNORECASE)
_TAG = re.compile(r"</?[a-zA-Z!][^<>]{0,300}>")
_FENCE = re.compile(r"^\s*```\w*\s*\n(.*?)\n?\s*```\s*$", re.DOTALL)
_MARKS = re.compile(r"(\*\*|__|`+)|^#{1,6}\s+", re.MULTILINE)
_LINK = re.compile(r"!?\[([^\][]{0,200})\]\([^()\s]{1,500}\)")
_QUOTES = {'"': '"', "“": "”", "„": "“", "«": "»"}


class Unusable(StrEnum):
    """Why there is no suggestion."""

    ODD = "odd"  # not the shape that was asked for
    STREAM = "stream"  # pieces instead of one answer
    REFUSED = "refused"  # it would not write this
    CUT = "cut"  # it ran out of room
    EMPTY = "empty"
    LONG = "long"


def taken(answer: Mapping[str, Any], *, most_chars: int) -> str | Unusable:
    """The text of a chat completion; placeholders are still in it."""
    choices = answer.get("choices")
    first = choices[0] if isinstance(choices, list) and choices else None
    message = first.get("message") if isinstance(first, dict) else None
    if not isinstance(first, dict) or not isinstance(message, dict):
        return Unusable.STREAM if isinstance(first, dict) and "delta" in first else Unusable.ODD
    if message.get("refusal") or first.get("finish_reason") == "content_filter":
        return Unusable.REFUSED
    if first.get("finish_reason") == "length":
        return Unusable.CUT
    content = _joined(message.get("content"))
    if content is None:
        return Unusable.ODD
    text = plain(content[: 20 * most_chars])
    if not text:
        return Unusable.EMPTY
    return text if len(text) <= most_chars else Unusable.LONG


def plain(content: str) -> str:
    """Words alone: no thoughts, no markup, no control characters, no quotation marks around it."""
    text = _THOUGHTS.sub("", content)
    if fenced := _FENCE.match(text):
        text = fenced[1]
    text = _MARKS.sub("", _LINK.sub(r"\1", _TAG.sub("", text)))
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\t", " ")
    text = "".join(char for char in text if char == "\n" or char.isprintable())
    text = re.sub(r"\n{3,}", "\n\n", text).strip()
    if len(text) > 1 and _QUOTES.get(text[0]) == text[-1] and text[0] not in text[1:-1]:
        text = text[1:-1].strip()
    return text


def _joined(content: Any) -> str | None:
    """One text, or a list of pieces that are texts."""
    if isinstance(content, str):
        return content
    if isinstance(content, list):
        pieces = [one.get("text") for one in content if isinstance(one, dict) and one.get("type") == "text"]
        if all(isinstance(piece, str) for piece in pieces):
            return "".join(str(piece) for piece in pieces)
    return None
