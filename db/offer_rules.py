"""What decides about an offer: is it inside the policy, who may decide it, what to suggest, and which steps there are.

Inside the policy the staff decide; outside an owner makes an exception with a reason; above 150 % of the price nobody
does. Earlier offers to the same customer are counted, and whoever decides sees them: whether somebody asks too often
is for a person to judge. Reasons come as values, which pages say in the reader's language. Pure: no database, no clock.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from .models import OfferKind, OfferState, Severity
from .offer_terms import CAP_PERCENT, Terms
from .roles import RANKS, Role

# From where to where an offer goes. Taking the last step back, soon, is not a step of its own: see `db.offer_undo`.
STEPS: Final[Mapping[OfferState, frozenset[OfferState]]] = MappingProxyType(
    {
        OfferState.PROPOSED: frozenset({OfferState.APPROVED, OfferState.CANCELLED}),
        OfferState.APPROVED: frozenset({OfferState.OFFERED, OfferState.EXPIRED, OfferState.CANCELLED}),
        OfferState.OFFERED: frozenset(
            {OfferState.ACCEPTED, OfferState.DECLINED, OfferState.EXPIRED, OfferState.CANCELLED}
        ),
        OfferState.ACCEPTED: frozenset({OfferState.ISSUED, OfferState.EXPIRED, OfferState.CANCELLED}),
        OfferState.ISSUED: frozenset({OfferState.REDEEMED, OfferState.EXPIRED, OfferState.CANCELLED}),
        OfferState.DECLINED: frozenset(),
        OfferState.REDEEMED: frozenset(),
        OfferState.EXPIRED: frozenset(),
        OfferState.CANCELLED: frozenset(),
    }
)
# Money that the business has bound itself to, or spent: what counts in the budget.
BINDING: Final = frozenset(
    {OfferState.APPROVED, OfferState.OFFERED, OfferState.ACCEPTED, OfferState.ISSUED, OfferState.REDEEMED}
)


class Outside(StrEnum):
    """Why an offer is outside the policy."""

    KIND = "kind"  # not for this severity
    CAUSE = "cause"  # not for this cause
    SEVERITY = "severity"  # a person says it was graver than the case suggests
    RANGE = "range"  # above the upper end
    PERCENT = "percent"  # more than its share of the price, with all other offers of the case
    NO_PRICE = "no_price"  # money back, and nobody knows of how much
    CUSTOMER_COUNT = "customer_count"
    CUSTOMER_VALUE = "customer_value"
    BUDGET = "budget"
    CAP = "cap"  # above what anybody may give


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """An offer that is judged. Amounts in the minor unit of the policy's currency."""

    kind: OfferKind
    severity: Severity
    severity_of_case: Severity
    value_minor: int
    cost_minor: int
    price_minor: int | None
    cause_id: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """What is bound already, without the offer that is judged."""

    budget_minor: int
    used_minor: int  # of it, in the month of the decision
    case_minor: int = 0  # value of what the same case has
    customer_offers: int = 0  # to the same customer, in the time that the policy looks back
    customer_minor: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Reason:
    """Why it is outside: the limit, and what it would come to. Amounts, or for CUSTOMER_COUNT numbers."""

    why: Outside
    limit: int | None = None
    found: int | None = None
    percent: int | None = None  # of the price, where that makes the limit


@dataclass(frozen=True, slots=True, kw_only=True)
class Judgement:
    """What may be done about it."""

    outside: tuple[Reason, ...]
    role: Role  # from which one may decide it
    is_possible: bool  # False: nobody may

    def may_decide(self, role: Role | None) -> bool:
        """Whether somebody of this role may say yes."""
        return self.is_possible and role is not None and RANKS[role] >= RANKS[self.role]

    @property
    def codes(self) -> list[str]:
        """The reasons as they are kept."""
        return [reason.why.value for reason in self.outside]


@dataclass(frozen=True, slots=True, kw_only=True)
class Suggestion:
    """What the policy would give: a kind, from where to where, and what made the upper end lower than its range."""

    severity: Severity
    kind: OfferKind | None  # None: nothing without the owner
    least_minor: int
    most_minor: int
    limited_by: tuple[Outside, ...]
    role: Role


def judge(terms: Terms, claim: Claim, standing: Standing) -> Judgement:
    """Hold an offer against the policy."""
    found = [*_of_kind(terms, claim), *_of_amount(terms, claim, standing), *_of_customer(terms, claim, standing)]
    spent = standing.used_minor + claim.cost_minor
    # What costs nothing takes nothing of a budget, not even of one that is overspent already.
    if claim.cost_minor > 0 and spent > standing.budget_minor:
        found.append(Reason(why=Outside.BUDGET, limit=standing.budget_minor, found=spent))
    role = Role.OWNER if found else _higher(terms.severities[claim.severity].role, terms.kinds[claim.kind].role)
    return Judgement(outside=tuple(found), role=role, is_possible=all(one.why is not Outside.CAP for one in found))


def suggest(
    terms: Terms, severity: Severity, cause_id: int | None, price_minor: int | None, standing: Standing
) -> Suggestion:
    """The first kind that is allowed, and a range that passes `judge` at every point."""
    of_severity = terms.severities[severity]
    allowed = terms.kinds_for(severity, cause_id)
    # Without a price a share of it cannot be told, so what needs one comes last.
    if price_minor is None:
        allowed = tuple(kind for kind in allowed if kind not in NEED_PRICE)
    kind = allowed[0] if allowed else None
    ends = {Outside.RANGE: of_severity.most_minor}
    ends[Outside.CUSTOMER_VALUE] = max(0, terms.customer_minor - standing.customer_minor)
    if price_minor is not None:
        ends[Outside.PERCENT] = max(0, price_minor * of_severity.percent // 100 - standing.case_minor)
    left = max(0, standing.budget_minor - standing.used_minor)
    share = terms.kinds[kind].cost_percent if kind else 100
    if share:
        ends[Outside.BUDGET] = left * 100 // share
    if standing.customer_offers >= terms.customer_offers:
        ends[Outside.CUSTOMER_COUNT] = 0
    most = min(ends.values())
    limited = tuple(why for why, end in ends.items() if end == most and why is not Outside.RANGE)
    is_limited = most < of_severity.most_minor
    role = _higher(of_severity.role, terms.kinds[kind].role) if kind else Role.OWNER
    return Suggestion(
        severity=severity,
        kind=kind if most > 0 else None,
        least_minor=min(of_severity.least_minor, most),
        most_minor=most,
        limited_by=limited if is_limited else (),
        role=role,
    )


def is_redeemed(kind: OfferKind) -> bool:
    """Whether it is handed over with a code and redeemed later. Money paid back is gone when it is paid."""
    return kind is not OfferKind.REFUND


def may_step(kind: OfferKind, before: OfferState, to: OfferState) -> bool:
    """Whether a step leads from one state to the other."""
    if before is OfferState.ISSUED and not is_redeemed(kind):
        return False
    return to in STEPS[before]


NEED_PRICE: Final = frozenset({OfferKind.REFUND, OfferKind.DISCOUNT})


def _of_kind(terms: Terms, claim: Claim) -> list[Reason]:
    found = []
    if claim.kind not in terms.severities[claim.severity].kinds:
        found.append(Reason(why=Outside.KIND))
    elif claim.kind not in terms.kinds_for(claim.severity, claim.cause_id):
        found.append(Reason(why=Outside.CAUSE))
    if list(Severity).index(claim.severity) > list(Severity).index(claim.severity_of_case):
        found.append(Reason(why=Outside.SEVERITY))
    return found


def _of_amount(terms: Terms, claim: Claim, standing: Standing) -> list[Reason]:
    of_severity, found = terms.severities[claim.severity], []
    if claim.value_minor > of_severity.most_minor:
        found.append(Reason(why=Outside.RANGE, limit=of_severity.most_minor, found=claim.value_minor))
    if claim.price_minor is None:
        return [*found, Reason(why=Outside.NO_PRICE)] if claim.kind in NEED_PRICE else found
    together = standing.case_minor + claim.value_minor
    for why, percent in ((Outside.PERCENT, of_severity.percent), (Outside.CAP, CAP_PERCENT)):
        if together * 100 > claim.price_minor * percent:
            limit = claim.price_minor * percent // 100
            found.append(Reason(why=why, limit=limit, found=together, percent=percent))
    return found


def _of_customer(terms: Terms, claim: Claim, standing: Standing) -> list[Reason]:
    found = []
    if (number := standing.customer_offers + 1) > terms.customer_offers:
        found.append(Reason(why=Outside.CUSTOMER_COUNT, limit=terms.customer_offers, found=number))
    if (value := standing.customer_minor + claim.value_minor) > terms.customer_minor:
        found.append(Reason(why=Outside.CUSTOMER_VALUE, limit=terms.customer_minor, found=value))
    return found


def _higher(one: Role, other: Role) -> Role:
    return max(one, other, key=RANKS.__getitem__)
