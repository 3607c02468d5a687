"""A first draft of an answer, written offline from what the review says and what the case has on record.

`compose(review, case, memory)` gives a Draft, each sentence with the reason it stands there; a Holding where the matter
has left the normal path and one person must see it first; or a NoDraft that says honestly why there is none. Pure: no
model, no clock, no file. The same values give the same draft.
"""

from .bank import Feeling, Post, RouteKind
from .compose import compose
from .types import CaseFile, Contact, Draft, Holding, Memory, NoDraft, Part, Review, Route, Sentence, Why

__all__ = [
    "CaseFile", "Contact", "Draft", "Feeling", "Holding", "Memory", "NoDraft", "Part", "Post", "Review", "Route",
    "RouteKind", "Sentence", "Why", "compose",
]  # fmt: skip
