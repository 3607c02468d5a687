"""Taking back what one did last."""

from __future__ import annotations

from flask import Blueprint, flash, redirect
from werkzeug.wrappers import Response

from db.errors import CaseChanged
from db.roles import Act
from db.session import session_scope
from db.ways_back import take_back

from ..actors import actor
from ..guard import needs
from ..i18n import gettext, ngettext
from ..own_paths import wanted_path
from ..pages import pages
from ..told import told

blueprint = Blueprint("undo", __name__)


@blueprint.post("/undo/<token>")
@needs(Act.WORK)
def undo(token: str) -> Response:
    """Take it back: only one's own, and only soon. The token is known to nobody else."""
    try:
        with session_scope(pages().engine) as session:
            undone = take_back(session, token[:64], by=actor())
    except CaseChanged as error:
        flash(told(str(error)), "not")
        return redirect(wanted_path(), 303)
    if undone is None:
        flash(gettext("That can no longer be taken back. Change it by hand instead."), "not")
    elif undone.changed and not undone.kept:
        flash(gettext("Taken back: all is as it was."))
    else:
        flash(
            ngettext(
                "%(num)s case was changed by somebody else meanwhile and stays as it is.",
                "%(num)s cases were changed by somebody else meanwhile and stay as they are.",
                undone.kept,
            ),
            "not",
        )
    return redirect(wanted_path(), 303)
