"""What concerns whoever is signed in: name, roles, password, and where they are signed in."""

from __future__ import annotations

from dataclasses import dataclass

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from db.errors import BadValue
from db.people import get_person, rename_person, set_password, set_signature
from db.queries.answers import signature_of
from db.session import read_scope, session_scope
from db.sign_ins import SignedIn, end_sign_in, end_sign_ins, list_sign_ins
from db.sources import list_locations

from ..absence_forms import absence_view
from ..accounts import enter, is_fresh, is_password, me, new_password, prove
from ..agents import agent_words
from ..filters import Instant, when
from ..guard import signed_in
from ..i18n import gettext
from ..ids import ID_MOST
from ..labels import label
from ..limits import PASSWORDS, too_many, went_well
from ..own_paths import own_path, wanted_path
from ..pages import frame, pages
from ..people_words import ROLES, SIGN_IN_WAYS
from ..told import told

blueprint = Blueprint("account", __name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class SessionView:
    """One browser that is signed in."""

    id: int
    agent: str
    address: str
    via: str
    began: Instant
    seen: Instant
    is_this: bool


@blueprint.get("/account")
@signed_in
def show() -> str:
    """Everything about oneself."""
    return account_page({})


@blueprint.post("/account/name")
@signed_in
def rename() -> Response | tuple[str, int]:
    """Be called otherwise."""
    try:
        with session_scope(pages().engine) as session:
            if (person := get_person(session, whoever().person_id)) is not None:
                rename_person(session, person, request.form.get("name", ""))
    except BadValue:
        return account_page({"name": gettext("Say how others are to call you.")}), 422
    flash(gettext("Saved."))
    return redirect(url_for("account.show"), 303)


@blueprint.post("/account/signature")
@signed_in
def sign() -> Response | tuple[str, int]:
    """Say what to sign answers with."""
    try:
        with session_scope(pages().engine) as session:
            if (person := get_person(session, whoever().person_id)) is not None:
                set_signature(session, person, request.form.get("signature", ""))
    except BadValue as error:
        return account_page({"signature": told(str(error))}), 422
    flash(gettext("Saved."))
    return redirect(url_for("account.show"), 303)


@blueprint.post("/account/password")
@signed_in
def change_password() -> Response | tuple[str, int]:
    """A new password; every other session ends."""
    who = whoever()
    if refusal := too_many((PASSWORDS, who.email)):
        return account_page({"current": refusal}), 429
    if who.password_hash and not is_password(request.form.get("current", ""), who.password_hash):
        return account_page({"current": gettext("That is not your present password.")}), 422
    went_well(PASSWORDS, who.email)
    if not who.password_hash and not is_fresh():
        return ask_proof()
    password_hash, fault = new_password(request.form.get("password", ""), request.form.get("again", ""))
    if fault:
        return account_page({"password": fault}), 422
    with session_scope(pages().engine) as session:
        person = get_person(session, who.person_id)
        if person is None:
            abort(404)
        set_password(session, person, password_hash)
    enter(person.id, person.session_key, via=who.via, is_kept=who.is_kept)
    flash(gettext("Your password is changed. Everywhere else you are signed out."))
    return redirect(url_for("account.show"), 303)


@blueprint.post(f"/account/sessions/<int(max={ID_MOST}):sign_in_id>/end")
@signed_in
def end(sign_in_id: int) -> Response:
    """End one session of one's own; somebody else's does not exist."""
    with session_scope(pages().engine) as session:
        if not end_sign_in(session, whoever().person_id, sign_in_id):
            abort(404)
    flash(gettext("That session has ended."))
    return redirect(url_for("account.show", _anchor="sessions"), 303)


@blueprint.post("/account/sessions/end")
@signed_in
def end_others() -> Response:
    """End every session but this one."""
    who = whoever()
    with session_scope(pages().engine) as session:
        end_sign_ins(session, who.person_id, but=who.sign_in_id)
    flash(gettext("You are signed out everywhere else."))
    return redirect(url_for("account.show", _anchor="sessions"), 303)


@blueprint.get("/account/prove")
@signed_in
def ask() -> str:
    """Ask for the password once more, before something that could lock its owner out."""
    return _prove_page("")


@blueprint.post("/account/prove")
@signed_in
def take_proof() -> Response | tuple[str, int]:
    """Go on to where they wanted to go."""
    who = whoever()
    if refusal := too_many((PASSWORDS, who.email)):
        return _prove_page(refusal), 429
    if not is_password(request.form.get("password", ""), who.password_hash):
        return _prove_page(gettext("That is not your present password.")), 422
    went_well(PASSWORDS, who.email)
    prove()
    return redirect(wanted_path(), 303)


def whoever() -> SignedIn:
    """Who is signed in; the guard has seen to it that somebody is."""
    who = me()
    if who is None:
        abort(404)
    return who


def ask_proof() -> Response:
    """First the password once more, then the page again."""
    back = request.full_path.rstrip("?") if request.method == "GET" else url_for("account.show")
    return redirect(url_for("account.ask", next=back), 303)


def _prove_page(fault: str) -> str:
    parts = pages()
    with read_scope(parts.engine) as session:
        around = frame(session, now=parts.clock())
    return render_template(
        "prove.html",
        frame=around,
        fault=fault,
        wanted=own_path(request.values.get("next")),
        can=whoever().password_hash,
    )


def account_page(faults: dict[str, str]) -> str:
    """The whole page, with what is wrong with a form by its field."""
    parts = pages()
    who = whoever()
    with read_scope(parts.engine) as session:
        return render_template(
            "account.html",
            frame=frame(session, now=parts.clock()),
            who=who,
            roles=roles_in_words(session, who),
            sessions=_sessions(session, who),
            mails_off=person.mails_off if (person := get_person(session, who.person_id)) else [],
            away=absence_view(session, who.person_id, who.access, now=parts.clock(), fault=faults.get("away", "")),
            signature=signature_of(session, who.person_id),
            faults=faults,
            typed=request.form,
        )


def roles_in_words(session: Session, who: SignedIn) -> list[tuple[str, str]]:
    """(place, role), for all places first."""
    names = {place.id: place.name for place in list_locations(session)}
    everywhere = [(gettext("All places"), label(ROLES, who.access.everywhere))] if who.access.everywhere else []
    return everywhere + sorted((names.get(id_, ""), label(ROLES, role)) for id_, role in who.access.at.items())


def _sessions(session: Session, who: SignedIn) -> list[SessionView]:
    now = pages().clock()
    return [
        SessionView(
            id=row.id,
            agent=agent_words(row.agent),
            address=row.address,
            via=label(SIGN_IN_WAYS, row.via),
            began=when(row.created_at, now=now),
            seen=when(row.seen_at, now=now),
            is_this=row.id == who.sign_in_id,
        )
        for row in list_sign_ins(session, who.person_id, now=now)
    ]
