"""The first visit: whoever installed Amends becomes its owner."""

from __future__ import annotations

import hmac

from flask import Blueprint, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from db.people import claim_first, is_anybody
from db.session import read_scope, session_scope

from ..accounts import enter, new_password
from ..addresses import normal_address
from ..first_owner import needs_code, setup_code
from ..guard import public
from ..i18n import gettext
from ..limits import SETUP_CODES, too_many
from ..pages import pages

blueprint = Blueprint("welcome", __name__)


@blueprint.get("/welcome")
@public
def show() -> Response | str:
    """Ask for name, address and password; nobody who comes later sees this."""
    with read_scope(pages().engine) as session:
        if is_anybody(session):
            return redirect(url_for("signing.show"), 303)
    return _form({})


@blueprint.post("/welcome")
@public
def take() -> Response | tuple[str, int]:
    """Make the first owner. Of two who come at once, one becomes it."""
    parts = pages()
    faults = {}
    if needs_code(parts.settings):
        if refusal := too_many((SETUP_CODES, "everybody")):
            return _form({"code": refusal}), 429
        given = request.form.get("code", "").strip().lower()
        if not hmac.compare_digest(given.encode("utf-8", "replace"), setup_code(parts.database).encode()):
            return _form({"code": gettext("This is not the code that Amends printed when it was started.")}), 422
    name = " ".join(request.form.get("name", "").split())[:200]
    email = normal_address(request.form.get("email", ""))
    if not name:
        faults["name"] = gettext("Say how others are to call you.")
    if email is None:
        faults["email"] = gettext("That is no mail address.")
    password_hash, fault = new_password(request.form.get("password", ""), request.form.get("again", ""))
    if fault:
        faults["password"] = fault
    if faults or email is None:
        return _form(faults), 422
    with session_scope(parts.engine) as session:
        owner = claim_first(session, email, name=name, password_hash=password_hash, now=parts.clock())
    if owner is None:
        return redirect(url_for("signing.show"), 303)
    enter(owner.id, owner.session_key, via="setup")
    return redirect(url_for("queue.show"), 303)


def _form(faults: dict[str, str]) -> str:
    return render_template("welcome.html", faults=faults, typed=request.form, needs_code=needs_code(pages().settings))
