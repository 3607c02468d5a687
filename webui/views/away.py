"""When somebody is away and who stands in: entered by themselves, or by whoever looks after them."""

from __future__ import annotations

from flask import Blueprint, abort, flash, redirect, url_for
from werkzeug.wrappers import Response

from db.absences import end_absence
from db.people import access_of
from db.roles import Act
from db.session import session_scope

from ..absence_forms import again, enter_absence
from ..accounts import access
from ..guard import needs, signed_in
from ..i18n import gettext
from ..ids import ID_MOST
from ..pages import pages
from ..undoing import tell
from .account import account_page, whoever
from .people import ONE, person_page, whole_person

blueprint = Blueprint("away", __name__)
END = f"<int(max={ID_MOST}):absence_id>/end"


@blueprint.post("/account/away")
@signed_in
def add_mine() -> Response | tuple[str, int]:
    """One's own days."""
    parts = pages()
    with session_scope(parts.engine) as session:
        fault = enter_absence(session, whoever().person_id, access(), now=parts.clock())
    if fault:
        return account_page({"away": fault}), 422
    flash(_saved())
    return redirect(_mine(), 303)


@blueprint.post(f"/account/away/{END}")
@signed_in
def end_mine(absence_id: int) -> Response:
    """One is there after all. Somebody else's days are not there."""
    with session_scope(pages().engine) as session:
        gone = end_absence(session, whoever().person_id, absence_id)
    if gone is None:
        abort(404)
    tell(gettext("Taken off."), url_for("away.add_mine", **again(gone)))
    return redirect(_mine(), 303)


@blueprint.post(f"{ONE}/away")
@needs(Act.PEOPLE)
def add(person_id: int) -> Response | tuple[str, int]:
    """Somebody's days, by whoever owns every place where they have a role."""
    parts = pages()
    with session_scope(parts.engine) as session:
        person = whole_person(session, person_id)
        fault = enter_absence(session, person_id, access_of(person), now=parts.clock())
        if fault:
            return person_page(session, person, access_of(person), {"away": fault}), 422
    flash(_saved())
    return redirect(_theirs(person_id), 303)


@blueprint.post(f"{ONE}/away/{END}")
@needs(Act.PEOPLE)
def end(person_id: int, absence_id: int) -> Response:
    """They are there after all."""
    with session_scope(pages().engine) as session:
        whole_person(session, person_id)
        gone = end_absence(session, person_id, absence_id)
    if gone is None:
        abort(404)
    tell(gettext("Taken off."), url_for("away.add", person_id=person_id, **again(gone)))
    return redirect(_theirs(person_id), 303)


def _saved() -> str:
    return gettext("Saved. On these days new work and mails go to who stands in.")


def _mine() -> str:
    return url_for("account.show", _anchor="away")


def _theirs(person_id: int) -> str:
    return url_for("people.edit", person_id=person_id, _anchor="away")
