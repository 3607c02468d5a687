"""What a platform lets an answer hold: as an owner has found it, else as it was shipped; and the form to enter it."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any, Final

from sqlalchemy.orm import Session

from crawlers.platforms import PLATFORMS, ReplyBy, ReplyRules, by_host
from db.phrases import Words, say
from db.queries.reviews import ReviewDetail
from db.reply_limits import Limit, OwnLimits, own_limits
from scoring.rubric.types import PlatformRules

from .i18n import gettext

BROUGHT: Final = ("file", "mailbox")  # kinds of sources that bring reviews of whatever platform
LENGTHS: Final = ("most_chars", "most_bytes")
LONGEST: Final = 100_000
YES_OR_NO: Final[Mapping[str, Words]] = {
    "links": say("Links"),
    "quotes": say("Pieces of the review, quoted"),
    "formatting": say("Lists and formatting"),
    "phone_numbers": say("Telephone numbers"),
    "mail_addresses": say("Mail addresses"),
    "emoji": say("Emoji"),
}
SAID: Final[Mapping[str, Limit]] = {"": None, "yes": True, "no": False}


@dataclass(frozen=True, slots=True, kw_only=True)
class Typed:
    """A form as it was sent: what it says where all of it can be read, and what is wrong by field."""

    limits: Mapping[str, Limit]
    checked_on: date
    faults: Mapping[str, str]


def answered(first: Collection[str] = ()) -> list[str]:
    """The keys of all platforms that take answers, by name; some of them first."""
    keys = [key for key, one in PLATFORMS.items() if one.reply_by is not ReplyBy.NONE]
    return sorted(keys, key=lambda key: (key not in first, PLATFORMS[key].name.casefold()))


def platform_of(detail: ReviewDetail) -> str:
    """The platform where an answer to the review stands, whose rules and bans hold: a file or a mail only brought it.

    It is that whose saved pages the source takes, else that at whose own address the review is; else nobody knows.
    """
    if detail.platform not in BROUGHT:
        return detail.platform
    saved = PLATFORMS.get(detail.syntax)
    if saved is not None and saved.hosts:  # not of any site
        return saved.key
    try:
        found = by_host(detail.url)
    except ValueError:  # no address at all
        found = None
    return found.key if found is not None else detail.platform


def rules_in_use(session: Session, key: str) -> ReplyRules:
    """What counts now. Of a platform that nobody knows nothing is known."""
    return with_own(_shipped(key), own_limits(session).get(key))


def with_own(shipped: ReplyRules, own: OwnLimits | None) -> ReplyRules:
    """The limits of the owner in place of those shipped; what else is known of answers there stays."""
    if own is None:
        return shipped
    known: dict[str, Any] = {name: own.limits[name] for name in shipped.limits() if name in own.limits}
    return replace(shipped, **known, checked_on=own.checked_on)


def platform_rules(session: Session, key: str) -> PlatformRules:
    """What the checks of a draft are told of its platform."""
    return _as_checked(key, rules_in_use(session, key))


def shipped_rules(key: str) -> PlatformRules:
    """The same as it came with this version: what invented reviews are practised by."""
    return _as_checked(key, _shipped(key))


def typed_fields(rules: ReplyRules) -> dict[str, str]:
    """The fields of the form as they stand."""
    words = {True: "yes", False: "no", None: ""}
    fields = {name: words[getattr(rules, name)] for name in YES_OR_NO}
    fields |= {name: str(getattr(rules, name) or "") for name in LENGTHS}
    return fields | {"offers_block": "yes" if rules.offers_block else ""}


def read_typed(form: Mapping[str, str], *, today: date) -> Typed:
    """What the form says. A day after today's is none on which somebody has looked; east of here it may be tomorrow."""
    limits: dict[str, Limit] = {}
    faults: dict[str, str] = {}
    for name in LENGTHS:
        text = form.get(name, "").strip().replace(" ", "").replace("\N{NO-BREAK SPACE}", "")
        number = int(text) if text.isascii() and text.isdigit() and len(text) < 8 else 0
        limits[name] = number or None
        if text and not 1 <= number <= LONGEST:
            faults[name] = gettext("A whole number from 1 to %(most)s, or nothing.", most=LONGEST)
    for name in YES_OR_NO:
        limits[name] = SAID.get(form.get(name, ""))
    limits["offers_block"] = form.get("offers_block") == "yes"
    try:
        checked_on = date.fromisoformat(form.get("checked_on", "").strip())
    except ValueError:
        checked_on, faults["checked_on"] = today, gettext("Enter the day on which you looked, as 2026-11-22.")
    if checked_on > today + timedelta(days=1):
        faults["checked_on"] = gettext("That day is still to come: enter the one on which you looked.")
    return Typed(limits=limits, checked_on=checked_on, faults=faults)


def _shipped(key: str) -> ReplyRules:
    return PLATFORMS[key].reply_rules if key in PLATFORMS else ReplyRules()


def _as_checked(key: str, rules: ReplyRules) -> PlatformRules:
    return PlatformRules(name=key if key in PLATFORMS else "", **rules.limits())
