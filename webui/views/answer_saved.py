"""Saved replies in the editor of an answer: those that suit are searched, and one is put in."""

from __future__ import annotations

from flask import Blueprint, abort, flash, render_template, request
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from db.acting import Actor
from db.errors import CaseChanged
from db.phrases import say
from db.queries.case_work import CaseWork, case_work
from db.queries.reviews import review_detail
from db.replies import save_words
from db.roles import Act
from db.saved_replies import filled, saved_reply, take_saved
from db.session import read_scope

from ..actors import actor
from ..case_page import ONE, carry_out, case_page, go_back, position_values, take_long
from ..guard import needs
from ..i18n import gettext
from ..ids import ID_MOST
from ..pages import pages
from ..saved_picks import picks, values_for
from .answer import FORM, keep_typed

blueprint = Blueprint("answer_saved", __name__)
blueprint.url_value_preprocessor(take_long)


@blueprint.post(f"{ONE}/answer/saved")
@needs(Act.WORK, of="review_id")
def find(review_id: int) -> str | Response | tuple[Response, int]:
    """Those that suit and hold these words: for scripts the list alone, else the page, with what was typed saved."""
    words = request.form.get("words", "")
    if "HX-Request" in request.headers:
        with read_scope(pages().engine) as session:
            detail, work = review_detail(session, review_id), case_work(session, review_id)
            if detail is None or work is None:
                abort(404)
            found = picks(session, detail, work.location_id, by=actor(), words=words)
        return render_template(
            "parts/saved_picks.html", picks=found, values={"review_id": review_id, **position_values()}
        )
    _, refused = keep_typed(review_id)
    return refused or case_page(review_id, words=words)


@blueprint.post(f"{ONE}/answer/use")
@needs(Act.WORK, of="review_id")
def use(review_id: int) -> Response | tuple[Response, int]:
    """Put one in the place of what stands there, which is kept."""
    seen, refused = keep_typed(review_id)
    if refused:
        return refused

    def act(session: Session, work: CaseWork, by: Actor) -> Response:
        wanted = request.form.get("saved", 0, type=int)
        one = saved_reply(session, wanted) if 0 < wanted <= ID_MOST else None
        if one is None or one.location_id not in (None, work.location_id):
            raise CaseChanged(say("This saved reply is gone. Choose another."))
        words = filled(one.body, values_for(session, review_id, by=by))
        put = save_words(session, work.id, words, seen=seen, by=by, saved_reply_id=one.id)
        if put.refused:
            raise CaseChanged(put.refused)
        take_saved(session, one.id, now=by.now)
        flash(gettext("Put in. Make it yours: name what happened to this guest."))
        return go_back(review_id, anchor="answer")

    return carry_out(review_id, FORM, act)
