"""Whoever an improvement action was given to hears of it by mail; whether it still is theirs, its writer looks."""

from __future__ import annotations

from sqlalchemy import delete
from sqlalchemy.orm import Session

from .absences import Absences
from .acting import Actor
from .deputies import stand_in
from .models import Improvement, MailKind, StaffMail
from .outbox import MAILED_AFTER, Order, put_mails
from .roles import Act
from .staff import Staff


def put_improvement_mail(session: Session, one: Improvement, timezone: str, *, by: Actor) -> None:
    """To its owner, or who stands in for them; in a moment, for until then it can be taken back. None to oneself."""
    waits = (StaffMail.improvement_id == one.id, StaffMail.batch.is_(None))
    session.execute(delete(StaffMail).where(*waits), execution_options={"synchronize_session": False})
    if one.owner_id is None or one.owner_id == by.person_id:
        return
    absences = Absences(session, now=by.now)
    to, facts = one.owner_id, {"by": by.name, "to_id": one.owner_id}
    if absences:
        acting = stand_in(Staff(session), absences, one.owner_id, Act.READ, one.location_id, timezone)
        if acting is not None and acting != one.owner_id:
            to, facts = acting, {**facts, "for": one.owner_name, "for_id": one.owner_id}
    if to == by.person_id:
        return
    order = Order(person_id=to, case_id=None, note_id=None, facts=facts, improvement_id=one.id)
    put_mails(session, MailKind.IMPROVEMENT, [order], due_at=by.now + MAILED_AFTER, now=by.now)
