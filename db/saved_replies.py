"""Replies kept for reuse: found by language, topic and level, filled in, counted, approved.

Variables stand in braces, `{name}`; what is not known stays as it is, so that the check for unfinished text finds it.
Who wrote and who approved one stands in the audit log; by it, whoever wrote the text never approves it.
Functions flush and never commit.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import Select, case, delete, func, or_, select
from sqlalchemy.orm import Session

from . import audit
from .acting import Actor
from .errors import BadValue, CaseChanged
from .models import AuditEntry, SavedReply
from .phrases import say

NAME_MOST: Final = 80
BODY_MOST: Final = 10_000
# What may stand in braces; the application fills them from the review, the place and the person.
SIGNATURE: Final = "signature"
VARIABLES: Final = ("name", "place", "contact", SIGNATURE)
KEPT_DELETED: Final = timedelta(days=30)
# Lines of the audit log. Facts of both: saved (its number), version, text (a digest) and place; of the first also
# changed, whether it has to be approved anew for what this person did.
KEPT: Final = "saved_reply_kept"
APPROVED: Final = "saved_reply_approved"
_VARIABLE = re.compile(r"\{([a-z_]+)\}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What a saved reply should suit, and the words to look for in its name and text. Empty: any."""

    location_id: int | None = None
    places: Collection[int] | None = None  # of those that may be seen; None: all
    language: str = ""
    topics: Sequence[str] = ()
    anger_level: str = ""
    words: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Fields:
    """What people fill in of one."""

    name: str
    body: str
    language: str = ""
    topic: str = ""
    anger_level: str = ""
    location_id: int | None = None  # None: every place


def find_saved(session: Session, wanted: Wanted, *, limit: int = 50) -> Sequence[SavedReply]:
    """Those that suit, best first: same language before any, same topic before any, then those used longest ago.

    The longest unused first, so that the same is not taken twice in a row without anybody wanting it.
    """
    statement = _there()
    if wanted.location_id is not None:
        statement = statement.where(or_(SavedReply.location_id.is_(None), SavedReply.location_id == wanted.location_id))
    if wanted.places is not None:
        mine = SavedReply.location_id.in_(wanted.places)
        statement = statement.where(or_(SavedReply.location_id.is_(None), mine))
    if wanted.language:
        statement = statement.where(SavedReply.language.in_(("", wanted.language)))
    if wanted.anger_level:
        statement = statement.where(SavedReply.anger_level.in_(("", wanted.anger_level)))
    for word in wanted.words.split()[:8]:
        like = f"%{_escaped(word)}%"
        statement = statement.where(
            or_(SavedReply.name.ilike(like, escape="\\"), SavedReply.body.ilike(like, escape="\\"))
        )
    suits = case((SavedReply.topic.in_(tuple(wanted.topics) or ("-",)), 0), (SavedReply.topic == "", 1), else_=2)
    never = case((SavedReply.used_at.is_(None), 0), else_=1)
    order = (
        case((SavedReply.language == (wanted.language or "-"), 0), else_=1), suits, never, SavedReply.used_at,
        SavedReply.id,
    )  # fmt: skip
    return session.scalars(statement.order_by(*order).limit(limit)).all()


def saved_reply(session: Session, saved_id: int) -> SavedReply | None:
    """One that is there."""
    return session.scalar(_there().where(SavedReply.id == saved_id).execution_options(populate_existing=True))


def keep_reply(session: Session, saved_id: int | None, fields: Fields, *, seen: int = 0, by: Actor) -> SavedReply:
    """Write a new one, or save over the version that was seen. A text that was changed, or is to serve at another place
    or at all, is approved no more.

    Raises:
        BadValue: a name or a text is missing or too long, or it holds an unknown variable.
        CaseChanged: somebody else was faster, or it is gone.
    """
    name, body = fields.name.strip(), fields.body.replace("\r\n", "\n").strip()
    if not name or not body:
        raise BadValue(say("A saved reply needs a name and a text."))
    if len(name) > NAME_MOST or len(body) > BODY_MOST:
        raise BadValue(
            say("That is too long: %(most)s letters at most.", most=BODY_MOST if len(body) > BODY_MOST else NAME_MOST)
        )
    if unknown := sorted(variables_in(body) - set(VARIABLES)):
        raise BadValue(
            say(
                "Nothing fills in {%(name)s}. These can stand in braces: %(known)s.",
                name=unknown[0],
                known=", ".join(VARIABLES),
            )
        )
    one = SavedReply(version=0, body="", used=0, made_by_id=by.person_id) if saved_id is None else None
    if one is None:
        one = session.scalar(_there().where(SavedReply.id == saved_id).with_for_update())
        if one is None or one.version != seen:
            raise CaseChanged(say("Somebody else has changed this saved reply since you opened it. Look at it again."))
    is_written = one.body != body
    is_wider = saved_id is not None and one.location_id is not None and fields.location_id != one.location_id
    if is_written or is_wider:
        one.approved_at = one.approved_by_id = None
    if is_written:
        one.edited_by_id = by.person_id  # whoever mends its name has not written it
    one.name, one.body, one.language, one.topic = name, body, fields.language, fields.topic
    one.anger_level, one.location_id = fields.anger_level, fields.location_id
    one.version, one.edited_at = one.version + 1, by.now
    session.add(one)
    session.flush()
    _log(session, KEPT, one, {"changed": is_written or is_wider}, by=by)
    return one


def approve_saved(session: Session, saved_id: int, *, seen: int, by: Actor) -> None:
    """From now on it may go out unchanged to calm reviews without a second person.

    Raises:
        CaseChanged: it has changed since it was shown, or is gone.
        BadValue: they wrote it themselves, or want it at more places than it was approved for.
    """
    one = session.scalar(_there().where(SavedReply.id == saved_id).with_for_update())
    if one is None or one.version != seen:
        raise CaseChanged(say("Somebody else has changed this saved reply since you opened it. Look at it again."))
    if by.person_id in authors_of(session, [one])[one.id]:
        raise BadValue(
            say("You wrote this saved reply, or had it serve at more places: somebody else has to approve it.")
        )
    one.approved_at, one.approved_by_id = by.now, by.person_id
    one.version += 1
    session.flush()
    _log(session, APPROVED, one, {}, by=by)


def authors_of(session: Session, replies: Collection[SavedReply]) -> dict[int, set[int]]:
    """By the number of each: who may not approve it, since they wrote it or widened its place.

    Read back in the log to where other words were approved: what was written before that had its second person, and
    an approval of these very words makes nobody but their author their author. Before there were such lines, whoever
    made it and whoever saved it last.
    """
    if not replies:
        return {}
    found = {one.id: {one.edited_by_id} if one.edited_by_id is not None else set() for one in replies}
    digests = {one.id: audit.text_digest(one.body) for one in replies}
    open_ids = set(found)
    told = select(AuditEntry).where(AuditEntry.kind.in_((KEPT, APPROVED))).order_by(AuditEntry.id.desc())
    for line in session.scalars(told):
        if not open_ids:
            break
        saved_id = line.facts["saved"]
        if saved_id not in open_ids:
            continue
        if line.kind == KEPT and line.facts["changed"] and line.person_id is not None:
            found[saved_id].add(line.person_id)
        is_first = line.kind == KEPT and line.facts["version"] == 1
        if is_first or (line.kind == APPROVED and line.facts["text"] != digests[saved_id]):
            open_ids.discard(saved_id)
    for one in replies:
        if one.id in open_ids and one.made_by_id is not None:
            found[one.id].add(one.made_by_id)
    return found


def take_saved(session: Session, saved_id: int, *, now: datetime) -> None:
    """It has just been put into an answer: whoever looks next finds the others first."""
    one = saved_reply(session, saved_id)
    if one is not None:
        one.used_at = now
        session.flush()


def delete_saved(session: Session, saved_id: int, *, now: datetime) -> bool:
    """Take it from the list; it can come back for a while. False: it was not there."""
    one = saved_reply(session, saved_id)
    if one is not None:
        one.deleted_at = now
        session.flush()
    return one is not None


def undelete_saved(session: Session, saved_id: int) -> bool:
    """Put it back. False: it is gone for good."""
    one = session.get(SavedReply, saved_id)
    if one is None:
        return False
    one.deleted_at = None
    session.flush()
    return True


def sweep_deleted(session: Session, *, now: datetime) -> None:
    """Away with those deleted long ago."""
    session.execute(delete(SavedReply).where(SavedReply.deleted_at < now - KEPT_DELETED))


def filled(body: str, values: Mapping[str, str]) -> str:
    """The text with what is known filled in, in one pass: a value is never read for variables again."""
    return _VARIABLE.sub(lambda found: values.get(found[1]) or found[0], body)


def variables_in(body: str) -> set[str]:
    """The names of its gaps."""
    return set(_VARIABLE.findall(body))


def count_saved(session: Session) -> int:
    """How many there are."""
    return session.scalar(select(func.count()).select_from(_there().subquery())) or 0


def _log(session: Session, kind: str, one: SavedReply, more: Mapping[str, bool], *, by: Actor) -> None:
    facts = {"saved": one.id, "version": one.version, "text": audit.text_digest(one.body), "place": one.location_id}
    audit.append(session, kind, {**facts, **more}, by=by, now=by.now)


def _there() -> Select[SavedReply]:
    return select(SavedReply).where(SavedReply.deleted_at.is_(None))


def _escaped(word: str) -> str:
    return word.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
