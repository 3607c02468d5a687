"""What a token of the API may be made for. Less than the role of its person, never more: both are asked each time."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from .phrases import say


class Scope(StrEnum):
    """By the names that programs use."""

    READ_REVIEWS = "read:reviews"
    READ_CASES = "read:cases"
    WRITE_CASES = "write:cases"
    WRITE_COMPLAINTS = "write:complaints"
    READ_ANSWERS = "read:answers"
    WRITE_ANSWERS = "write:answers"
    READ_OFFERS = "read:offers"
    WRITE_OFFERS = "write:offers"
    READ_PLACES = "read:places"
    READ_CONTACTS = "read:contacts"


MEANINGS: Final[Mapping[Scope, str]] = MappingProxyType(
    {
        Scope.READ_REVIEWS: say("Read reviews and what the model made of them"),
        Scope.READ_CASES: say("Read cases: state, people, tags, notes"),
        Scope.WRITE_CASES: say("Work on cases: state, people, tags, cause, notes"),
        Scope.WRITE_COMPLAINTS: say("Enter complaints"),
        Scope.READ_ANSWERS: say("Read answers"),
        Scope.WRITE_ANSWERS: say("Write answers and submit them for approval"),
        Scope.READ_OFFERS: say("Read offers"),
        Scope.WRITE_OFFERS: say("Propose offers and lead them on, and read their codes"),
        Scope.READ_PLACES: say("Read places and their sources"),
        Scope.READ_CONTACTS: say("Read names and contact data unmasked"),
    }
)
