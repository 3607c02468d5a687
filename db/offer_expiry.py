"""What was not used in time is let go, and what it would have cost is free again. The worker does it."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from .cases import lock_reviews
from .models import Case, Location, Offer, OfferKind, OfferState
from .offer_policies import hold_offers
from .offer_records import tell_step, today_at
from .offer_rules import may_step

EXPIRING: Final = (OfferState.APPROVED, OfferState.OFFERED, OfferState.ACCEPTED, OfferState.ISSUED)


def expire_due(session: Session, *, now: datetime, limit: int = 200) -> int:
    """Let go what was not used in time; how many. Done by the worker. What it would have cost is free again."""
    is_usable = or_(Offer.state != OfferState.ISSUED, Offer.kind != OfferKind.REFUND)  # money paid back stays paid
    latest = (now + timedelta(days=1)).date()  # somewhere on earth it is tomorrow already
    rows = session.execute(
        select(Offer.id, Case.review_id)
        .outerjoin(Case, Case.id == Offer.case_id)
        .where(Offer.valid_until_on < latest, Offer.state.in_(EXPIRING), is_usable)
        .order_by(Offer.valid_until_on, Offer.id)
        .limit(limit)
    ).all()
    if not rows:
        return 0
    lock_reviews(session, [row.review_id for row in rows if row.review_id is not None])
    hold_offers(session)
    ids = [row.id for row in rows]
    fresh = select(Offer).where(Offer.id.in_(ids)).order_by(Offer.id).execution_options(populate_existing=True)
    count = 0
    for offer in session.scalars(fresh).all():
        location = session.get_one(Location, offer.location_id)
        is_past = offer.valid_until_on < today_at(location, now)
        if is_past and may_step(offer.kind, offer.state, OfferState.EXPIRED):
            tell_step(session, offer, offer.state, OfferState.EXPIRED, {}, by=None, now=now)
            count += 1
    return count
