"""The offers of a case in words, ready for their part of its page."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy.orm import Session

from db.models import Offer, OfferKind, OfferState, Severity
from db.offer_policies import Policy, policy
from db.offer_records import judgement_of, month_at, today_at
from db.offer_rules import Standing, Suggestion, may_step, suggest
from db.offer_terms import CAP_PERCENT
from db.offers import DESCRIPTION_MOST, REASON_MOST
from db.places import location_of
from db.queries.case_work import CaseWork
from db.queries.offers import Earlier, OfferRow, StepRow, earlier_offers, offers_of_case, standing, steps_of
from db.queries.reviews import ReviewDetail
from db.roles import RANKS, Access, Act, Role

from .cause_lists import named_cause
from .direct_words import CHANNELS
from .filters import Instant, in_words, when
from .i18n import gettext
from .labels import inside, label
from .money import money, month_words, plain_amount
from .offer_words import (
    DECIDERS,
    KINDS,
    LIMITS,
    OUTSIDE,
    SEVERITIES,
    STATES,
    reason_words,
    severity_of,
    what_words,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class OfferView:
    """One offer and what may be done with it next by whoever reads."""

    row: OfferRow
    what: str
    state: str
    facts: tuple[str, ...]  # severity, cause, cost, price
    reasons: tuple[str, ...]  # why it is, or was, outside the policy
    decider: str  # who decides, while it waits
    may_decide: bool
    needs_reason: bool  # for a yes
    next: frozenset[OfferState]
    has_slip: bool
    until: str
    last: str  # the last step: who and how
    at: Instant


@dataclass(frozen=True, slots=True, kw_only=True)
class Hint:
    """What the policy would give for one severity."""

    severity: str
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class OffersView:
    """Everything that the panel shows."""

    policy_line: str
    policy_in_short: str
    budget_used: int  # percent of the budget, 100 at most
    month: str
    offers: tuple[OfferView, ...]
    earlier: tuple[str, ...]  # what the same customer was offered before
    is_by_name: bool
    suggestion: str
    suggestion_why: str
    hints: tuple[Hint, ...]
    start: Mapping[str, str]  # what the form begins with
    severity: Severity  # that the case suggests
    currency: str
    today: date
    cap_percent: int
    is_owner: bool
    description_most: int = DESCRIPTION_MOST
    reason_most: int = REASON_MOST


def offers_view(
    session: Session, detail: ReviewDetail, work: CaseWork, *, cause_id: int | None, access: Access, now: datetime
) -> OffersView:
    """Read and tell them."""
    now_policy, place = policy(session), location_of(session, work.location_id)
    terms, role = now_policy.terms, access.role_at(work.location_id)
    month, severity = month_at(place, now), severity_of(detail)
    beside = standing(session, terms, case_id=work.id, location_id=work.location_id, month=month, now=now)
    rows = offers_of_case(session, work.id)
    price = next((row.price_minor for row in rows if row.price_minor and row.currency == terms.currency), None)
    found = {one: suggest(terms, one, cause_id, price, beside) for one in Severity}
    steps: dict[int, StepRow] = {one.offer_id: one for one in steps_of(session, [row.id for row in rows])}
    earlier = earlier_offers(session, work.id, places=access.places(Act.READ))
    return OffersView(
        policy_line=_policy_line(now_policy, beside),
        policy_in_short=_policy_in_short(now_policy, beside),
        budget_used=min(100, 100 * beside.used_minor // beside.budget_minor) if beside.budget_minor else 100,
        month=month_words(month),
        offers=tuple(_view(session, row, steps.get(row.id), now_policy, role, now=now) for row in rows),
        earlier=_earlier(earlier, now=now, timezone=work.timezone),
        is_by_name=earlier.is_by_name,
        suggestion=_suggested(found[severity], terms.currency),
        suggestion_why=_why(found[severity], terms.causes.get(cause_id or 0) is not None),
        hints=tuple(
            Hint(severity=label(SEVERITIES, one), words=_suggested(found[one], terms.currency)) for one in Severity
        ),
        start=_start(found[severity], price, today_at(place, now) + timedelta(days=terms.valid_days), terms.currency),
        severity=severity,
        currency=terms.currency,
        today=today_at(place, now),
        cap_percent=CAP_PERCENT,
        is_owner=role is Role.OWNER,
    )


def _policy_line(now_policy: Policy, beside: Standing) -> str:
    """ "Staff may offer up to 30 EUR, 62 of 200 EUR of this month's budget used." """
    terms, mine = now_policy.terms, _most_of_staff(now_policy)
    used, budget = money(beside.used_minor, terms.currency), money(beside.budget_minor, terms.currency)
    if mine is None:
        return gettext(
            "Offers are for a higher role; %(used)s of %(budget)s of this month’s budget used.",
            used=used, budget=budget,
        )  # fmt: skip
    return gettext(
        "Staff may offer up to %(most)s, %(used)s of %(budget)s of this month’s budget used.",
        most=money(mine, terms.currency), used=used, budget=budget,
    )  # fmt: skip


def _policy_in_short(now_policy: Policy, beside: Standing) -> str:
    """The same in one line of a narrow column."""
    terms, mine = now_policy.terms, _most_of_staff(now_policy)
    used, budget = money(beside.used_minor, terms.currency), money(beside.budget_minor, terms.currency)
    if mine is None:
        return gettext("Offers: %(used)s of %(budget)s used", used=used, budget=budget)
    most = money(mine, terms.currency)
    return gettext("Offers up to %(most)s: %(used)s of %(budget)s", most=most, used=used, budget=budget)


def _most_of_staff(now_policy: Policy) -> int | None:
    """In minor units; None where staff may decide about nothing."""
    severities = now_policy.terms.severities.values()
    return max((one.most_minor for one in severities if RANKS[one.role] <= RANKS[Role.STAFF]), default=None)


def _view(
    session: Session, row: OfferRow, last: StepRow | None, now_policy: Policy, role: Role | None, *, now: datetime
) -> OfferView:
    reasons: tuple[str, ...] = tuple(_outside_words(row))
    decider, may_decide, needs_reason = "", False, False
    if row.state is OfferState.PROPOSED:
        judgement = judgement_of(session, session.get_one(Offer, row.id), now_policy, now=now)
        reasons = tuple(reason_words(one, row.currency) for one in judgement.outside)
        decider = label(DECIDERS, judgement.role)
        may_decide, needs_reason = judgement.may_decide(role), bool(judgement.outside)
    facts = [label(SEVERITIES, row.severity)]
    if row.cause_id is not None:
        facts.append(named_cause(row.cause_key or "", row.cause_name or ""))
    if row.cost_minor != row.value_minor:
        facts.append(gettext("costs %(amount)s", amount=money(row.cost_minor, row.currency)))
    if row.price_minor is not None:
        facts.append(gettext("%(amount)s was paid", amount=money(row.price_minor, row.currency)))
    return OfferView(
        row=row,
        what=what_words(row.kind, row.value_minor, row.currency, row.description),
        state=paid_words(row),
        facts=tuple(facts),
        reasons=reasons,
        decider=decider,
        may_decide=may_decide,
        needs_reason=needs_reason,
        next=frozenset(to for to in OfferState if may_step(row.kind, row.state, to)),
        has_slip=row.code is not None and row.state is OfferState.ISSUED,
        until=in_words(row.valid_until_on),
        last=_last_words(row, last),
        at=when(last.happened_at if last else row.proposed_at, now=now, timezone=row.timezone),
    )


def paid_words(row: OfferRow) -> str:
    """How far it is; money that was given is paid."""
    if row.kind is OfferKind.REFUND and row.state is OfferState.ISSUED:
        return gettext("Paid back")
    return label(STATES, row.state)


def _outside_words(row: OfferRow) -> Sequence[str]:
    return [label(OUTSIDE, code) for code in row.outside]


def _last_words(row: OfferRow, last: StepRow | None) -> str:
    if last is None:
        return ""
    words = last.person_name or gettext("Amends")
    return f"{words}, {inside(label(CHANNELS, row.channel))}" if last.facts.get("channel") and row.channel else words


def _earlier(earlier: Earlier, *, now: datetime, timezone: str) -> tuple[str, ...]:
    return tuple(
        gettext(
            "%(what)s, %(state)s (%(time)s)",
            what=what_words(one.kind, one.value_minor, one.currency, ""),
            state=inside(label(STATES, one.state)),
            time=when(one.proposed_at, now=now, timezone=timezone).words,
        )
        for one in earlier.offers
    )


def _suggested(found: Suggestion, currency: str) -> str:
    if found.kind is None:
        return gettext("nothing without the owner")
    least, most = money(found.least_minor, currency), money(found.most_minor, currency)
    kind = label(KINDS, found.kind)
    if found.least_minor == found.most_minor:
        return gettext("%(kind)s, %(amount)s", kind=kind, amount=most)
    return gettext("%(kind)s, %(least)s to %(most)s", kind=kind, least=least, most=most)


def _why(found: Suggestion, is_of_cause: bool) -> str:
    """Why this and not more."""
    weight = inside(label(SEVERITIES, found.severity))
    parts = [gettext("The case reads as %(weight)s.", weight=weight)]
    if is_of_cause:
        parts.append(gettext("For this cause the policy names what may be given."))
    parts += [gettext("Held down: %(limit)s.", limit=label(LIMITS, limit)) for limit in found.limited_by]
    if found.role is not Role.STAFF:
        parts.append(gettext("Decided by: %(who)s.", who=inside(label(DECIDERS, found.role), is_noun=True)))
    return " ".join(parts)


def _start(found: Suggestion, price: int | None, until: date, currency: str) -> Mapping[str, str]:
    return {
        "kind": found.kind.value if found.kind else OfferKind.VOUCHER.value,
        "value": plain_amount(found.least_minor, currency) if found.kind else "",
        "price": plain_amount(price, currency) if price else "",
        "until": until.isoformat(),
    }
