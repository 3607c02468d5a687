"""The model that writes, of the owner's choice: its settings, what was sent to it, and what it suggested.

A suggestion is a wording beside the answer, never the answer itself until somebody takes it. What was sent is told
before it is sent, so that nothing leaves untold. Functions flush and never commit.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any, Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from . import audit
from .acting import Actor, record
from .errors import BadValue, CaseChanged
from .kept import Kept, keep, kept
from .models import ReplyVersion, VersionKind
from .phrases import say
from .replies import (
    REPLY_MOST,
    WRITABLE,
    Saved,
    as_kept,
    is_alone_since,
    last_number,
    locked_reply,
    new_version,
    restore,
)

MODEL_MOST: Final = 120
URL_MOST: Final = 500
USUAL_S: Final = 20


class Fate(StrEnum):
    """What became of a suggestion."""

    OPEN = "open"
    TAKEN = "taken"
    DISCARDED = "discarded"


REDRAFT_ASKED: Final = "reply_redraft_asked"  # in the timeline and in the log; facts: host


@dataclass(frozen=True, slots=True, kw_only=True)
class Redrafting:
    """As an owner has set it. Without an address it has never been set."""

    is_on: bool = False
    url: str = ""
    model: str = ""
    sealed_key: str = ""  # `db.vault` opens it
    is_local: bool = False  # the endpoint is this machine or in a network of one's own
    limit_s: int = USUAL_S
    places: tuple[int, ...] | None = ()  # where it may be asked; None: everywhere

    def serves(self, location_id: int) -> bool:
        """Whether it may be asked for an answer of this place."""
        return self.is_on and bool(self.url) and (self.places is None or location_id in self.places)


def redrafting(session: Session) -> Redrafting:
    """As it is set; off where it never was."""
    value = kept(session, Kept.REDRAFTING)
    if not value:
        return Redrafting()
    places = value.get("places")
    return replace(Redrafting(**{**value, "places": ()}), places=None if places is None else tuple(places))


def set_redrafting(session: Session, wanted: Redrafting, *, host: str, by: Actor) -> None:
    """Keep it. The log says who and where to; of the key only whether there is one."""
    value = {name: getattr(wanted, name) for name in Redrafting.__dataclass_fields__}
    value["places"] = None if wanted.places is None else list(wanted.places)
    keep(session, Kept.REDRAFTING, value, now=by.now)
    facts = {name: value[name] for name in ("is_on", "model", "is_local", "limit_s", "places")}
    facts |= {"host": host, "has_key": bool(wanted.sealed_key)}
    audit.append(session, "redrafting_set", facts, by=by, now=by.now)


def tell_sent(session: Session, case_id: int, sent: str, *, host: str, model: str, masked: int, by: Actor) -> None:
    """Say on the timeline and in the log that this is about to be sent: where to, how much, and its digest."""
    facts = {"host": host, "model": model, "masked": masked, "letters": len(sent)}
    record(session, [case_id], REDRAFT_ASKED, facts, by=by, now=by.now)
    told = {**facts, "sent": audit.text_digest(sent)}
    audit.append(session, REDRAFT_ASKED, told, by=by, now=by.now, case_id=case_id)


def suggest(session: Session, case_id: int, body: str, facts: Mapping[str, Any], *, of: int, by: Actor) -> int:
    """Keep a suggestion beside the answer, made of its wording `of`; gives its number.

    Raises:
        CaseChanged: the case is gone, or the answer is past changing.
    """
    _, _, reply = locked_reply(session, case_id)
    if reply.state not in WRITABLE:
        raise CaseChanged(say("This answer cannot be changed now: it waits for approval, or has been approved."))
    told = {**facts, "of": of, "fate": Fate.OPEN.value}
    number, words = last_number(session, reply) + 1, as_kept(body)[:REPLY_MOST]
    version = new_version(reply, number, words, kind=VersionKind.REDRAFTED, facts=told, by=by)
    session.add(version)
    session.flush()
    return version.number


def take(session: Session, case_id: int, number: int, *, seen: int, by: Actor) -> Saved:
    """Make a suggestion the answer; what stood there is among the wordings.

    Raises:
        CaseChanged: the case is gone.
        BadValue: there is no such suggestion.
    """
    version = _suggestion(session, case_id, number)
    _, _, reply = locked_reply(session, case_id)
    replaced = reply.number
    saved = restore(session, case_id, number, seen=seen, by=by)
    if not saved.refused:
        version.facts = {**version.facts, "replaced": replaced, "taken_as": saved.number}
        _tell_fate(session, case_id, version, Fate.TAKEN, by=by)
    return saved


def untake(session: Session, case_id: int, number: int, *, seen: int, by: Actor) -> Saved:
    """Put back what stood there before a suggestion was taken; it is open again.

    What whoever puts it back has typed since is no change by somebody else: it is among the wordings.

    Raises:
        CaseChanged, BadValue: as `take`.
    """
    version = _suggestion(session, case_id, number)
    _, _, reply = locked_reply(session, case_id)
    before = int(version.facts.get("replaced", version.facts["of"]))
    is_own = is_alone_since(session, reply, int(version.facts.get("taken_as", version.number)), by=by)
    saved = restore(session, case_id, before, seen=reply.version if is_own else seen, by=by)
    if not saved.refused:
        _tell_fate(session, case_id, version, Fate.OPEN, by=by)
    return saved


def set_discarded(session: Session, case_id: int, number: int, *, is_discarded: bool, by: Actor) -> None:
    """Put a suggestion aside, or bring it back.

    Raises:
        CaseChanged, BadValue: as `take`.
    """
    version = _suggestion(session, case_id, number)
    if version.facts.get("fate") != Fate.TAKEN:
        _tell_fate(session, case_id, version, Fate.DISCARDED if is_discarded else Fate.OPEN, by=by)


def _suggestion(session: Session, case_id: int, number: int) -> ReplyVersion:
    _, _, reply = locked_reply(session, case_id)
    found = session.scalar(
        select(ReplyVersion).where(
            ReplyVersion.reply_id == reply.id,
            ReplyVersion.number == number,
            ReplyVersion.kind == VersionKind.REDRAFTED,
        )
    )
    if found is None:
        raise BadValue(say("There is no such suggestion any more."))
    return found


def _tell_fate(session: Session, case_id: int, version: ReplyVersion, fate: Fate, *, by: Actor) -> None:
    if version.facts.get("fate") == fate:
        return
    version.facts = {**version.facts, "fate": fate.value}
    session.flush()
    facts = {"number": version.number, "fate": fate.value, "text": audit.text_digest(version.body)}
    audit.append(session, "reply_redraft_fate", facts, by=by, now=by.now, case_id=case_id)
