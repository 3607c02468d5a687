"""The words of an answer: saved while they are typed, with every earlier wording, and nobody overwrites another's.

What one person types in one sitting is one wording: saving it again every two seconds makes no further ones, unless
much of it is gone at once, which may have been a slip. Whoever saves over something they have not seen is told so, and
what they typed is kept aside. Functions flush and never commit.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from .acting import Actor
from .cases import lock_reviews
from .errors import BadValue, CaseChanged
from .models import Case, Reply, ReplyState, ReplyVersion, Review, VersionKind
from .phrases import say

REPLY_MOST: Final = 10_000  # characters: more than any platform takes
SITTING: Final = timedelta(minutes=10)  # a pause longer than this begins a new wording
# So does taking out more letters at once than this, if they are more than this part of them all.
GONE_LEAST: Final = 40
GONE_PART: Final = 3
WRITABLE: Final = frozenset({ReplyState.DRAFT, ReplyState.REJECTED, ReplyState.FAILED})
_CONTROLS: Final = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Saved:
    """What became of saving: the version to save over next, and the number of the wording.

    Where `refused` says why, nothing was saved as the answer: somebody else was faster, or it cannot be changed now.
    The words are kept aside then, so the transaction is to be committed all the same.
    """

    version: int
    number: int
    refused: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wording:
    """One wording of an answer."""

    number: int
    kind: VersionKind
    body: str
    person_id: int | None
    person_name: str  # empty: Amends itself
    begun_at: datetime
    saved_at: datetime
    facts: Mapping[str, Any]


def as_kept(body: str) -> str:
    """Words as they are stored: browsers send line ends of their own, NUL fits no database, and no platform shows what
    else steers a terminal."""
    return _CONTROLS.sub("", body.replace("\r\n", "\n").replace("\r", "\n"))


def reply_of(session: Session, case_id: int) -> Reply | None:
    """The answer of a case, if anybody has begun one."""
    return session.scalar(select(Reply).where(Reply.case_id == case_id).execution_options(populate_existing=True))


def locked_reply(session: Session, case_id: int) -> tuple[Case, Review, Reply]:
    """The answer of a case, made where there is none, held with its review until the transaction ends.

    Raises:
        CaseChanged: the case is gone.
    """
    review_id = session.scalar(select(Case.review_id).where(Case.id == case_id))
    if review_id is None:
        raise CaseChanged(say("This case is gone. Go back to the queue."))
    lock_reviews(session, [review_id])
    fresh = {"populate_existing": True}
    review = session.scalars(select(Review).where(Review.id == review_id).execution_options(**fresh)).one()
    case = session.scalars(select(Case).where(Case.id == case_id).execution_options(**fresh)).one()
    reply = session.scalar(select(Reply).where(Reply.case_id == case_id).execution_options(**fresh))
    if reply is None:
        reply = Reply(case_id=case_id, state=ReplyState.DRAFT, body="", version=0, number=0, author_ids=[], findings=[])
        session.add(reply)
        session.flush()
    return case, review, reply


def save_words(
    session: Session,
    case_id: int,
    body: str,
    *,
    seen: int,
    by: Actor,
    kind: VersionKind = VersionKind.SAVED,
    facts: Mapping[str, Any] | None = None,
    saved_reply_id: int | None = None,
) -> Saved:
    """Save a wording over the version that was seen, 0 for none. Words that are there already change nothing.

    `saved_reply_id`: the words are that saved reply's, filled in and nothing else.

    Raises:
        CaseChanged: the case is gone.
        BadValue: it is too long.
    """
    body = as_kept(body)
    if len(body) > REPLY_MOST:
        raise BadValue(say("That is too long: %(most)s letters at most.", most=REPLY_MOST))
    case, _, reply = locked_reply(session, case_id)
    if body == reply.body and (saved_reply_id is None or saved_reply_id == reply.saved_reply_id):
        return Saved(version=reply.version, number=reply.number)
    if reply.state not in WRITABLE:
        why = say("This answer cannot be changed now: it waits for approval, or has been approved.")
        return _kept_aside(session, reply, body, why, by=by)
    if reply.version != seen:
        last = _wording(session, reply, reply.number)
        why = say("This answer has changed since you opened it. Your words are kept beside it.")
        if last and last.person_name:
            name = last.person_name
            why = say("%(name)s has changed this answer since you opened it. Your words are kept beside it.", name=name)
            if last.person_id == by.person_id:
                why = say("This answer has changed in another window of yours. These words are kept beside it.")
        return _kept_aside(session, reply, body, why, by=by)
    if saved_reply_id is not None:
        facts = {"saved_reply": saved_reply_id}  # a wording of its own: what was typed before is not gone
    _put(session, reply, body, kind=kind, facts=facts or {}, by=by)
    reply.saved_reply_id = saved_reply_id
    touched(case, reply, ReplyState.DRAFT)
    session.flush()
    return Saved(version=reply.version, number=reply.number)


def restore(session: Session, case_id: int, number: int, *, seen: int, by: Actor) -> Saved:
    """Make an earlier wording the present one, as a new one. Where that is refused nothing is kept aside: it is kept.

    Raises:
        CaseChanged: the case is gone.
        BadValue: there is no such wording.
    """
    _, _, reply = locked_reply(session, case_id)
    found = _wording(session, reply, number)
    if found is None:
        raise BadValue(say("There is no such wording. Choose one from the list."))
    if reply.state in WRITABLE and reply.version != seen:
        why = say("This answer has changed since you opened it. Look at it again.")
        return Saved(version=reply.version, number=reply.number, refused=why)
    return save_words(session, case_id, found.body, seen=seen, by=by, kind=VersionKind.RESTORED,
                      facts={"of": number})  # fmt: skip


def keep_findings(session: Session, case_id: int, findings: Sequence[Mapping[str, Any]], *, seen: int) -> None:
    """Keep what the checks found in the words of this version; nothing where they have changed since.

    Nor of one that failed: it may go again as it was approved, and whoever approved it lifted what they saw, not what
    is found only now.
    """
    _, _, reply = locked_reply(session, case_id)
    if reply.version == seen and reply.state in WRITABLE and reply.state is not ReplyState.FAILED:
        reply.findings = [dict(one) for one in findings]
        session.flush()


def wordings(session: Session, reply_id: int) -> Sequence[Wording]:
    """Every wording, the newest first."""
    rows = session.scalars(
        select(ReplyVersion).where(ReplyVersion.reply_id == reply_id).order_by(ReplyVersion.number.desc())
    )
    return [
        Wording(
            number=row.number,
            kind=row.kind,
            body=row.body,
            person_id=row.person_id,
            person_name=row.person_name,
            begun_at=row.begun_at,
            saved_at=row.saved_at,
            facts=row.facts,
        )
        for row in rows
    ]


def put_words(session: Session, reply: Reply, body: str, *, kind: VersionKind, by: Actor) -> None:
    """A new wording of an answer that is held, whatever its state: for `db.reply_flow`, which checks who may."""
    _put(session, reply, body, kind=kind, facts={}, by=by)


def touched(case: Case, reply: Reply, state: ReplyState) -> None:
    """Set how far it is, here and on the case, by which lists ask; whatever was seen before is old now."""
    reply.state = state
    reply.version += 1
    case.reply_state = state


def _put(session: Session, reply: Reply, body: str, *, kind: VersionKind, facts: Mapping[str, Any], by: Actor) -> None:
    last = _wording(session, reply, reply.number)
    is_same_sitting = (
        kind is VersionKind.SAVED
        and not facts
        and last is not None
        and last.kind is VersionKind.SAVED
        and last.person_id == by.person_id
        and last.number == last_number(session, reply)
        and by.now - last.saved_at < SITTING
        and not _is_taken_out(last.body, body)
    )
    if last is not None and is_same_sitting:
        last.body, last.saved_at = body, by.now
    else:
        reply.number = last_number(session, reply) + 1
        session.add(new_version(reply, reply.number, body, kind=kind, facts=facts, by=by))
    reply.body, reply.findings = body, []  # what was found was found in other words
    if kind is not VersionKind.COMPOSED and by.person_id not in reply.author_ids:
        reply.author_ids = [*reply.author_ids, by.person_id]
    session.flush()


def _is_taken_out(before: str, after: str) -> bool:
    """Whether much of the words is gone at once, by a slip as easily as on purpose: they can be put back then."""
    gone = _gone(before, after)
    return gone > GONE_LEAST and gone > len(before) // GONE_PART


def _gone(before: str, after: str) -> int:
    """How many letters are gone, as far as what is left stands at the beginning or at the end."""
    begins = _shared(before, after)
    return len(before) - begins - _shared(before[begins:][::-1], after[begins:][::-1])


def _shared(one: str, other: str) -> int:
    """How many letters both begin with."""
    unlike = (at for at, (a, b) in enumerate(zip(one, other, strict=False)) if a != b)
    return next(unlike, min(len(one), len(other)))


def _kept_aside(session: Session, reply: Reply, body: str, why: str, *, by: Actor) -> Saved:
    """So that nothing typed is lost; saving the same again every two seconds keeps one."""
    number = last_number(session, reply)
    last = _wording(session, reply, number)
    is_own = last is not None and last.kind is VersionKind.ASIDE and last.person_id == by.person_id
    if last is not None and is_own and _is_typed_on(last.body, body):
        last.body, last.saved_at = body, by.now
    elif body.strip():
        session.add(new_version(reply, number + 1, body, kind=VersionKind.ASIDE, facts={}, by=by))
    session.flush()
    return Saved(version=reply.version, number=reply.number, refused=why)


def _is_typed_on(before: str, after: str) -> bool:
    """Whether it is the same text a moment later: not emptied, and not that of another window."""
    return bool(after.strip()) and _gone(before, after) <= len(before) // GONE_PART


def new_version(
    reply: Reply, number: int, body: str, *, kind: VersionKind, facts: Mapping[str, Any], by: Actor
) -> ReplyVersion:
    """A wording of the answer, to be added to the session."""
    return ReplyVersion(
        reply_id=reply.id,
        number=number,
        kind=kind,
        body=body,
        person_id=by.person_id,
        person_name=by.name,
        begun_at=by.now,
        saved_at=by.now,
        facts=dict(facts),
    )


def _wording(session: Session, reply: Reply, number: int) -> ReplyVersion | None:
    return session.scalar(select(ReplyVersion).where(ReplyVersion.reply_id == reply.id, ReplyVersion.number == number))


def is_alone_since(session: Session, reply: Reply, number: int, *, by: Actor) -> bool:
    """Whether nobody else has changed the answer since this wording was made, and it has not been handed on."""
    others = select(ReplyVersion.id).where(
        ReplyVersion.reply_id == reply.id,
        ReplyVersion.number >= number,
        ReplyVersion.kind.not_in((VersionKind.ASIDE, VersionKind.REDRAFTED)),
        ReplyVersion.person_id.is_distinct_from(by.person_id),
    )
    return reply.state in WRITABLE and session.scalar(others.limit(1)) is None


def last_number(session: Session, reply: Reply) -> int:
    """That of its newest wording; 0 where there is none."""
    return session.scalar(select(func.max(ReplyVersion.number)).where(ReplyVersion.reply_id == reply.id)) or 0
