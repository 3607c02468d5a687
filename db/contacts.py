"""The contact log of a case: who spoke with its customer, when, by which channel, what was said and agreed; and the
steps that were promised, each with somebody who sees to it and a day.

Functions flush and never commit.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

from sqlalchemy import ColumnElement, Select, delete, select, update
from sqlalchemy.orm import Session

from .acting import UNDO_KEPT, Actor, record
from .errors import BadValue
from .follow_days import morning_of
from .models import Case, Channel, Contact, Location, Person, Promise, Review, Source
from .phrases import say
from .session import once
from .wording import clean

PROMISED: Final = "promised"  # events of the timeline; facts: owner, due_on
KEPT_PROMISE: Final = "promise_kept"
REOPENED_PROMISE: Final = "promise_reopened"
SAID_MOST: Final = 10_000  # characters: the whole of a long message
WHAT_MOST: Final = 500
LISTED_MOST: Final = 200
_AHEAD: Final = timedelta(minutes=5)  # clocks of phones and of servers differ


@dataclass(frozen=True, slots=True, kw_only=True)
class ContactRow:
    id: int
    channel: Channel
    happened_at: datetime
    said: str
    agreed: str
    is_message: bool
    person_id: int | None
    person_name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PromiseRow:
    """A step that was promised, with where it belongs."""

    id: int
    case_id: int
    review_id: int
    location_name: str
    timezone: str
    what: str
    owner_id: int | None
    owner_name: str
    due_on: date
    made_by_name: str
    made_at: datetime
    done_at: datetime | None
    done_by_name: str


def log_contact(
    session: Session,
    case_id: int,
    *,
    channel: Channel,
    happened_at: datetime,
    said: str,
    agreed: str = "",
    is_message: bool = False,
    by: Actor,
) -> int:
    """Note that somebody spoke with the customer; the id of the entry.

    Raises:
        BadValue: nothing was said, it is a book, or it lies ahead.
    """
    said, agreed = _words(said), _words(agreed)
    if not said:
        raise BadValue(say("Write down what was said: a sentence is enough."))
    if happened_at > by.now + _AHEAD:
        raise BadValue(say("That lies ahead. Choose when you spoke; what is still to come is a promised step."))
    sweep_contacts(session, now=by.now)
    one = Contact(
        case_id=case_id,
        channel=channel,
        happened_at=min(happened_at, by.now),
        said=said,
        agreed=agreed,
        is_message=is_message,
        person_id=by.person_id,
        person_name=by.name,
        written_at=by.now,
    )
    session.add(one)
    session.flush()
    return one.id


@once
def contacts_of(session: Session, case_id: int) -> list[ContactRow]:
    """Every contact with the customer of a case, the oldest first."""
    names = ("id", "channel", "happened_at", "said", "agreed", "is_message", "person_id", "person_name")
    rows = session.execute(
        select(*(getattr(Contact, name) for name in names))
        .where(Contact.case_id == case_id, Contact.deleted_at.is_(None))
        .order_by(Contact.happened_at, Contact.id)
    )
    return [ContactRow(**row) for row in rows.mappings()]


def delete_contact(session: Session, case_id: int, contact_id: int, *, by: Actor) -> bool:
    """Take one's own entry away; for a moment it can come back. False: there is none of theirs."""
    one = session.scalar(_own(case_id, contact_id, by).where(Contact.deleted_at.is_(None)))
    if one is None:
        return False
    one.deleted_at = by.now
    session.flush()
    return True


def restore_contact(session: Session, case_id: int, contact_id: int, *, by: Actor) -> bool:
    """Bring it back. False where its time has passed."""
    one = session.scalar(_own(case_id, contact_id, by).where(Contact.deleted_at > by.now - UNDO_KEPT))
    if one is None:
        return False
    one.deleted_at = None
    session.flush()
    return True


def sweep_contacts(session: Session, *, now: datetime) -> None:
    """Forget what was deleted and cannot come back any more."""
    session.execute(
        delete(Contact).where(Contact.deleted_at <= now - UNDO_KEPT), execution_options={"synchronize_session": False}
    )


def promise(session: Session, case_id: int, what: str, *, owner_id: int, due_on: date, today: date, by: Actor) -> int:
    """Note a step that the customer was promised; the id. `today` is that of the place.

    Raises:
        BadValue: it says nothing or too much, its day has passed, or nobody of that id is here.
    """
    what = " ".join(clean(what).split())
    if not what:
        raise BadValue(say("Write down what was promised."))
    if len(what) > WHAT_MOST:
        raise BadValue(say("That is too long: %(most)s letters at most.", most=WHAT_MOST))
    if due_on < today:
        raise BadValue(say("Choose a day that is still to come."))
    owner = session.get(Person, owner_id)
    if owner is None:
        raise BadValue(say("Nobody of that name works here. Choose somebody from the list."))
    one = Promise(
        case_id=case_id,
        what=what,
        owner_id=owner.id,
        owner_name=owner.name,
        due_on=due_on,
        remind_at=_remind_at(session, case_id, due_on, now=by.now),
        made_by_id=by.person_id,
        made_by_name=by.name,
        made_at=by.now,
    )
    session.add(one)
    session.flush()
    facts = {"owner": owner.name, "due_on": due_on.isoformat()}
    record(session, [case_id], PROMISED, facts, by=by, now=by.now)
    return one.id


def keep_promise(session: Session, case_id: int, promise_id: int, *, is_kept: bool = True, by: Actor) -> bool:
    """Say that it was done, or take that back. False where it was so already."""
    was = Promise.done_at.is_(None) if is_kept else Promise.done_at.is_not(None)
    values = {"done_at": by.now, "done_by_name": by.name} if is_kept else {"done_at": None, "done_by_name": ""}
    done = session.execute(
        update(Promise)
        .where(Promise.id == promise_id, Promise.case_id == case_id, was)
        .values(**values)
        .returning(Promise.id),
        execution_options={"synchronize_session": False},
    )
    if done.scalar() is None:
        return False
    session.expire_all()
    record(session, [case_id], KEPT_PROMISE if is_kept else REOPENED_PROMISE, {}, by=by, now=by.now)
    return True


def break_promise(session: Session, case_id: int, promise_id: int, *, by: Actor) -> bool:
    """Undo `promise`: soon, and only by whoever made it. False where that cannot be done any more."""
    done = session.execute(
        delete(Promise)
        .where(Promise.id == promise_id, Promise.case_id == case_id, Promise.done_at.is_(None))
        .where(Promise.made_by_id == by.person_id, Promise.made_at > by.now - UNDO_KEPT)
        .returning(Promise.id),
        execution_options={"synchronize_session": False},
    )
    return done.scalar() is not None


def promises_of(session: Session, case_id: int) -> list[PromiseRow]:
    """What was promised in a case: what is open first, the most urgent before."""
    rows = _promises(session, Promise.case_id == case_id)
    return sorted(rows, key=lambda one: (one.done_at is not None, one.due_on, one.id))


def open_promises(session: Session, *, places: Collection[int] | None) -> list[PromiseRow]:
    """What is promised and not done at these places (None: at all), the most urgent first."""
    here = () if places is None else (Source.location_id.in_(places),)
    return _promises(session, Promise.done_at.is_(None), *here)


def open_promises_of(session: Session, case_ids: Collection[int]) -> list[PromiseRow]:
    """What is promised and not done in these cases, the most urgent first."""
    return _promises(session, Promise.done_at.is_(None), Promise.case_id.in_(case_ids))


def _promises(session: Session, *which: ColumnElement[bool]) -> list[PromiseRow]:
    columns = (
        Promise.id,
        Promise.case_id,
        Case.review_id,
        Location.name.label("location_name"),
        Location.timezone,
        *(Promise.what, Promise.owner_id, Promise.owner_name, Promise.due_on),
        *(Promise.made_by_name, Promise.made_at, Promise.done_at, Promise.done_by_name),
    )
    rows = session.execute(
        select(*columns)
        .join(Case, Case.id == Promise.case_id)
        .join(Review, Review.id == Case.review_id)
        .join(Source, Source.id == Review.source_id)
        .join(Location, Location.id == Source.location_id)
        .where(*which)
        .order_by(Promise.due_on, Promise.id)
        .limit(LISTED_MOST)
    )
    return [PromiseRow(**row) for row in rows.mappings()]


def _remind_at(session: Session, case_id: int, due_on: date, *, now: datetime) -> datetime | None:
    """The morning of the day; None where it has begun: whoever notes the promise knows of it."""
    timezone = session.scalar(
        select(Location.timezone)
        .join(Source, Source.location_id == Location.id)
        .join(Review, Review.source_id == Source.id)
        .join(Case, Case.review_id == Review.id)
        .where(Case.id == case_id)
    )
    at = morning_of(due_on, timezone or "UTC")
    return at if at > now else None


def _own(case_id: int, contact_id: int, by: Actor) -> Select[Contact]:
    return select(Contact).where(
        Contact.id == contact_id, Contact.case_id == case_id, Contact.person_id == by.person_id
    )


def _words(text: str) -> str:
    text = clean(text).replace("\r\n", "\n").strip()
    if len(text) > SAID_MOST:
        raise BadValue(say("That is too long: %(most)s letters at most.", most=SAID_MOST))
    return text
