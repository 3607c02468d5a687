"""Offers on the page of a case: proposed, decided, told to the customer, given, taken back; and the slip of one."""

from __future__ import annotations

from datetime import date

from flask import Blueprint, abort, render_template, request, url_for
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from db.acting import Actor
from db.errors import BadValue
from db.models import Channel, Offer, OfferKind, OfferState, Severity
from db.offer_policies import policy
from db.offer_undo import take_back
from db.offers import Proposal, approve, propose, step
from db.phrases import say
from db.queries.case_work import CaseWork, case_work
from db.queries.offers import offer_row
from db.queries.reviews import review_detail
from db.roles import Act, Role
from db.session import read_scope
from db.voucher_codes import shown_code

from ..accounts import access
from ..answering import tied_to_review
from ..case_page import ONE, carry_out, go_back, position_values
from ..filters import in_words
from ..guard import needs
from ..i18n import N_, gettext
from ..ids import ID_MOST, number_in
from ..money import read_money
from ..offer_words import severity_of, what_words
from ..pages import frame, pages
from ..qr import qr_code
from ..undoing import tell

blueprint = Blueprint("offers", __name__)
OF_CASE = f"{ONE}/offers/<int(max={ID_MOST}):offer_id>"
ANCHOR = "offers"
TYPED = ("kind", "severity", "value", "cost", "price", "cause", "description", "why", "until", "exception", "free")
STEPS = {
    OfferState.OFFERED: N_("Noted: the customer knows of it."),
    OfferState.ACCEPTED: N_("Accepted."),
    OfferState.DECLINED: N_("Declined. Its cost is free again."),
    OfferState.ISSUED: N_("Given."),
    OfferState.CANCELLED: N_("Cancelled. Its cost is free again."),
}


@blueprint.post(f"{ONE}/offers")
@needs(Act.WORK, of="review_id")
def add(review_id: int) -> Response:
    """Propose one; it is approved at once where whoever proposes may decide it."""

    def act(session: Session, work: CaseWork, by: Actor) -> Response:
        detail = review_detail(session, review_id)
        if detail is None:
            abort(404)
        given = _proposal(policy(session).terms.currency, severity_of(detail))
        made = propose(
            session,
            work.id,
            given,
            by=by,
            role=_role(work),
            is_unconditional=request.form.get("free") == "yes",
            exception_reason=request.form.get("exception", ""),
        )
        if made.state is OfferState.APPROVED:
            words = _exception_words(made) or gettext("Approved: it is inside the policy.")
        else:
            words = gettext("Proposed. It waits for whoever may decide it.")
        return _told(review_id, made, words)

    return carry_out(review_id, "offer", act, typed=TYPED)


@blueprint.post(f"{OF_CASE}/approve")
@needs(Act.WORK, of="review_id")
def agree(review_id: int, offer_id: int) -> Response:
    """Say yes; whether that is theirs to say is decided by the policy."""

    def act(session: Session, work: CaseWork, by: Actor) -> Response:
        _must_be_of(session, work, offer_id)
        reason = request.form.get("reason", "")
        made = approve(session, offer_id, seen=_seen(), by=by, role=_role(work), reason=reason)
        return _told(review_id, made, _exception_words(made) or gettext("Approved."))

    return carry_out(review_id, f"offer-{offer_id}", act, typed=("reason",))


@blueprint.post(f"{OF_CASE}/step")
@needs(Act.WORK, of="review_id")
def lead_on(review_id: int, offer_id: int) -> Response:
    """Offered, accepted, declined, given or cancelled."""

    def act(session: Session, work: CaseWork, by: Actor) -> Response:
        _must_be_of(session, work, offer_id)
        wanted, channel = request.form.get("to", ""), request.form.get("channel", "")
        if wanted not in STEPS:
            raise BadValue(say("Choose what happened."))
        made = step(
            session,
            offer_id,
            OfferState(wanted),
            seen=_seen(),
            by=by,
            reason=request.form.get("reason", ""),
            channel=Channel(channel) if channel in set(Channel) else None,
        )
        return _told(review_id, made, gettext(STEPS[made.state]))

    return carry_out(review_id, f"offer-{offer_id}", act, typed=("reason",))


@blueprint.post(f"{OF_CASE}/undo")
@needs(Act.WORK, of="review_id")
def undo(review_id: int, offer_id: int) -> Response:
    """Take back the last step: one's own, and soon."""

    def act(session: Session, work: CaseWork, by: Actor) -> Response:
        _must_be_of(session, work, offer_id)
        take_back(session, offer_id, seen=request.args.get("version", -1, type=int), by=by)
        return go_back(review_id, anchor=ANCHOR)

    return carry_out(review_id, f"offer-{offer_id}", act)


@blueprint.get(f"{OF_CASE}/slip")
@needs(Act.WORK, of="review_id")
def slip(review_id: int, offer_id: int) -> str:
    """What is printed and handed over: its worth, its day, its code, and that it depends on no review."""
    with read_scope(pages().engine) as session:
        row, work = offer_row(session, offer_id), case_work(session, review_id)
        around = frame(session, now=pages().clock())
    if row is None or work is None or row.case_id != work.id or row.code is None:
        abort(404)
    if row.state is not OfferState.ISSUED:
        abort(404)
    address = pages().settings.public_url + url_for("redeem.look", code=row.code)
    return render_template(
        "offer_slip.html",
        frame=around,
        row=row,
        what=what_words(row.kind, row.value_minor, row.currency, row.description),
        code=shown_code(row.code),
        qr=qr_code(address),
        until=in_words(row.valid_until_on),
    )


def _exception_words(made: Offer) -> str:
    return gettext("Approved as an exception, with your reason.") if made.outside else ""


def _told(review_id: int, offer: Offer, words: str) -> Response:
    tell(
        words,
        url_for("offers.undo", review_id=review_id, offer_id=offer.id, version=offer.version, **position_values()),
    )
    return go_back(review_id, anchor=ANCHOR)


def _proposal(currency: str, severity_of_case: Severity) -> Proposal:
    form = request.form
    if form.get("kind") not in set(OfferKind) or form.get("severity") not in set(Severity):
        raise BadValue(say("Choose what is offered, and how grave it was."))
    for name in ("description", "why"):
        if tied := tied_to_review(form.get(name, "")):
            raise BadValue(say("No offer may depend on a review. Take out: “%(words)s”", words=tied))
    return Proposal(
        kind=OfferKind(form["kind"]),
        severity=Severity(form["severity"]),
        severity_of_case=severity_of_case,
        value_minor=_amount("value", currency) or 0,
        cost_minor=_amount("cost", currency),
        price_minor=_amount("price", currency),
        cause_id=number_in(form.get("cause", "")),
        description=form.get("description", ""),
        reason=form.get("why", ""),
        valid_until_on=_day(form.get("until", "")),
    )


def _amount(name: str, currency: str) -> int | None:
    typed = request.form.get(name, "").strip()
    if not typed:
        return None
    found = read_money(typed, currency)
    if found is None:
        raise BadValue(say("“%(typed)s” is no amount. Write it as 30 or 12.50.", typed=typed))
    return found


def _day(typed: str) -> date | None:
    if not typed:
        return None
    try:
        return date.fromisoformat(typed)
    except ValueError as error:
        raise BadValue(say("“%(typed)s” is no day. Write it as 2026-12-31.", typed=typed)) from error


def _role(work: CaseWork) -> Role:
    found = access().role_at(work.location_id)
    if found is None:
        abort(404)
    return found


def _seen() -> int:
    return request.form.get("version", -1, type=int)


def _must_be_of(session: Session, work: CaseWork, offer_id: int) -> None:
    row = offer_row(session, offer_id)
    if row is None or row.case_id != work.id:
        abort(404)
