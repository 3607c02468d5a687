"""Answers that wait long for approval: those who may approve are reminded by mail, once for each time it is submitted.

Long is a quarter of the working time that is left for the public answer when it is submitted: at least a quarter of an
hour, at most half a working day. Where the time has run out it is the least; where no clock runs, the most. So most of
the time is left to whoever decides, and to mend what is sent back.

The moment is worked out when the answer is submitted, and taken by a conditional UPDATE in the transaction that also
puts down the mails: of several workers one does it, and a killed one loses nothing. Functions flush and never commit.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any, Final

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from .absences import Absences
from .acting import record
from .cases import lock_reviews
from .deputies import stand_in
from .hours import hours_of
from .keepers import Keepers, WordRules, keepers_of
from .mail_wishes import wants
from .models import Case, Location, MailKind, Person, Reply, ReplyState, Review, Source
from .outbox import Order, put_mails
from .roles import Act, Role
from .staff import Staff

AT_ONCE: Final = 200
SHARE: Final = 4  # one in so many of the working minutes left
LEAST_MIN: Final = 15
MOST_MIN: Final = 240  # half of a working day
REMINDED: Final = "reply_reminded"  # on the timeline


def remind_at(session: Session, case: Case, *, now: datetime) -> datetime:
    """When the approvers of an answer that is submitted now are reminded."""
    opening, timezone = session.execute(
        select(Location.opening, Location.timezone)
        .join(Source, Source.location_id == Location.id)
        .join(Review, Review.source_id == Source.id)
        .where(Review.id == case.review_id)
    ).one()
    hours = hours_of(opening, timezone)
    minutes = MOST_MIN if case.due_at is None else hours.between(now, case.due_at) // SHARE
    minutes = min(max(minutes, LEAST_MIN), MOST_MIN)
    return hours.add(now, minutes) or now + timedelta(minutes=minutes)  # a place that never opens


def remind_due(session: Session, *, now: datetime, limit: int = AT_ONCE, by_words: WordRules | None = None) -> int:
    """Put down the reminders that are due; of how many answers. `by_words` as for `keepers_of`."""
    due = (
        select(
            Reply.id, Reply.remind_at, Case.id.label("case_id"), Case.review_id, Source.location_id, Location.timezone
        )
        .join(Case, Case.id == Reply.case_id)
        .join(Review, Review.id == Case.review_id)
        .join(Source, Source.id == Review.source_id)
        .join(Location, Location.id == Source.location_id)
        .where(Reply.remind_at.is_not(None), Reply.remind_at <= now)
        .order_by(Reply.remind_at, Reply.id)
        .limit(limit)
    )
    lock_reviews(session, [row.review_id for row in session.execute(due)])
    staff, absences = Staff(session), Absences(session, now=now)
    rows = session.execute(due).all()
    for row in rows:
        _remind(session, row, staff, absences, now=now, by_words=by_words)
    return len(rows)


def _remind(
    session: Session, row: Any, staff: Staff, absences: Absences, *, now: datetime, by_words: WordRules | None
) -> None:
    taken = session.execute(
        update(Reply)
        .where(Reply.id == row.id, Reply.remind_at == row.remind_at, Reply.state == ReplyState.SUBMITTED)
        .values(remind_at=None)
        .returning(Reply.author_ids, Reply.submitted_by_id),
        execution_options={"synchronize_session": False},
    ).one_or_none()
    if taken is None:  # by another worker, at the same moment
        return
    authors = {*taken.author_ids, taken.submitted_by_id}
    keepers = keepers_of(session, row.case_id, now=now, by_words=by_words)
    told = _approvers(row, keepers, staff, absences, authors)
    told = {one: absent for one, absent in told.items() if wants(one, MailKind.APPROVAL)}
    if not told:
        return
    record(session, [row.case_id], REMINDED, {"names": [one.name for one in told]}, by=None, now=now)
    orders = (
        Order(person_id=one.id, case_id=row.case_id, note_id=None, facts={"for": absent} if absent else {})
        for one, absent in told.items()
    )
    put_mails(session, MailKind.APPROVAL, orders, due_at=now, now=now)


def _approvers(
    row: Any, keepers: Keepers | None, staff: Staff, absences: Absences, authors: set[int]
) -> dict[Person, str]:
    """Those who may approve it, each with the name of whom they stand in for: its keepers where it has some, else the
    approvers of the place, and its owners only where nobody else is."""
    if keepers is not None:
        return _acting((one.id for one in keepers.people), row, staff, absences, authors)
    found = _acting(staff.of_role(Role.APPROVER, row.location_id), row, staff, absences, authors)
    return found or _acting(staff.of_role(Role.OWNER, row.location_id), row, staff, absences, authors)


def _acting(ids: Iterable[int], row: Any, staff: Staff, absences: Absences, authors: set[int]) -> dict[Person, str]:
    found: dict[Person, str] = {}
    for id_ in ids:
        to = stand_in(staff, absences, id_, Act.APPROVE, row.location_id, row.timezone)
        if to is None or to == id_ or to in authors:
            if id_ not in authors:
                found[staff.person(id_)] = ""
        else:
            found.setdefault(staff.person(to), staff.person(id_).name)
    return found
