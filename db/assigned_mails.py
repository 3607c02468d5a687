"""Who hears by mail that a case is theirs now. Whether it still is then, whoever writes the mail looks."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import delete
from sqlalchemy.orm import Session

from .cases import chunks
from .deputies import deputised
from .models import MailKind, StaffMail
from .outbox import MAILED_AFTER, Order, put_mails


def put_assigned(
    session: Session,
    case_ids: Sequence[int],
    to_id: int,
    facts: Mapping[str, Any],
    *,
    by_id: int | None = None,
    now: datetime,
) -> None:
    """Have whoever these were given to hear of it, or who stands in for them, in a moment. `facts` say who gave them.

    A mail to somebody else who had one for a moment stays: when that is taken back, theirs is the case again.
    """
    asked = (
        Order(person_id=to_id, case_id=id_, note_id=None, facts={**facts, "to_id": to_id}) for id_ in sorted(case_ids)
    )
    orders = deputised(session, asked, now=now, but=by_id)
    people = {order.person_id for order in orders}
    for ids in chunks(case_ids):
        same = (StaffMail.kind == MailKind.ASSIGNED, StaffMail.case_id.in_(ids), StaffMail.person_id.in_(people))
        session.execute(
            delete(StaffMail).where(*same, StaffMail.batch.is_(None)),
            execution_options={"synchronize_session": False},
        )
    put_mails(session, MailKind.ASSIGNED, orders, due_at=now + MAILED_AFTER, now=now)
