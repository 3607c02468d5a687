"""Customers: found by name or contact, one page for all that is held of each, joined by hand, carried away.

Whoever asks sees what is at their own places. Nothing is looked up elsewhere, and nobody is joined by a guess.
"""

from __future__ import annotations

from collections.abc import Iterator

from flask import Blueprint, Response, abort, flash, redirect, render_template, request, stream_with_context, url_for
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response as Answer

from db.customers import merge, part, tell_taken_out
from db.errors import BadValue
from db.queries.customers import Customer, customer_of, find_customers, merges_of, recurring
from db.queries.places import place_of_review
from db.roles import Act
from db.session import read_scope, session_scope

from ..accounts import access
from ..actors import actor
from ..case_page import ONE
from ..customer_view import customer_line, customer_view, title_of
from ..exports import cases_csv, customers_csv
from ..guard import RoleTooLow, check_place, needs
from ..i18n import gettext
from ..pages import frame, pages
from ..told import told
from ..undoing import tell
from ..vcards import MEDIA_TYPE, vcard

blueprint = Blueprint("customers", __name__)
QUERY_MOST = 200
CASES, CUSTOMERS = "cases", "customers"  # what a file may hold


@blueprint.get("/customers")
@needs(Act.READ)
def show() -> str:
    """Those whom the query finds; without one those who came back."""
    query, now = request.args.get("q", "").strip()[:QUERY_MOST], pages().clock()
    places = access().places(Act.READ)
    with read_scope(pages().engine) as session:
        found = find_customers(session, query, places=places) if query else recurring(session, places=places)
        lines = [customer_line(one, now=now) for one in found]
        return render_template(
            "customers.html",
            frame=frame(session, now=now),
            query=query,
            lines=lines,
            may_export=access().may(Act.APPROVE),
            may_name=access().may(Act.PRIVACY),
        )


@blueprint.get(f"{ONE}/customer")
@needs(Act.READ, of="review_id")
def one(review_id: int) -> str:
    """Everything about who wrote this review."""
    now, wanted = pages().clock(), request.args.get("with", "").strip()[:QUERY_MOST]
    places = access().places(Act.READ)
    with read_scope(pages().engine) as session:
        customer = _known(session, review_id)
        own = {each.review_id for each in customer.reviews}
        others = [each for each in find_customers(session, wanted, places=places) if each.id not in own]
        return render_template(
            "customer.html",
            frame=frame(session, now=now),
            review_id=review_id,
            customer=customer_view(session, customer, access=access(), now=now),
            wanted=wanted,
            others=[customer_line(each, now=now) for each in others],
            may_work=access().may(Act.WORK, place_of_review(session, review_id)),
            may_export=access().may(Act.APPROVE, place_of_review(session, review_id)),
        )


@blueprint.post(f"{ONE}/customer/merge")
@needs(Act.WORK, of="review_id")
def join(review_id: int) -> Answer:
    """Say that the writer of another review is the same customer."""
    other_id = request.form.get("other", type=int) or 0
    with session_scope(pages().engine) as session:
        place = place_of_review(session, other_id)
        if place is None:
            abort(404)
        check_place(Act.WORK, place)
        try:
            merge_id = merge(session, review_id, other_id, by=actor())
        except BadValue as error:
            flash(told(str(error)), "not")
            return _back(review_id)
    tell(gettext("Joined: they are shown as one customer."), _part_address(review_id, merge_id))
    return _back(review_id)


@blueprint.post(f"{ONE}/customer/part")
@needs(Act.WORK, of="review_id")
def separate(review_id: int) -> Answer:
    """They are two after all."""
    merge_id = request.values.get("merge", type=int) or 0
    with session_scope(pages().engine) as session:
        said = next((row for row in merges_of(session, _known(session, review_id)) if row.id == merge_id), None)
        if said is None:
            flash(gettext("They are two already."), "not")
            return _back(review_id)
        for each in (said.review_id, said.other_id):
            check_place(Act.WORK, place_of_review(session, each) or 0)
        part(session, merge_id, by=actor())
    flash(gettext("Taken apart: they are shown as two customers."))
    return _back(review_id)


@blueprint.post(f"{ONE}/customer/vcard")
@needs(Act.APPROVE, of="review_id")
def card(review_id: int) -> Response:
    """A vCard of them, to put into an address book; the log says who took it."""
    now = pages().clock()
    with session_scope(pages().engine) as session:
        customer = _known(session, review_id, act=Act.APPROVE)
        tell_taken_out(session, {"what": "vcard", "review_id": customer.id, "has_contacts": True}, by=actor())
    address = pages().settings.public_url + url_for("customers.one", review_id=customer.id)
    written = vcard(customer, unnamed=title_of(customer), uid=address, url=address, now=now)
    answer = Response(written, content_type=f"{MEDIA_TYPE}; charset=utf-8")
    answer.headers["Content-Disposition"] = f'attachment; filename="customer-{customer.id}.vcf"'
    return answer


@blueprint.post("/customers/export")
@needs(Act.APPROVE)
def export() -> Response:
    """Customers or cases of one's own places as CSV; names and contacts masked, unless an owner asks for them."""
    what = request.form.get("what", "")
    if what not in (CASES, CUSTOMERS):
        abort(404)
    has_contacts = request.form.get("contacts") == "yes"
    if has_contacts and not access().may(Act.PRIVACY):
        raise RoleTooLow(Act.PRIVACY, None)
    places = access().places(Act.PRIVACY if has_contacts else Act.APPROVE)
    facts = {"what": what, "has_contacts": has_contacts, "places": None if places is None else sorted(places)}
    with session_scope(pages().engine) as session:
        tell_taken_out(session, facts, by=actor())
    engine, base_url = pages().engine, pages().settings.public_url
    if what == CUSTOMERS:
        rows = customers_csv(engine, places=places, has_contacts=has_contacts)
    else:
        rows = cases_csv(engine, places=places, has_contacts=has_contacts, base_url=base_url)
    answer = Response(stream_with_context(_marked(rows)), mimetype="text/csv")
    answer.headers["Content-Disposition"] = f'attachment; filename="{what}-{pages().clock():%Y-%m-%d}.csv"'
    return answer


def _marked(rows: Iterator[str]) -> Iterator[str]:
    yield "\ufeff"  # spreadsheets read UTF-8 by this mark
    yield from rows


def _known(session: Session, review_id: int, *, act: Act = Act.READ) -> Customer:
    return customer_of(session, review_id, places=access().places(act)) or abort(404)


def _part_address(review_id: int, merge_id: int) -> str:
    return url_for("customers.separate", review_id=review_id, merge=merge_id)


def _back(review_id: int) -> Answer:
    return redirect(url_for("customers.one", review_id=review_id), 303)
