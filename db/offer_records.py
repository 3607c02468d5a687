"""What every step of an offer has in common: what is held meanwhile, what it is judged by, where it is told.

Whoever takes a step holds the review of the case, then the row of all offers, and writes to the audit log last.
Functions flush and never commit.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from . import audit
from .acting import Actor, record
from .cases import lock_reviews
from .errors import CaseChanged
from .follow_ups import follow_offer
from .hours import zone_of
from .models import Case, Location, Offer, OfferState, OfferStep, Review, Source
from .offer_policies import Policy, hold_offers
from .offer_rules import Claim, Judgement, judge
from .phrases import say
from .queries.offers import standing
from .webhook_events import OF_OFFERS, tell


def held_case(session: Session, case_id: int) -> Location:
    """The place of a case; nobody else decides about an offer until the transaction ends.

    Raises:
        CaseChanged: the case is gone.
    """
    review_id = session.scalar(select(Case.review_id).where(Case.id == case_id))
    if review_id is None:
        raise CaseChanged(say("This case is gone. Go back to the queue."))
    lock_reviews(session, [review_id])
    hold_offers(session)
    return session.scalars(
        select(Location)
        .join(Source, Source.location_id == Location.id)
        .join(Review, Review.source_id == Source.id)
        .where(Review.id == review_id)
    ).one()


def held(session: Session, offer_id: int) -> tuple[Offer, Location]:
    """An offer as it is now, and its place; nobody else touches either until the transaction ends.

    Raises:
        CaseChanged: it is gone.
    """
    review_id = session.scalar(select(Case.review_id).join(Offer, Offer.case_id == Case.id).where(Offer.id == offer_id))
    if review_id is not None:
        lock_reviews(session, [review_id])
    hold_offers(session)
    offer = session.scalar(select(Offer).where(Offer.id == offer_id).execution_options(populate_existing=True))
    if offer is None:
        raise CaseChanged(say("This offer is gone. Go back to the case."))
    return offer, session.get_one(Location, offer.location_id)


def held_as_seen(session: Session, offer_id: int, seen: int) -> tuple[Offer, Location]:
    """The same over the version that was seen.

    Raises:
        CaseChanged: it is gone, or has changed since it was shown.
    """
    offer, location = held(session, offer_id)
    if offer.version != seen:
        raise CaseChanged(say("This offer has changed since you opened it. Look at it again."))
    return offer, location


def judgement_of(session: Session, offer: Offer, now_policy: Policy, *, now: datetime) -> Judgement:
    """What the policy says of it now, in the month of a yes that was given before or would be given now."""
    location = session.get_one(Location, offer.location_id)
    terms = now_policy.terms
    beside = standing(
        session,
        terms,
        case_id=offer.case_id,
        location_id=offer.location_id,
        month=offer.month or month_at(location, now),
        now=now,
        without=offer.id,
    )
    return judge(terms, claim_of(offer), beside)


def claim_of(offer: Offer) -> Claim:
    """An offer as the rules look at it."""
    return Claim(
        kind=offer.kind,
        severity=offer.severity,
        severity_of_case=offer.severity_of_case,
        value_minor=offer.value_minor,
        cost_minor=offer.cost_minor,
        price_minor=offer.price_minor,
        cause_id=offer.cause_id,
    )


def today_at(location: Location, now: datetime) -> date:
    """The day it is at a place."""
    return now.astimezone(zone_of(location.timezone)).date()


def month_at(location: Location, now: datetime) -> str:
    """The month it is at a place, as budgets count: "2026-11"."""
    return f"{now.astimezone(zone_of(location.timezone)):%Y-%m}"


def tell_step(
    session: Session,
    offer: Offer,
    before: OfferState | None,
    to: OfferState,
    facts: Mapping[str, Any],
    *,
    by: Actor | None,
    now: datetime,
) -> None:
    """Write a step down: at the offer, in the timeline of its case, in the audit log."""
    offer.state = to
    offer.version += 1
    session.add(
        OfferStep(
            offer_id=offer.id,
            happened_at=now,
            person_id=by.person_id if by else None,
            person_name=by.name if by else "",
            before=before,
            state=to,
            facts=dict(facts),
        )
    )
    session.flush()
    kind = "offer_undone" if facts.get("undone") else f"offer_{to.value}"
    what = {"offer_id": offer.id, "kind": offer.kind.value, "value_minor": offer.value_minor}
    what |= {"currency": offer.currency, "description": offer.description}
    if offer.case_id is not None:
        record(session, [offer.case_id], kind, {**what, **facts}, by=by, now=now)
        follow_offer(session, offer, to, by=by, now=now)
    heard: dict[str, Any] = {"offer_id": offer.id, "kind": offer.kind.value, "state": to.value}
    heard |= {"before": before.value if before else None, "value_minor": offer.value_minor, "currency": offer.currency}
    tell(session, OF_OFFERS[to], offer.case_id, heard | {"is_undone": bool(facts.get("undone"))}, now=now)
    told = {
        **facts,
        "offer_id": offer.id,
        "before": before.value if before else None,
        "state": to.value,
        "kind": offer.kind.value,
        "value_minor": offer.value_minor,
        "cost_minor": offer.cost_minor,
        "price_minor": offer.price_minor,
        "currency": offer.currency,
        "location_id": offer.location_id,
        "month": offer.month,
        "policy": offer.policy_number,
    }
    audit.append(session, kind, told, by=by, now=now, case_id=offer.case_id)
