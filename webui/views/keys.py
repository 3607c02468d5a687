"""The single keys of the pages: a list of them, and the form that changes or switches off one's own."""

from __future__ import annotations

from collections.abc import Mapping

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from db.people import get_person, set_keys
from db.session import read_scope, session_scope

from ..guard import signed_in
from ..i18n import gettext
from ..keys import KEYS, clashes, kept, mine, read
from ..pages import frame, pages
from .account import whoever

blueprint = Blueprint("keys", __name__)


@blueprint.get("/keys")
@signed_in
def show() -> str:
    """What each key does; the same as the help that `?` opens, for browsers without scripts."""
    return _page("keys.html")


@blueprint.get("/account/keys")
@signed_in
def edit() -> str:
    """One's own keys, to be changed."""
    return _edit_page(mine().pressed, {})


@blueprint.post("/account/keys")
@signed_in
def save() -> Response | tuple[str, int]:
    """Keep them, if each can be told from every other."""
    is_reset = request.form.get("reset") == "yes"
    typed = {name: request.form.get(name, key.pressed)[:10] for name, key in KEYS.items()}
    wanted = {name: key.pressed for name, key in KEYS.items()} if is_reset else typed
    faults = _faults(wanted)
    if faults:
        return _edit_page(typed, faults), 422
    is_on = is_reset or request.form.get("on") == "yes"
    pressed = {name: read(given) or "" for name, given in wanted.items()}
    with session_scope(pages().engine) as session:
        person = get_person(session, whoever().person_id)
        if person is None:
            abort(404)
        set_keys(session, person, kept(is_on=is_on, pressed=pressed))
    flash(gettext("Your keys are saved.") if is_on else gettext("Saved: single keys do nothing any more."))
    return redirect(url_for("keys.edit"), 303)


def _faults(typed: Mapping[str, str]) -> dict[str, str]:
    pressed = {name: read(given) for name, given in typed.items()}
    faults = {name: gettext("One character, or two that are pressed one after the other.") for name in pressed}
    faults = {name: words for name, words in faults.items() if pressed[name] is None}
    for name, other in clashes({name: given for name, given in pressed.items() if given}).items():
        faults[name] = gettext(
            "“%(key)s” is not free: “%(other)s” has “%(taken)s”.",
            key=typed[name],
            other=gettext(KEYS[other].words),
            taken=typed[other],
        )
    return faults


def _edit_page(typed: Mapping[str, str], faults: Mapping[str, str]) -> str:
    is_on = request.form.get("on") == "yes" if faults else mine().is_on
    return _page("keys_edit.html", typed=typed, faults=faults, is_on=is_on)


def _page(template: str, **values: object) -> str:
    parts = pages()
    with read_scope(parts.engine) as session:
        return render_template(template, frame=frame(session, now=parts.clock()), **values)
