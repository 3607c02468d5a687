"""Real processes that decide and redeem at the same moment: nothing is bound twice, no code works twice."""

from __future__ import annotations

from collections import Counter

import pytest
from sqlalchemy import Engine, select, update

from db import audit
from db.models import Offer, OfferKind, OfferState, OfferStep
from db.offer_rules import BINDING
from db.roles import Role
from db.session import read_scope, session_scope

from .offer_hands import led, make_hands, proposed
from .racers import race

PROCESSES = 5
THREADS = 10


def test_fifty_redeem_one_code_and_one_does(engine: Engine, database_url: str) -> None:
    """Five processes with ten threads each show the same slip at once; the log has one line about it and is whole."""
    with session_scope(engine) as session:
        hands = make_hands(session, cases=1)
        by = hands.actor(Role.STAFF)
        offer = led(session, proposed(session, hands), OfferState.ISSUED, by=by)
        argument = f"{offer.code}:{by.person_id}:{THREADS}"
    told = [one for some in race("redeem", database_url, [argument] * PROCESSES) for one in some]
    assert Counter(told) == {"redeemed": 1, "This code was redeemed already. Give nothing for it again.": 49}
    with read_scope(engine) as session:
        assert len(session.scalars(select(OfferStep).where(OfferStep.state == OfferState.REDEEMED)).all()) == 1
        assert [line.kind for line in audit.lines(session)].count("offer_redeemed") == 1
        assert audit.verify(session).broken_at is None


@pytest.mark.parametrize("is_one_guest", [False, True])
def test_those_who_decide_at_once_stay_inside(engine: Engine, database_url: str, is_one_guest: bool) -> None:
    """Ten proposals of 30 and room for 200 at the place, or for two to one guest: what is bound fits in the end.

    They wait as what only an owner may give, become what staff may give, and are approved by all at once.
    """
    with session_scope(engine) as session:
        hands = make_hands(session, cases=10, authors=1 if is_one_guest else 10)
        owner = hands.actor(Role.OWNER)
        made = [proposed(session, hands, case=at, kind=OfferKind.OTHER, description="A walk").id for at in range(10)]
        session.execute(update(Offer).values(kind=OfferKind.VOUCHER))
    arguments = [f"{','.join(map(str, made))}:{owner.person_id}" for _ in range(PROCESSES)]
    race("approve_offers", database_url, arguments)
    with read_scope(engine) as session:
        bound = session.scalars(select(Offer).where(Offer.state.in_(BINDING))).all()
        assert len(bound) == (2 if is_one_guest else 6)
        assert all(not offer.outside for offer in bound)
