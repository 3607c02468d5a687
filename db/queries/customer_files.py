"""What files about customers and cases need, in batches."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import and_, func, select, true
from sqlalchemy.orm import Session

from ..models import (
    Case,
    CaseStage,
    CaseState,
    Cause,
    Complaint,
    Location,
    Offer,
    OfferState,
    Person,
    PrivateMessage,
    Review,
    Score,
    Source,
)

GIVEN = (OfferState.ISSUED, OfferState.REDEEMED)


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseLine:
    """One case, as a file tells it. Times are in UTC."""

    case_id: int
    review_id: int
    location_name: str
    source_name: str
    published_at: datetime
    author_name: str
    contact: str
    rating_raw: str
    anger_level: str | None
    state: CaseState
    stage: CaseStage
    cause_key: str | None
    cause_name: str | None
    assignee_name: str | None
    due_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Worth:
    """The offers of a case in one currency."""

    currency: str
    count: int
    given_minor: int  # what was paid out, handed over or given as a code


def cases_after(session: Session, after: int, *, places: Collection[int] | None, limit: int) -> list[CaseLine]:
    """The next cases by their ids."""
    where = true() if places is None else Source.location_id.in_(places)
    contact = func.coalesce(func.nullif(Complaint.contact, ""), PrivateMessage.address, "")
    rows = session.execute(
        select(
            Case.id.label("case_id"), Case.review_id, Location.name.label("location_name"),
            Source.name.label("source_name"), Review.published_at, Review.author_name, contact.label("contact"),
            Review.rating_raw, Score.anger_level, Case.state, Case.stage, Cause.key.label("cause_key"),
            Cause.name.label("cause_name"), Person.name.label("assignee_name"), Case.due_at,
        )
        .join(Review, Review.id == Case.review_id)
        .join(Source, Source.id == Review.source_id)
        .join(Location, Location.id == Source.location_id)
        .outerjoin(Score, and_(Score.review_id == Review.id, Score.content_hash == Review.content_hash))
        .outerjoin(Complaint, Complaint.review_id == Review.id)
        .outerjoin(PrivateMessage, PrivateMessage.case_id == Case.id)
        .outerjoin(Cause, Cause.id == Case.cause_id)
        .outerjoin(Person, Person.id == Case.assignee_id)
        .where(Case.id > after, where)
        .order_by(Case.id)
        .limit(limit)
    )  # fmt: skip
    return [CaseLine(**row) for row in rows.mappings()]


def worths_of(session: Session, case_ids: Collection[int]) -> dict[int, list[Worth]]:
    """What was offered in these cases, by case."""
    given = func.coalesce(func.sum(Offer.value_minor).filter(Offer.state.in_(GIVEN)), 0)
    rows = session.execute(
        select(Offer.case_id, Offer.currency, func.count(), given)
        .where(Offer.case_id.in_(case_ids))
        .group_by(Offer.case_id, Offer.currency)
        .order_by(Offer.case_id, Offer.currency)
    )
    found: dict[int, list[Worth]] = {}
    for case_id, currency, count, minor in rows:
        if case_id is not None:
            found.setdefault(case_id, []).append(Worth(currency=currency, count=count, given_minor=int(minor)))
    return found
