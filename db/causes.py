"""The causes of complaints that people choose from: a list of the owner's, and the one of each case.

Functions flush and never commit; who may do it is for the caller to check.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from .acting import Actor, Done, Event, act
from .errors import BadValue, CaseChanged
from .improvements import merge_improvements
from .models import Case, Cause, Review
from .phrases import say
from .wording import likened

NAME_MOST: Final = 80
CAUSES_MOST: Final = 100  # to choose from: more than anybody reads through


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseCause:
    """What was chosen for a case."""

    case_id: int
    cause_id: int | None


def list_causes(session: Session, *, with_retired: bool = False) -> Sequence[Cause]:
    """In the order of the owner; retired ones last."""
    wanted = select(Cause).order_by(Cause.retired_at.is_not(None), Cause.rank, Cause.id)
    return session.scalars(wanted if with_retired else wanted.where(Cause.retired_at.is_(None))).all()


def add_cause(session: Session, name: str, *, words: Mapping[str, str], now: datetime) -> Cause:
    """Add one in the owner's words. `words` are those of the starter lists by key, which must not be repeated either.

    Raises:
        BadValue: there is no name, it is too long or taken, or there are enough.
    """
    name = _new_name(session, name, words=words)
    return _add(session, Cause(name=name, added_at=now))


def add_starters(session: Session, keys: Sequence[str], *, now: datetime) -> int:
    """Add those of a starter list that are not there yet, retired ones included; how many.

    Raises:
        BadValue: there would be too many.
    """
    there = set(session.scalars(select(Cause.key).where(Cause.key.in_(keys))))
    new = [key for key in keys if key not in there]
    for key in new:
        _add(session, Cause(key=key, added_at=now))
    return len(new)


def rename_cause(session: Session, cause_id: int, name: str, *, words: Mapping[str, str]) -> None:
    """Call it otherwise, for all that was counted under it too.

    Raises:
        BadValue: there is no such cause, no name, or it is too long or taken.
    """
    cause = _one(session, cause_id)
    cause.name = _new_name(session, name, words=words, but=cause_id)
    session.flush()


def move_cause(session: Session, cause_id: int, *, up: bool) -> None:
    """One place up or down in the order.

    Raises:
        BadValue: there is no such cause.
    """
    _one(session, cause_id)
    order = [cause.id for cause in list_causes(session)]
    if cause_id not in order:
        return
    at = order.index(cause_id)
    to = min(max(at + (-1 if up else 1), 0), len(order) - 1)
    order.insert(to, order.pop(at))
    session.execute(update(Cause), [{"id": id_, "rank": rank} for rank, id_ in enumerate(order, start=1)])
    session.expire_all()


def retire_cause(session: Session, cause_id: int, *, now: datetime) -> None:
    """Offer it no more. What was counted under it stays.

    Raises:
        BadValue: there is no such cause.
    """
    cause = _one(session, cause_id)
    cause.retired_at = cause.retired_at or now
    session.flush()


def revive_cause(session: Session, cause_id: int) -> None:
    """Offer it again, at the end of the list.

    Raises:
        BadValue: there is no such cause, or there are enough.
    """
    cause = _one(session, cause_id)
    if cause.retired_at is not None:
        cause.retired_at = cause.merged_into_id = None
        _add(session, cause)


def merge_cause(session: Session, cause_id: int, into_id: int, *, now: datetime) -> int:
    """Count all that was counted under one under another, and offer the first no more; how many cases.

    Raises:
        BadValue: there is no such cause, or both are one.
    """
    cause, into = _one(session, cause_id), _one(session, into_id)
    if cause is into or into.retired_at is not None:
        raise BadValue(say("Choose another cause to merge it into, one that is still offered."))
    moved = session.execute(
        update(Case)
        .where(Case.cause_id == cause_id)
        .values(cause_id=into_id, version=Case.version + 1)
        .returning(Case.id),
        execution_options={"synchronize_session": False},
    ).all()
    merge_improvements(session, cause_id, into_id)
    cause.retired_at, cause.merged_into_id = now, into_id
    session.flush()
    session.expire_all()
    return len(moved)


def cause_counts(session: Session, *, since: datetime) -> dict[int, int]:
    """How many reviews published since then have each cause."""
    rows = session.execute(
        select(Case.cause_id, func.count())
        .join(Review, Review.id == Case.review_id)
        .where(Case.cause_id.is_not(None), Review.published_at >= since)
        .group_by(Case.cause_id)
    )
    return {cause_id: count for cause_id, count in rows if cause_id is not None}


def cause_of(session: Session, review_id: int) -> CaseCause | None:
    """The cause of a review's case."""
    row = session.execute(select(Case.id, Case.cause_id).where(Case.review_id == review_id)).first()
    return None if row is None else CaseCause(case_id=row.id, cause_id=row.cause_id)


def choose_cause(
    session: Session, case_id: int, cause_id: int | None, name: str, *, by: Actor, shown: int | None
) -> Done:
    """Say what a complaint comes from; None: nothing is said of it any more.

    `name` is what the timeline will call it, `shown` what was chosen when the page was opened.

    Raises:
        BadValue: there is no such cause, or it is offered no more.
        CaseChanged: somebody else has chosen another meanwhile.
    """
    now = session.scalar(select(Case.cause_id).where(Case.id == case_id))
    if now not in (shown, cause_id):
        raise CaseChanged(say("Somebody else has chosen a cause since you opened this case. Look at it again."))
    if cause_id is not None and cause_id != now and _one(session, cause_id).retired_at is not None:
        raise BadValue(say("This cause is offered no more. Choose another."))
    facts = {"cause_id": cause_id, "name": name}
    return act(session, [case_id], Event.CAUSE, lambda _: {"cause_id": cause_id}, facts, by=by)


def _one(session: Session, cause_id: int) -> Cause:
    cause = session.get(Cause, cause_id)
    if cause is None:
        raise BadValue(say("There is no such cause. Choose another."))
    return cause


def _add(session: Session, cause: Cause) -> Cause:
    count, last = session.execute(select(func.count(), func.max(Cause.rank)).where(Cause.retired_at.is_(None))).one()
    if count >= CAUSES_MOST:
        raise BadValue(say("There are %(most)s causes already. Retire or merge some first.", most=CAUSES_MOST))
    cause.rank = (last or 0) + 1
    session.add(cause)
    session.flush()
    return cause


def _new_name(session: Session, name: str, *, words: Mapping[str, str], but: int | None = None) -> str:
    name = " ".join(name.split())
    if not name:
        raise BadValue(say("Give it a name."))
    if len(name) > NAME_MOST:
        raise BadValue(say("That is too long: %(most)s letters at most.", most=NAME_MOST))
    for cause in list_causes(session, with_retired=True):
        if cause.id != but and likened(cause.name or words.get(cause.key, "")) == likened(name):
            raise BadValue(say("There is a cause of this name already."))
    return name
