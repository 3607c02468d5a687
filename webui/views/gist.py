"""Facts and feeling of a review in two short fields: saved by themselves, and never over somebody else's words."""

from __future__ import annotations

from flask import Blueprint, abort, flash, render_template, request
from werkzeug.wrappers import Response

from db.errors import BadValue, CaseChanged
from db.gists import gists_of, save_gist
from db.queries.reviews import review_detail
from db.roles import Act
from db.session import read_scope, session_scope

from .. import autosaving
from ..actors import actor
from ..case_page import ONE, go_back
from ..guard import needs
from ..i18n import gettext
from ..pages import frame, pages
from ..position import asked_position
from ..told import told

blueprint = Blueprint("gist", __name__)


@blueprint.post(f"{ONE}/gist")
@needs(Act.WORK, of="review_id")
def save(review_id: int) -> Response | tuple[Response | str, int]:
    """Save both fields. What cannot be saved comes back, beside what somebody else has saved."""
    parts = pages()
    form = request.form
    try:
        with session_scope(parts.engine) as session:
            saved = save_gist(
                session,
                review_id,
                facts=form.get("facts", ""),
                feeling=form.get("feeling", ""),
                seen_hash=form.get("seen", ""),
                seen=autosaving.version_seen(),
                by=actor(),
            )
    except (BadValue, CaseChanged) as error:
        status = 409 if isinstance(error, CaseChanged) else 422
        words = told(str(error))
        if autosaving.is_by_itself():
            return autosaving.told_not_saved(words, status)
        return _both(review_id, words), status
    if autosaving.is_by_itself():
        return autosaving.told_saved(saved)
    flash(gettext("Saved."))
    return go_back(review_id, anchor="gist")


def _both(review_id: int, fault: str) -> str:
    parts = pages()
    now = parts.clock()
    with read_scope(parts.engine) as session:
        detail = review_detail(session, review_id)
        if detail is None:
            abort(404)
        return render_template(
            "gist.html",
            frame=frame(session, now=now),
            detail=detail,
            theirs=gists_of(session, review_id).present,
            facts=request.form.get("facts", ""),
            feeling=request.form.get("feeling", ""),
            fault=fault,
            position=asked_position(),
        )
