"""Offers to make it right, through the same policy as on the pages: inside it staff decide, outside it an owner."""

from __future__ import annotations

from flask import Response, url_for
from sqlalchemy.orm import Session

from db import offers as offer_acts
from db.acting import Actor
from db.errors import BadValue
from db.models import Offer, OfferState
from db.offers import Proposal, propose
from db.phrases import say
from db.queries.case_work import case_work
from db.queries.offers import OfferRow, offer_row, offers_after, place_of_offer
from db.queries.reviews import review_detail
from db.roles import Act, Role
from db.scopes import Scope
from db.session import read_scope
from db.ways_back import from_offer

from ..answering import tied_to_review
from ..ids import ID_MOST
from ..offer_words import severity_of
from ..pages import pages
from .cases import VERSIONED
from .door import caller, check_place, operation, reads_contacts, seen_version, sent, writing
from .given import IfMatch, OfferGiven, OfferPath, OfferStepGiven, ReviewPath, WhichOffers
from .problems import Refused
from .reading import ONE
from .told_offers import Offers, OfferTold, offer_tag
from .undoing import OfferDone, WayBack

THIS = f"<int(max={ID_MOST}):offer_id>"


@operation("GET", "/offers", Offers, group="Offers", scope=Scope.READ_OFFERS, act=Act.READ, also=(404, 422))
def list_offers(query: WhichOffers) -> Response:
    """Offers page by page, the newest first."""
    places = caller().access.places(Act.READ)
    if query.place_id is not None:
        check_place(Act.READ, query.place_id)
        places = frozenset({query.place_id})
    with read_scope(pages().engine) as session:
        rows = offers_after(session, query.after, limit=query.limit + 1, places=places, states=query.state)
    here = rows[: query.limit]
    onward = here[-1].id if len(rows) > query.limit else None
    return sent(Offers(items=[_offer(row) for row in here], next=onward))


@operation("GET", f"/offers/{THIS}", OfferTold, group="Offers", scope=Scope.READ_OFFERS, act=Act.READ,
           of="offer_id", also=(422,), headers=("ETag",))  # fmt: skip
def get_offer(path: OfferPath) -> Response:
    """One offer. Its ETag is what a step wants as If-Match."""
    with read_scope(pages().engine) as session:
        row = _row(session, path.offer_id)
    return sent(_offer(row), ETag=offer_tag(row))


@operation("POST", f"/cases/{ONE}/offers", OfferDone, group="Offers", scope=Scope.WRITE_OFFERS, act=Act.WORK,
           of="review_id", status=201, also=(409,), headers=("ETag", "Location"))  # fmt: skip
def propose_offer(path: ReviewPath, body: OfferGiven) -> Response:
    """Propose an offer; it is approved at once where the role of the token's person may decide it."""
    for text in (body.description, body.reason):
        if tied := tied_to_review(text):
            raise BadValue(say("No offer may depend on a review. Take out: “%(words)s”", words=tied))
    with writing() as (session, by):
        work, detail = case_work(session, path.review_id), review_detail(session, path.review_id)
        if work is None or detail is None:
            raise Refused("not-found")
        given = body.model_dump(exclude={"is_unconditional", "exception_reason"})
        made = propose(
            session,
            work.id,
            Proposal(**given, severity_of_case=severity_of(detail)),
            by=by,
            role=_role(work.location_id),
            is_unconditional=body.is_unconditional,
            exception_reason=body.exception_reason,
        )
        return _done(session, made, by, 201, Location=url_for("api.get_offer", offer_id=made.id))


@operation("POST", f"/offers/{THIS}/steps", OfferDone, group="Offers", scope=Scope.WRITE_OFFERS, act=Act.WORK,
           of="offer_id", also=VERSIONED, headers=("ETag",))  # fmt: skip
def step_offer(path: OfferPath, header: IfMatch, body: OfferStepGiven) -> Response:  # noqa: ARG001 - read by seen_version
    """Lead an offer on: approved, offered, accepted, declined, issued or cancelled."""
    to = OfferState(body.to)
    with writing() as (session, by):
        row = offer_row(session, path.offer_id)
        if row is None:
            raise Refused("not-found")
        seen_version(offer_tag(row))
        if to is OfferState.APPROVED:
            role = _role(row.location_id)
            done = offer_acts.approve(session, row.id, seen=row.version, by=by, role=role, reason=body.reason)
        else:
            done = offer_acts.step(
                session, row.id, to, seen=row.version, by=by, reason=body.reason, channel=body.channel
            )
        session.flush()
        return _done(session, done, by)


def _done(session: Session, offer: Offer, by: Actor, status: int = 200, **headers: str) -> Response:
    row = _row(session, offer.id)
    undo = WayBack.by(from_offer(session, offer, by=by), by)
    done = OfferDone(**_offer(row).model_dump(), undo=undo)
    return sent(done, status, ETag=offer_tag(row), **headers)


def _row(session: Session, offer_id: int) -> OfferRow:
    row = offer_row(session, offer_id)
    if row is None or place_of_offer(session, offer_id) is None:
        raise Refused("not-found")
    return row


def _offer(row: OfferRow) -> OfferTold:
    # A code is as good as its worth: whoever may not give it out does not read it.
    return OfferTold.of(row, shows_code=Scope.WRITE_OFFERS in caller().scopes, is_open=reads_contacts())


def _role(location_id: int) -> Role:
    role = caller().access.role_at(location_id)
    if role is None:
        raise Refused("not-found")
    return role
