"""Offers from the proposal to the day they are redeemed. Each step is told to the case's timeline and the audit log.

Whoever takes a step holds everything that it is judged by (`db.offer_records`): what is bound cannot change between the
look at the budget and the yes. So there is no order of steps, however many people take them at once, that binds more
than the policy allows without an owner's exception, or redeems a code twice. Functions flush and never commit. Who
works where is for the caller to check; what their role may decide is checked here.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from .acting import Actor
from .errors import BadValue, CaseChanged
from .exception_mails import put_exception
from .models import Cause, Channel, Location, Offer, OfferKind, OfferState, Severity
from .offer_policies import Policy, policy
from .offer_records import held, held_as_seen, held_case, judgement_of, month_at, tell_step, today_at
from .offer_rules import Judgement, is_redeemed, may_step
from .offer_terms import AMOUNT_MOST, DAYS_MOST
from .phrases import say
from .roles import Role
from .voucher_codes import new_code
from .wording import clean

REASON_MOST: Final = 2000
DESCRIPTION_MOST: Final = 200
NEEDS_VALUE: Final = frozenset({OfferKind.REFUND, OfferKind.DISCOUNT, OfferKind.VOUCHER})
NEEDS_WORDS: Final = frozenset({OfferKind.ITEM, OfferKind.EXTRA, OfferKind.EXCHANGE, OfferKind.OTHER})


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """What somebody wants to offer. Amounts in the minor unit of the policy's currency."""

    kind: OfferKind
    severity: Severity
    severity_of_case: Severity  # as what is known of the case suggests
    value_minor: int
    cost_minor: int | None = None  # None: as the policy counts it
    price_minor: int | None = None  # None: what is known from an earlier offer of the case
    cause_id: int | None = None
    description: str = ""
    reason: str = ""
    valid_until_on: date | None = None  # None: as long as the policy says


def propose(
    session: Session,
    case_id: int,
    proposal: Proposal,
    *,
    by: Actor,
    role: Role,
    is_unconditional: bool,
    exception_reason: str = "",
) -> Offer:
    """Propose it; it is approved at once where whoever proposes may decide it by their role at the place.

    Outside the policy that is an owner who says why. Anybody else's proposal then waits for one.

    Raises:
        CaseChanged: the case is gone.
        BadValue: it was not said that it depends on no review; an amount, a text or a day cannot be; or it is more
            than anybody may give.
    """
    if not is_unconditional:
        raise BadValue(say("Tick that this offer does not depend on a review. Nothing that does may be offered."))
    location = held_case(session, case_id)
    now_policy = policy(session)
    offer = _offer_of(session, case_id, location, proposal, now_policy, by=by)
    judgement = judgement_of(session, offer, now_policy, now=by.now)
    _must_be_possible(judgement)
    session.add(offer)
    session.flush()
    offer.policy_number = now_policy.number
    tell_step(
        session,
        offer,
        None,
        OfferState.PROPOSED,
        {"unconditional": True, "outside": judgement.codes},
        by=by,
        now=by.now,
    )
    exception_reason = _text(exception_reason, REASON_MOST)
    if judgement.may_decide(role) and (exception_reason or not judgement.outside):
        _bind(session, offer, location, judgement, now_policy, exception_reason, by=by, at_once=True)
    elif judgement.outside:
        put_exception(session, offer, by=by)
    return offer


def approve(session: Session, offer_id: int, *, seen: int, by: Actor, role: Role, reason: str = "") -> Offer:
    """Say yes to a proposal: inside the policy by the role it names, outside as an owner, with a reason.

    Raises:
        CaseChanged: it has changed since it was shown.
        BadValue: this role may not decide it, an exception has no reason, or it is more than anybody may give.
    """
    offer, location = held_as_seen(session, offer_id, seen)
    _must_step(offer, OfferState.APPROVED)
    now_policy = policy(session)
    if offer.currency != now_policy.terms.currency:
        raise BadValue(say("The policy counts in another currency now. Cancel this and propose it anew."))
    judgement = judgement_of(session, offer, now_policy, now=by.now)
    _must_be_possible(judgement)
    if not judgement.may_decide(role):
        if judgement.outside:
            raise BadValue(say("This is outside the policy: an owner of the place decides."))
        raise BadValue(say("Somebody with a higher role at the place decides this."))
    reason = _text(reason, REASON_MOST)
    if judgement.outside and not reason:
        raise BadValue(say("This is outside the policy. Say why you make an exception: it stands in the log."))
    _bind(session, offer, location, judgement, now_policy, reason, by=by)
    return offer


def step(
    session: Session,
    offer_id: int,
    to: OfferState,
    *,
    seen: int,
    by: Actor,
    reason: str = "",
    channel: Channel | None = None,
) -> Offer:
    """Offered, accepted, declined, issued or cancelled. `channel`: how the customer heard; cancelling takes a reason.

    Raises:
        CaseChanged: it has changed since it was shown, or no such step leads on from where it is.
        BadValue: a channel or a reason is missing, or its day is past.
    """
    if to in (OfferState.APPROVED, OfferState.REDEEMED, OfferState.EXPIRED, OfferState.PROPOSED):
        raise ValueError(f"{to} is no step of this kind")
    offer, location = held_as_seen(session, offer_id, seen)
    _must_step(offer, to)
    reason = _text(reason, REASON_MOST)
    facts: dict[str, Any] = {"reason": reason} if reason else {}
    if to is OfferState.CANCELLED and not reason:
        raise BadValue(say("Say why: a sentence is enough. Whoever reads this case later will want to know."))
    if to in (OfferState.OFFERED, OfferState.ISSUED) and offer.valid_until_on < today_at(location, by.now):
        raise BadValue(say("The day until which it holds is past. Propose it anew with a later one."))
    if to is OfferState.OFFERED:
        if channel is None:
            raise BadValue(say("Say how the customer hears of it."))
        offer.channel = channel
        facts["channel"] = channel.value
    if to is OfferState.ISSUED:
        offer.issued_at = by.now
        if is_redeemed(offer.kind) and offer.code is None:
            offer.code = new_code()
    tell_step(session, offer, offer.state, to, facts, by=by, now=by.now)
    return offer


def redeem(session: Session, code: str, *, by: Actor, places: Collection[int] | None) -> Offer:
    """Redeem the code of an offer at one of these places (None: at any), once and never again.

    Raises:
        CaseChanged: it was redeemed before.
        BadValue: there is no such code there, it was cancelled or has not been given out, or its day is past.
    """
    found = session.execute(select(Offer.id, Offer.location_id).where(Offer.code == code)).first()
    if found is None or (places is not None and found.location_id not in places):
        raise BadValue(say("There is no such code. Look at the slip and type it again."))
    offer, location = held(session, found.id)
    if offer.state is OfferState.REDEEMED:
        raise CaseChanged(say("This code was redeemed already. Give nothing for it again."))
    if offer.state is OfferState.EXPIRED or offer.valid_until_on < today_at(location, by.now):
        raise BadValue(say("This code is no longer valid: its last day is past."))
    if offer.state is not OfferState.ISSUED:
        raise BadValue(say("This code is not valid: the offer was cancelled, or is not given out."))
    offer.redeemed_at = by.now
    tell_step(session, offer, offer.state, OfferState.REDEEMED, {}, by=by, now=by.now)
    return offer


def _bind(
    session: Session,
    offer: Offer,
    location: Location,
    judgement: Judgement,
    now_policy: Policy,
    reason: str,
    *,
    by: Actor,
    at_once: bool = False,
) -> None:
    offer.month = month_at(location, by.now)
    offer.approved_at, offer.approved_by_id = by.now, by.person_id
    offer.outside = judgement.codes
    offer.exception_reason = reason if judgement.outside else ""
    offer.policy_number = now_policy.number
    facts: dict[str, Any] = {"outside": offer.outside, "at_once": at_once}
    if offer.exception_reason:
        facts["reason"] = offer.exception_reason
    tell_step(session, offer, offer.state, OfferState.APPROVED, facts, by=by, now=by.now)


def _offer_of(
    session: Session, case_id: int, location: Location, given: Proposal, now_policy: Policy, *, by: Actor
) -> Offer:
    terms, today = now_policy.terms, today_at(location, by.now)
    description, reason = _line(given.description), _text(given.reason, REASON_MOST)
    amounts = (given.value_minor, given.cost_minor or 0, given.price_minor or 0)
    if max(amounts) > AMOUNT_MOST:
        raise BadValue(say("That is too large an amount. Look whether it is mistyped."))
    if given.value_minor < 0 or (given.value_minor == 0 and given.kind in NEEDS_VALUE):
        raise BadValue(say("Say what it is worth: an amount above nothing."))
    if given.kind in NEEDS_WORDS and not description:
        raise BadValue(say("Say in a few words what the customer gets."))
    if not reason:
        raise BadValue(say("Say why: a sentence is enough. Whoever reads this case later will want to know."))
    least = terms.least_cost(given.kind, given.value_minor)
    cost = least if given.cost_minor is None else given.cost_minor
    if not least <= cost <= AMOUNT_MOST:
        raise BadValue(say("It costs at least what the policy counts for it. Leave the field empty to take that."))
    price = given.price_minor if given.price_minor is not None else _known_price(session, case_id, terms.currency)
    if price is not None and not 0 < price <= AMOUNT_MOST:
        raise BadValue(say("The price paid is an amount above nothing. Leave it empty where nobody knows it."))
    until = given.valid_until_on or today + timedelta(days=terms.valid_days)
    if not today <= until <= today + timedelta(days=DAYS_MOST):
        raise BadValue(say("The last day is today or later, and within ten years."))
    if given.cause_id is not None and session.get(Cause, given.cause_id) is None:
        raise BadValue(say("There is no such cause. Choose another."))
    return Offer(
        case_id=case_id,
        location_id=location.id,
        kind=given.kind,
        state=OfferState.PROPOSED,
        version=0,
        severity=given.severity,
        severity_of_case=given.severity_of_case,
        value_minor=given.value_minor,
        cost_minor=cost,
        price_minor=price,
        currency=terms.currency,
        cause_id=given.cause_id,
        description=description,
        reason=reason,
        valid_until_on=until,
        policy_number=now_policy.number,
        outside=[],
        exception_reason="",
        proposed_at=by.now,
        proposed_by_id=by.person_id,
    )


def _known_price(session: Session, case_id: int, currency: str) -> int | None:
    return session.scalar(
        select(Offer.price_minor)
        .where(Offer.case_id == case_id, Offer.currency == currency, Offer.price_minor.is_not(None))
        .order_by(Offer.id.desc())
        .limit(1)
    )


def _must_step(offer: Offer, to: OfferState) -> None:
    if not may_step(offer.kind, offer.state, to):
        raise CaseChanged(say("This offer has moved on since you opened it. Look at it again."))


def _must_be_possible(judgement: Judgement) -> None:
    if not judgement.is_possible:
        raise BadValue(
            say("Nobody may give more than 150 percent of the price, all offers of the case together. Lower it.")
        )


def _line(text: str) -> str:
    text = " ".join(clean(text).split())
    if len(text) > DESCRIPTION_MOST:
        raise BadValue(say("That is too long: %(most)s letters at most.", most=DESCRIPTION_MOST))
    return text


def _text(text: str, most: int) -> str:
    text = clean(text).replace("\r\n", "\n").strip()
    if len(text) > most:
        raise BadValue(say("That is too long: %(most)s letters at most.", most=most))
    return text
