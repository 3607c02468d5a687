"""Taking back the last step of an offer: soon, once, and only by whoever took it.

A step back is told like any other. One that would bind money again is taken only where the policy still allows it:
somebody may have used what it had set free. Functions flush and never commit.
"""

from __future__ import annotations

from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from .acting import UNDO_KEPT, Actor
from .errors import CaseChanged
from .models import Offer, OfferState, OfferStep
from .offer_policies import policy
from .offer_records import held_as_seen, judgement_of, tell_step
from .offer_rules import BINDING
from .phrases import say


def take_back(session: Session, offer_id: int, *, seen: int, by: Actor) -> Offer:
    """To where it stood before the last step.

    A proposal that was new, or approved as it was made, is cancelled by this.

    Raises:
        CaseChanged: it has changed since, too much time has passed, somebody else took the step, or what it would bind
            again is no longer free.
    """
    offer, _ = held_as_seen(session, offer_id, seen)
    last = session.scalars(
        select(OfferStep).where(OfferStep.offer_id == offer.id).order_by(OfferStep.id.desc()).limit(1)
    ).one()
    is_mine = last.person_id == by.person_id and by.now - last.happened_at <= UNDO_KEPT
    if not is_mine or last.facts.get("undone"):
        raise CaseChanged(say("That can no longer be taken back. Change it by hand instead."))
    is_new = last.before is None or last.facts.get("at_once")
    to = OfferState.CANCELLED if is_new or last.before is None else last.before
    if to in BINDING and offer.state not in BINDING:
        _must_fit(session, offer, by=by)
    _clear(offer, to)
    tell_step(session, offer, offer.state, to, {"undone": last.state.value}, by=by, now=by.now)
    return offer


def _must_fit(session: Session, offer: Offer, *, by: Actor) -> None:
    now_policy = policy(session)
    judgement = judgement_of(session, offer, now_policy, now=by.now)
    is_countable = judgement.is_possible and offer.currency == now_policy.terms.currency
    if not is_countable or not set(judgement.codes) <= set(offer.outside):
        raise CaseChanged(say("What it would cost is no longer free. Propose it anew."))


def _clear(offer: Offer, to: OfferState) -> None:
    """What the step had written, where it is gone with it; a code that was given out is kept for the next time."""
    at = _ORDER.index(to) if to in _ORDER else len(_ORDER)
    if at < _ORDER.index(OfferState.APPROVED):
        offer.month = offer.approved_at = offer.approved_by_id = None
        offer.outside, offer.exception_reason = [], ""
    if at < _ORDER.index(OfferState.OFFERED):
        offer.channel = None
    if at < _ORDER.index(OfferState.ISSUED):
        offer.issued_at = None
    if at < _ORDER.index(OfferState.REDEEMED):
        offer.redeemed_at = None


_ORDER: Final = (
    OfferState.PROPOSED,
    OfferState.APPROVED,
    OfferState.OFFERED,
    OfferState.ACCEPTED,
    OfferState.ISSUED,
    OfferState.REDEEMED,
)
