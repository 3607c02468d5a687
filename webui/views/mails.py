"""Which mails somebody gets: chosen on their account page, and turned off by the link in each mail.

Mail programs and their guards open every link, so opening it asks and a button answers; the button that mail programs
show themselves posts at once (RFC 8058), and either way the page says what was done and offers it the other way round.
"""

from __future__ import annotations

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from db.mail_wishes import set_mails_off, turn_mail
from db.models import MailKind
from db.people import get_person
from db.session import read_scope, session_scope

from ..guard import public, signed_in
from ..i18n import gettext
from ..mail_links import kind_of
from ..pages import pages
from ..security import csrf
from .account import whoever

blueprint = Blueprint("mails", __name__)


@blueprint.post("/account/mails")
@signed_in
def choose() -> Response:
    """Those that are ticked are wanted."""
    wanted = request.form.getlist("mail")
    with session_scope(pages().engine) as session:
        set_mails_off(session, whoever().person_id, [kind for kind in MailKind if kind not in wanted])
    flash(gettext("Saved."))
    return redirect(url_for("account.show", _anchor="mails"), 303)


@blueprint.get("/mails/<token>")
@public
def ask(token: str) -> str:
    """Say what the link turns off, and let it be turned off or on."""
    person_id, kind = _known(token)
    with read_scope(pages().engine) as session:
        person = get_person(session, person_id)
        if person is None or not person.is_active:
            abort(404)
        return _page(token, kind, is_on=kind not in person.mails_off, is_done=False)


@blueprint.post("/mails/<token>")
@csrf.exempt  # type: ignore[untyped-decorator]  # whoever holds the token may; a mail program knows no other
@public
def turn(token: str) -> str:
    """Off, or on again where that was asked for. Answered without a redirect, which mail programs do not follow."""
    person_id, kind = _known(token)
    is_on = request.form.get("do") == "on"
    with session_scope(pages().engine) as session:
        if not turn_mail(session, person_id, kind, is_on=is_on):
            abort(404)
    return _page(token, kind, is_on=is_on, is_done=True)


def _known(token: str) -> tuple[int, MailKind]:
    found = kind_of(pages().database, token)
    if found is None:
        abort(404)
    return found


def _page(token: str, kind: MailKind, *, is_on: bool, is_done: bool) -> str:
    return render_template("mails.html", token=token, kind=kind, is_on=is_on, is_done=is_done)
