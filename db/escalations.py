"""The steps of the escalation chain that are due: noted once, and mailed once to each of those who are to hear of them.

A step is taken by a conditional UPDATE on the case, in the transaction that also writes the timeline and puts the mails
into `db.outbox`: of several workers one does it, and a killed one loses nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any, Final

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from .absences import Absences
from .acting import Event, record
from .cases import lock_reviews
from .clock_rules import Step, Whom, chain_of
from .deputies import acting_for
from .hours import hours_of
from .kept import Kept, kept
from .mail_wishes import wants
from .models import Case, Location, MailKind, Person, Review, Source
from .outbox import Order, put_mails
from .roles import Act, Role
from .staff import Staff

AT_ONCE: Final = 200


def take_due_steps(session: Session, *, now: datetime, limit: int = AT_ONCE) -> int:
    """Take the steps that are due, and put down who is to be told; of how many cases."""
    due = due_statement(now).limit(limit)
    lock_reviews(session, [row.review_id for row in session.execute(due)])
    for_all = kept(session, Kept.CLOCK)
    staff, absences = Staff(session), Absences(session, now=now)
    taken = 0
    for row in session.execute(due).all():
        chain = chain_of(row.chain, for_all.get("chain"))
        taken += _take(session, row, chain, staff, absences, now=now)
    return taken


def due_statement(now: datetime) -> Any:
    """Cases with a step that is due, longest due first, with what it needs."""
    return (
        select(
            Case.id,
            Case.review_id,
            Case.assignee_id,
            Case.escalated,
            Case.escalate_at,
            Case.clock_from_at,
            Case.clock_left_min,
            Case.clock_target_min,
            Location.id.label("location_id"),
            Location.timezone,
            Location.opening,
            Location.chain,
        )
        .join(Review, Review.id == Case.review_id)
        .join(Source, Source.id == Review.source_id)
        .join(Location, Location.id == Source.location_id)
        .where(Case.escalate_at.is_not(None), Case.escalate_at <= now)
        .order_by(Case.escalate_at)
    )


def _take(
    session: Session, row: Any, chain: Sequence[Step], staff: Staff, absences: Absences, *, now: datetime
) -> bool:
    hours = hours_of(row.opening, row.timezone)
    steps: list[Step] = []
    following: datetime | None = None
    for step in chain[row.escalated :]:  # more than one after the worker was away for a while
        following = hours.add(row.clock_from_at, row.clock_left_min + step.after_due_min(row.clock_target_min))
        if following is None or following > now:
            break
        steps.append(step)
        following = None
    done = session.execute(
        update(Case)
        .where(Case.id == row.id, Case.escalate_at == row.escalate_at, Case.escalated == row.escalated)
        .values(escalated=row.escalated + len(steps), escalate_at=following)
        .returning(Case.id),
        execution_options={"synchronize_session": False},
    )
    if done.scalar() is None or not steps:  # another worker, or a chain that has been made shorter
        return False
    last, is_last = steps[-1], row.escalated + len(steps) == len(chain)
    told = _told_by(steps, row, staff, absences)
    told = {one: absent for one, absent in told.items() if wants(one, MailKind.ESCALATION, is_last=is_last)}
    facts = {
        "step": row.escalated + len(steps),
        "of": len(chain),
        "percent": last.percent,
        "over_min": last.over_min,
        "names": [one.name for one in told],
    }
    record(session, [row.id], Event.ESCALATED, facts, by=None, now=now)
    orders = (
        Order(
            person_id=one.id,
            case_id=row.id,
            note_id=None,
            facts={"is_last": is_last} | ({"for": absent} if absent else {}),
        )
        for one, absent in told.items()
    )
    put_mails(session, MailKind.ESCALATION, orders, due_at=now, now=now)
    return True


def _told_by(steps: Iterable[Step], row: Any, staff: Staff, absences: Absences) -> dict[Person, str]:
    """Those whom the steps name, each once, if they may still see the place; its owners where nobody else is.

    Who stands in is told for whoever is away, whose name goes with theirs; without anybody, whoever is away is told.
    """
    ids: dict[int, None] = {}
    for step in steps:
        ids |= dict.fromkeys(_named(step, staff, location_id=row.location_id, assignee_id=row.assignee_id))
    seen = [id_ for id_ in ids if staff.may(id_, Act.READ, row.location_id)]
    told = seen or staff.of_role(Role.OWNER, row.location_id)
    return acting_for(told, Act.READ, staff, absences, location_id=row.location_id, timezone=row.timezone)


def _named(step: Step, staff: Staff, *, location_id: int, assignee_id: int | None) -> list[int]:
    if step.whom is Whom.OWNERS:
        return staff.of_role(Role.OWNER, location_id)
    one = {Whom.PERSON: step.person_id, Whom.ASSIGNEE: assignee_id}.get(step.whom)
    if one is not None:
        return [one]
    return staff.of_role(Role.APPROVER, location_id)
