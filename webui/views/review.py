"""One review: all its words, what the model made of them and why, how it changed, and the work on it."""

from __future__ import annotations

from flask import Blueprint, abort, flash, request, url_for
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from db.acting import Actor, Event, record
from db.cases import set_not_us, undo_not_us
from db.errors import BadValue
from db.queries.case_work import CaseWork
from db.roles import Act
from db.session import session_scope
from db.twins import deny_twin

from ..case_page import ONE, carry_out, case_page, go_back, position_values
from ..guard import needs
from ..i18n import gettext
from ..ids import ID_MOST
from ..jobs.purging import erase_review
from ..pages import pages
from ..told import told
from ..undoing import tell

blueprint = Blueprint("review", __name__)


@blueprint.get(ONE)
@needs(Act.READ, of="review_id")
def show(review_id: int) -> Response:
    """The review, with a way back to where the reader was in the queue."""
    return case_page(review_id)


@blueprint.post(f"{ONE}/not-us")
@needs(Act.WORK, of="review_id")
def not_us(review_id: int) -> Response:
    """Put a mention of somebody else aside."""

    def act(session: Session, work: CaseWork, by: Actor) -> Response:
        if set_not_us(session, review_id, now=by.now):
            record(session, [work.id], Event.NOT_US, {}, by=by, now=by.now)
            undo = url_for("review.about_us", review_id=review_id, **position_values())
            tell(gettext("Put aside: it is not about you."), undo)
        return go_back(review_id)

    return carry_out(review_id, "not-us", act)


@blueprint.post(f"{ONE}/not-us/undo")
@needs(Act.WORK, of="review_id")
def about_us(review_id: int) -> Response:
    """Take it back into the queue."""

    def act(session: Session, work: CaseWork, by: Actor) -> Response:
        if undo_not_us(session, review_id, now=by.now):
            record(session, [work.id], Event.ABOUT_US, {}, by=by, now=by.now)
            flash(gettext("Taken back: it stands where it stood."))
        return go_back(review_id)

    return carry_out(review_id, "not-us", act)


@blueprint.post(f"{ONE}/erase")
@needs(Act.ERASE, of="review_id")
def erase(review_id: int) -> Response:
    """Erase it because its writer asks for it; only with the tick that says so."""
    parts = pages()
    if request.form.get("asked") != "yes":
        flash(gettext("Nothing was erased: tick that its writer asked for it."), "not")
        return go_back(review_id)
    try:
        is_done = erase_review(parts.engine, parts.database, review_id, clock=parts.clock)
    except BadValue as error:
        flash(told(str(error)), "not")
        return go_back(review_id)
    if not is_done:
        abort(404)
    flash(gettext("Erased. Backups still hold it: mind them as well."))
    return go_back(review_id)


@blueprint.post(f"{ONE}/twins/<int(max={ID_MOST}):other_id>/deny")
@needs(Act.WORK, of="review_id")
def deny(review_id: int, other_id: int) -> Response:
    """Say that two reviews are not the same one, or take that back."""
    is_back = request.args.get("back") == "yes"
    with session_scope(pages().engine) as session:
        is_done = deny_twin(session, review_id, other_id, is_denied=not is_back)
    if is_done and is_back:
        flash(gettext("Taken back: all is as it was."))
    elif is_done:
        undo = url_for("review.deny", review_id=review_id, other_id=other_id, back="yes", **position_values())
        tell(gettext("Noted: they are two."), undo)
    return go_back(review_id)
