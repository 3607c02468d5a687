"""What the policy says of an offer: inside, outside with every reason, or more than anybody may give."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from db.errors import BadValue
from db.models import OfferKind, OfferState, Severity
from db.offer_rules import BINDING, STEPS, Claim, Outside, Standing, judge, suggest
from db.offer_terms import USUAL, KindTerms, SeverityTerms, Terms, check_terms, stored_terms, terms_of
from db.roles import RANKS, Role
from db.voucher_codes import ALPHABET, LENGTH, new_code, read_code, shown_code

AMOUNTS = st.integers(0, 50_000)
FREE = Standing(budget_minor=20_000, used_minor=0)
FAIR = Claim(
    kind=OfferKind.VOUCHER, severity=Severity.SERIOUS, severity_of_case=Severity.SERIOUS, value_minor=3_000,
    cost_minor=3_000, price_minor=None, cause_id=None,
)  # fmt: skip


@st.composite
def some_terms(draw: st.DrawFn) -> Terms:
    """Any policy that may be kept."""
    severities = {}
    for severity in Severity:
        least, most = sorted((draw(AMOUNTS), draw(AMOUNTS)))
        severities[severity] = SeverityTerms(
            kinds=tuple(draw(st.lists(st.sampled_from(OfferKind), unique=True))), least_minor=least, most_minor=most,
            percent=draw(st.integers(1, 100)), role=draw(st.sampled_from([Role.STAFF, Role.APPROVER, Role.OWNER])),
        )  # fmt: skip
    kinds = {kind: KindTerms(role=Role.STAFF, cost_percent=draw(st.integers(0, 200))) for kind in OfferKind}
    causes = draw(st.dictionaries(st.integers(1, 3), st.lists(st.sampled_from(OfferKind), unique=True).map(tuple)))
    return replace(
        USUAL, severities=severities, kinds=kinds, causes=causes, customer_offers=draw(st.integers(0, 5)),
        customer_minor=draw(AMOUNTS), budget_minor=draw(AMOUNTS),
    )  # fmt: skip


SOME_STANDING = st.builds(
    Standing, budget_minor=AMOUNTS, used_minor=AMOUNTS, case_minor=AMOUNTS, customer_offers=st.integers(0, 5),
    customer_minor=AMOUNTS,
)  # fmt: skip


@pytest.mark.parametrize(
    ("changes", "beside", "why"),
    [
        ({}, {}, []),
        ({"kind": OfferKind.OTHER}, {}, [Outside.KIND]),
        ({"severity_of_case": Severity.MINOR}, {}, [Outside.SEVERITY]),
        ({"value_minor": 3_001}, {}, [Outside.RANGE]),
        ({"price_minor": 2_999}, {}, [Outside.PERCENT]),
        ({"price_minor": 3_000}, {"case_minor": 1}, [Outside.PERCENT]),
        ({"price_minor": 2_000}, {}, [Outside.PERCENT]),
        ({"price_minor": 1_999}, {}, [Outside.PERCENT, Outside.CAP]),
        ({"price_minor": 3_000}, {"case_minor": 1_501}, [Outside.PERCENT, Outside.CAP]),
        ({"kind": OfferKind.REFUND}, {}, [Outside.NO_PRICE]),
        ({"kind": OfferKind.REFUND, "price_minor": 9_000}, {}, []),
        ({}, {"customer_offers": 2}, [Outside.CUSTOMER_COUNT]),
        ({}, {"customer_minor": 7_001}, [Outside.CUSTOMER_VALUE]),
        ({}, {"used_minor": 17_000}, []),
        ({}, {"used_minor": 17_001}, [Outside.BUDGET]),
        ({"cost_minor": 0}, {"used_minor": 20_001}, []),
        ({"cost_minor": 1}, {"used_minor": 20_000}, [Outside.BUDGET]),
        ({"cause_id": 7}, {}, [Outside.CAUSE]),
    ],
)
def test_every_limit_is_told_by_its_reason(changes: dict[str, Any], beside: dict[str, Any], why: list[Outside]) -> None:
    """At the limit an offer is inside, one unit above it is outside; above 150 % of the price nobody may."""
    terms = replace(USUAL, causes={7: (OfferKind.ITEM,)})
    found = judge(terms, replace(FAIR, **changes), replace(FREE, **beside))
    assert [reason.why for reason in found.outside] == why
    assert found.role is (Role.OWNER if why else Role.STAFF)
    assert found.is_possible == (Outside.CAP not in why)
    assert found.may_decide(Role.OWNER) == found.is_possible


def test_the_higher_role_decides_where_somebody_was_hurt() -> None:
    """Inside the policy, and still for the owner alone."""
    grave = replace(FAIR, severity=Severity.GRAVE, severity_of_case=Severity.GRAVE)
    found = judge(USUAL, grave, FREE)
    assert (found.outside, found.role) == ((), Role.OWNER)
    assert not found.may_decide(Role.APPROVER)
    assert not found.may_decide(None)


@given(some_terms(), st.sampled_from(Severity), st.none() | st.integers(1, 4), st.none() | AMOUNTS, SOME_STANDING)
def test_what_is_suggested_is_always_inside(
    terms: Terms, severity: Severity, cause_id: int | None, price: int | None, beside: Standing
) -> None:
    """At both ends of its range, for any policy and whatever is bound already; terms survive being stored."""
    check_terms(terms)
    assert terms_of(stored_terms(terms)) == terms
    beside = replace(beside, budget_minor=terms.budget_minor)
    found = suggest(terms, severity, cause_id, price, beside)
    assert 0 <= found.least_minor <= found.most_minor <= terms.severities[severity].most_minor
    if found.kind is None:
        return
    for value in (found.least_minor, found.most_minor):
        claim = Claim(
            kind=found.kind, severity=severity, severity_of_case=severity, value_minor=value,
            cost_minor=terms.least_cost(found.kind, value), price_minor=price, cause_id=cause_id,
        )  # fmt: skip
        judged = judge(terms, claim, beside)
        assert judged.outside == ()
        assert judged.role is found.role


@given(some_terms(), st.sampled_from(OfferKind), st.sampled_from(Severity), AMOUNTS, AMOUNTS, SOME_STANDING)
def test_more_is_never_less_outside(
    terms: Terms, kind: OfferKind, severity: Severity, value: int, price: int, beside: Standing
) -> None:
    """One unit more takes no reason away, and nothing above 150 % of the price is ever possible."""
    claim = replace(
        FAIR, kind=kind, severity=severity, value_minor=value, cost_minor=value, price_minor=price + 1
    )  # fmt: skip
    less, more = judge(terms, claim, beside), judge(terms, replace(claim, value_minor=value + 1), beside)
    assert {one.why for one in less.outside} <= {one.why for one in more.outside}
    assert RANKS[less.role] <= RANKS[more.role]
    assert less.is_possible == ((value + beside.case_minor) * 100 <= (price + 1) * 150)


def test_nothing_leads_past_a_yes() -> None:
    """Every way from a proposal to something that binds money begins with the approval."""
    reached: set[OfferState] = {OfferState.PROPOSED}
    seen = set(reached)
    while reached:
        reached = {to for one in reached for to in STEPS[one]} - seen - {OfferState.APPROVED}
        seen |= reached
    assert not seen & BINDING


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"currency": "euro"}, "three capital"),
        ({"budget_minor": -1}, "below zero"),
        ({"customer_days": 0}, "days"),
        ({"customer_offers": -1}, "number of offers"),
    ],
)
def test_policies_that_cannot_be_are_refused(change: dict[str, Any], words: str) -> None:
    """With what is wrong; nor may a policy give more than the price, nor let a viewer decide."""
    with pytest.raises(BadValue, match=words):
        check_terms(replace(USUAL, **change))
    minor = USUAL.severities[Severity.MINOR]
    for wrong, told in (
        (replace(minor, percent=101), "above it the owner"),
        (replace(minor, least_minor=2_000), "lower end"),
        (replace(minor, role=Role.VIEWER), "owners decide"),
    ):
        with pytest.raises(BadValue, match=told):
            check_terms(replace(USUAL, severities={**USUAL.severities, Severity.MINOR: wrong}))


@given(st.integers(0, LENGTH - 1), st.sampled_from(ALPHABET), st.integers(0, LENGTH - 2))
def test_a_code_with_a_slip_of_the_pen_is_no_code(at: int, other: str, swapped: int) -> None:
    """Any wrong character and any two neighbours that changed places; case and gaps do not matter."""
    code = new_code()
    assert read_code(f" {shown_code(code).lower()} ") == code
    wrong = code[:at] + other + code[at + 1 :]
    assert read_code(wrong) == (code if other == code[at] else None)
    turned = code[:swapped] + code[swapped + 1] + code[swapped] + code[swapped + 2 :]
    assert read_code(turned) == (code if turned == code else None)


@given(st.text(max_size=80))
def test_any_text_is_read_as_a_code_or_not(text: str) -> None:
    """Whatever somebody types or scans."""
    found = read_code(text)
    assert found is None or len(found) == LENGTH
