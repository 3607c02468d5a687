"""One's own passkeys, and the sign-in with one."""

from __future__ import annotations

from urllib.parse import urlsplit

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from db.errors import BadValue
from db.factors import add_passkey, list_passkeys, remove_passkey
from db.people import get_person
from db.session import read_scope, session_scope

from ..accounts import enter, is_fresh
from ..guard import public, signed_in
from ..i18n import gettext
from ..ids import ID_MOST
from ..limits import too_many_from_here
from ..own_paths import wanted_path
from ..pages import frame, pages
from ..passkeys import answered, is_possible, registered, registration
from .account import ask_proof, whoever

blueprint = Blueprint("passkeys", __name__)


@blueprint.get("/account/passkeys")
@signed_in
def show() -> Response | str:
    """The passkeys there are, and the way to one more."""
    if not is_fresh():
        return ask_proof()
    return _page()


@blueprint.post("/account/passkeys")
@signed_in
def add() -> Response | tuple[str, int]:
    """Keep what the authenticator has made."""
    parts = pages()
    if not is_fresh():
        return ask_proof()
    made = registered(request.form.get("credential", ""))
    if made is None:
        return _page(gettext("No passkey came of it. Try again.")), 422
    try:
        with session_scope(parts.engine) as session:
            add_passkey(
                session,
                whoever().person_id,
                name=request.form.get("name", ""),
                credential_id=made.credential_id,
                public_key=made.public_key,
                sign_count=made.sign_count,
                now=parts.clock(),
            )
    except BadValue:
        return _page(gettext("This passkey is registered already.")), 422
    flash(gettext("From now on you can sign in with this passkey."))
    return redirect(url_for("passkeys.show"), 303)


@blueprint.post(f"/account/passkeys/<int(max={ID_MOST}):passkey_id>/remove")
@signed_in
def remove(passkey_id: int) -> Response:
    """It opens nothing any more; somebody else's does not exist."""
    with session_scope(pages().engine) as session:
        if not remove_passkey(session, whoever().person_id, passkey_id):
            abort(404)
    flash(gettext("Removed. It opens nothing any more."))
    return redirect(url_for("passkeys.show"), 303)


@blueprint.post("/sign-in/passkey")
@public
def enter_with() -> Response:
    """Sign in with a passkey: it is both factors."""
    if refusal := too_many_from_here():
        flash(refusal, "not")
        return redirect(url_for("signing.show"), 303)
    found = answered(request.form.get("credential", ""))
    if found is None:
        flash(gettext("This passkey opens nothing here. Sign in with your password."), "not")
        return redirect(url_for("signing.show"), 303)
    wanted = wanted_path()
    enter(*found, via="passkey", is_kept=request.form.get("keep") == "yes")
    return redirect(wanted, 303)


def _page(fault: str = "") -> str:
    parts = pages()
    who = whoever()
    with read_scope(parts.engine) as session:
        person = get_person(session, who.person_id)
        known = list_passkeys(session, who.person_id)
        can = is_possible()
        question = ""
        if can and person is not None:
            question = registration(who, person.passkey_handle, [one.credential_id for one in known])
        return render_template(
            "passkeys.html",
            frame=frame(session, now=parts.clock()),
            known=known,
            question=question,
            can=can,
            port=urlsplit(request.host_url).port or 80,
            fault=fault,
        )
