"""From a proposal to the end: what stops a step, what is let go, what can be taken back, and where it is told."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from db import audit
from db.acting import UNDO_KEPT
from db.errors import BadValue, CaseChanged
from db.models import Case, CaseEvent, Offer, OfferKind, OfferState, Severity
from db.offer_expiry import expire_due
from db.offer_policies import change_policy, policies, policy
from db.offer_terms import USUAL
from db.offer_undo import take_back
from db.offers import approve, redeem, step
from db.queries.offers import earlier_offers, ledger, months_of, steps_of, used_in
from db.roles import Role
from tests.factories import NOW

from .offer_hands import led, make_hands, proposed

MONTH = "2026-11"


def test_the_whole_way_is_told_and_logged(session: Session) -> None:
    """One line each in the timeline, in the log and at the offer; the code stands in none of them."""
    hands = make_hands(session)
    by = hands.actor(Role.STAFF)
    offer = led(session, proposed(session, hands), OfferState.ISSUED, by=by)
    redeem(session, offer.code or "", by=by, places=[hands.location_id])
    kinds = [f"offer_{name}" for name in ("proposed", "approved", "offered", "accepted", "issued", "redeemed")]
    told = session.execute(select(CaseEvent.kind, CaseEvent.facts).order_by(CaseEvent.id)).all()
    assert [row.kind for row in told] == [*kinds[:5], "follow_up_set", kinds[5]]
    assert [line.kind for line in audit.lines(session)] == kinds
    assert [f"offer_{one.state}" for one in steps_of(session, [offer.id])] == kinds
    assert not any((offer.code or "-") in str(line.facts) for line in audit.lines(session))
    assert not any((offer.code or "-") in str(row.facts) for row in told)
    with pytest.raises(BadValue, match="no such code"):
        redeem(session, offer.code or "", by=by, places=[hands.location_id + 1])


def test_what_is_not_used_in_time_is_let_go(session: Session) -> None:
    """By the calendar of the place, and its cost is free again; money that was paid back stays paid."""
    hands = make_hands(session)
    by = hands.actor(Role.STAFF)
    until = NOW.date()
    voucher = led(session, proposed(session, hands, valid_until_on=until), OfferState.ISSUED, by=by)
    paid = proposed(session, hands, case=1, kind=OfferKind.REFUND, price_minor=6_000, valid_until_on=until)
    led(session, paid, OfferState.ISSUED, by=by)
    gone = led(session, proposed(session, hands, case=2), OfferState.ISSUED, by=by)
    step(session, gone.id, OfferState.CANCELLED, seen=gone.version, by=by, reason="Sent to the wrong guest")
    with pytest.raises(BadValue, match="the offer was cancelled"):
        redeem(session, gone.code or "", by=by, places=None)
    assert used_in(session, hands.location_id, MONTH, "EUR") == 6_000
    assert expire_due(session, now=NOW + timedelta(hours=10)) == 0  # 22:00 in UTC, 23:00 in Rome
    late = replace(by, now=NOW + timedelta(hours=11, minutes=30))
    with pytest.raises(BadValue, match="last day is past"):
        redeem(session, voucher.code or "", by=late, places=None)
    assert expire_due(session, now=late.now) == 1
    assert (voucher.state, paid.state) == (OfferState.EXPIRED, OfferState.ISSUED)
    assert used_in(session, hands.location_id, MONTH, "EUR") == 3_000
    with pytest.raises(CaseChanged, match="no longer be taken back"):
        take_back(session, voucher.id, seen=voucher.version, by=late)


def test_the_last_step_can_be_taken_back(session: Session) -> None:
    """Soon, once, by whoever took it; and not where its money has been used since."""
    hands = make_hands(session, cases=8, authors=8)
    staff, owner = hands.actor(Role.STAFF), hands.actor(Role.OWNER)
    new = proposed(session, hands)
    take_back(session, new.id, seen=new.version, by=staff)
    assert new.state is OfferState.CANCELLED
    offer = proposed(session, hands, case=1)
    step(session, offer.id, OfferState.CANCELLED, seen=offer.version, by=staff, reason="Mistyped")
    for other in (owner, replace(staff, now=NOW + UNDO_KEPT + timedelta(seconds=1))):
        with pytest.raises(CaseChanged, match="no longer be taken back"):
            take_back(session, offer.id, seen=offer.version, by=other)
    take_back(session, offer.id, seen=offer.version, by=staff)
    assert (offer.state, offer.month) == (OfferState.APPROVED, MONTH)
    with pytest.raises(CaseChanged, match="no longer be taken back"):
        take_back(session, offer.id, seen=offer.version, by=staff)
    step(session, offer.id, OfferState.CANCELLED, seen=offer.version, by=staff, reason="Mistyped")
    for at in range(2, 8):
        proposed(session, hands, case=at)
    with pytest.raises(CaseChanged, match="no longer free"):
        take_back(session, offer.id, seen=offer.version, by=staff)


def test_an_exception_is_an_owners_and_has_a_reason(session: Session) -> None:
    """It waits until then; the reason and what was outside stand in the log."""
    hands = make_hands(session)
    offer = proposed(session, hands, value_minor=9_000, role=Role.APPROVER, why="I may not")
    assert offer.state is OfferState.PROPOSED
    with pytest.raises(BadValue, match="an owner of the place decides"):
        approve(session, offer.id, seen=offer.version, by=hands.actor(Role.APPROVER), role=Role.APPROVER, reason="x")
    with pytest.raises(BadValue, match="Say why you make an exception"):
        approve(session, offer.id, seen=offer.version, by=hands.actor(Role.OWNER), role=Role.OWNER)
    approve(session, offer.id, seen=offer.version, by=hands.actor(Role.OWNER), role=Role.OWNER, reason="A regular")
    *_, last = audit.lines(session)
    reason = audit.text_digest("A regular")  # its words stand at the offer, where they can be taken out
    assert (last.facts["outside"], last.facts["reason"], last.facts["state"]) == (["range"], reason, "approved")
    graver = proposed(session, hands, case=1, severity=Severity.GRAVE)
    assert graver.state is OfferState.PROPOSED


def test_the_policy_has_a_history(session: Session) -> None:
    """Each version with who and when; a page that shows an older one changes nothing, and currencies do not mix."""
    hands = make_hands(session)
    owner = hands.actor(Role.OWNER)
    waiting = proposed(session, hands, value_minor=9_000)
    assert policy(session).number == 0
    change_policy(session, replace(USUAL, budget_minor=0), seen=0, by=owner)
    assert proposed(session, hands, case=1).state is OfferState.PROPOSED
    with pytest.raises(CaseChanged, match="has changed the policy"):
        change_policy(session, USUAL, seen=0, by=owner)
    assert change_policy(session, replace(USUAL, budget_minor=0), seen=1, by=owner).number == 1
    change_policy(session, replace(USUAL, currency="CHF"), seen=1, by=owner)
    assert [(one.number, one.person_name, one.terms.currency) for one in policies(session)] == [
        (2, "owner", "CHF"),
        (1, "owner", "EUR"),
    ]
    with pytest.raises(BadValue, match="another currency"):
        approve(session, waiting.id, seen=waiting.version, by=owner, role=Role.OWNER, reason="Yes")


def test_books_outlive_their_cases_and_claims_are_shown(session: Session) -> None:
    """The same guest's offers are found from another case of theirs; the ledger keeps what its case is gone from."""
    hands = make_hands(session)
    by = hands.actor(Role.STAFF)
    first = led(session, proposed(session, hands), OfferState.ACCEPTED, by=by)
    [found] = earlier_offers(session, hands.case_ids[2], places=None).offers
    assert (found.kind, found.state, found.value_minor) == (OfferKind.VOUCHER, OfferState.ACCEPTED, 3_000)
    assert earlier_offers(session, hands.case_ids[1], places=None).offers == ()
    assert earlier_offers(session, hands.case_ids[2], places=[]).offers == ()
    session.execute(delete(Case).where(Case.id == first.case_id))
    session.expire_all()
    [line] = ledger(session, hands.location_id, MONTH)
    assert (line.review_id, line.cost_minor, line.approved_by) == (None, 3_000, "staff")
    assert months_of(session, hands.location_id) == [MONTH]
    offer = session.get_one(Offer, line.id)
    step(session, offer.id, OfferState.ISSUED, seen=offer.version, by=by)
    assert audit.verify(session).broken_at is None
