"""No order of steps goes past the policy: any acts of anybody, in any order, on one place with few customers."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any, ClassVar

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)
from sqlalchemy import Engine, func, select
from sqlalchemy.orm import Session

from db import audit
from db.acting import Actor
from db.errors import BadValue, CaseChanged
from db.models import Channel, Offer, OfferKind, OfferState, OfferStep, Severity
from db.offer_expiry import expire_due
from db.offer_policies import change_policy, policy
from db.offer_rules import BINDING, Outside, may_step
from db.offer_terms import CAP_PERCENT, USUAL, Terms
from db.offer_undo import take_back
from db.offers import Proposal, approve, propose, redeem, step
from db.roles import Role
from db.session import session_scope
from tests.factories import NOW

from .offer_hands import Hands, make_hands

ROLES = st.sampled_from([Role.STAFF, Role.STAFF, Role.APPROVER, Role.OWNER])
REASONS = st.sampled_from(["", "", "A regular"])
KINDS = st.sampled_from([OfferKind.VOUCHER, OfferKind.VOUCHER, OfferKind.ITEM, OfferKind.REFUND, OfferKind.OTHER])
SEVERITIES = st.sampled_from([Severity.SERIOUS, Severity.SERIOUS, Severity.MINOR, Severity.GRAVE])
BUDGET = 6_000  # two offers of the usual size
WAY = (OfferState.OFFERED, OfferState.ACCEPTED, OfferState.DECLINED, OfferState.ISSUED, OfferState.CANCELLED)


class Desk(RuleBasedStateMachine):
    """Four cases of two guests. A budget for two offers, in one month, and a day that may pass."""

    engine: ClassVar[Engine]

    @initialize()
    def begin(self) -> None:
        """A place of its own for every example: the database is shared."""
        with session_scope(self.engine) as session:
            self.hands: Hands = make_hands(session, cases=4)
            self.number = policy(session).number
        self.terms: Terms = USUAL
        self.now = NOW
        self.ids: list[int] = []
        self.redeemed: dict[int, int] = {}
        self._set_budget(BUDGET)

    def _set_budget(self, amount: int) -> None:
        self.terms = replace(USUAL, budget_minor=amount, customer_offers=3, customer_minor=50_000, valid_days=2)
        with session_scope(self.engine) as session:
            self.number = change_policy(
                session, self.terms, seen=policy(session).number, by=self.hands.actor(Role.OWNER)
            ).number

    def _try(self, act: Any) -> None:
        """Whatever is refused leaves everything as it was."""
        ids = list(self.ids)
        try:
            with session_scope(self.engine) as session:
                act(session)
        except (BadValue, CaseChanged):
            self.ids = ids

    def _bound(self, session: Session, offer: Offer) -> None:
        """What has just been bound fits into everything, or an owner has said why it need not."""
        bound = [one for one in session.scalars(select(Offer).where(Offer.id.in_(self.ids))) if one.state in BINDING]
        in_month = sum(one.cost_minor for one in bound if one.month == offer.month)
        assert in_month <= self.terms.budget_minor or Outside.BUDGET in offer.outside
        guest = self.hands.case_ids.index(offer.case_id or 0) % 2
        to_guest = [one for one in bound if self.hands.case_ids.index(one.case_id or 0) % 2 == guest]
        assert len(to_guest) <= self.terms.customer_offers or Outside.CUSTOMER_COUNT in offer.outside
        in_case = sum(one.value_minor for one in bound if one.case_id == offer.case_id)
        if offer.price_minor is not None:
            assert in_case * 100 <= offer.price_minor * CAP_PERCENT
            assert in_case <= offer.price_minor or Outside.PERCENT in offer.outside

    def _by(self, role: Role) -> Actor:
        return self.hands.actor(role, self.now)

    def _seen(self, session: Session, offer_id: int) -> int:
        return session.get_one(Offer, offer_id).version

    @rule(
        case=st.integers(0, 3), kind=KINDS, severity=SEVERITIES,
        value=st.sampled_from([900, 2_500, 3_000, 3_000, 5_000]), price=st.sampled_from([None, None, 2_000, 4_000]),
        role=ROLES, why=REASONS,
    )  # fmt: skip
    def proposes(
        self, case: int, kind: OfferKind, severity: Severity, value: int, price: int | None, role: Role, why: str
    ) -> None:
        """Somebody proposes something; the case suggests that it was serious."""

        def act(session: Session) -> None:
            given = Proposal(
                kind=kind, severity=severity, severity_of_case=Severity.SERIOUS, value_minor=value, price_minor=price,
                description="A bottle", reason="They waited",
            )  # fmt: skip
            case_id = self.hands.case_ids[case]
            made = propose(
                session, case_id, given, by=self._by(role), role=role, is_unconditional=True, exception_reason=why
            )
            self.ids.append(made.id)
            if made.state in BINDING:
                self._bound(session, made)

        self._try(act)

    @rule(case=st.integers(0, 3), value=st.sampled_from([2_500, 3_000]))
    def staff_give_the_usual(self, case: int, value: int) -> None:
        """A voucher inside the policy, as long as there is room for it."""
        self.proposes(case, OfferKind.VOUCHER, Severity.SERIOUS, value, None, Role.STAFF, "")

    @precondition(lambda self: self.ids)
    @rule(at=st.integers(0, 50), role=ROLES, why=REASONS)
    def approves(self, at: int, role: Role, why: str) -> None:
        """Somebody says yes, whether they may or not."""
        offer_id = self.ids[at % len(self.ids)]

        def act(session: Session) -> None:
            seen = self._seen(session, offer_id)
            self._bound(session, approve(session, offer_id, seen=seen, by=self._by(role), role=role, reason=why))

        self._try(act)

    @precondition(lambda self: self.ids)
    @rule(at=st.integers(0, 50), to=st.sampled_from(WAY), role=ROLES)
    def steps(self, at: int, to: OfferState, role: Role) -> None:
        """Somebody leads one on, whether there is a way or not."""
        offer_id = self.ids[at % len(self.ids)]
        self._try(
            lambda session: step(
                session, offer_id, to, seen=self._seen(session, offer_id), by=self._by(role), reason="Because",
                channel=Channel.PHONE,
            )
        )  # fmt: skip

    @precondition(lambda self: self.ids)
    @rule(at=st.integers(0, 50), role=ROLES)
    def redeems(self, at: int, role: Role) -> None:
        """Somebody shows a slip, perhaps once more."""
        offer_id = self.ids[at % len(self.ids)]

        def act(session: Session) -> None:
            code = session.get_one(Offer, offer_id).code
            if code is not None:
                redeem(session, code, by=self._by(role), places=[self.hands.location_id])
                self.redeemed[offer_id] = self.redeemed.get(offer_id, 0) + 1

        self._try(act)

    @precondition(lambda self: self.ids)
    @rule(at=st.integers(0, 50), role=ROLES)
    def takes_back(self, at: int, role: Role) -> None:
        """Somebody takes back the last step of one."""
        offer_id = self.ids[at % len(self.ids)]

        def act(session: Session) -> None:
            was = session.get_one(Offer, offer_id).state
            offer = take_back(session, offer_id, seen=self._seen(session, offer_id), by=self._by(role))
            if offer.state in BINDING and was not in BINDING:
                self._bound(session, offer)
            if was is OfferState.REDEEMED:
                self.redeemed[offer_id] -= 1

        self._try(act)

    @rule(amount=st.sampled_from([BUDGET // 2, BUDGET]))
    def owner_sets_the_budget(self, amount: int) -> None:
        """What is bound already stays bound."""
        self._set_budget(amount)

    @rule(days=st.sampled_from([0, 0, 1, 3]))
    def days_pass(self, days: int) -> None:
        """The worker lets go what was not used."""
        self.now += timedelta(days=days)
        with session_scope(self.engine) as session:
            expire_due(session, now=self.now)

    @invariant()
    def every_way_began_with_a_yes(self) -> None:
        """Of an owner with a reason, where it is outside the policy; and no code was redeemed twice."""
        if not getattr(self, "ids", None):
            return
        with session_scope(self.engine) as session:
            offers = session.scalars(select(Offer).where(Offer.id.in_(self.ids))).all()
            steps = session.scalars(
                select(OfferStep).where(OfferStep.offer_id.in_(self.ids)).order_by(OfferStep.id)
            ).all()
            for offer in offers:
                self._look_at(offer, [one for one in steps if one.offer_id == offer.id])

    def _look_at(self, offer: Offer, steps: list[OfferStep]) -> None:
        assert [one.before for one in steps[1:]] == [one.state for one in steps[:-1]]
        assert offer.state is steps[-1].state
        for one in steps[1:]:
            is_back = "undone" in one.facts
            assert is_back or (one.before is not None and may_step(offer.kind, one.before, one.state))
        if offer.state in BINDING:
            assert any(one.state is OfferState.APPROVED for one in steps), "bound without a yes"
            assert offer.month
            if offer.outside:
                assert offer.approved_by_id == self.hands.people[Role.OWNER]
                assert offer.exception_reason
            if offer.severity is Severity.GRAVE:
                assert offer.approved_by_id == self.hands.people[Role.OWNER]
        assert self.redeemed.get(offer.id, 0) == (offer.state is OfferState.REDEEMED)


def test_no_order_of_steps_goes_past_the_policy(engine: Engine) -> None:
    """Forty acts at a time of anybody in any order; the log is whole at the end."""
    Desk.engine = engine
    count = 40 if engine.dialect.name == "sqlite" else 10
    run_state_machine_as_test(Desk, settings=settings(max_examples=count, stateful_step_count=40, deadline=None))
    with session_scope(engine) as session:
        assert audit.verify(session).broken_at is None
        assert session.scalar(select(func.count()).select_from(OfferStep))
