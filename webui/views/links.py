"""Links that let somebody choose a password: by invitation, or because the old one is forgotten."""

from __future__ import annotations

from contextlib import suppress

from flask import Blueprint, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from db.models import LinkPurpose
from db.people import find_person, get_person, set_password
from db.person_links import find_link, use_link
from db.session import read_scope, session_scope

from ..accounts import enter, new_password
from ..addresses import normal_address
from ..guard import public
from ..i18n import gettext
from ..invitations import new_address, reset, send_later
from ..limits import MAILS, too_many, too_many_from_here
from ..mail import MailError
from ..pages import pages

blueprint = Blueprint("links", __name__)


@blueprint.get("/link/<token>")
@public
def show(token: str) -> tuple[str, int] | str:
    """Ask for the new password. Looking at it does not use the link up: mail programs look as well."""
    return _form(token, {})


@blueprint.post("/link/<token>")
@public
def take(token: str) -> Response | tuple[str, int] | str:
    """Take the password, and the link with it."""
    parts = pages()
    password_hash, fault = new_password(request.form.get("password", ""), request.form.get("again", ""))
    if fault:
        page = _form(token, {"password": fault})
        return page if isinstance(page, tuple) else (page, 422)
    with session_scope(parts.engine) as session:
        person = use_link(session, token, now=parts.clock())
        if person is not None:
            set_password(session, person, password_hash)
    if person is None:
        return _form(token, {})
    if person.sealed_totp:  # a link replaces a password, not the second factor
        flash(gettext("Your password is changed. Sign in with it."))
        return redirect(url_for("signing.show"), 303)
    enter(person.id, person.session_key, via="link")
    return redirect(url_for("queue.show"), 303)


@blueprint.get("/forgotten")
@public
def ask() -> str:
    """Ask for the address; without a mail server, say who can help."""
    return render_template("forgotten.html", fault="", is_sent=False, has_mail=bool(pages().settings.mail_host))


@blueprint.post("/forgotten")
@public
def forgot() -> str | tuple[str, int]:
    """Send a link if somebody has this address, and say the same in any case."""
    parts = pages()
    has_mail = bool(parts.settings.mail_host)
    email = normal_address(request.form.get("email", ""))
    if not has_mail or email is None:
        fault = gettext("That is no mail address.") if has_mail else ""
        return render_template("forgotten.html", fault=fault, is_sent=False, has_mail=has_mail), 422
    if refusal := too_many_from_here() or too_many((MAILS, email)):
        return render_template("forgotten.html", fault=refusal, is_sent=False, has_mail=True), 429
    with session_scope(parts.engine) as session:
        person = find_person(session, email)
        address = ""
        if person is not None and person.is_active:
            address = new_address(parts, session, person, LinkPurpose.RESET)
    if person is not None and address:
        with suppress(MailError):  # an address that cannot stand in a head gets the same answer as all
            send_later(parts, reset(parts, person, address))
    return render_template("forgotten.html", fault="", is_sent=True, has_mail=True)


def _form(token: str, faults: dict[str, str]) -> tuple[str, int] | str:
    with read_scope(pages().engine) as session:
        link = find_link(session, token, now=pages().clock()) if len(token) <= 100 else None
        person = get_person(session, link.person_id) if link else None
    if link is None or person is None:
        return render_template("link_void.html"), 404
    is_invitation = link.purpose is LinkPurpose.INVITATION
    return render_template("link.html", token=token, person=person, is_invitation=is_invitation, faults=faults)
