"""The policy of offers as its form has it, read and checked; and what changed from one version to the next."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import TypeAlias

from werkzeug.datastructures import MultiDict

from db.errors import BadValue
from db.models import OfferKind, Severity
from db.offer_terms import DECIDERS, KindTerms, SeverityTerms, Terms
from db.phrases import say
from db.roles import Role

from .i18n import gettext
from .labels import label
from .money import CURRENCIES, money, plain_amount, read_money
from .offer_words import DECIDERS as DECIDER_WORDS
from .offer_words import KINDS, SEVERITIES

Form: TypeAlias = "MultiDict[str, str]"


def read_terms(form: Form, *, places: Collection[int], causes: Collection[int]) -> Terms:
    """What was entered, for these places and causes.

    Raises:
        BadValue: a field cannot be read.
    """
    currency = form.get("currency", "")
    if currency not in CURRENCIES:
        raise BadValue(say("Choose a currency of the list."))
    budgets = {id_: _amount(form, f"budget-{id_}", currency) for id_ in places if form.get(f"budget-{id_}", "").strip()}
    return Terms(
        currency=currency,
        severities={
            severity: SeverityTerms(
                kinds=_kinds(form, f"kinds-{severity}"),
                least_minor=_amount(form, f"least-{severity}", currency),
                most_minor=_amount(form, f"most-{severity}", currency),
                percent=_number(form, f"percent-{severity}"),
                role=_role(form, f"role-{severity}"),
            )
            for severity in Severity
        },
        kinds={
            kind: KindTerms(role=_role(form, f"role-{kind}"), cost_percent=_number(form, f"cost-{kind}"))
            for kind in OfferKind
        },
        causes={id_: _kinds(form, f"cause-{id_}") for id_ in causes if form.get(f"own-{id_}") == "yes"},
        customer_offers=_number(form, "customer-offers"),
        customer_minor=_amount(form, "customer-value", currency),
        customer_days=_number(form, "customer-days"),
        budget_minor=_amount(form, "budget", currency),
        budgets=budgets,
        valid_days=_number(form, "valid-days"),
        follow_up_days=_days(form, "follow-up-days"),
    )


def typed_terms(terms: Terms) -> Form:
    """The fields as they stand."""
    currency = terms.currency
    fields: list[tuple[str, str]] = [
        ("currency", currency),
        ("budget", plain_amount(terms.budget_minor, currency)),
        ("customer-offers", str(terms.customer_offers)),
        ("customer-value", plain_amount(terms.customer_minor, currency)),
        ("customer-days", str(terms.customer_days)),
        ("valid-days", str(terms.valid_days)),
        ("follow-up-days", ", ".join(map(str, terms.follow_up_days))),
    ]
    for severity, one in terms.severities.items():
        fields += [(f"kinds-{severity}", kind) for kind in one.kinds]
        fields += [
            (f"least-{severity}", plain_amount(one.least_minor, currency)),
            (f"most-{severity}", plain_amount(one.most_minor, currency)),
            (f"percent-{severity}", str(one.percent)),
            (f"role-{severity}", one.role),
        ]
    for kind, of_kind in terms.kinds.items():
        fields += [(f"role-{kind}", of_kind.role), (f"cost-{kind}", str(of_kind.cost_percent))]
    for cause_id, kinds in terms.causes.items():
        fields += [(f"own-{cause_id}", "yes"), *((f"cause-{cause_id}", kind) for kind in kinds)]
    fields += [(f"budget-{id_}", plain_amount(amount, currency)) for id_, amount in terms.budgets.items()]
    return MultiDict(fields)


def differences(
    before: Terms, after: Terms, *, places: Mapping[int, str], causes: Mapping[int, str]
) -> Sequence[tuple[str, str, str]]:
    """(what, as it was, as it became) of everything that changed."""
    old, new = _told(before, places, causes), _told(after, places, causes)
    none = gettext("nothing")
    return [
        (what, old.get(what) or none, new.get(what) or none)
        for what in dict.fromkeys([*new, *old])
        if old.get(what) != new.get(what)
    ]


def _told(terms: Terms, places: Mapping[int, str], causes: Mapping[int, str]) -> dict[str, str]:
    currency = terms.currency
    told = {
        gettext("Currency"): currency,
        gettext("Budget of a place and month"): money(terms.budget_minor, currency),
        gettext("Offers to one customer"): str(terms.customer_offers),
        gettext("Value to one customer"): money(terms.customer_minor, currency),
        gettext("Days that the policy looks back"): str(terms.customer_days),
        gettext("Days that an offer holds"): str(terms.valid_days),
        gettext("Days after which one asks again"): ", ".join(map(str, terms.follow_up_days)),
    }
    for severity, one in terms.severities.items():
        name = label(SEVERITIES, severity)
        told |= {
            gettext("%(name)s: kinds", name=name): _named(one.kinds),
            gettext(
                "%(name)s: range", name=name
            ): f"{money(one.least_minor, currency)}–{money(one.most_minor, currency)}",
            gettext("%(name)s: percent of the price", name=name): str(one.percent),
            gettext("%(name)s: who decides", name=name): label(DECIDER_WORDS, one.role),
        }
    for kind, of_kind in terms.kinds.items():
        name = label(KINDS, kind)
        told[gettext("%(name)s: who decides", name=name)] = label(DECIDER_WORDS, of_kind.role)
        told[gettext("%(name)s: cost in percent", name=name)] = str(of_kind.cost_percent)
    for cause_id, kinds in terms.causes.items():
        told[gettext("%(name)s: kinds", name=causes.get(cause_id, str(cause_id)))] = _named(kinds)
    for id_, amount in terms.budgets.items():
        told[gettext("%(name)s: budget", name=places.get(id_, str(id_)))] = money(amount, currency)
    return told


def _named(kinds: Sequence[OfferKind]) -> str:
    return ", ".join(label(KINDS, kind) for kind in kinds)


def _kinds(form: Form, name: str) -> tuple[OfferKind, ...]:
    """In the order of the list: that is the order in which they are suggested."""
    chosen = set(form.getlist(name))
    return tuple(kind for kind in _SUGGESTED if kind in chosen)


_SUGGESTED = (
    OfferKind.VOUCHER, OfferKind.ITEM, OfferKind.DISCOUNT, OfferKind.EXTRA, OfferKind.EXCHANGE, OfferKind.REFUND,
    OfferKind.OTHER,
)  # fmt: skip


def _amount(form: Form, name: str, currency: str) -> int:
    typed = form.get(name, "").strip()
    found = read_money(typed, currency)
    if found is None:
        raise BadValue(say("“%(typed)s” is no amount. Write it as 30 or 12.50.", typed=typed))
    return found


def _number(form: Form, name: str) -> int:
    typed = form.get(name, "").strip()
    if not (typed.isascii() and typed.isdecimal() and len(typed) <= 6):
        raise BadValue(say("“%(typed)s” is no whole number.", typed=typed))
    return int(typed)


def _days(form: Form, name: str) -> tuple[int, ...]:
    """Whole numbers in order, with commas or blanks between them; none at all: nobody is asked."""
    typed = form.get(name, "").replace(",", " ").split()
    for one in typed:
        if not (one.isascii() and one.isdecimal() and len(one) <= 6):
            raise BadValue(say("“%(typed)s” is no whole number.", typed=one))
    return tuple(sorted(map(int, typed)))


def _role(form: Form, name: str) -> Role:
    typed = form.get(name, "")
    if typed not in DECIDERS:
        raise BadValue(say("Staff, approvers or owners decide."))
    return Role(typed)
