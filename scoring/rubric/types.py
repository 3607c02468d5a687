"""What a check of a draft answer looks like. Plain frozen values, standard library only.

Ids, severities and overrides are those of the rubric: B must not be there or must be right, W is risky, S should be
there.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Protocol

from ..text import Span


class Severity(StrEnum):
    BLOCK = "block"  # cannot be submitted or posted
    WARN = "warn"  # the author ticks "I have read this"
    HINT = "hint"  # shown, never in the way


class Override(StrEnum):
    """Who may lift a block, or go on past a warning."""

    NEVER = "never"
    APPROVER = "approver"  # not the author, and with a written reason
    AUTHOR = "author"


class Outcome(StrEnum):
    PASSED = "passed"
    FAILED = "failed"
    NOT_APPLICABLE = "not_applicable"
    NOT_CHECKED = "not_checked"  # no rule and no model for this language: never shown as a pass


class Origin(StrEnum):
    RULE = "rule"
    MODEL = "model"


class Audience(StrEnum):
    PUBLIC = "public"
    PRIVATE = "private"  # a message to the customer alone


class RecordKind(StrEnum):
    """What a case has on record."""

    TASK = "task"
    OFFER = "offer"
    NOTE = "note"
    CONTACT = "contact"  # a call, mail or talk with the customer
    MESSAGE = "message"  # a private message to the customer that was sent, with its whole text


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """One thing on record in the case. `is_done`: the task is closed, the offer issued, the contact made.

    `due`: the day by which an open task was promised.
    `backs_any`: where its words are too few to say about what it is, its kind may stand for them. Not "case opened".
    """

    kind: RecordKind
    words: str = ""
    is_done: bool = True
    due: date | None = None
    backs_any: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class PlatformRules:
    """What the platform lets an answer hold. None means: not known."""

    name: str = ""  # its key, as in the table of the rubric; never the name that people read
    most_chars: int | None = None
    most_bytes: int | None = None
    links: bool | None = None
    quotes: bool | None = None  # snippets of the review
    formatting: bool | None = None  # lists and markup
    phone_numbers: bool | None = None
    mail_addresses: bool | None = None
    offers_block: bool = False  # an offer has the whole answer removed
    emoji: bool | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Review:
    """The review that is answered, as far as a check needs it."""

    text: str = ""
    language: str = ""  # BCP 47 primary tag; "" or "und": not known
    author_name: str = ""  # the display name the reviewer chose
    stars: float | None = None  # of 5
    is_negative: bool = True
    is_failure: bool = True  # it reports that something went wrong, not only a preference
    topics: tuple[str, ...] = ()  # values of scoring.types.Topic, gravest first
    risks: tuple[str, ...] = ()  # values of scoring.types.Risk


@dataclass(frozen=True, slots=True, kw_only=True)
class Context:
    """Everything about the case that a check may ask for, brought in as values."""

    audience: Audience = Audience.PUBLIC
    review: Review = Review()
    platform: PlatformRules = PlatformRules()
    language: str = ""  # of the draft; "": find out
    is_protected_sector: bool = False  # health, care, legal, finance, schools
    records: tuple[Record, ...] = ()
    own_contacts: tuple[str, ...] = ()  # mail addresses, numbers and links of the business itself
    staff_names: tuple[str, ...] = ()  # may sign, and are no personal data
    recent_replies: tuple[str, ...] = ()  # of this place and platform, newest first, 50 at most
    saved_replies: tuple[str, ...] = ()
    is_translation_read: bool = False  # somebody who knows the language has read it


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """What one check found. `spans` mark the draft, in code points of the text as given."""

    check: str  # "B01"
    severity: Severity
    override: Override
    outcome: Outcome
    spans: tuple[Span, ...] = ()
    message: str = ""  # tells the writer what to do, in English: a message id a line, translated where shown
    origin: Origin = Origin.RULE
    confidence: float = 1.0  # 0..1; 1.0 for a rule
    missing: tuple[str, ...] = ()  # what S01 and S08 found uncovered: values of Topic or Risk


class SentenceReader(Protocol):
    """A model that judges sentences one by one. The rules do without it, and say more with it."""

    @property
    def languages(self) -> frozenset[str]:
        """Primary tags of the languages it was measured in."""
        ...

    def thresholds(self, sentences: int) -> Mapping[str, float]:
        """The probability from which a check counts as met in a text of so many; a check not named is not judged."""
        ...

    def read(self, sentences: Sequence[str]) -> list[dict[str, float]]:
        """Per sentence, in input order: how likely it fails a B or W check, or does what an S check asks."""
        ...
