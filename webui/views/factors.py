"""One's own second factor: set it up, take it off, get new recovery codes. Each asks who it is first."""

from __future__ import annotations

from flask import Blueprint, abort, flash, redirect, render_template, request, session, url_for
from werkzeug.wrappers import Response

from db.factors import drop_factor, factor_of, set_codes, set_factor
from db.people import get_person
from db.session import read_scope, session_scope

from ..accounts import is_fresh
from ..guard import signed_in
from ..i18n import gettext
from ..limits import CODES, too_many, went_well
from ..pages import frame, pages
from ..second_factor import codes_left, new_codes, setup, totp
from .account import ask_proof, whoever

blueprint = Blueprint("factors", __name__)
SECRET = "totp"  # noqa: S105 - the name in the cookie under which the new secret waits, encrypted


@blueprint.get("/account/second-factor")
@signed_in
def show() -> Response | str:
    """The picture to scan, or what there is already."""
    if not is_fresh():
        return ask_proof()
    return _page()


@blueprint.post("/account/second-factor")
@signed_in
def confirm() -> Response | str | tuple[str, int]:
    """Begin, once a code shows that the app has learnt the secret; shows the recovery codes, once."""
    who = whoever()
    if not is_fresh():
        return ask_proof()
    if who.has_totp or SECRET not in session:
        return redirect(url_for("factors.show"), 303)
    if refusal := too_many((CODES, str(who.person_id))):
        return _page(refusal), 429
    sealed = str(session[SECRET])
    period = totp().match(request.form.get("code", "").strip().replace(" ", ""), sealed, last=None)
    if period is None:
        return _page(gettext("That is not the code of this moment. Is the clock of your phone right?")), 422
    went_well(CODES, str(who.person_id))
    codes, sealed_codes = new_codes()
    with session_scope(pages().engine) as db_session:
        person = get_person(db_session, who.person_id)
        if person is None:
            abort(404)
        set_factor(db_session, person, sealed_totp=sealed, sealed_codes=sealed_codes, counter=period)
    session.pop(SECRET)
    return _codes_page(codes)


@blueprint.post("/account/second-factor/codes")
@signed_in
def renew() -> Response | str:
    """New recovery codes."""
    who = whoever()
    if not is_fresh():
        return ask_proof()
    codes, sealed = new_codes()
    with session_scope(pages().engine) as db_session:
        person = get_person(db_session, who.person_id)
        if person is None or factor_of(db_session, who.person_id) is None:
            abort(404)
        set_codes(db_session, person, sealed)
    return _codes_page(codes)


@blueprint.post("/account/second-factor/off")
@signed_in
def off() -> Response:
    """The password alone, from now on."""
    if not is_fresh():
        return ask_proof()
    with session_scope(pages().engine) as db_session:
        person = get_person(db_session, whoever().person_id)
        if person is not None:
            drop_factor(db_session, person)
    flash(gettext("The second factor is off."))
    return redirect(url_for("account.show"), 303)


def _page(fault: str = "") -> str:
    parts = pages()
    who = whoever()
    if not who.has_totp and SECRET not in session:
        session[SECRET] = totp().generate_totp_secret()
    with read_scope(parts.engine) as db_session:
        around = frame(db_session, now=parts.clock())
    return render_template(
        "second_factor.html",
        frame=around,
        has=who.has_totp,
        left=codes_left(who.person_id),
        setup=None if who.has_totp else setup(str(session[SECRET]), who.email),
        fault=fault,
    )


def _codes_page(codes: list[str]) -> str:
    parts = pages()
    with read_scope(parts.engine) as db_session:
        around = frame(db_session, now=parts.clock())
    return render_template("recovery_codes.html", frame=around, codes=codes)
