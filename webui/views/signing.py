"""In and out: the sign-in with password and code, the way out, and the parts of the demo."""

from __future__ import annotations

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from db.people import find_person, is_anybody
from db.session import read_scope

from ..accounts import enter, is_password, leave, me, wait_for_code, waiting
from ..addresses import normal_address
from ..demo_people import demo_people, is_demo
from ..guard import public, signed_in
from ..i18n import gettext
from ..limits import CODES, PASSWORDS, too_many, too_many_from_here, went_well
from ..own_paths import own_path, wanted_path
from ..pages import pages
from ..passkeys import is_possible
from ..passkeys import question as passkey_question
from ..second_factor import check

blueprint = Blueprint("signing", __name__)


@blueprint.get("/sign-in")
@public
def show() -> Response | str:
    """The form; in the demo a button for each part as well."""
    if me() is not None:
        return redirect(wanted_path(), 303)
    with read_scope(pages().engine) as session:
        if not is_anybody(session):
            return redirect(url_for("welcome.show"), 303)
    return _form()


@blueprint.post("/sign-in")
@public
def take() -> Response | tuple[str, int]:
    """Sign in. The answer to a wrong password and to an unknown address is the same, and takes as long."""
    typed = request.form.get("email", "")
    email = normal_address(typed) or typed.strip().lower()[:320]
    if refusal := too_many_from_here() or too_many((PASSWORDS, email)):
        return _form(refusal), 429
    with read_scope(pages().engine) as session:
        person = find_person(session, email)
    is_right = is_password(request.form.get("password", ""), person.password_hash if person else "")
    if person is None or not is_right or not person.is_active:
        return _form(gettext("This address and this password do not belong together.")), 422
    went_well(PASSWORDS, email)
    is_kept = request.form.get("keep") == "yes"
    if person.sealed_totp:
        wait_for_code(person.id, person.session_key, is_kept=is_kept, wanted=wanted_path())
        return redirect(url_for("signing.ask_code"), 303)
    enter(person.id, person.session_key, via="password", is_kept=is_kept)
    return redirect(wanted_path(), 303)


@blueprint.get("/sign-in/code")
@public
def ask_code() -> Response | str:
    """Ask for the second factor, once the password was right."""
    if waiting() is None:
        return redirect(url_for("signing.show"), 303)
    return render_template("sign_in_code.html", fault="")


@blueprint.post("/sign-in/code")
@public
def take_code() -> Response | tuple[str, int]:
    """Take a code of the app, or a recovery code; each works once."""
    half = waiting()
    if half is None:
        flash(gettext("That took too long. Begin again."), "not")
        return redirect(url_for("signing.show"), 303)
    if refusal := too_many_from_here() or too_many((CODES, str(half.person_id))):
        return render_template("sign_in_code.html", fault=refusal), 429
    via = check(half.person_id, request.form.get("code", ""))
    if not via:
        fault = gettext("That is not the code of this moment, or it was used already.")
        return render_template("sign_in_code.html", fault=fault), 422
    went_well(CODES, str(half.person_id))
    enter(half.person_id, half.session_key, via=via, is_kept=half.is_kept)
    return redirect(half.wanted, 303)


@blueprint.post("/sign-in/demo")
@public
def play() -> Response:
    """Sign in as one of the demo's people."""
    parts = pages()
    if not is_demo(parts):
        abort(404)
    with read_scope(parts.engine) as session:
        found = [one for one in demo_people(session) if one.role == request.form.get("role")]
    if not found:
        abort(404)
    enter(found[0].person_id, found[0].session_key, via="demo")
    return redirect(wanted_path(), 303)


@blueprint.post("/sign-out")
@signed_in
def out() -> Response:
    """End this session."""
    leave()
    flash(gettext("You are signed out."))
    return redirect(url_for("signing.show"), 303)


def _form(fault: str = "") -> str:
    parts = pages()
    players = []
    if is_demo(parts):
        with read_scope(parts.engine) as session:
            players = demo_people(session)
    question = ""
    if is_possible():
        question = passkey_question()
    return render_template(
        "sign_in.html",
        question=question,
        fault=fault,
        email=request.form.get("email", "")[:320],
        is_kept=request.form.get("keep") == "yes",
        wanted=own_path(request.values.get("next")),
        players=players,
    )
