"""Acts on the cases that are ticked in the queue: one at once, several after a look at how many they are."""

from __future__ import annotations

import re

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from db.errors import BadValue
from db.queries.queue import PAGE_MOST
from db.roles import Act
from db.session import session_scope

from ..bulk import Bulk, Deed, asked
from ..guard import needs
from ..i18n import gettext, ngettext
from ..pages import frame, pages
from ..position import asked_position
from ..told import told
from ..undoing import tell_done

blueprint = Blueprint("bulk", __name__)
_ROW = re.compile(r"review-[0-9]{1,10}")


@blueprint.post("/cases")
@needs(Act.WORK)
def act() -> Response | str:
    """Do it, or with several cases ask first; then back to the row that follows them."""
    parts = pages()
    now = parts.clock()
    deed = request.form.get("act", "")
    if deed not in list(Deed):
        abort(404)
    form = request.form
    ids = [int(one) for one in form.getlist("case")[:PAGE_MOST] if one.isascii() and one.isdecimal() and len(one) < 10]
    try:
        with session_scope(parts.engine) as session:
            bulk = asked(session, Deed(deed), ids, form, now=now)
            if len(bulk.cases) > 1 and form.get("sure") != "yes":
                position = asked_position()
                return render_template(
                    "bulk.html", frame=frame(session, now=now), bulk=bulk, position=position, form=form
                )
            done = bulk.do(session) if bulk.cases else None
    except BadValue as error:
        flash(told(error.args[0]), "not")
        return _back()
    if done is None:
        flash(_why_none(bulk, ids), "not")
        return _back()
    back = url_for("queue.show", **asked_position().values)
    tell_done(" ".join(filter(None, (bulk.told(done), left_out(bulk)))), done, back=back)
    return _back()


def left_out(bulk: Bulk) -> str:
    """What the act does not reach, and why."""
    told_ = []
    if bulk.skipped:
        words = ngettext(
            "%(num)s case stays as it is: at its place you may only read.",
            "%(num)s cases stay as they are: at their places you may only read.",
            bulk.skipped,
        )
        told_.append(words)
    if bulk.strange:
        words = ngettext(
            "%(num)s case stays as it is: %(name)s does not work at its place.",
            "%(num)s cases stay as they are: %(name)s does not work at their places.",
            bulk.strange,
            name=bulk.to_name,
        )
        told_.append(words)
    return " ".join(told_)


def _why_none(bulk: Bulk, ids: list[int]) -> str:
    if not ids:
        return gettext("Nothing is selected. Tick some rows first.")
    return left_out(bulk) or gettext("These cases are not there any more.")


def _back() -> Response:
    row = request.form.get("then", "")
    anchor = row if _ROW.fullmatch(row) else None
    return redirect(url_for("queue.show", _anchor=anchor, **asked_position().values), 303)
