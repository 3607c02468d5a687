"""Improvement actions: what a place changes because of a cause, who sees to it and by when, and each step of it.

Every change locks the action, refuses what was shown before somebody else changed it, raises its version and adds a
step to its history. The last step can be taken back, soon and by whoever took it. Functions flush and never commit;
who may do it is for the caller to check.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from .absences import day_at
from .acting import UNDO_KEPT, Actor
from .errors import BadValue, CaseChanged
from .improvement_mails import put_improvement_mail
from .models import Cause, Improvement, ImprovementChange, ImprovementState, ImprovementStep, Location, Person
from .people import people_at
from .phrases import say
from .roles import Act
from .wording import clean

TITLE_MOST: Final = 200  # characters, as the column
WORK_MOST: Final = 10_000
_STEPS: Final = {
    ImprovementState.DONE: ImprovementChange.DONE,
    ImprovementState.DROPPED: ImprovementChange.DROPPED,
    ImprovementState.OPEN: ImprovementChange.REOPENED,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What is to be done, by whom and by when."""

    title: str
    owner_id: int
    due_on: date


def open_improvement(session: Session, location_id: int, cause_id: int, plan: Plan, *, by: Actor) -> Improvement:
    """Open one for a cause at a place; its owner hears of it by mail, in a moment.

    Raises:
        BadValue: it says nothing or too much, its day has passed, its owner does not work there, or there is no such
            cause or it is retired.
    """
    place, cause = session.get_one(Location, location_id), session.get(Cause, cause_id)
    if cause is None or cause.retired_at is not None:
        raise BadValue(say("This cause is offered no more. Choose another."))
    title, owner = _checked(session, plan, place, by=by)
    one = Improvement(
        location_id=place.id,
        cause_id=cause.id,
        title=title,
        owner_id=owner.id,
        owner_name=owner.name,
        due_on=plan.due_on,
        opened_at=by.now,
        opened_by_id=by.person_id,
        opened_by_name=by.name,
    )
    session.add(one)
    session.flush()
    _tell(session, one, ImprovementChange.OPENED, {}, {}, by=by)
    put_improvement_mail(session, one, place.timezone, by=by)
    return one


def change_improvement(session: Session, improvement_id: int, plan: Plan, *, seen: int, by: Actor) -> bool:
    """Give it other words, another owner or another day; a new owner hears of it. False where it is so already.

    Raises:
        BadValue: as when it was opened; or it is open no more.
        CaseChanged: somebody else has changed it since.
    """
    one = _held(session, improvement_id, seen)
    if one.state is not ImprovementState.OPEN:
        raise BadValue(say("It is no longer open. Open it again first."))
    place = session.get_one(Location, one.location_id)
    title, owner = _checked(session, plan, place, by=by, day_before=one.due_on, owner_before=one.owner_id)
    was = one.owner_id
    values = {"title": title, "owner_id": owner.id, "owner_name": owner.name, "due_on": plan.due_on}
    if not _change(session, one, ImprovementChange.CHANGED, values, by=by):
        return False
    if owner.id != was:
        put_improvement_mail(session, one, place.timezone, by=by)
    return True


def note_work(session: Session, improvement_id: int, work: str, *, seen: int, by: Actor) -> bool:
    """Say what is done. False where it says so already.

    Raises:
        BadValue: it is a book.
        CaseChanged: somebody else has changed it since.
    """
    work = clean(work).replace("\r\n", "\n").strip()
    if len(work) > WORK_MOST:
        raise BadValue(say("That is too long: %(most)s letters at most.", most=WORK_MOST))
    one = _held(session, improvement_id, seen)
    return _change(session, one, ImprovementChange.NOTED, {"work": work}, by=by)


def move_improvement(
    session: Session,
    improvement_id: int,
    to: ImprovementState,
    *,
    done_on: date | None = None,
    seen: int,
    by: Actor,
) -> bool:
    """It is done, dropped or open again. `done_on` is the day since when it works; without one, today at the place.

    Raises:
        BadValue: that day lies ahead.
        CaseChanged: somebody else has changed it since.
    """
    one = _held(session, improvement_id, seen)
    today = day_at(by.now, session.get_one(Location, one.location_id).timezone)
    if to is not ImprovementState.DONE:
        done_on = None
    elif (done_on := done_on or today) > today:
        raise BadValue(say("That day lies ahead. It is done once it works."))
    return _change(session, one, _STEPS[to], {"state": to, "done_on": done_on}, by=by)


def take_back(session: Session, improvement_id: int, *, seen: int, by: Actor) -> bool:
    """To where it stood before the last step. One that was just opened is gone by this: then False.

    Raises:
        CaseChanged: it has changed since, too much time has passed, or somebody else took the step.
    """
    one = _held(session, improvement_id, seen)
    last = session.scalars(
        select(ImprovementStep).where(ImprovementStep.improvement_id == one.id).order_by(ImprovementStep.id.desc())
    ).first()
    is_mine = last is not None and last.person_id == by.person_id and by.now - last.happened_at <= UNDO_KEPT
    if last is None or not is_mine or last.kind is ImprovementChange.UNDONE:
        raise CaseChanged(say("That can no longer be taken back. Change it by hand instead."))
    if last.kind is ImprovementChange.OPENED:
        session.delete(one)
        session.flush()
        return False
    _change(session, one, ImprovementChange.UNDONE, _read(last.before), by=by)
    return True


def merge_improvements(session: Session, cause_id: int, into_id: int) -> None:
    """What was opened for one cause belongs to another from now on: the two were merged."""
    moved = update(Improvement).where(Improvement.cause_id == cause_id)
    session.execute(moved.values(cause_id=into_id), execution_options={"synchronize_session": False})


def _held(session: Session, improvement_id: int, seen: int) -> Improvement:
    """Locked, as it was shown."""
    found = select(Improvement).where(Improvement.id == improvement_id).with_for_update()
    one = session.scalars(found.execution_options(populate_existing=True)).one_or_none()
    if one is None or one.version != seen:
        raise CaseChanged(say("Somebody else has changed this action since you opened it. Look at it again."))
    return one


def _checked(
    session: Session,
    plan: Plan,
    place: Location,
    *,
    by: Actor,
    day_before: date | None = None,
    owner_before: int | None = None,
) -> tuple[str, Person]:
    title = " ".join(clean(plan.title).split())
    if not title:
        raise BadValue(say("Write down what shall change."))
    if len(title) > TITLE_MOST:
        raise BadValue(say("That is too long: %(most)s letters at most.", most=TITLE_MOST))
    if plan.due_on != day_before and plan.due_on < day_at(by.now, place.timezone):
        raise BadValue(say("Choose a day that is still to come."))
    works_here = {one.id for one in people_at(session, Act.WORK, [place.id])}
    owner = session.get(Person, plan.owner_id)
    if owner is None or (owner.id not in works_here and owner.id != owner_before):
        raise BadValue(say("Nobody of that name works here. Choose somebody from the list."))
    return title, owner


def _change(
    session: Session, one: Improvement, kind: ImprovementChange, values: Mapping[str, Any], *, by: Actor
) -> bool:
    before = {name: getattr(one, name) for name in values}
    changed = {name: value for name, value in values.items() if before[name] != value}
    if not changed:
        return False
    for name, value in changed.items():
        setattr(one, name, value)
    one.version += 1
    session.flush()
    _tell(session, one, kind, {name: before[name] for name in changed}, changed, by=by)
    return True


def _tell(
    session: Session,
    one: Improvement,
    kind: ImprovementChange,
    before: Mapping[str, Any],
    after: Mapping[str, Any],
    *,
    by: Actor,
) -> None:
    session.add(
        ImprovementStep(
            improvement_id=one.id,
            kind=kind,
            happened_at=by.now,
            person_id=by.person_id,
            person_name=by.name,
            before={name: _plain(value) for name, value in before.items()},
            after={name: _plain(value) for name, value in after.items()},
        )
    )
    session.flush()


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else value


def _read(kept: Mapping[str, Any]) -> dict[str, Any]:
    """Columns out of a step."""
    days = {name: date.fromisoformat(kept[name]) for name in ("due_on", "done_on") if kept.get(name)}
    states = {"state": ImprovementState(kept["state"])} if "state" in kept else {}
    return {**kept, **days, **states}
