"""The till: a code is typed or scanned, looked at, and redeemed once. Made for a phone in one hand."""

from __future__ import annotations

from datetime import datetime

from flask import Blueprint, make_response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from db.acting import UNDO_KEPT
from db.errors import BadValue, CaseChanged
from db.models import OfferState
from db.offer_undo import take_back
from db.offers import redeem
from db.phrases import say
from db.queries.offers import OfferRow, offer_by_code
from db.roles import Act
from db.session import read_scope, session_scope
from db.voucher_codes import LENGTH, TYPED_MOST, read_code, shown_code

from ..accounts import access
from ..actors import actor
from ..filters import in_words, when, zone
from ..guard import needs
from ..i18n import gettext
from ..limits import VOUCHERS, too_many
from ..offer_words import what_words
from ..pages import frame, pages
from ..told import told
from ..undoing import tell

blueprint = Blueprint("redeem", __name__)


@blueprint.get("/redeem")
@needs(Act.WORK)
def show() -> Response:
    """The field for a code."""
    return _page("", None)


@blueprint.post("/redeem")
@needs(Act.WORK)
def find() -> Response:
    """What somebody has typed: on to its voucher."""
    typed = request.form.get("code", "")[:TYPED_MOST]
    code = read_code(typed)
    if code is None:
        words = say("That is no code: it has %(num)s letters and digits, and none of 0, 1, I, L and O.", num=LENGTH)
        return _refused(typed, told(words))
    return redirect(url_for("redeem.look", code=code), 303)


@blueprint.get("/redeem/<string(maxlength=60):code>")
@needs(Act.WORK)
def look(code: str) -> Response:
    """What the code is worth, and whether it still is."""
    read = read_code(code)
    with read_scope(pages().engine) as session:
        row = offer_by_code(session, read, places=access().places(Act.WORK)) if read else None
    if row is None:
        return _refused(code, gettext("There is no such code. Look at the slip and type it again."))
    return _page(code, row)


@blueprint.post("/redeem/<string(maxlength=60):code>")
@needs(Act.WORK)
def use(code: str) -> Response:
    """Redeem it, once."""
    read = read_code(code) or ""
    try:
        with session_scope(pages().engine) as session:
            offer = redeem(session, read, by=actor(), places=access().places(Act.WORK))
    except (BadValue, CaseChanged) as error:
        with read_scope(pages().engine) as session:
            row = offer_by_code(session, read, places=access().places(Act.WORK)) if read else None
        if row is None:
            return _refused(code, told(str(error)))
        return _page(code, row, fault=told(str(error)), status=409 if isinstance(error, CaseChanged) else 422)
    tell(gettext("Redeemed."), url_for("redeem.undo", code=read, version=offer.version))
    return redirect(url_for("redeem.look", code=read, done=offer.version), 303)


@blueprint.post("/redeem/<string(maxlength=60):code>/undo")
@needs(Act.WORK)
def undo(code: str) -> Response:
    """It was the wrong slip: its own, and soon."""
    read = read_code(code) or ""
    with read_scope(pages().engine) as session:
        row = offer_by_code(session, read, places=access().places(Act.WORK))
    if row is None or row.state is not OfferState.REDEEMED:
        return _refused(code, gettext("That can no longer be taken back. Change it by hand instead."), status=409)
    try:
        with session_scope(pages().engine) as session:
            take_back(session, row.id, seen=request.args.get("version", -1, type=int), by=actor())
    except CaseChanged as error:
        return _refused(code, told(str(error)), status=409)
    return redirect(url_for("redeem.look", code=read), 303)


def _refused(typed: str, words: str, *, status: int = 422) -> Response:
    """A code that is none is counted: nobody tries them one after the other."""
    who = actor()
    too_often = too_many((VOUCHERS, str(who.person_id)))
    return _page(typed, None, fault=too_often or words, status=429 if too_often else status)


def _page(typed: str, row: OfferRow | None, *, fault: str = "", status: int = 200) -> Response:
    now = pages().clock()
    with read_scope(pages().engine) as session:
        around = frame(session, now=now)
    is_past = row is not None and row.valid_until_on < now.astimezone(zone(row.timezone)).date()
    page = render_template(
        "redeem.html",
        frame=around,
        typed=typed,
        fault=fault,
        row=row,
        code=shown_code(row.code) if row and row.code else "",
        what=what_words(row.kind, row.value_minor, row.currency, row.description) if row else "",
        until=in_words(row.valid_until_on) if row else "",
        used=when(row.redeemed_at, now=now, timezone=row.timezone) if row and row.redeemed_at else None,
        is_good=row is not None and row.state is OfferState.ISSUED and not is_past,
        is_used=row is not None and row.state is OfferState.REDEEMED,
        is_done=row is not None and _is_done(row, now),
        is_past=is_past or (row is not None and row.state is OfferState.EXPIRED),
        most=TYPED_MOST,
    )
    return make_response(page, status)


def _is_done(row: OfferRow, now: datetime) -> bool:
    """Whether this page answers to the press that redeemed it; whoever looks it up later is told to give nothing."""
    is_soon = row.redeemed_at is not None and now - row.redeemed_at <= UNDO_KEPT
    return is_soon and request.args.get("done", type=int) == row.version
