"""The words of offers: what they are, how far they are, and why one is outside the policy."""

from __future__ import annotations

from typing import Any

from markupsafe import Markup, escape

from db.models import OfferKind, OfferState, Severity
from db.offer_rules import Outside, Reason
from db.queries.reviews import ReviewDetail
from db.roles import Role

from .i18n import N_, gettext
from .labels import is_grave, label
from .money import money
from .shown import one_line

KINDS: dict[str, str] = {
    OfferKind.REFUND: N_("Money back"),
    OfferKind.EXCHANGE: N_("Exchange"),
    OfferKind.DISCOUNT: N_("Discount"),
    OfferKind.VOUCHER: N_("Voucher"),
    OfferKind.ITEM: N_("Something free"),
    OfferKind.EXTRA: N_("Extra time or service"),
    OfferKind.OTHER: N_("Something else"),
}
SEVERITIES: dict[str, str] = {
    Severity.MINOR: N_("Minor"),
    Severity.SERIOUS: N_("Serious"),
    Severity.GRAVE: N_("Grave"),
}
SEVERITY_HINTS: dict[str, str] = {
    Severity.MINOR: N_("an inconvenience"),
    Severity.SERIOUS: N_("the visit was spoiled"),
    Severity.GRAVE: N_("somebody was hurt, or could have been"),
}
STATES: dict[str, str] = {
    OfferState.PROPOSED: N_("Waits for a decision"),
    OfferState.APPROVED: N_("Approved, not offered yet"),
    OfferState.OFFERED: N_("Offered"),
    OfferState.ACCEPTED: N_("Accepted"),
    OfferState.DECLINED: N_("Declined"),
    OfferState.ISSUED: N_("Given"),
    OfferState.REDEEMED: N_("Redeemed"),
    OfferState.EXPIRED: N_("Expired"),
    OfferState.CANCELLED: N_("Cancelled"),
}
DECIDERS: dict[str, str] = {
    Role.STAFF: N_("Staff"),
    Role.APPROVER: N_("Approvers"),
    Role.OWNER: N_("Owners"),
}
LIMITS: dict[str, str] = {
    Outside.PERCENT: N_("no more than the price allows"),
    Outside.BUDGET: N_("no more than this month’s budget has left"),
    Outside.CUSTOMER_VALUE: N_("no more than this customer may still be given"),
    Outside.CUSTOMER_COUNT: N_("this customer has had as many offers as the policy allows"),
}
OUTSIDE: dict[str, str] = {
    Outside.KIND: N_("The policy does not give this for something of this weight."),
    Outside.CAUSE: N_("The policy does not give this for this cause."),
    Outside.SEVERITY: N_("You say it was graver than the case suggests."),
    Outside.RANGE: N_("It is above the range."),
    Outside.PERCENT: N_("It is more than its share of the price."),
    Outside.NO_PRICE: N_("Nobody knows what was paid."),
    Outside.CUSTOMER_COUNT: N_("The customer has had as many offers as the policy allows."),
    Outside.CUSTOMER_VALUE: N_("The customer would have had more than the policy allows."),
    Outside.BUDGET: N_("It is more than this month’s budget has left."),
    Outside.CAP: N_("It is more than anybody may give."),
}
SENTENCES: dict[str, str] = {
    "offer_proposed": N_("%(who)s proposed an offer: %(what)s"),
    "offer_approved": N_("%(who)s approved the offer: %(what)s"),
    "offer_offered": N_("%(who)s told the customer of the offer: %(what)s"),
    "offer_accepted": N_("The customer accepted, says %(who)s: %(what)s"),
    "offer_declined": N_("The customer declined, says %(who)s: %(what)s"),
    "offer_issued": N_("%(who)s gave it: %(what)s"),
    "offer_redeemed": N_("%(who)s redeemed it: %(what)s"),
    "offer_cancelled": N_("%(who)s cancelled the offer: %(what)s"),
    "offer_undone": N_("%(who)s took back the last step of the offer: %(what)s"),
}
EXPIRED = N_("The offer was not used in time: %(what)s")
EXCEPTION = N_("%(who)s made an exception from the policy: %(what)s")
SERIOUS_RISKS = frozenset({"refund", "churn"})
LOUD = frozenset({"angry", "furious"})
FEW_STARS = 2.0  # of 5


def severity_of(detail: ReviewDetail) -> Severity:
    """What is known of a case suggests; a person confirms it. More needs the owner's eye, less does not.

    Whatever may have hurt somebody, or brings a lawyer, the press or a threat, is nothing that staff settle with money.
    """
    risks = {str(one["risk"]) for one in detail.risks}
    if any(is_grave(risk) for risk in risks):
        return Severity.GRAVE
    is_poor = detail.stars is not None and detail.stars <= FEW_STARS
    is_loud = detail.said_angry if detail.said_angry is not None else detail.anger_level in LOUD
    return Severity.SERIOUS if is_loud or is_poor or risks & SERIOUS_RISKS else Severity.MINOR


def reason_words(reason: Reason, currency: str) -> str:
    """Why an offer is outside the policy, with its limit."""
    if reason.limit is None or reason.found is None:
        return gettext(OUTSIDE[reason.why])
    if reason.why is Outside.CUSTOMER_COUNT:
        return gettext(
            "It would be offer number %(found)s to this customer; the policy allows %(limit)s.",
            found=reason.found, limit=reason.limit,
        )  # fmt: skip
    limit, found = money(reason.limit, currency), money(reason.found, currency)
    if reason.why is Outside.RANGE:
        return gettext("%(found)s is above the range, which ends at %(limit)s.", found=found, limit=limit)
    if reason.why in (Outside.PERCENT, Outside.CAP):
        return gettext(
            "All offers of the case come to %(found)s; %(percent)s%% of the price is %(limit)s.",
            found=found, percent=reason.percent, limit=limit,
        )  # fmt: skip
    if reason.why is Outside.CUSTOMER_VALUE:
        return gettext("The customer would have had %(found)s; the policy allows %(limit)s.", found=found, limit=limit)
    return gettext("It would bring this month to %(found)s; the budget is %(limit)s.", found=found, limit=limit)


def what_words(kind: str, value_minor: int, currency: str, description: str) -> str:
    """An offer in a few words: "Voucher, €30", "A bottle of wine (€18)"."""
    amount = money(value_minor, currency) if value_minor else ""
    if description:
        return f"{one_line(description)} ({amount})" if amount else one_line(description)
    return f"{label(KINDS, kind)}, {amount}" if amount else label(KINDS, kind)


def event_words(kind: str, who: str, facts: dict[str, Any]) -> Markup | None:
    """What the timeline says of a step of an offer; None for an event of another kind."""
    phrase = EXPIRED if kind == "offer_expired" else SENTENCES.get(kind)
    if phrase is None:
        return None
    if kind == "offer_approved" and facts.get("reason"):
        phrase = EXCEPTION
    what = what_words(
        str(facts.get("kind")), int(facts.get("value_minor") or 0), str(facts.get("currency") or "EUR"),
        str(facts.get("description") or ""),
    )  # fmt: skip
    bdi = Markup("<bdi>{}</bdi>")
    return escape(gettext(phrase)) % {"who": bdi.format(one_line(who)), "what": bdi.format(what)}
