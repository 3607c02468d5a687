"""What is known of a platform, as types. Standard library only."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Any


class ReadBy(StrEnum):
    PAGE = "page"
    FEED = "feed"
    API = "api"
    IMPORT = "import"
    MAIL = "mail"


class ReplyBy(StrEnum):
    API = "api"
    HAND = "hand"
    NONE = "none"


@dataclass(frozen=True, slots=True, kw_only=True)
class Key:
    """One thing an API asks of the owner. Secret ones are stored encrypted and never shown again."""

    name: str  # in `Source.sealed_keys` (secret) or `Source.options` (not)
    label: str
    help: str = ""  # where it is found
    is_secret: bool = True
    is_needed: bool = True
    is_long: bool = False  # several lines, such as a key in a file of its own


@dataclass(frozen=True, slots=True, kw_only=True)
class ReplyRules:
    """What a platform lets an answer be. None: it does not say, or nobody has looked.

    The names of the limits are those of the checks of a draft, which are filled from here.
    """

    most_chars: int | None = None
    most_bytes: int | None = None  # of UTF-8
    links: bool | None = None
    quotes: bool | None = None  # pieces of the review
    formatting: bool | None = None  # lists and markup
    phone_numbers: bool | None = None
    mail_addresses: bool | None = None
    offers_block: bool = False  # an offer has the whole answer removed
    emoji: bool | None = None
    needs_words: bool = False  # a rating without a word cannot be answered
    is_replaced: bool | None = None  # a second answer takes the place of the first; False: there can be one only
    is_moderated: bool | None = None  # the platform looks at it before it is shown
    page: str = ""  # where a person answers, once signed in
    doc_url: str = ""
    checked_on: date = date(2026, 11, 20)

    def limits(self) -> dict[str, Any]:
        """The limits alone, by their names."""
        return {name: getattr(self, name) for name in LIMITS}


LIMITS = (
    *("most_chars", "most_bytes", "links", "quotes", "formatting", "phone_numbers", "mail_addresses"),
    *("offers_block", "emoji"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Platform:
    """`hosts` are patterns on the whole host name; `retention` a value of `db.models.Retention`.

    `apis` are base addresses without a final slash: "" the one that is read, others by name ("auth"). With a stand-in
    set (`CrawlSettings.standin_url`) they are its own: see `api_base`.
    """

    key: str
    name: str
    read_by: ReadBy
    reply_by: ReplyBy
    retention: str
    terms: str
    alternative: str = ""  # what to do where it cannot be crawled
    doc_url: str = ""
    hosts: tuple[str, ...] = ()
    is_crawlable: bool = False  # by this version, from an address the owner gives
    apis: Mapping[str, str] = field(default_factory=dict)
    keys: tuple[Key, ...] = ()
    place_label: str = ""  # what the platform calls its id of the place, and
    place_help: str = ""  # where the owner finds it
    scale: tuple[float, float] | None = None  # worst and best; None: no stars
    keeps_ids: bool = True  # False: where its text may not be stored, nor may its own ids of reviews
    may_judge: bool = True  # False: its terms keep its text from a model unless the owner says otherwise
    no_redraft: str = ""  # why its content may not be given to a model that writes; empty: nothing is known against it
    least_every_s: int = 15 * 60  # never asked more often
    most_every_s: int = 24 * 3600  # nor less often: for a window that closes, or copies that must be refreshed
    # False: its readings need not carry the owner's answers; at a source that never has, one's word for them counts.
    shows_answers: bool = True
    reply_limit: str = ""  # in words, what `reply_rules` cannot say
    reply_keys: tuple[str, ...] = ()  # keys that answering needs and reading does not
    reply_rules: ReplyRules = ReplyRules()
    checked_on: date = date(2026, 11, 20)


RETENTION_SENTENCES = {
    "store": "Reviews may be kept.",
    "30d": "Reviews may be kept for 30 days at most.",
    "24h": "Reviews may be kept for 24 hours at most.",
    "no_store": "Reviews may be shown but not kept.",
}
REPLY_SENTENCES = {
    ReplyBy.API: "Answered through the platform's interface with your account.",
    ReplyBy.HAND: "Answered by hand, on the platform's own page.",
    ReplyBy.NONE: "The platform has no way to answer.",
}
