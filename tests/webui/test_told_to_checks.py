"""What the checks are told of the case of an answer, and what they find by it."""

from __future__ import annotations

import pytest
from sqlalchemy import Engine

from db.models import Case, Offer, OfferKind, OfferState
from db.offer_undo import take_back
from db.offers import redeem, step
from db.roles import Role
from db.session import session_scope
from tests.db.offer_hands import Hands, led, make_hands, proposed
from webui.answering import findings_in
from webui.private_messages import private_findings

VOUCHER = "We have sent you a voucher."
REFUND = "I am sorry that you waited. We have refunded you in full."


def offering(engine: Engine, kind: OfferKind, state: OfferState) -> tuple[Hands, int, int]:
    """A case with an offer that is as far as this: (whose hands, the review, the offer)."""
    with session_scope(engine) as session:
        hands = make_hands(session, cases=1)
        # Above what the policy allows it waits for the owner.
        value = 9_000 if state is OfferState.PROPOSED else 3_000
        offer = proposed(session, hands, kind=kind, value_minor=value, price_minor=20_000)
        if state not in (OfferState.PROPOSED, OfferState.APPROVED):
            led(session, offer, state, by=hands.actor(Role.STAFF))
        assert offer.state is state
        return hands, session.get_one(Case, hands.case_ids[0]).review_id, offer.id


def is_backed(engine: Engine, review_id: int, words: str) -> bool:
    """Whether all that the words tell as done is on record: in public and in private alike."""
    public, private = findings_in(engine, review_id, words), private_findings(engine, review_id, words)
    told = ["W06" in [one["check"] for one in found or ()] for found in (public, private)]
    assert told[0] is told[1]
    return not told[0]


@pytest.mark.parametrize(("kind", "words"), [(OfferKind.REFUND, REFUND), (OfferKind.VOUCHER, VOUCHER)])
def test_what_was_given_may_be_told(engine: Engine, kind: OfferKind, words: str) -> None:
    """It is on record in the case: nobody is asked to log it first."""
    _, review_id, _ = offering(engine, kind, OfferState.ISSUED)
    assert is_backed(engine, review_id, words)


def test_what_was_given_backs_nothing_else(engine: Engine) -> None:
    """Neither what the rules find nor what the model alone does."""
    _, review_id, _ = offering(engine, OfferKind.REFUND, OfferState.ISSUED)
    for words in ("All our staff have been retrained.", "The waiter is no longer at our place."):
        assert not is_backed(engine, review_id, words), words
        assert not is_backed(engine, review_id, f"We have refunded you. {words}"), words


@pytest.mark.parametrize("state", [OfferState.PROPOSED, OfferState.APPROVED, OfferState.OFFERED, OfferState.ACCEPTED])
def test_what_is_only_on_its_way_is_not_done(engine: Engine, state: OfferState) -> None:
    """However far it is, short of given."""
    _, review_id, _ = offering(engine, OfferKind.VOUCHER, state)
    assert not is_backed(engine, review_id, VOUCHER)


def test_what_was_withdrawn_or_declined_backs_nothing(engine: Engine) -> None:
    """Also where it was given first; what was redeemed stays given."""
    hands, review_id, offer_id = offering(engine, OfferKind.VOUCHER, OfferState.ISSUED)
    by = hands.actor(Role.STAFF)
    with session_scope(engine) as session:
        offer = session.get_one(Offer, offer_id)
        redeem(session, offer.code or "", by=by, places=None)
    assert is_backed(engine, review_id, VOUCHER)
    with session_scope(engine) as session:
        offer = session.get_one(Offer, offer_id)
        take_back(session, offer_id, seen=offer.version, by=by)
        step(session, offer_id, OfferState.CANCELLED, seen=offer.version, by=by, reason="To the wrong guest")
    assert not is_backed(engine, review_id, VOUCHER)
    hands, review_id, offer_id = offering(engine, OfferKind.VOUCHER, OfferState.OFFERED)
    with session_scope(engine) as session:
        offer = session.get_one(Offer, offer_id)
        step(session, offer_id, OfferState.DECLINED, seen=offer.version, by=hands.actor(Role.STAFF))
    assert not is_backed(engine, review_id, VOUCHER)
