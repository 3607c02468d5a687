"""Taking back what one did last: once, soon, and only one's own."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, request
from werkzeug.wrappers import Response

from db.case_acts import undo
from db.session import session_scope

from ..guard import signed_in
from ..i18n import gettext, ngettext
from ..own_paths import wanted_path
from ..pages import pages
from ..undoing import actor

blueprint = Blueprint("undoing", __name__)


@blueprint.post("/undo")
@signed_in
def take_back() -> Response:
    """Take back the act whose token the form holds, and go back to where it was pressed."""
    with session_scope(pages().engine) as session:
        undone = undo(session, request.form.get("token", "")[:32], by=actor())
    if undone is None:
        flash(gettext("That cannot be taken back any more: it is too long ago, or taken back already."), "not")
    elif undone.kept:
        words = ngettext(
            "Taken back. %(num)s case stays as it is: somebody has changed it since.",
            "Taken back. %(num)s cases stay as they are: somebody has changed them since.",
            undone.kept,
        )
        flash(words, "not")
    else:
        flash(gettext("Taken back."))
    return redirect(wanted_path(), 303)
