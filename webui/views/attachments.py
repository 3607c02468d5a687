"""Pictures and mails of a case: added, shown, taken away."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, abort, flash, g, make_response, request, url_for
from sqlalchemy.orm import Session
from werkzeug.exceptions import RequestEntityTooLarge
from werkzeug.wrappers import Response

from db import attachments
from db.acting import Actor
from db.errors import BadValue
from db.phrases import say
from db.queries.case_work import CaseWork
from db.roles import Act
from db.session import read_scope

from ..attaching import UPLOAD_MOST, read_files
from ..case_page import ONE, Trouble, carry_out, case_page, go_back, position_values
from ..guard import needs
from ..i18n import gettext
from ..ids import ID_MOST
from ..pages import pages
from ..undoing import tell

blueprint = Blueprint("attachments", __name__)
FORM = "attach"
FORM_REST = 64 * 1024
HELD = f"{ONE}/attachments/<int(max={ID_MOST}):attachment_id>"
# Whatever it holds: nothing in it runs, loads or is framed, also where it is opened by itself.
LOCKED = "default-src 'none'; sandbox; frame-ancestors 'none'"


@blueprint.url_value_preprocessor
def take_large(endpoint: str | None, values: dict[str, Any] | None) -> None:  # noqa: ARG001 - Flask's signature
    """Before anything reads the form, its token included."""
    if endpoint == "attachments.add":
        request.max_content_length = UPLOAD_MOST + FORM_REST


@blueprint.errorhandler(RequestEntityTooLarge)
def too_large(error: RequestEntityTooLarge) -> tuple[Response, int]:  # noqa: ARG001 - Flask's signature
    """Say the cap."""
    words = gettext("The files are too large: 10 MB each at most. Send them smaller, or one by one.")
    trouble = Trouble(words=words, form=FORM)
    return case_page((request.view_args or {})["review_id"], trouble=trouble), 413


@blueprint.post(f"{ONE}/attachments")
@needs(Act.WORK, of="review_id")
def add(review_id: int) -> Response:
    """Keep pictures and the words of mails with the case."""

    def act(session: Session, work: CaseWork, by: Actor) -> Response:
        files, _ = read_files(request.files.getlist("files"))
        if not files:
            raise BadValue(say("Choose a picture or a mail first."))
        attachments.attach(session, work.review_id, files, by=by)
        flash(gettext("Attached."))
        return go_back(review_id, anchor="complaint")

    return carry_out(review_id, FORM, act)


@blueprint.get(HELD)
@needs(Act.READ, of="review_id")
def show(review_id: int, attachment_id: int) -> Response:
    """The picture, or the words of a mail as plain text."""
    with read_scope(pages().engine) as session:
        found = attachments.held(session, review_id, attachment_id)
    if found is None:
        abort(404)
    media_type, data = found
    answer = make_response(data)
    answer.headers["Content-Type"] = media_type
    answer.headers["Content-Disposition"] = "inline"
    g.own_policy = LOCKED
    return answer


@blueprint.post(f"{HELD}/remove")
@needs(Act.WORK, of="review_id")
def remove(review_id: int, attachment_id: int) -> Response:
    """Take it away."""

    def act(session: Session, work: CaseWork, by: Actor) -> Response:
        if not attachments.remove(session, work.review_id, attachment_id, by=by):
            abort(404)
        values = {"review_id": review_id, "attachment_id": attachment_id, **position_values()}
        tell(gettext("Taken away."), url_for("attachments.restore", **values))
        return go_back(review_id, anchor="complaint")

    return carry_out(review_id, FORM, act)


@blueprint.post(f"{HELD}/restore")
@needs(Act.WORK, of="review_id")
def restore(review_id: int, attachment_id: int) -> Response:
    """Bring it back."""

    def act(session: Session, work: CaseWork, by: Actor) -> Response:
        if not attachments.bring_back(session, work.review_id, attachment_id, by=by):
            flash(gettext("That can no longer be taken back. Attach it again instead."), "not")
        return go_back(review_id, anchor="complaint")

    return carry_out(review_id, FORM, act)
