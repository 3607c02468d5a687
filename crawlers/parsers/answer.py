"""From the bytes of an API's answer to checked JSON. What is missing or of another kind raises or is empty, as said."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable
from typing import Any

from db.phrases import say

from ..errors import ParseError
from .page import decode
from .text import line

Fields = dict[str, Any]

MOST_OBJECTS = 1000  # of one answer; no API here gives more than 200 a page


def read_json(body: bytes, encoding: str | None) -> Any:
    """The value. Raises ParseError where the answer is not JSON."""
    try:
        return json.loads(decode(body, encoding))
    except (ValueError, RecursionError) as error:
        raise ParseError("the answer is not JSON") from error


def read_object(body: bytes, encoding: str | None) -> Fields:
    value = read_json(body, encoding)
    if not isinstance(value, dict):
        raise ParseError("the answer is not a JSON object")
    return value


def objects(value: Any, name: str) -> list[Fields]:
    """A list of objects, MOST_OBJECTS at most; other things are left out. Raises ParseError where it is no list."""
    if not isinstance(value, list):
        raise ParseError(say('the answer has no list "%(name)s"', name=name))
    return [one for one in value[:MOST_OBJECTS] if isinstance(one, dict)]


def part(fields: Fields, name: str) -> Fields:
    """An object within; empty where it is missing or something else."""
    value = fields.get(name)
    return value if isinstance(value, dict) else {}


def text(fields: Fields, name: str) -> str:
    """A text or a number as text; empty for anything else."""
    value = fields.get(name)
    if isinstance(value, bool) or value is None:
        return ""
    return str(value) if isinstance(value, str | int | float) else ""


def amount(fields: Fields, name: str) -> int | float | str:
    """A number as it stands, or a text that may hold one; for `read_rating`."""
    value = fields.get(name)
    if isinstance(value, int | float) and not isinstance(value, bool):
        return value
    return line(text(fields, name))


def counted(warnings: Iterable[str]) -> tuple[str, ...]:
    """Each warning once, with how often it was given."""
    return tuple(
        say("%(fault)s (%(count)s times)", fault=say(fault), count=count) if count > 1 else fault
        for fault, count in Counter(warnings).items()
    )


def error_word(body: bytes) -> str:
    """The machine word of an API's error object: Google's reason or status, others' code. Empty where there is none."""
    try:
        error = part(read_object(body, None), "error")
    except ParseError:
        return ""
    details = error.get("details")
    reasons = [text(one, "reason") for one in details if isinstance(one, dict)] if isinstance(details, list) else []
    return next((reason for reason in reasons if reason), text(error, "status") or text(error, "code"))[:80]
