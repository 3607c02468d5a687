"""The one way by which people change cases: locked, told to the timeline, and with a way back for a short while.

Every act locks the reviews first (see `db.cases`), raises the version of each case that it changes, tells the timeline
and keeps the way back. Cases that are so already are left alone. Functions flush, never commit; who may do it is for
the caller to check, case by case. The acts themselves are in `db.case_acts`, `db.causes` and `db.judging`.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any, Final

from sqlalchemy import delete, insert, select
from sqlalchemy.orm import Session

from .cases import chunks, lock_reviews, settle
from .clocks import CLOCK_COLUMNS, KEPT_FOR_UNDO, set_clocks
from .errors import CaseChanged
from .follow_up_rows import restore_follow_up
from .models import Case, CaseEvent, CaseStage, UndoStep
from .outbox import MAILED_AFTER
from .phrases import say
from .priorities import rank_soon
from .tags import put_back
from .verdicts import restore_verdict
from .webhook_events import watched

UNDO_SHOWN: Final = timedelta(seconds=10)  # how long pages offer it: product decision of the issue
UNDO_KEPT: Final = MAILED_AFTER  # how long it works, for whoever pressed at the last moment on a slow line
INSTANTS: Final = frozenset({"snoozed_until", "follow_up_at", "unsettled_at", "approval_asked_at", "clock_from_at"})


class Event(StrEnum):
    """What the timeline tells."""

    # Facts: to_id, to_name, both None for nobody; of a rule also what it says, and for whom; answer: theirs came back.
    ASSIGNED = "assigned"
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
    FOLLOW_UP_SET = "follow_up_set"  # facts: days, of the place; is_remedy, where an offer set them
    FOLLOWED_UP = "followed_up"  # facts: outcome, due_on
    FOLLOW_UP_REOPENED = "follow_up_reopened"  # facts: due_on
    FOLLOW_UP_GONE = "follow_up_gone"  # with the offer that it was about; facts: days
    ESCALATED = "escalated"  # time runs out: facts: step, of (how many), percent, over_min, names of those told


@dataclass(frozen=True, slots=True, kw_only=True)
class Actor:
    """Who does it, and when. `via` names the token of a program that does it for them; empty: on the pages."""

    person_id: int
    name: str
    now: datetime
    via: str = ""


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
    with watched(session, [case.review_id for case in back], now=by.now):
        for case in back:
            for name, value in before[case.id]["columns"].items():
                setattr(case, name, _restored(name, value))
            case.version += 1
            if "verdict" in before[case.id]:
                restore_verdict(session, before[case.id]["verdict"], person_id=by.person_id)
            if "follow_up" in before[case.id]:
                restore_follow_up(session, before[case.id]["follow_up"])
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
    if by and by.via:
        facts = {**facts, "via": by.via}
    who = {"person_id": by.person_id if by else None, "person_name": by.name if by else ""}
    rows = [{"case_id": id_, "happened_at": now, "kind": kind, "facts": dict(facts), **who} for id_ in case_ids]
    if rows:
        session.execute(insert(CaseEvent), rows)


def act(
    session: Session,
    case_ids: Iterable[int],
    kind: Event,
    change: Callable[[Case], Mapping[str, Any]],
    facts: Mapping[str, Any],
    *,
    by: Actor,
    seen: Mapping[int, int] | None = None,
    more: Mapping[str, Any] | None = None,
    is_more_changed: bool = False,
) -> Done:
    """Change columns of cases: what every act here comes down to.

    `more` is kept with the way back of each: what else was changed, see `undo`. With `is_more_changed` that alone is
    a change, where no column is another.

    Raises:
        CaseChanged: one has changed since it was shown.
    """
    wanted = set(case_ids)
    cases = _locked(session, wanted)
    if any(case.version != version for case in cases if (version := (seen or {}).get(case.id)) is not None):
        raise CaseChanged(say("Somebody else has changed this case since you opened it. Look at it again."))
    before: list[dict[str, Any]] = []
    changed: list[Case] = []
    with watched(session, [case.review_id for case in cases], now=by.now):
        for case in cases:
            values = {name: value for name, value in change(case).items() if getattr(case, name) != value}
            if not values and not is_more_changed:
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
    return Done(changed=len(changed), untouched=untouched, undo=keep_way_back(session, kind, before, by=by))


def as_one(session: Session, dones: Sequence[Done]) -> Done:
    """Several acts of one kind by one person, with one way back from all of them."""
    tokens = [done.undo for done in dones if done.undo is not None]
    steps = session.scalars(select(UndoStep).where(UndoStep.token.in_(tokens)).order_by(UndoStep.id)).all()
    for other in steps[1:]:
        steps[0].before = [*steps[0].before, *other.before]
        session.delete(other)
    session.flush()
    return Done(
        changed=sum(done.changed for done in dones),
        untouched=sum(done.untouched for done in dones),
        undo=steps[0].token if steps else None,
    )


def _settle(session: Session, cases: list[Case], *, now: datetime) -> None:
    settle(session, [case.review_id for case in cases])
    set_clocks(session, [case.id for case in cases], now=now)
    for case in cases:
        session.expire(case, ["in_queue", "rank", "priority_due_at", "asks_at", *CLOCK_COLUMNS])


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


def keep_way_back(session: Session, kind: str, before: list[dict[str, Any]], *, by: Actor) -> str:
    """The token of a way back from what was done to cases; `before` as `UndoStep.before` has it."""
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
