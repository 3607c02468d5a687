"""What the composer takes and gives. Plain frozen values, standard library only."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from ..rubric.types import PlatformRules, Record
from ..types import Risk, Score, Topic
from .bank import Post, RouteKind

UNKNOWN_PLATFORM = PlatformRules()


class Part(StrEnum):
    """What a sentence does in the answer."""

    OPENING = "opening"
    COMPLAINT = "complaint"
    FEELING = "feeling"
    APOLOGY = "apology"
    OWNERSHIP = "ownership"
    ALSO = "also"  # the further points, in one sentence
    PREFERENCE = "preference"
    REFUND = "refund"
    CHURN = "churn"
    STEP = "step"  # done or planned, and on record
    WISH = "wish"  # what the writer would like to do: no promise
    ROUTE = "route"
    PRAISE = "praise"
    CLOSE = "close"
    GENERAL = "general"  # of a sector that may confirm nothing
    HOLDING = "holding"


class Keeper(StrEnum):
    """Who must see a matter that has left the normal path."""

    RESPONSIBLE = "responsible"  # the person responsible for the place
    OWNER = "owner"


@dataclass(frozen=True, slots=True, kw_only=True)
class Review:
    """The review that is answered. Its text is read for what it is about; none of its words reach the answer."""

    score: Score
    text: str = ""
    language: str = ""  # BCP 47, such as "pt-BR"; "": as the score says
    stars: float | None = None  # of 5
    author_name: str = ""  # the display name the reviewer chose
    is_failure: bool | None = None  # as a person said: something went wrong, or it is a preference; None: as it reads


@dataclass(frozen=True, slots=True, kw_only=True)
class Route:
    kind: RouteKind
    address: str = ""  # of a mailbox or a telephone of the business


@dataclass(frozen=True, slots=True, kw_only=True)
class Contact:
    """Who signs, and can decide. `post` is translated; `role`, in that person's own words, goes before it."""

    name: str
    post: Post = Post.MANAGER
    role: str = ""
    routes: tuple[Route, ...] = ()  # in the order in which they are liked; the platform may forbid some


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseFile:
    """What the case has on record, and where the answer will stand."""

    contact: Contact
    platform: PlatformRules = UNKNOWN_PLATFORM
    records: tuple[Record, ...] = ()
    today: date | None = None  # at the place: a promise is told with its day as long as that is to come
    has_policy: bool = False  # the owner laid down what is done about money; its figures stay inside
    facts: str = ""  # what happened, as a person has confirmed it; read for what it names, never repeated
    feeling: str = ""  # the same of what the guest felt
    cause: Topic | None = None  # chosen by a person: answered first, where the review is about it
    house_language: str = "en"  # where the review has no words
    is_informal: bool = False  # tú in Spanish
    is_protected_sector: bool = False  # health, care, legal, finance, schools


@dataclass(frozen=True, slots=True, kw_only=True)
class Memory:
    """What was answered lately at this place, newest first, and a seed: the same seed, the same draft."""

    recent: tuple[str, ...] = ()
    seed: str = ""


@dataclass(frozen=True, slots=True)
class Why:
    """A message id in plain English and what belongs into it: `message % values`, both translated where shown.

    Values are words of the enums (a Topic, a Feeling, a Risk), or names that stay as they are.
    """

    message: str
    values: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Sentence:
    part: Part
    text: str
    why: Why
    built_from: tuple[str, ...] = ()  # "topic:waiting", "record:talked", "setting:contact"


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    text: str  # the sentences, in paragraphs, and the signature
    language: str  # primary tag
    sentences: tuple[Sentence, ...]
    signature: str
    is_negative: bool  # what the checks of the rubric ask
    is_failure: bool
    topics: tuple[Topic, ...]  # gravest first


@dataclass(frozen=True, slots=True, kw_only=True)
class Holding:
    """No draft: these people must see it, and only they may approve the short answer."""

    keeper: Keeper
    risks: tuple[Risk, ...]  # gravest first; empty: a threat in the wording
    why: tuple[Why, ...]
    text: str  # may be empty where the product does not write the language
    language: str


@dataclass(frozen=True, slots=True, kw_only=True)
class NoDraft:
    """Nothing can be written honestly. `asks_english`: English can be had when somebody asks for it."""

    why: Why
    asks_english: bool = False


Composed = Draft | Holding | NoDraft
