"""Owners hear by mail of an offer outside the policy that waits for one of them; if it still does by then.

Of several that wait, one mail. Whoever proposes does not hear of their own. Functions flush and never commit.
"""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from .acting import Actor
from .cases import chunks
from .deputies import deputised
from .models import MailKind, Offer, OfferState, StaffMail
from .outbox import MAILED_AFTER, Order, put_mails
from .roles import Role
from .staff import Staff


def put_exception(session: Session, offer: Offer, *, by: Actor) -> None:
    """Have the owners of its place hear of it, once it can no longer be taken back, or who stands in for them."""
    if offer.case_id is None:
        return
    owners = [id_ for id_ in Staff(session).of_role(Role.OWNER, offer.location_id) if id_ != by.person_id]
    asked = [Order(person_id=id_, case_id=offer.case_id, note_id=None, facts={"by": by.name}) for id_ in owners]
    orders = deputised(session, asked, now=by.now, but=by.person_id)
    same = (
        StaffMail.kind == MailKind.EXCEPTION,
        StaffMail.case_id == offer.case_id,
        StaffMail.person_id.in_({order.person_id for order in orders}),
    )
    session.execute(
        delete(StaffMail).where(*same, StaffMail.batch.is_(None)), execution_options={"synchronize_session": False}
    )
    put_mails(session, MailKind.EXCEPTION, orders, due_at=by.now + MAILED_AFTER, now=by.now)


def still_waiting(session: Session, case_ids: Collection[int]) -> frozenset[int]:
    """The cases of these in which an offer waits for a decision."""
    waits = select(Offer.case_id).where(Offer.state == OfferState.PROPOSED)
    return frozenset(
        id_ for ids in chunks(case_ids) for id_ in session.scalars(waits.where(Offer.case_id.in_(ids))) if id_
    )
