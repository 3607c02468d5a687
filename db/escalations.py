"""The steps of the escalation chain that are due: noted once, and mailed once to each of those who are to hear of them.

A step is taken by a conditional UPDATE on the case, in the transaction that also writes the timeline and the mails that
are to go out: of several workers one does it, and a killed one loses nothing. A mail is claimed for a moment while it
is sent, and forgotten once it was; whoever is killed in between may have it sent twice, never not at all.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from sqlalchemy import delete, func, insert, or_, select, update
from sqlalchemy.orm import Session, selectinload

from .acting import Event, record
from .cases import lock_reviews
from .clock_rules import Step, Whom, chain_of
from .hours import hours_of
from .kept import Kept, kept
from .models import Case, EscalationMail, Location, Person, Review, Source
from .people import access_of
from .queries.rows import QueueRow, rows_of
from .roles import Act, Role
from .sign_ins import language_of

AT_ONCE: Final = 200
LEASE: Final = timedelta(minutes=5)  # far longer than a mail server takes
GIVEN_UP_AFTER: Final = timedelta(days=1)  # a mail about a clock that old helps nobody
ROWS_MOST: Final = 50  # cases in one mail; the queue has the rest


@dataclass(frozen=True, slots=True, kw_only=True)
class Bundle:
    """What one person is to hear of, claimed for a moment."""

    person_id: int
    name: str
    email: str  # empty: they are shut out by now
    language: str  # of the pages they saw last; empty where nobody knows
    mail_ids: tuple[int, ...]
    rows: tuple[QueueRow, ...]  # the most urgent first; ROWS_MOST at most
    count: int  # of all of them


def take_due_steps(session: Session, *, now: datetime, limit: int = AT_ONCE) -> int:
    """Take the steps that are due, and put down who is to be told; of how many cases."""
    due = due_statement(now).limit(limit)
    lock_reviews(session, [row.review_id for row in session.execute(due)])
    for_all = kept(session, Kept.CLOCK)
    people = _People(session)
    taken = 0
    for row in session.execute(due).all():
        chain = chain_of(row.chain, for_all.get("chain"))
        taken += _take(session, row, chain, people, now=now)
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


def _take(session: Session, row: Any, chain: Sequence[Step], people: _People, *, now: datetime) -> bool:
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
    told = people.told_by(steps, location_id=row.location_id, assignee_id=row.assignee_id)
    last = steps[-1]
    facts = {
        "step": row.escalated + len(steps),
        "of": len(chain),
        "percent": last.percent,
        "over_min": last.over_min,
        "names": [one.name for one in told],
    }
    record(session, [row.id], Event.ESCALATED, facts, by=None, now=now)
    if told:
        session.execute(
            insert(EscalationMail),
            [{"case_id": row.id, "person_id": one.id, "made_at": now, "claimed_until": None} for one in told],
        )
    return True


class _People:
    """Who is to hear of what. Reads everybody once: there are few."""

    def __init__(self, session: Session) -> None:
        everybody = select(Person).where(Person.is_active).options(selectinload(Person.memberships))
        self._all = {one.id: (one, access_of(one)) for one in session.scalars(everybody.order_by(Person.id))}

    def told_by(self, steps: Iterable[Step], *, location_id: int, assignee_id: int | None) -> list[Person]:
        """Those whom the steps name, each once, if they may still see the place; its owners where nobody else is."""
        ids: dict[int, None] = {}
        for step in steps:
            ids |= dict.fromkeys(self._named(step, location_id=location_id, assignee_id=assignee_id))
        seen = [id_ for id_ in ids if self._sees(id_, location_id)]
        return [self._all[id_][0] for id_ in seen or self._of_role(Role.OWNER, location_id)]

    def _named(self, step: Step, *, location_id: int, assignee_id: int | None) -> list[int]:
        if step.whom is Whom.OWNERS:
            return self._of_role(Role.OWNER, location_id)
        one = {Whom.PERSON: step.person_id, Whom.ASSIGNEE: assignee_id}.get(step.whom)
        if one is not None:
            return [one]
        return self._of_role(Role.APPROVER, location_id)

    def _of_role(self, role: Role, location_id: int) -> list[int]:
        return [id_ for id_, (_, access) in self._all.items() if access.role_at(location_id) is role]

    def _sees(self, person_id: int, location_id: int) -> bool:
        return person_id in self._all and self._all[person_id][1].may(Act.READ, location_id)


def claim_mails(session: Session, *, now: datetime) -> Bundle | None:
    """What somebody is to be told, claimed for a moment; None when nothing is left to send. Commit before sending."""
    session.execute(delete(EscalationMail).where(EscalationMail.made_at < now - GIVEN_UP_AFTER))
    is_free = or_(EscalationMail.claimed_until.is_(None), EscalationMail.claimed_until < now)
    first = select(func.min(EscalationMail.id)).where(is_free).scalar_subquery()
    person_id = session.scalar(select(EscalationMail.person_id).where(EscalationMail.id == first))
    if person_id is None:
        return None
    claimed = session.execute(
        update(EscalationMail)
        .where(EscalationMail.person_id == person_id, is_free)
        .values(claimed_until=now + LEASE)
        .returning(EscalationMail.id, EscalationMail.case_id),
        execution_options={"synchronize_session": False},
    ).all()
    if not claimed:  # by another worker, at the same moment: it goes on with the others as well
        return None
    person = session.get_one(Person, person_id)
    cases = sorted({row.case_id for row in claimed})
    wanted = select(Case.id).where(Case.id.in_(cases)).order_by(Case.priority.desc(), Case.id.desc()).limit(ROWS_MOST)
    return Bundle(
        person_id=person_id,
        name=person.name,
        email=person.email if person.is_active else "",
        language=language_of(session, person_id),
        mail_ids=tuple(row.id for row in claimed),
        rows=tuple(rows_of(session, session.scalars(wanted).all())),
        count=len(cases),
    )


def forget_mails(session: Session, bundle: Bundle) -> None:
    """They were sent, or never can be."""
    session.execute(delete(EscalationMail).where(EscalationMail.id.in_(bundle.mail_ids)))
