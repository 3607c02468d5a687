"""Every phrase of a language as a whole sentence, its slots filled: what tests read, and what the checks learn from."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields
from datetime import date

from ..types import Topic
from .bank import Bank, Detail, Praised, RouteKind
from .choice import Chooser
from .reading import DETAIL_TOPIC
from .types import Memory

PERSON = "Elena Rossi"
DAY = date(2026, 12, 8)
ADDRESSES = {RouteKind.MAIL: "care@example-bistro.test", RouteKind.PHONE: "+49 30 1234567"}
# Words that stand inside phrases, and patterns.
_PARTS = {
    "matters",
    "general_matters",
    "praised",
    "ways",
    "posts",
    "greetings",
    "plain_greetings",
    "months",
    "odd_days",
    "detail_words",
    "praised_words",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Phrase:
    """A phrase as the bank holds it."""

    field: str  # of the bank
    key: object  # what it is for, where the field is a mapping
    text: str


def phrases_of(bank: Bank) -> Iterator[Phrase]:
    for field in fields(bank):
        value = getattr(bank, field.name)
        if field.name in _PARTS or isinstance(value, str | frozenset):
            continue
        groups: Mapping[object, tuple[str, ...]] = value if isinstance(value, Mapping) else {None: value}
        for key, texts in groups.items():
            yield from (Phrase(field=field.name, key=key, text=text) for text in texts)


def spelled(bank: Bank, phrase: Phrase, topics: tuple[Topic, ...]) -> Iterator[tuple[Topic, str]]:
    """The phrase in each of its two ways, once for each of `topics` that it can name, or for its own topic."""
    matters = bank.general_matters if phrase.field in ("general_matter", "preference") else bank.matters
    own = Topic.OTHER
    if isinstance(phrase.key, Topic):
        own = phrase.key
    elif isinstance(phrase.key, Detail):
        own = DETAIL_TOPIC[phrase.key]
    kind = phrase.key if isinstance(phrase.key, RouteKind) and phrase.key in ADDRESSES else RouteKind.MAIL
    for second in (False, True) if "|" in phrase.text else (False,):
        for topic in topics if "{matter}" in phrase.text else (own,):
            slots = {
                "person": PERSON,
                "address": ADDRESSES[kind],
                "way": bank.ways[RouteKind.MAIL].replace("{address}", ADDRESSES[RouteKind.MAIL]),
                "matter": matters[topic],
                "praised": bank.praised[Praised.PEOPLE],
                "day": bank.dated(DAY),
            }
            yield topic, Chooser(Memory(), second=second).render(phrase.text, slots)
