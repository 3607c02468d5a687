"""A redraft by the model of the owner's choice, beside the answer: asked for, taken, discarded; what would be sent."""

from __future__ import annotations

from flask import Blueprint, abort, flash, make_response, render_template, request, url_for
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from db.acting import Actor
from db.errors import BadValue, CaseChanged
from db.queries.case_work import CaseWork, case_work
from db.redrafts import redrafting, set_discarded, take, untake
from db.replies import reply_of
from db.roles import Act
from db.session import read_scope

from ..actors import actor
from ..case_page import ONE, Trouble, carry_out, case_page, go_back, position_values, take_long
from ..guard import needs
from ..i18n import gettext
from ..ids import ID_MOST, number_in
from ..pages import frame, pages
from ..position import asked_position
from ..redrafting import endpoint_of, prepare, redraft
from ..told import told
from ..undoing import tell
from .answer import FORM, keep_typed

blueprint = Blueprint("answer_redraft", __name__)
blueprint.url_value_preprocessor(take_long)


@blueprint.get(f"{ONE}/answer/redraft")
@needs(Act.WORK, of="review_id")
def show(review_id: int) -> Response:
    """Exactly what would be sent, or why nothing may be."""
    parts = pages()
    sent, why, host = "", "", ""
    with read_scope(parts.engine) as session:
        if case_work(session, review_id) is None:
            abort(404)
        try:
            prepared = prepare(session, review_id, by=actor())
            sent, host = prepared.sent, endpoint_of(redrafting(session), key="", user_agent="").host
        except (BadValue, CaseChanged) as error:
            why = told(str(error))
        reply = reply_of(session, case_work(session, review_id).id)  # type: ignore[union-attr]  # seen above
        page = render_template(
            "redraft_sent.html",
            frame=frame(session, now=parts.clock()),
            position=asked_position(),
            review_id=review_id,
            version=reply.version if reply else 0,
            body=reply.body if reply else "",
            sent=sent,
            host=host,
            why=why,
        )
    return make_response(page)


@blueprint.post(f"{ONE}/answer/redraft")
@needs(Act.WORK, of="review_id")
def ask(review_id: int) -> Response | tuple[Response, int]:
    """Save what was typed, send it masked, and put what comes beside it."""
    _, refused = keep_typed(review_id)
    if refused:
        return refused
    try:
        redraft(pages(), review_id, by=actor())
    except (BadValue, CaseChanged) as error:
        trouble = Trouble(words=told(str(error)), form=FORM, is_changed=isinstance(error, CaseChanged))
        return case_page(review_id, trouble=trouble)
    flash(gettext("A suggestion stands beside your words. Take it or leave it."))
    return go_back(review_id, anchor="answer")


@blueprint.post(f"{ONE}/answer/redraft/take")
@needs(Act.WORK, of="review_id")
def accept(review_id: int) -> Response | tuple[Response, int]:
    """The suggestion in the place of what stands there, which is kept; for a moment it can be put back."""
    seen, refused = keep_typed(review_id)
    if refused:
        return refused

    def act(session: Session, work: CaseWork, by: Actor) -> Response:
        number = _number()
        saved = take(session, work.id, number, seen=seen, by=by)
        if saved.refused:
            raise CaseChanged(saved.refused)
        values = {"review_id": review_id, "number": number, "version": saved.version, **position_values()}
        tell(gettext("Taken. Read it as if it were your own."), url_for("answer_redraft.put_back", **values))
        return go_back(review_id, anchor="answer")

    return carry_out(review_id, FORM, act)


@blueprint.post(f"{ONE}/answer/redraft/back")
@needs(Act.WORK, of="review_id")
def put_back(review_id: int) -> Response:
    """What stood there before the suggestion was taken."""

    def act(session: Session, work: CaseWork, by: Actor) -> Response:
        saved = untake(session, work.id, _number(), seen=number_in(request.args.get("version", "")) or 0, by=by)
        if saved.refused:
            raise CaseChanged(saved.refused)
        flash(gettext("Taken back: all is as it was."))
        return go_back(review_id, anchor="answer")

    return carry_out(review_id, FORM, act)


@blueprint.post(f"{ONE}/answer/redraft/discard")
@needs(Act.WORK, of="review_id")
def discard(review_id: int) -> Response | tuple[Response, int]:
    """Put the suggestion aside; what was typed meanwhile is kept."""
    _, refused = keep_typed(review_id)
    if refused:
        return refused

    def act(session: Session, work: CaseWork, by: Actor) -> Response:
        number = _number()
        set_discarded(session, work.id, number, is_discarded=True, by=by)
        values = {"review_id": review_id, "number": number, **position_values()}
        tell(gettext("Discarded."), url_for("answer_redraft.bring_back", **values))
        return go_back(review_id, anchor="answer")

    return carry_out(review_id, FORM, act)


@blueprint.post(f"{ONE}/answer/redraft/bring-back")
@needs(Act.WORK, of="review_id")
def bring_back(review_id: int) -> Response:
    """A discarded suggestion."""

    def act(session: Session, work: CaseWork, by: Actor) -> Response:
        set_discarded(session, work.id, _number(), is_discarded=False, by=by)
        flash(gettext("Taken back: all is as it was."))
        return go_back(review_id, anchor="answer")

    return carry_out(review_id, FORM, act)


def _number() -> int:
    number = number_in(request.values.get("number", "")) or 0
    if not 0 < number <= ID_MOST:
        abort(404)
    return number
