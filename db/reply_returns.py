"""What brings an answer back to whoever submitted it: sent back, failed, refused, or not seen as it is.

Its case may be a calm one, or have been set to done once the answer was posted, and then it stands in no queue. So it
is to do again, and theirs where nobody has it: they find it among their own. Functions flush and never commit.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any, Final

from sqlalchemy.orm import Session

from .acting import Actor, Event, record
from .assigned_mails import put_assigned
from .models import Case, CaseStage, CaseState, Reply, ReplyState
from .queries.places import places_of_cases
from .roles import Act
from .staff import Staff
from .webhook_events import watched

RETURNS: Final = ("reply_sent_back", "reply_failed", "reply_rejected", "reply_unseen", "reply_other")


def bring_back(
    session: Session, case: Case, reply: Reply, *, by: Actor | None, now: datetime, is_undecided: bool = False
) -> None:
    """Make its case, whose review is locked, one to do for whoever submitted it; `by` None: Amends itself does.

    One that is answered, gone or about somebody else has nothing to do, and one that two people let go stays so.
    `is_undecided`: though it is answered somebody has to decide about the answer that failed.
    """
    is_asked = is_undecided and case.state is CaseState.ANSWERED and reply.state is ReplyState.FAILED
    if not (case.state is CaseState.OPEN or is_asked) or case.stage is CaseStage.NOT_PURSUED:
        return
    values: dict[str, Any] = {"stage": CaseStage.TODO, "follow_up_at": None, "snoozed_until": None}
    if case.assignee_id is None and (to_id := _submitter(session, case, reply)) is not None:
        values |= {"assignee_id": to_id, "awaits_rule": False}
    values = {name: value for name, value in values.items() if getattr(case, name) != value}
    if not values:
        return
    with watched(session, [case.review_id], now=now):
        for name, value in values.items():
            setattr(case, name, value)
        case.version += 1
        session.flush()
    if "assignee_id" in values:
        _tell(session, case.id, values["assignee_id"], by=by, now=now)


def _submitter(session: Session, case: Case, reply: Reply) -> int | None:
    """None where they may not work there any more."""
    if reply.submitted_by_id is None:
        return None
    [place] = places_of_cases(session, [case.id])
    may_work = Staff(session).may(reply.submitted_by_id, Act.WORK, place.location_id)
    return reply.submitted_by_id if may_work else None


def _tell(session: Session, case_id: int, to_id: int, *, by: Actor | None, now: datetime) -> None:
    facts = {"to_id": to_id, "to_name": Staff(session).person(to_id).name, "answer": True}
    record(session, [case_id], Event.ASSIGNED, facts, by=by, now=now)
    giver = {"by": by.name} if by else {}
    put_assigned(session, [case_id], to_id, giver, by_id=by.person_id if by else None, now=now)
