"""One key for a review that the model has judged wrongly: angry, or not angry, as a person reads it."""

from __future__ import annotations

from flask import Blueprint, abort, flash, request
from werkzeug.wrappers import Response

from db.errors import BadValue
from db.judging import case_of, judge
from db.models import Case
from db.roles import Act
from db.session import session_scope

from ..actors import actor
from ..case_page import ONE, back_to, go_back
from ..guard import needs
from ..i18n import gettext
from ..pages import pages
from ..told import told
from ..undoing import tell_done

blueprint = Blueprint("verdicts", __name__)
WORDS = {"angry": True, "not-angry": False, "none": None}


@blueprint.post(f"{ONE}/anger")
@needs(Act.WORK, of="review_id")
def say(review_id: int) -> Response:
    """Say it, or take one's own word back."""
    word = request.form.get("say", "")
    if word not in WORDS:
        abort(400)
    with session_scope(pages().engine) as session:
        case = case_of(session, review_id)
        if case is None:
            abort(404)
        try:
            done = judge(session, case.id, WORDS[word], by=actor(), seen_hash=request.form.get("seen"))
        except BadValue as error:
            flash(told(str(error)), "not")
        else:
            session.refresh(case)
            tell_done(_what_came_of_it(WORDS[word], case), done, back=back_to(review_id))
    return go_back(review_id)


def _what_came_of_it(is_angry: bool | None, case: Case) -> str:
    if is_angry is None:
        return gettext("Taken back: your word counts no more.")
    if is_angry:
        return gettext("Noted: angry. It waits in the queue.") if case.in_queue else gettext("Noted: angry.")
    if case.in_queue and case.is_risky:
        return gettext("Noted: not angry. It stays in the queue for its risk.")
    return gettext("Noted: not angry. It has left the queue.")
