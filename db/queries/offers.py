"""What is bound and given: by case, by customer, by place and month. Amounts in the minor unit of their currency."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, Final

from sqlalchemy import ColumnElement, Select, func, or_, select, true
from sqlalchemy.orm import Session, aliased

from ..models import (
    Case,
    Cause,
    Channel,
    Location,
    Offer,
    OfferKind,
    OfferState,
    OfferStep,
    Person,
    Review,
    Severity,
    Source,
)
from ..offer_rules import BINDING, Standing
from ..offer_terms import Terms
from ..session import once
from .alike import is_same_author

_PROPOSER: Final = aliased(Person)  # made once: an alias copies every column
_APPROVER: Final = aliased(Person)
LEDGER_MOST: Final = 2000  # lines of one page


@dataclass(frozen=True, slots=True, kw_only=True)
class OfferRow:
    """One offer, as pages and files tell it."""

    id: int
    case_id: int | None
    review_id: int | None
    author_name: str  # of whom it is for, so that texts about them can be masked; empty: nobody knows
    location_id: int
    location_name: str
    timezone: str
    kind: OfferKind
    state: OfferState
    version: int
    severity: Severity
    severity_of_case: Severity
    value_minor: int
    cost_minor: int
    price_minor: int | None
    currency: str
    cause_id: int | None
    cause_key: str | None
    cause_name: str | None
    description: str
    reason: str
    valid_until_on: date
    channel: Channel | None
    outside: Sequence[str]
    exception_reason: str
    month: str | None
    code: str | None
    proposed_at: datetime
    proposed_by: str | None
    approved_at: datetime | None
    approved_by: str | None
    issued_at: datetime | None
    redeemed_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class StepRow:
    """One step of an offer."""

    offer_id: int
    happened_at: datetime
    person_id: int | None
    person_name: str  # empty: Amends itself
    before: OfferState | None
    state: OfferState
    facts: Mapping[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class EarlierOffer:
    """What the same customer was offered before, in another case."""

    review_id: int
    kind: OfferKind
    state: OfferState
    value_minor: int
    currency: str
    proposed_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Earlier:
    """All that is known of the same customer. Shown to whoever decides, and judged by nobody else."""

    offers: tuple[EarlierOffer, ...]  # the newest first
    is_by_name: bool  # the source tells authors by their names alone: it may be somebody else


def standing(
    session: Session,
    terms: Terms,
    *,
    case_id: int | None,
    location_id: int,
    month: str,
    now: datetime,
    without: int | None = None,
) -> Standing:
    """What is bound beside the offer `without`, for `db.offer_rules.judge`."""
    bound = (Offer.state.in_(BINDING), Offer.currency == terms.currency, Offer.id != (without or 0))
    used = select(_sum(Offer.cost_minor)).where(*bound, Offer.location_id == location_id, Offer.month == month)
    if case_id is None:
        return Standing(budget_minor=terms.budget_of(location_id), used_minor=session.scalar(used) or 0)
    in_case = select(_sum(Offer.value_minor)).where(*bound, Offer.case_id == case_id)
    since = now - timedelta(days=terms.customer_days)
    row = session.execute(
        select(
            func.count().label("number"),
            _sum(Offer.value_minor).label("value"),
            used.correlate(None).scalar_subquery().label("used"),
            in_case.correlate(None).scalar_subquery().label("in_case"),
        ).where(*bound, Offer.approved_at > since, _is_of_customer(session, case_id))
    ).one()
    return Standing(
        budget_minor=terms.budget_of(location_id),
        used_minor=row.used,
        case_minor=row.in_case,
        customer_offers=row.number,
        customer_minor=row.value,
    )


def used_in(session: Session, location_id: int, month: str, currency: str) -> int:
    """What a place has bound itself to in a month, by cost."""
    here = (Offer.location_id == location_id, Offer.month == month, Offer.currency == currency)
    return session.scalar(select(_sum(Offer.cost_minor)).where(*here, Offer.state.in_(BINDING))) or 0


def earlier_offers(session: Session, case_id: int, *, places: Collection[int] | None) -> Earlier:
    """What the customer of a case was offered in others at these places (None: at all), whatever became of it."""
    same = _same_customer(session, case_id)
    if same is None:
        return Earlier(offers=(), is_by_name=False)
    where = true() if places is None else Offer.location_id.in_(places)
    rows = session.execute(
        select(Case.review_id, Offer.kind, Offer.state, Offer.value_minor, Offer.currency, Offer.proposed_at)
        .join(Case, Case.id == Offer.case_id)
        .join(Review, Review.id == Case.review_id)
        .join(Source, Source.id == Review.source_id)
        .where(same[0], where, Case.id != case_id)
        .order_by(Offer.proposed_at.desc(), Offer.id.desc())
        .limit(50)
    )
    return Earlier(offers=tuple(EarlierOffer(**row) for row in rows.mappings()), is_by_name=same[1])


def still_offered(session: Session, case_id: int) -> int:
    """How many offers of a case hold: approved, and neither declined, redeemed, expired nor cancelled."""
    holding = (Offer.case_id == case_id, Offer.state.in_(BINDING - {OfferState.REDEEMED}))
    return session.scalar(select(func.count()).select_from(Offer).where(*holding)) or 0


def offers_of_case(session: Session, case_id: int) -> list[OfferRow]:
    """Those of a case, the newest first."""
    return _rows(session, _statement().where(Offer.case_id == case_id).order_by(Offer.id.desc()))


def offers_of_cases(session: Session, case_ids: Collection[int]) -> list[OfferRow]:
    """Those of several cases, the newest first."""
    return _rows(session, _statement().where(Offer.case_id.in_(case_ids)).order_by(Offer.id.desc()))


def offer_row(session: Session, offer_id: int) -> OfferRow | None:
    """One offer."""
    found = _rows(session, _statement().where(Offer.id == offer_id))
    return found[0] if found else None


def place_of_offer(session: Session, offer_id: int) -> int | None:
    """The place that an offer binds; None where there is no such offer."""
    return session.scalar(select(Offer.location_id).where(Offer.id == offer_id))


def offers_after(
    session: Session,
    after: int | None,
    *,
    limit: int,
    places: Collection[int] | None,
    states: Collection[OfferState] = (),
) -> list[OfferRow]:
    """Those with smaller ids than `after`, the newest first, at these places (None: at all)."""
    wanted = _statement().order_by(Offer.id.desc()).limit(limit)
    if after is not None:
        wanted = wanted.where(Offer.id < after)
    if places is not None:
        wanted = wanted.where(Offer.location_id.in_(places))
    return _rows(session, wanted.where(Offer.state.in_(states)) if states else wanted)


def offer_by_code(session: Session, code: str, *, places: Collection[int] | None) -> OfferRow | None:
    """The offer of a code, at these places (None: at all)."""
    wanted = _statement().where(Offer.code == code)
    found = _rows(session, wanted if places is None else wanted.where(Offer.location_id.in_(places)))
    return found[0] if found else None


def steps_of(session: Session, offer_ids: Collection[int]) -> list[StepRow]:
    """Every step of these offers, oldest first."""
    rows = session.execute(
        select(
            OfferStep.offer_id, OfferStep.happened_at, OfferStep.person_id, OfferStep.person_name, OfferStep.before,
            OfferStep.state, OfferStep.facts,
        ).where(OfferStep.offer_id.in_(offer_ids)).order_by(OfferStep.id)
    )  # fmt: skip
    return [StepRow(**row) for row in rows.mappings()]


def ledger(session: Session, location_id: int, month: str | None) -> list[OfferRow]:
    """What was approved at a place in a month, or with None ever, whatever became of it; oldest first."""
    wanted = _statement().where(Offer.location_id == location_id, Offer.month.is_not(None))
    wanted = wanted if month is None else wanted.where(Offer.month == month)
    return _rows(session, wanted.order_by(Offer.month, Offer.approved_at, Offer.id).limit(LEDGER_MOST))


def offers_approved(
    session: Session, *, since: datetime, until: datetime, places: Collection[int] | None
) -> list[OfferRow]:
    """What was approved from one instant to before another at these places (None: at all), oldest first."""
    wanted = _statement().where(Offer.approved_at >= since, Offer.approved_at < until)
    wanted = wanted if places is None else wanted.where(Offer.location_id.in_(places))
    return _rows(session, wanted.order_by(Offer.approved_at, Offer.id).limit(LEDGER_MOST))


def months_of(session: Session, location_id: int) -> list[str]:
    """The months in which a place has approved anything, the newest first."""
    wanted = select(Offer.month).where(Offer.location_id == location_id, Offer.month.is_not(None))
    return [month for month in session.scalars(wanted.distinct().order_by(Offer.month.desc())) if month]


def waiting_offers(session: Session, *, places: Collection[int] | None) -> list[OfferRow]:
    """Proposals that wait for somebody to decide, at these places (None: at all), the longest waiting first."""
    wanted = _statement().where(Offer.state == OfferState.PROPOSED).order_by(Offer.proposed_at, Offer.id)
    return _rows(session, wanted if places is None else wanted.where(Offer.location_id.in_(places)))


def _is_of_customer(session: Session, case_id: int) -> ColumnElement[bool]:
    """Offers in the case itself, and in others of the same author."""
    same = _same_customer(session, case_id)
    if same is None:
        return Offer.case_id == case_id
    cases = select(Case.id).join(Review, Review.id == Case.review_id).join(Source, Source.id == Review.source_id)
    return or_(Offer.case_id == case_id, Offer.case_id.in_(cases.where(same[0])))


@once
def _same_customer(session: Session, case_id: int) -> tuple[ColumnElement[bool], bool] | None:
    review_id = session.scalar(select(Case.review_id).where(Case.id == case_id))
    return is_same_author(session, review_id) if review_id is not None else None


def _sum(column: Any) -> Any:
    return func.coalesce(func.sum(column), 0)


def _statement() -> Select[Any]:
    own: tuple[Any, ...] = (
        Offer.id, Offer.case_id, Offer.location_id, Offer.kind, Offer.state, Offer.version, Offer.severity,
        Offer.severity_of_case, Offer.value_minor, Offer.cost_minor, Offer.price_minor, Offer.currency, Offer.cause_id,
        Offer.description, Offer.reason, Offer.valid_until_on, Offer.channel, Offer.outside, Offer.exception_reason,
        Offer.month, Offer.code, Offer.proposed_at, Offer.approved_at, Offer.issued_at, Offer.redeemed_at,
    )  # fmt: skip
    return (
        select(
            *own,
            Case.review_id,
            func.coalesce(Review.author_name, "").label("author_name"),
            Location.name.label("location_name"),
            Location.timezone,
            Cause.key.label("cause_key"),
            Cause.name.label("cause_name"),
            _PROPOSER.name.label("proposed_by"),
            _APPROVER.name.label("approved_by"),
        )
        .join(Location, Location.id == Offer.location_id)
        .outerjoin(Case, Case.id == Offer.case_id)
        .outerjoin(Review, Review.id == Case.review_id)
        .outerjoin(Cause, Cause.id == Offer.cause_id)
        .outerjoin(_PROPOSER, _PROPOSER.id == Offer.proposed_by_id)
        .outerjoin(_APPROVER, _APPROVER.id == Offer.approved_by_id)
    )


def _rows(session: Session, statement: Select[Any]) -> list[OfferRow]:
    return [OfferRow(**row) for row in session.execute(statement).mappings()]
