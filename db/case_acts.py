"""What people do with cases, one or many at once: the only way by which they are changed by hand.

Every act locks the reviews first (see `db.cases`), raises the version of each case that it changes, tells the timeline
and keeps the way back for a short while. Cases that are so already are left alone. Functions flush, never commit; who
may do it is for the caller to check, case by case.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any, Final

from sqlalchemy import delete, insert, select, update
from sqlalchemy.orm import Session

from .cases import chunks, lock_reviews, rank_soon, settle
from .clocks import CLOCK_COLUMNS, KEPT_FOR_UNDO, set_clocks
from .errors import BadValue, CaseChanged
from .models import Case, CaseEvent, CaseStage, Person, UndoStep
from .phrases import say
from .tags import TagRow, get_tag, put_back, put_tag, tag_named, take_tag, with_tag
from .verdicts import restore_verdict

UNDO_SHOWN: Final = timedelta(seconds=10)  # how long pages offer it: product decision of the issue
UNDO_KEPT: Final = timedelta(seconds=60)  # how long it works, for whoever pressed at the last moment on a slow line
REASON_MOST: Final = 2000
INSTANTS: Final = frozenset({"snoozed_until", "follow_up_at", "approval_asked_at", "clock_from_at"})


class Event(StrEnum):
    """What the timeline tells."""

    ASSIGNED = "assigned"  # facts: to_id, to_name; both None when it was taken from everybody
    STAGE = "stage"  # facts: stage, before, follow_up_at
    SNOOZED = "snoozed"  # facts: until
    WOKEN = "woken"  # facts: by_hand; why, where something happened before its time: reply, edit or author
    APPROVAL_ASKED = "approval_asked"  # facts: reason
    APPROVED = "approved"  # not to pursue it
    SENT_BACK = "sent_back"  # facts: reason
    WITHDRAWN = "withdrawn"  # whoever asked not to pursue it takes that back
    TAGGED = "tagged"  # facts: name
    UNTAGGED = "untagged"  # facts: name
    NOT_US = "not_us"  # put aside as about somebody else
    ABOUT_US = "about_us"  # and taken back
    JUDGED = "judged"  # facts: is_angry, None where one's own word was taken back; anger, as the model has it
    CAUSE = "cause"  # facts: cause_id, name; both empty where it was taken away
    UNDONE = "undone"  # facts: kind, of what was taken back
    ESCALATED = "escalated"  # time runs out: facts: step, of (how many), percent, over_min, names of those told


@dataclass(frozen=True, slots=True, kw_only=True)
class Actor:
    """Who does it, and when."""

    person_id: int
    name: str
    now: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Done:
    """What became of an act. `undo` is the token of its way back; None where nothing was changed."""

    changed: int
    untouched: int
    undo: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Undone:
    kind: str
    changed: int
    kept: int  # left as they are, for somebody has changed them since


def assign(
    session: Session, case_ids: Iterable[int], to_id: int | None, *, by: Actor, seen: Mapping[int, int] | None = None
) -> Done:
    """Give them to somebody, or with None to nobody.

    `seen` are the versions that were shown, by case; without it whatever there is now is changed.

    Raises:
        CaseChanged: one has changed since it was shown.
        BadValue: there is nobody of this id, or they cannot sign in any more.
    """
    to = session.get(Person, to_id) if to_id is not None else None
    if to_id is not None and (to is None or not to.is_active):
        raise BadValue(say("Nobody of that name works here any more. Choose somebody else."))
    facts = {"to_id": to_id, "to_name": to.name if to else None}
    return _act(session, case_ids, Event.ASSIGNED, lambda _: {"assignee_id": to_id}, facts, by=by, seen=seen)


def set_stage(
    session: Session,
    case_ids: Iterable[int],
    stage: CaseStage,
    *,
    by: Actor,
    follow_up_at: datetime | None = None,
    seen: Mapping[int, int] | None = None,
) -> Done:
    """Say how far people are: to do, waiting for the guest, done. Not pursuing one takes two (`ask_not_to_pursue`).

    Raises:
        CaseChanged: one has changed since it was shown.
        BadValue: not to pursue it was asked for; or a day to ask again without waiting.
    """
    if stage is CaseStage.NOT_PURSUED:
        raise BadValue(say("Not pursuing a case needs a reason, and somebody else who agrees."))
    if follow_up_at is not None and stage is not CaseStage.WAITING:
        raise BadValue(say("A day to ask again belongs to a case that waits for the guest."))
    values: dict[str, Any] = {"stage": stage, "follow_up_at": follow_up_at, "snoozed_until": None, **_NOT_ASKED}
    facts = {"stage": stage.value, "follow_up_at": follow_up_at.isoformat() if follow_up_at else None}
    return _act(session, case_ids, Event.STAGE, lambda _: values, facts, by=by, seen=seen)


def snooze(
    session: Session, case_ids: Iterable[int], until: datetime, *, by: Actor, seen: Mapping[int, int] | None = None
) -> Done:
    """Out of the queue until then, or until something happens.

    Raises:
        CaseChanged: one has changed since it was shown.
        BadValue: that is past.
    """
    if until <= by.now:
        raise BadValue(say("That time is past. Choose one that is still to come."))
    facts = {"until": until.isoformat()}
    return _act(session, case_ids, Event.SNOOZED, lambda _: {"snoozed_until": until}, facts, by=by, seen=seen)


def wake(session: Session, case_ids: Iterable[int], *, by: Actor) -> Done:
    """Back into the queue before its time."""
    return _act(session, case_ids, Event.WOKEN, lambda _: {"snoozed_until": None}, {"by_hand": True}, by=by)


def wake_due(session: Session, *, now: datetime, limit: int = 500) -> int:
    """Bring back those whose time has come; how many. Done by the worker, so nobody can take it back."""
    due = select(Case.id, Case.review_id).where(Case.snoozed_until <= now).order_by(Case.snoozed_until).limit(limit)
    lock_reviews(session, [row.review_id for row in session.execute(due)])
    return wake_these(session, dict(session.execute(due).all()), {"by_hand": False}, now=now)


def wake_these(session: Session, reviews: Mapping[int, int], facts: Mapping[str, Any], *, now: datetime) -> int:
    """Bring back snoozed cases, given with the ids of their reviews, which are locked; how many."""
    if reviews:
        session.execute(update(Case).where(Case.id.in_(reviews)).values(snoozed_until=None, version=Case.version + 1))
        record(session, sorted(reviews), Event.WOKEN, facts, by=None, now=now)
        settle(session, reviews.values())
        set_clocks(session, sorted(reviews), now=now)
    return len(reviews)


def ask_not_to_pursue(session: Session, case_id: int, reason: str, *, by: Actor, seen: int | None = None) -> Done:
    """Ask somebody else to agree that nothing more is done about it.

    Raises:
        CaseChanged: it has changed since it was shown.
        BadValue: there is no reason, or a book of it.
    """
    reason = _reason(reason)
    values = {"approval_asked_at": by.now, "approval_asked_by_id": by.person_id, "reason": reason}
    versions = None if seen is None else {case_id: seen}
    return _act(session, [case_id], Event.APPROVAL_ASKED, lambda _: values, {"reason": reason}, by=by, seen=versions)


def agree_not_to_pursue(session: Session, case_id: int, *, by: Actor, seen: int | None = None) -> Done:
    """The second person agrees.

    Raises:
        CaseChanged: it has changed since it was shown, or nobody asks any more.
        BadValue: it is the same person.
    """
    _asked_by_another(session, case_id, by)
    values = {"stage": CaseStage.NOT_PURSUED, "snoozed_until": None, "follow_up_at": None, **_NOT_ASKED}
    versions = None if seen is None else {case_id: seen}
    return _act(session, [case_id], Event.APPROVED, lambda _: values, {}, by=by, seen=versions)


def refuse_not_to_pursue(session: Session, case_id: int, reason: str, *, by: Actor, seen: int | None = None) -> Done:
    """The second person sends it back, and says why. Whoever asked may take it back by this as well.

    Raises:
        CaseChanged: it has changed since it was shown, or nobody asks any more.
        BadValue: there is no reason, or a book of it.
    """
    reason = _reason(reason)
    _asked(session, case_id)
    versions = None if seen is None else {case_id: seen}
    return _act(
        session, [case_id], Event.SENT_BACK, lambda _: dict(_NOT_ASKED), {"reason": reason}, by=by, seen=versions
    )


def withdraw_not_to_pursue(session: Session, case_id: int, *, by: Actor, seen: int | None = None) -> Done:
    """Whoever asked does so no more.

    Raises:
        CaseChanged: it has changed since it was shown, or nobody asks any more.
        BadValue: somebody else asked.
    """
    if _asked(session, case_id) != by.person_id:
        raise BadValue(say("Somebody else asked for this: an approver agrees or sends it back."))
    versions = None if seen is None else {case_id: seen}
    return _act(session, [case_id], Event.WITHDRAWN, lambda _: dict(_NOT_ASKED), {}, by=by, seen=versions)


def tag(session: Session, case_ids: Iterable[int], name: str, *, by: Actor) -> Done:
    """Put a tag on them.

    Raises:
        BadValue: the name is empty or too long.
    """
    wanted = set(case_ids)
    there = {id_ for some in chunks(wanted) for id_ in session.scalars(select(Case.id).where(Case.id.in_(some)))}
    one = tag_named(session, name)
    new = there - with_tag(session, one.id, there)
    put_tag(session, one.id, new)
    return _tagged(session, Event.TAGGED, one, new, untouched=len(wanted) - len(new), by=by)


def untag(session: Session, case_ids: Iterable[int], tag_id: int, *, by: Actor) -> Done:
    """Take a tag from them."""
    wanted = set(case_ids)
    one = get_tag(session, tag_id)
    gone = with_tag(session, tag_id, wanted) if one else set()
    if one is None or not gone:
        return Done(changed=0, untouched=len(wanted), undo=None)
    take_tag(session, tag_id, gone)
    return _tagged(session, Event.UNTAGGED, one, gone, untouched=len(wanted) - len(gone), by=by)


def undo(session: Session, token: str, *, by: Actor) -> Undone | None:
    """Take an act back: once, soon, and only by whoever did it. None where that cannot be done any more.

    A case that somebody has changed since keeps what they did.
    """
    step = session.scalar(
        delete(UndoStep)
        .where(UndoStep.token == token, UndoStep.person_id == by.person_id, UndoStep.expires_at > by.now)
        .returning(UndoStep)
    )
    if step is None:
        return None
    if step.kind in (Event.TAGGED, Event.UNTAGGED):
        ids = put_back(session, step.before)
        record(session, ids, Event.UNDONE, {"kind": step.kind}, by=by, now=by.now)
        return Undone(kind=step.kind, changed=len(ids), kept=len(step.before) - len(ids))
    before = {int(one["case_id"]): one for one in step.before}
    cases = _locked(session, before)
    back = [case for case in cases if case.version == before[case.id]["version"]]
    for case in back:
        for name, value in before[case.id]["columns"].items():
            setattr(case, name, _restored(name, value))
        case.version += 1
        if "verdict" in before[case.id]:
            restore_verdict(session, before[case.id]["verdict"], person_id=by.person_id)
    record(session, [case.id for case in back], Event.UNDONE, {"kind": step.kind}, by=by, now=by.now)
    _settle(session, back, now=by.now)
    if step.kind == Event.JUDGED:
        rank_soon(session, [case.id for case in back], now=by.now)
    return Undone(kind=step.kind, changed=len(back), kept=len(before) - len(back))


def sweep_undo(session: Session, *, now: datetime) -> None:
    """Forget the ways back that are closed."""
    session.execute(delete(UndoStep).where(UndoStep.expires_at <= now))


def record(
    session: Session,
    case_ids: Iterable[int],
    kind: str,
    facts: Mapping[str, Any],
    *,
    by: Actor | None,
    now: datetime,
) -> None:
    """Tell the timeline. `by` None: Amends itself did it."""
    who = {"person_id": by.person_id if by else None, "person_name": by.name if by else ""}
    rows = [{"case_id": id_, "happened_at": now, "kind": kind, "facts": dict(facts), **who} for id_ in case_ids]
    if rows:
        session.execute(insert(CaseEvent), rows)


_NOT_ASKED: Final[Mapping[str, Any]] = {"approval_asked_at": None, "approval_asked_by_id": None}


def _act(
    session: Session,
    case_ids: Iterable[int],
    kind: Event,
    change: Callable[[Case], Mapping[str, Any]],
    facts: Mapping[str, Any],
    *,
    by: Actor,
    seen: Mapping[int, int] | None = None,
    more: Mapping[str, Any] | None = None,
) -> Done:
    """Change columns of cases: what every act here comes down to.

    `more` is kept with the way back of each: what else was changed, see `undo`.

    Raises:
        CaseChanged: one has changed since it was shown.
    """
    wanted = set(case_ids)
    cases = _locked(session, wanted)
    if any(case.version != version for case in cases if (version := (seen or {}).get(case.id)) is not None):
        raise CaseChanged(say("Somebody else has changed this case since you opened it. Look at it again."))
    before: list[dict[str, Any]] = []
    changed: list[Case] = []
    for case in cases:
        values = {name: value for name, value in change(case).items() if getattr(case, name) != value}
        if not values:
            continue
        columns = {name: _kept(getattr(case, name)) for name in (*values, *KEPT_FOR_UNDO)}
        for name, value in values.items():
            setattr(case, name, value)
        case.version += 1
        before.append({"case_id": case.id, "version": case.version, "columns": columns, **(more or {})})
        changed.append(case)
    untouched = len(wanted) - len(changed)
    if not changed:
        return Done(changed=0, untouched=untouched, undo=None)
    record(session, [case.id for case in changed], kind, facts, by=by, now=by.now)
    _settle(session, changed, now=by.now)
    return Done(changed=len(changed), untouched=untouched, undo=_keep_way_back(session, kind, before, by=by))


def _tagged(session: Session, kind: Event, one: TagRow, ids: set[int], *, untouched: int, by: Actor) -> Done:
    if not ids:
        return Done(changed=0, untouched=untouched, undo=None)
    record(session, sorted(ids), kind, {"name": one.name}, by=by, now=by.now)
    before = [{"case_id": id_, "tag_id": one.id, "was_on": kind is Event.UNTAGGED} for id_ in sorted(ids)]
    return Done(changed=len(ids), untouched=untouched, undo=_keep_way_back(session, kind, before, by=by))


def _settle(session: Session, cases: list[Case], *, now: datetime) -> None:
    settle(session, [case.review_id for case in cases])
    set_clocks(session, [case.id for case in cases], now=now)
    for case in cases:
        session.expire(case, ["in_queue", "priority_due_at", *CLOCK_COLUMNS])


def _locked(session: Session, case_ids: Iterable[int]) -> list[Case]:
    """The cases as they are now; nobody changes them until the transaction ends. Those that are gone are left out."""
    ids = set(case_ids)
    reviews = [id_ for some in chunks(ids) for id_ in session.scalars(select(Case.review_id).where(Case.id.in_(some)))]
    lock_reviews(session, reviews)
    return [
        case
        for some in chunks(ids)
        for case in session.scalars(
            select(Case).where(Case.id.in_(some)).order_by(Case.id).execution_options(populate_existing=True)
        )
    ]


def _keep_way_back(session: Session, kind: str, before: list[dict[str, Any]], *, by: Actor) -> str:
    sweep_undo(session, now=by.now)
    token = secrets.token_urlsafe(16)
    session.add(UndoStep(person_id=by.person_id, token=token, kind=kind, before=before, expires_at=by.now + UNDO_KEPT))
    session.flush()
    return token


def _kept(value: Any) -> Any:
    return value.isoformat() if isinstance(value, datetime) else value


def _restored(name: str, value: Any) -> Any:
    if name == "stage":
        return CaseStage(value)
    return datetime.fromisoformat(value) if name in INSTANTS and value is not None else value


def _reason(text: str) -> str:
    text = text.strip()
    if not text:
        raise BadValue(say("Say why: a sentence is enough. Whoever reads this case later will want to know."))
    if len(text) > REASON_MOST:
        raise BadValue(say("That is too long: %(most)s letters at most.", most=REASON_MOST))
    return text


def _asked(session: Session, case_id: int) -> int | None:
    row = session.execute(select(Case.approval_asked_at, Case.approval_asked_by_id).where(Case.id == case_id)).first()
    if row is None or row.approval_asked_at is None:
        raise CaseChanged(say("Nobody asks about this case any more. Look at it again."))
    asker: int | None = row.approval_asked_by_id
    return asker


def _asked_by_another(session: Session, case_id: int, by: Actor) -> None:
    if _asked(session, case_id) == by.person_id:
        raise BadValue(say("You asked for this yourself: somebody else has to agree."))
