"""On the morning of its day, whoever is in charge hears by mail of a customer to be asked, or of a promise that is due.

In charge of a follow-up is whoever has the case, else whoever set it; of a promise its owner. Where they are away it is
who stands in for them, where they may no longer work there the owners of the place. A row is taken by a conditional
UPDATE in the transaction that also puts down the mail: of several workers one does it, and a killed one loses nothing.
Functions flush and never commit.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from sqlalchemy import ColumnElement, select, update
from sqlalchemy.orm import InstrumentedAttribute, Session

from .absences import Absences
from .acting import record
from .cases import lock_reviews
from .deputies import acting_for
from .mail_wishes import wants
from .models import Case, CaseStage, CaseState, FollowUp, Location, MailKind, Person, Promise, Review, Source
from .outbox import Order, put_mails
from .roles import Act, Role
from .staff import Staff
from .webhook_events import Told, tell

AT_ONCE: Final = 200
FOLLOW_UP_REMINDED: Final = "follow_up_reminded"  # on the timeline; facts: names
PROMISE_REMINDED: Final = "promise_reminded"


@dataclass(frozen=True, slots=True, kw_only=True)
class _Kind:
    """What the two have in common, and what not."""

    table: type[FollowUp] | type[Promise]
    is_open: ColumnElement[bool]
    in_charge: tuple[InstrumentedAttribute[int | None], ...]  # the first who may
    mail: MailKind
    event: str
    fact: str  # what the order names it by


_KINDS: Final = (
    _Kind(
        table=FollowUp,
        is_open=FollowUp.outcome.is_(None),
        in_charge=(Case.assignee_id, FollowUp.made_by_id),
        mail=MailKind.FOLLOW_UP,
        event=FOLLOW_UP_REMINDED,
        fact="follow_up_id",
    ),
    _Kind(
        table=Promise,
        is_open=Promise.done_at.is_(None),
        in_charge=(Promise.owner_id,),
        mail=MailKind.PROMISE,
        event=PROMISE_REMINDED,
        fact="promise_id",
    ),
)


def remind_of_due(session: Session, *, now: datetime, limit: int = AT_ONCE) -> int:
    """Put down the mails of everything that is due; of how many. Fewer than `limit`: there is no more."""
    staff, absences = Staff(session), Absences(session, now=now)
    count = 0
    for kind in _KINDS:
        due = _due(kind, now).limit(limit - count)
        lock_reviews(session, [row.review_id for row in session.execute(due)])
        for row in session.execute(due).all():
            _remind(session, kind, row, staff, absences, now=now)
            count += 1
        if count >= limit:
            break
    return count


def _due(kind: _Kind, now: datetime) -> Any:
    table = kind.table
    named = [column.label(f"person_{at}") for at, column in enumerate(kind.in_charge)]
    return (
        select(
            table.id,
            table.remind_at,
            Case.id.label("case_id"),
            Case.review_id,
            Case.stage,
            Case.state,
            Source.location_id,
            Location.timezone,
            *named,
        )
        .join(Case, Case.id == table.case_id)
        .join(Review, Review.id == Case.review_id)
        .join(Source, Source.id == Review.source_id)
        .join(Location, Location.id == Source.location_id)
        .where(table.remind_at.is_not(None), table.remind_at <= now, kind.is_open)
        .order_by(table.remind_at, table.id)
    )


def _remind(session: Session, kind: _Kind, row: Any, staff: Staff, absences: Absences, *, now: datetime) -> None:
    table = kind.table
    taken = session.execute(
        update(table)
        .where(table.id == row.id, table.remind_at == row.remind_at, kind.is_open)
        .values(remind_at=None)
        .returning(table.id),
        execution_options={"synchronize_session": False},
    )
    is_asked = row.stage is not CaseStage.NOT_PURSUED and row.state is not CaseState.NOT_US
    if taken.scalar() is None or (kind.table is FollowUp and not is_asked):
        return  # taken by another worker at the same moment; or nobody asks this customer anything
    if kind.table is FollowUp:
        tell(session, Told.FOLLOW_UP_DUE, row.case_id, {"follow_up_id": row.id}, now=now)
    told = _told([getattr(row, f"person_{at}") for at in range(len(kind.in_charge))], row, staff, absences)
    told = {one: absent for one, absent in told.items() if wants(one, kind.mail)}
    if not told:
        return
    record(session, [row.case_id], kind.event, {"names": [one.name for one in told]}, by=None, now=now)
    orders = (
        Order(
            person_id=one.id,
            case_id=row.case_id,
            note_id=None,
            facts={kind.fact: row.id} | ({"for": absent} if absent else {}),
        )
        for one, absent in told.items()
    )
    put_mails(session, kind.mail, orders, due_at=now, now=now)


def _told(ids: Iterable[int | None], row: Any, staff: Staff, absences: Absences) -> dict[Person, str]:
    """The first of these who may work there, else the owners, each with the name of whom they stand in for."""
    first = next((id_ for id_ in ids if id_ is not None and staff.may(id_, Act.WORK, row.location_id)), None)
    told = staff.of_role(Role.OWNER, row.location_id) if first is None else [first]
    return acting_for(told, Act.WORK, staff, absences, location_id=row.location_id, timezone=row.timezone)
