"""The work on one case, as its page shows it, and what happened to it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from sqlalchemy import select
from sqlalchemy.orm import Session, aliased

from ..models import Case, CaseEvent, CaseStage, Location, Person, Review, Source

_ASSIGNEE: Final = aliased(Person)  # made once: an alias copies every column
_ASKER: Final = aliased(Person)
EVENTS_MOST: Final = 300


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseWork:
    """How far it is, whose it is, and at which place."""

    id: int
    review_id: int
    location_id: int
    timezone: str  # of the place
    version: int
    stage: CaseStage
    assignee_id: int | None
    assignee_name: str | None
    snoozed_until: datetime | None
    follow_up_at: datetime | None
    unsettled_at: datetime | None  # the customer is not content with what was done
    approval_asked_at: datetime | None
    approval_asked_by_id: int | None
    approval_asked_by_name: str | None
    reason: str
    cause_id: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class EventRow:
    """One thing that happened; facts as `db.acting.Event` names them."""

    happened_at: datetime
    person_id: int | None
    person_name: str
    kind: str
    facts: Mapping[str, Any]


def case_work(session: Session, review_id: int) -> CaseWork | None:
    """The work on the case of this review."""
    columns = (
        Case.id,
        Case.review_id,
        Source.location_id,
        Location.timezone,
        Case.version,
        Case.stage,
        Case.assignee_id,
        _ASSIGNEE.name.label("assignee_name"),
        Case.snoozed_until,
        Case.follow_up_at,
        Case.unsettled_at,
        Case.approval_asked_at,
        Case.approval_asked_by_id,
        _ASKER.name.label("approval_asked_by_name"),
        Case.reason,
        Case.cause_id,
    )
    row = session.execute(
        select(*columns)
        .join(Review, Review.id == Case.review_id)
        .join(Source, Source.id == Review.source_id)
        .join(Location, Location.id == Source.location_id)
        .outerjoin(_ASSIGNEE, _ASSIGNEE.id == Case.assignee_id)
        .outerjoin(_ASKER, _ASKER.id == Case.approval_asked_by_id)
        .where(Case.review_id == review_id)
    ).mappings()
    found = row.one_or_none()
    return CaseWork(**found) if found else None


def events_of(session: Session, case_id: int) -> list[EventRow]:
    """What happened to a case, oldest first; of very many the newest `EVENTS_MOST`."""
    columns = (
        CaseEvent.happened_at,
        CaseEvent.person_id,
        CaseEvent.person_name,
        CaseEvent.kind,
        CaseEvent.facts,
    )
    newest = (
        select(*columns)
        .where(CaseEvent.case_id == case_id)
        .order_by(CaseEvent.happened_at.desc(), CaseEvent.id.desc())
        .limit(EVENTS_MOST)
    )
    return [EventRow(**row) for row in reversed(session.execute(newest).mappings().all())]
