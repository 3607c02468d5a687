"""Offers of the demo, one in every state, so that each page about them has something to show."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy.orm import Session

from db.acting import Actor
from db.models import Channel, Offer, OfferKind, OfferState, Severity
from db.offers import Proposal, propose, redeem, step
from db.roles import Role

WINE = "A bottle of wine with your next dinner"
# kind, worth in cents, words, and how far it came; the first waits for the owner, for it is above the range.
OFFERS: Sequence[tuple[OfferKind, int, str, OfferState]] = (
    (OfferKind.VOUCHER, 4_500, "", OfferState.PROPOSED),
    (OfferKind.VOUCHER, 3_000, "", OfferState.ISSUED),
    (OfferKind.ITEM, 1_800, WINE, OfferState.OFFERED),
    (OfferKind.ITEM, 1_200, "Dessert and coffee for two", OfferState.APPROVED),
    (OfferKind.VOUCHER, 2_500, "", OfferState.ACCEPTED),
    (OfferKind.REFUND, 2_200, "", OfferState.ISSUED),
    (OfferKind.VOUCHER, 2_000, "", OfferState.REDEEMED),
    (OfferKind.EXTRA, 1_500, "Two hours longer in the room", OfferState.DECLINED),
    (OfferKind.ITEM, 900, WINE, OfferState.CANCELLED),
)
WAY = (OfferState.OFFERED, OfferState.ACCEPTED, OfferState.ISSUED)
PRICE_MINOR = 6_400  # what the guests of the refund had paid


def lay_out_offers(session: Session, case_ids: Sequence[int], *, owner: Actor, staff: Actor) -> None:
    """One to each case, as far as there are cases."""
    for case_id, (kind, value, words, state) in zip(case_ids, OFFERS, strict=False):
        by = staff if state is OfferState.PROPOSED else owner
        lay_out_offer(session, case_id, kind, value, words, state, by=by)


def lay_out_offer(
    session: Session, case_id: int, kind: OfferKind, value: int, words: str, state: OfferState, *, by: Actor
) -> Offer:
    """One, led on to this state; by an owner unless it shall wait for one."""
    given = Proposal(
        kind=kind,
        severity=Severity.SERIOUS,
        severity_of_case=Severity.SERIOUS,
        value_minor=value,
        price_minor=PRICE_MINOR if kind is OfferKind.REFUND else None,
        description=words,
        reason="They waited far too long, and nobody said why.",
    )
    role = Role.STAFF if state is OfferState.PROPOSED else Role.OWNER
    why = "" if role is Role.STAFF else "They come every week."
    made = propose(session, case_id, given, by=by, role=role, is_unconditional=True, exception_reason=why)
    _lead(session, made, state, by=by)
    return made


def _lead(session: Session, offer: Offer, state: OfferState, *, by: Actor) -> None:
    if state is OfferState.CANCELLED:
        step(session, offer.id, state, seen=offer.version, by=by, reason="Offered twice by mistake.")
    if state in (OfferState.PROPOSED, OfferState.APPROVED, OfferState.CANCELLED):
        return
    for to in WAY:
        step(session, offer.id, to, seen=offer.version, by=by, channel=Channel.MAIL)
        if to is state:
            return
        if to is OfferState.OFFERED and state is OfferState.DECLINED:
            step(session, offer.id, state, seen=offer.version, by=by)
            return
    redeem(session, offer.code or "", by=by, places=None)
