"""The policy of offers as data: what may be offered for what, how much, how often, and who decides.

The defaults are safe for a business that has never looked at them: small amounts, two offers a year to one customer,
200 a month and place, and nothing without the owner where somebody was hurt. Paying back more than about the price
stops helping (see the product's measured facts), so no part of a policy may allow more than that without the owner,
and nobody may go over `CAP_PERCENT`. Pure: stored values in, the same out.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any, Final

from .errors import BadValue
from .models import OfferKind, Severity
from .phrases import say
from .roles import Role

FREE_PERCENT: Final = 100  # of the price: above it the owner decides, whatever the policy says
CAP_PERCENT: Final = 150  # above it nobody does
AMOUNT_MOST: Final = 100_000_000  # minor units: a form with more is mistyped
DAYS_MOST: Final = 3650
COUNT_MOST: Final = 1000
FOLLOW_UPS_MOST: Final = 5  # of one remedy: nobody wants to be asked more often
FOLLOW_UP_MOST: Final = 365  # days later
DECIDERS: Final = (Role.STAFF, Role.APPROVER, Role.OWNER)


@dataclass(frozen=True, slots=True, kw_only=True)
class SeverityTerms:
    """What may be given for something of this weight."""

    kinds: tuple[OfferKind, ...]  # in the order in which they are suggested
    least_minor: int  # what is suggested begins here; less is always allowed
    most_minor: int
    percent: int  # of the price, at most; all offers of the case together
    role: Role  # from which one may decide inside these terms


@dataclass(frozen=True, slots=True, kw_only=True)
class KindTerms:
    """What holds for a kind of offer at any severity."""

    role: Role  # from which one may decide; the higher of both counts
    cost_percent: int  # what it costs the business at least, of what the customer sees


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """One policy, for every place of the business. Amounts in the minor unit of the currency."""

    currency: str = "EUR"
    severities: Mapping[Severity, SeverityTerms]
    kinds: Mapping[OfferKind, KindTerms]
    causes: Mapping[int, tuple[OfferKind, ...]] = field(default_factory=dict)  # only these, for a cause that is named
    customer_offers: int = 2  # to one customer,
    customer_minor: int = 10_000  # with so much value,
    customer_days: int = 365  # in so many days
    budget_minor: int = 20_000  # of a place in a month, by cost
    budgets: Mapping[int, int] = field(default_factory=dict)  # of single places
    valid_days: int = 90  # how long an offer holds where nobody says otherwise
    follow_up_days: tuple[int, ...] = (3, 14)  # so long after it was given one asks: product decision of the issue

    def budget_of(self, location_id: int) -> int:
        """What a place may spend in a month."""
        return self.budgets.get(location_id, self.budget_minor)

    def kinds_for(self, severity: Severity, cause_id: int | None) -> tuple[OfferKind, ...]:
        """Those that may be given without the owner, in the order in which they are suggested."""
        allowed = self.severities[severity].kinds
        named = self.causes.get(cause_id) if cause_id is not None else None
        return allowed if named is None else tuple(kind for kind in allowed if kind in named)

    def least_cost(self, kind: OfferKind, value_minor: int) -> int:
        """What an offer of this value costs at least, rounded up."""
        return -(-value_minor * self.kinds[kind].cost_percent // 100)


_MINOR = (OfferKind.ITEM, OfferKind.DISCOUNT, OfferKind.EXTRA, OfferKind.EXCHANGE)
_SERIOUS = (
    OfferKind.VOUCHER,
    OfferKind.ITEM,
    OfferKind.DISCOUNT,
    OfferKind.EXCHANGE,
    OfferKind.EXTRA,
    OfferKind.REFUND,
)
_GRAVE = (OfferKind.REFUND, OfferKind.VOUCHER, OfferKind.EXCHANGE)
USUAL: Final = Terms(
    severities=MappingProxyType(
        {
            Severity.MINOR: SeverityTerms(kinds=_MINOR, least_minor=300, most_minor=1_000, percent=50, role=Role.STAFF),
            Severity.SERIOUS: SeverityTerms(
                kinds=_SERIOUS, least_minor=1_000, most_minor=3_000, percent=100, role=Role.STAFF
            ),
            # What is given where somebody was hurt may be read as an admission: nobody but the owner decides it.
            Severity.GRAVE: SeverityTerms(
                kinds=_GRAVE, least_minor=2_000, most_minor=5_000, percent=100, role=Role.OWNER
            ),
        }
    ),
    kinds=MappingProxyType({kind: KindTerms(role=Role.STAFF, cost_percent=100) for kind in OfferKind}),
)


def stored_terms(terms: Terms) -> dict[str, Any]:
    """As they are kept."""
    return {
        "currency": terms.currency,
        "severities": {
            severity.value: {
                "kinds": [kind.value for kind in one.kinds],
                "least_minor": one.least_minor,
                "most_minor": one.most_minor,
                "percent": one.percent,
                "role": one.role.value,
            }
            for severity, one in terms.severities.items()
        },
        "kinds": {
            kind.value: {"role": one.role.value, "cost_percent": one.cost_percent} for kind, one in terms.kinds.items()
        },
        "causes": {str(cause_id): [kind.value for kind in kinds] for cause_id, kinds in terms.causes.items()},
        "customer_offers": terms.customer_offers,
        "customer_minor": terms.customer_minor,
        "customer_days": terms.customer_days,
        "budget_minor": terms.budget_minor,
        "budgets": {str(location_id): amount for location_id, amount in terms.budgets.items()},
        "valid_days": terms.valid_days,
        "follow_up_days": list(terms.follow_up_days),
    }


def terms_of(value: Mapping[str, Any] | None) -> Terms:
    """What `stored_terms` made; the usual ones for None, and for what an older version did not know."""
    if not value:
        return USUAL
    return Terms(
        currency=str(value["currency"]),
        severities={
            severity: SeverityTerms(
                kinds=_kinds(one["kinds"]),
                least_minor=int(one["least_minor"]),
                most_minor=int(one["most_minor"]),
                percent=int(one["percent"]),
                role=Role(one["role"]),
            )
            if (one := value["severities"].get(severity.value))
            else USUAL.severities[severity]
            for severity in Severity
        },
        kinds={
            kind: KindTerms(role=Role(one["role"]), cost_percent=int(one["cost_percent"]))
            if (one := value["kinds"].get(kind.value))
            else USUAL.kinds[kind]
            for kind in OfferKind
        },
        causes={int(cause_id): _kinds(kinds) for cause_id, kinds in value["causes"].items()},
        customer_offers=int(value["customer_offers"]),
        customer_minor=int(value["customer_minor"]),
        customer_days=int(value["customer_days"]),
        budget_minor=int(value["budget_minor"]),
        budgets={int(location_id): int(amount) for location_id, amount in value["budgets"].items()},
        valid_days=int(value["valid_days"]),
        follow_up_days=tuple(map(int, value.get("follow_up_days", USUAL.follow_up_days))),
    )


def check_terms(terms: Terms) -> None:
    """Raise what forbids to keep them.

    Raises:
        BadValue: a range is upside down, a share is none, an amount is out of bounds, or a viewer would decide.
    """
    if len(terms.currency) != 3 or not (terms.currency.isascii() and terms.currency.isupper()):
        raise BadValue(say("A currency has three capital letters, such as EUR."))
    for one in terms.severities.values():
        if not 0 <= one.least_minor <= one.most_minor:
            raise BadValue(say("The lower end of a range is not above its upper end."))
        if not 1 <= one.percent <= FREE_PERCENT:
            raise BadValue(
                say("The share of the price is from 1 to %(most)s: above it the owner decides.", most=FREE_PERCENT)
            )
    if any(not 0 <= kind.cost_percent <= 200 for kind in terms.kinds.values()):
        raise BadValue(say("The share that it costs is from 0 to 200 percent."))
    roles = {one.role for one in terms.severities.values()} | {one.role for one in terms.kinds.values()}
    if not roles <= set(DECIDERS):
        raise BadValue(say("Staff, approvers or owners decide."))
    amounts = [terms.customer_minor, terms.budget_minor, *terms.budgets.values()]
    amounts += [one.most_minor for one in terms.severities.values()]
    if any(not 0 <= amount <= AMOUNT_MOST for amount in amounts):
        raise BadValue(say("An amount is below zero or far too high."))
    if not 0 <= terms.customer_offers <= COUNT_MOST:
        raise BadValue(say("The number of offers is from 0 to %(most)s.", most=COUNT_MOST))
    if not (1 <= terms.customer_days <= DAYS_MOST and 1 <= terms.valid_days <= DAYS_MOST):
        raise BadValue(say("A number of days is from 1 to %(most)s.", most=DAYS_MOST))
    days = terms.follow_up_days
    if len(days) > FOLLOW_UPS_MOST or sorted(set(days)) != list(days):
        raise BadValue(say("Ask %(most)s times at most, each on another day.", most=FOLLOW_UPS_MOST))
    if any(not 1 <= day <= FOLLOW_UP_MOST for day in days):
        raise BadValue(say("A day to ask again is from 1 to %(most)s days later.", most=FOLLOW_UP_MOST))


def _kinds(values: Collection[str]) -> tuple[OfferKind, ...]:
    """Without those of another version."""
    return tuple(OfferKind(value) for value in values if value in set(OfferKind))
