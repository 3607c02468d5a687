"""The mails to staff that wait to go out, whatever they are about: put down, claimed one mail at a time, forgotten.

What is to be sent is put down in the transaction that it tells of. Whoever sends takes the rows of one mail by a
conditional UPDATE, which makes them due again in a while, and forgets them once the server has the mail. So of several
workers one sends it, and what a killed one held comes again: as the same mail under the same Message-ID, for one that
was killed between the server's word and ours can only be sent twice or not at all, and of two with the same id mail
servers and programs show one. Functions flush and never commit.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final
from uuid import uuid4

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from .models import MailKind, StaffMail
from .upserts import insert_missing

MAILED_AFTER: Final = timedelta(seconds=60)  # as long as it can be taken back: then it is mailed to nobody
AGAIN_AFTER: Final = timedelta(minutes=5)  # far longer than a mail server takes
GIVEN_UP_AFTER: Final = timedelta(days=1)  # later it is no news, and a mail about a clock that old helps nobody
BUNDLED: Final = frozenset(
    {
        MailKind.ASSIGNED,
        MailKind.ESCALATION,
        MailKind.APPROVAL,
        MailKind.FOLLOW_UP,
        MailKind.PROMISE,
        MailKind.EXCEPTION,
    }
)  # several of them to one person are one mail


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """One thing that somebody is to hear of."""

    person_id: int
    case_id: int | None  # None: it is about something else
    note_id: int | None
    facts: Mapping[str, Any]
    improvement_id: int | None = None
    alert_route_id: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Claimed:
    """What makes one mail, taken for a moment."""

    batch: str
    kind: MailKind
    person_id: int
    orders: tuple[Order, ...]  # at least one; the oldest first


def put_mails(session: Session, kind: MailKind, orders: Iterable[Order], *, due_at: datetime, now: datetime) -> None:
    """Have these sent, not before `due_at`. Of one note, or of a way of alerts that fails, everybody hears once."""
    rows = [
        {
            "kind": kind,
            "person_id": one.person_id,
            "case_id": one.case_id,
            "improvement_id": one.improvement_id,
            "note_id": one.note_id,
            "alert_route_id": one.alert_route_id,
            "facts": dict(one.facts),
            "made_at": now,
            "due_at": due_at,
            "batch": None,
        }
        for one in orders
    ]
    insert_missing(session, StaffMail, rows)


def claim_mail(session: Session, *, now: datetime) -> Claimed | None:
    """The mail that is due longest, for whoever asks first; None when none is. Commit before sending it."""
    first = select(StaffMail).where(StaffMail.due_at <= now).order_by(StaffMail.due_at, StaffMail.id).limit(1)
    while (row := session.scalar(first.execution_options(populate_existing=True))) is not None:
        if row.batch is not None:
            together = StaffMail.batch == row.batch
        elif row.kind in BUNDLED:
            together = (StaffMail.person_id == row.person_id) & (StaffMail.kind == row.kind) & StaffMail.batch.is_(None)
        else:
            together = StaffMail.id == row.id
        # In the order of their ids: two workers who want the same rows then never wait for each other in a circle.
        is_free = (together, StaffMail.due_at <= now)
        ids = session.scalars(select(StaffMail.id).where(*is_free).order_by(StaffMail.id).with_for_update()).all()
        batch = row.batch or uuid4().hex
        claimed = session.execute(
            update(StaffMail)
            .where(StaffMail.id.in_(ids), *is_free)
            .values(due_at=now + AGAIN_AFTER, batch=batch)
            .returning(
                StaffMail.id,
                StaffMail.person_id,
                StaffMail.case_id,
                StaffMail.improvement_id,
                StaffMail.note_id,
                StaffMail.alert_route_id,
                StaffMail.facts,
            ),
            execution_options={"synchronize_session": False},
        ).all()
        if claimed:  # if not: by another worker, at the same moment
            orders = (
                Order(
                    person_id=one.person_id,
                    case_id=one.case_id,
                    note_id=one.note_id,
                    facts=one.facts,
                    improvement_id=one.improvement_id,
                    alert_route_id=one.alert_route_id,
                )
                for one in sorted(claimed, key=lambda one: one.id)
            )
            return Claimed(batch=batch, kind=row.kind, person_id=row.person_id, orders=tuple(orders))
    return None


def forget_mail(session: Session, batch: str) -> None:
    """It was sent, or never can be."""
    session.execute(delete(StaffMail).where(StaffMail.batch == batch), execution_options={"synchronize_session": False})


def give_up_mails(session: Session, *, now: datetime) -> int:
    """Drop what could not be sent for too long; how many orders."""
    old = delete(StaffMail).where(StaffMail.made_at < now - GIVEN_UP_AFTER).returning(StaffMail.id)
    return len(session.scalars(old).all())
