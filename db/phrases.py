"""Sentences for people that are stored now and read later, by somebody whose language nobody knows yet.

A sentence is kept as its phrase and the values that fill it, never as the English it reads as. In Python it is that
English, a `str` like any other: logs and commands need to know nothing of it. Pages take it apart and fill the phrase
in the reader's language (`webui.told`). The catalogues of translations know the phrases by the calls of `say` and
`say_count`, which is why those are called with literals.

    say("%(name)s refuses the key. Enter it again in the settings of this source.", name="Yelp")

Values may be sentences themselves. What was stored before there were phrases, or does not fit its column as one, is
plain text, and shown as it is.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any, TypeAlias

from .wording import cut

Value: TypeAlias = "str | int | float"  # a str may be `Words`
_MARK = '["'  # how a packed sentence begins, and no sentence in words does
_DEEPEST = 5
_VALUE_MOST = 200  # characters of one value


class Words(str):
    """The English sentence, with what it was made of. An empty `phrase` cannot be: plain text is its own phrase."""

    phrase: str
    plural: str  # the phrase for a count other than one; empty where nothing is counted
    values: Mapping[str, Value]

    def __new__(cls, phrase: str, plural: str = "", values: Mapping[str, Value] | None = None) -> Words:
        values = values or {}
        made = super().__new__(cls, filled(plural if plural and values.get("num") != 1 else phrase, values))
        made.phrase, made.plural, made.values = phrase, plural, values
        return made

    def __str__(self) -> str:
        """Itself, so that `str(error)` gives what the error was raised with."""
        return self

    def __reduce__(self) -> tuple[type[Words], tuple[str, str, dict[str, Value]]]:
        return type(self), (self.phrase, self.plural, dict(self.values))

    def instead(self, old: str, new: str) -> Words:
        """The sentence with another piece of its phrase, and of those within."""
        values = {name: _instead(value, old, new) for name, value in self.values.items()}
        return Words(self.phrase.replace(old, new), self.plural.replace(old, new), values)


def say(phrase: str, /, **values: Value) -> Words:
    """A sentence; `%(name)s` in its phrase is filled by the value `name`. Without values it is taken as it is."""
    if isinstance(phrase, Words) and not values:
        return phrase
    return Words(phrase, "", {name: _kept(value) for name, value in values.items()})


def say_count(singular: str, plural: str, num: int, /, **values: Value) -> Words:
    """A sentence about a number of things, which fills `%(num)s`."""
    return Words(singular, plural, {"num": num} | {name: _kept(value) for name, value in values.items()})


def say_list(parts: Sequence[str], *, is_choice: bool = False) -> Words:
    """ "a, b and c", or "a, b or c"."""
    *before, last = parts or [""]
    if not before:
        return last if isinstance(last, Words) else Words(last)
    first, *others = before
    for other in others:
        first = say("%(first)s, %(next)s", first=first, next=other)
    if is_choice:
        return say("%(first)s or %(last)s", first=first, last=last)
    return say("%(first)s and %(last)s", first=first, last=last)


def filled(phrase: str, values: Mapping[str, object]) -> str:
    """The phrase with its values; as it is where they do not fit, for it may come from another version."""
    if not values:
        return phrase
    try:
        return phrase % values
    except (KeyError, ValueError, TypeError):
        return phrase


def packed(text: str) -> str:
    """How a sentence is stored: JSON of phrase, values and plural; plain where there is no value to keep apart."""
    if not isinstance(text, Words) or not text.values:
        return str.__str__(text)
    return json.dumps(_listed(text), ensure_ascii=False, separators=(",", ":"))


def unpacked(text: str) -> Words:
    """What `packed` made; anything else is a sentence without values."""
    if isinstance(text, Words):
        return text
    if text.startswith(_MARK):
        try:
            return _words(json.loads(text), _DEEPEST)
        except (ValueError, TypeError, RecursionError):
            pass
    return Words(text)


def _instead(value: Value, old: str, new: str) -> Value:
    return value.instead(old, new) if isinstance(value, Words) else value


def _kept(value: Value) -> Value:
    return cut(value, _VALUE_MOST) if isinstance(value, str) and not isinstance(value, Words) else value


def _listed(words: Words) -> list[Any]:
    values = {name: _listed(one) if isinstance(one, Words) else one for name, one in words.values.items()}
    return [words.phrase, values, words.plural] if words.plural else [words.phrase, values]


def _words(read: Any, deep: int) -> Words:
    if deep == 0 or not isinstance(read, list) or not 2 <= len(read) <= 3 or not isinstance(read[1], dict):
        raise ValueError("no sentence")
    phrase, values, plural = (*read, "")[:3]
    if not isinstance(phrase, str) or not isinstance(plural, str):
        raise TypeError("no phrase")
    return Words(phrase, plural, {str(name): _value(one, deep - 1) for name, one in values.items()})


def _value(read: Any, deep: int) -> Value:
    if isinstance(read, list):
        return _words(read, deep)
    if isinstance(read, (str, int, float)):
        return read
    raise TypeError("no value")
