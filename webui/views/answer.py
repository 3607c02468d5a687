"""The words of an answer: saved while they are typed, checked, put back, and handed to whoever approves."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, abort, flash, render_template, request
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from db.acting import Actor
from db.errors import BadValue, CaseChanged
from db.models import Case, ReplyState, VersionKind
from db.phrases import say
from db.queries.case_work import CaseWork, case_work
from db.queries.reviews import review_detail
from db.replies import REPLY_MOST, as_kept, keep_findings, reply_of, restore, save_words
from db.reply_findings import UNREAD, blocked_for_good, is_unread, lift_needed
from db.reply_flow import submit
from db.roles import Act
from db.second_person import is_judged, needs_no_second
from db.session import session_scope
from scoring.suggest import Draft, Holding

from .. import autosaving
from ..actors import actor
from ..answer_view import checked_view, why_not
from ..answering import findings_in
from ..case_page import ONE, Trouble, carry_out, case_page, go_back, read_findings, take_long
from ..composing import Offered, facts_of, first_draft, offered
from ..guard import needs
from ..i18n import gettext
from ..ids import ID_MOST
from ..pages import pages
from ..saved_picks import values_for
from ..told import told

blueprint = Blueprint("answer", __name__)
blueprint.url_value_preprocessor(take_long)
FORM = "answer"


@blueprint.post(f"{ONE}/answer")
@needs(Act.WORK, of="review_id")
def save(review_id: int) -> Response | tuple[Response, int]:
    """Save the words; what somebody else was faster with is kept beside them."""
    body = _typed()
    version, refused = _keep(review_id, body)
    if refused:
        return refused
    if autosaving.is_by_itself():
        return autosaving.told_saved(version)
    flash(gettext("Saved."))
    return go_back(review_id, anchor="answer")


@blueprint.post(f"{ONE}/answer/check")
@needs(Act.WORK, of="review_id")
def check(review_id: int) -> str | Response | tuple[Response, int]:
    """What the checks find in these words: for scripts as a part of the page, without saving; else saved first."""
    body = _typed()
    if "HX-Request" in request.headers:
        body = body[:REPLY_MOST]  # what is longer is not saved either
        checked = checked_view(_findings(review_id, body), body)
        return render_template(
            "parts/findings.html",
            checked=checked,
            body=body,
            is_fresh=True,
            is_read=checked.is_read(request.form.get("read", ""), request.form.get("ticked", "")),
            lift_reason=request.form.get("lift_reason", ""),
        )
    refused, findings = _save_and_check(review_id, body)
    if not refused and not findings and body.strip():
        flash(gettext("Nothing found: all checks pass."))
    return refused or go_back(review_id, anchor="answer")


@blueprint.post(f"{ONE}/answer/submit")
@needs(Act.WORK, of="review_id")
def hand_in(review_id: int) -> Response | tuple[Response, int]:
    """Save and check the words, and ask somebody to approve them."""
    body = _typed()
    refused, findings = _save_and_check(review_id, body)
    if refused:
        return refused

    def act(session: Session, work: CaseWork, by: Actor) -> Response:
        reply, case = reply_of(session, work.id), session.get(Case, work.id)
        if reply is None or case is None or reply.body != body:
            raise CaseChanged(say("This answer has changed since you opened it. Look at it again."))
        if (detail := review_detail(session, review_id)) is not None and (words := why_not(detail)):
            raise BadValue(words)
        if not blocked_for_good(findings) and is_unread(findings, read_findings()):
            raise BadValue(UNREAD)
        state = submit(
            session,
            work.id,
            seen=reply.version,
            findings=findings,
            by=by,
            lift_reason=request.form.get("lift_reason", "") if lift_needed(findings) else "",
            shown=request.form.get("shown", ""),
            is_free=needs_no_second(
                session, case, reply, values=values_for(session, review_id, by=by), findings=findings, by=by
            ),
        )
        if state is ReplyState.APPROVED:
            flash(gettext("Approved without a second person: it is an approved saved reply, and nobody is angry."))
        else:
            if reply.saved_reply_id is not None and not is_judged(session, review_id):
                flash(gettext("The model has not judged this wording of the review, so a second person looks first."))
            flash(gettext("Submitted. Somebody else approves it, or sends it back."))
        return go_back(review_id, anchor="answer")

    return carry_out(review_id, FORM, act, typed=("lift_reason", "ticked", "read"))


@blueprint.post(f"{ONE}/answer/compose")
@needs(Act.WORK, of="review_id")
def draft(review_id: int) -> Response | tuple[Response, int]:
    """A first draft in the place of what stands there, which is kept; or why there is none, and what can be had."""
    seen, refused = keep_typed(review_id)
    if refused:
        return refused
    offers: list[Offered] = []  # told once the transaction is over: the page writes by itself

    def act(session: Session, work: CaseWork, by: Actor) -> Response:
        reply, form = reply_of(session, work.id), request.form
        composed = first_draft(
            session,
            review_id,
            by=by,
            number=reply.number if reply else 0,
            in_english=form.get("english") == "yes",
            is_failure={"yes": True, "no": False}.get(form.get("failure", "")),
        )
        text = composed.text if isinstance(composed, Draft) else ""
        if isinstance(composed, Holding) and form.get("holding") == "yes":
            text = composed.text
        if not text:
            offers.append(offered(session, composed, work.id, now=by.now))
            return go_back(review_id, anchor="answer")
        facts = facts_of(composed)
        put = save_words(session, work.id, text, seen=seen, by=by, kind=VersionKind.COMPOSED, facts=facts)
        if put.refused:
            raise CaseChanged(put.refused)
        if isinstance(composed, Holding):
            flash(gettext("A holding reply: it says that the matter has been seen, and no more."))
        else:
            flash(gettext("A first draft: read it as if it were your own."))
        return go_back(review_id, anchor="answer")

    answer = carry_out(review_id, FORM, act)
    return case_page(review_id, offer=offers[0]) if offers else answer


@blueprint.post(f"{ONE}/answer/restore")
@needs(Act.WORK, of="review_id")
def put_back(review_id: int) -> Response | tuple[Response, int]:
    """An earlier wording, as the present one. What stands in the field is kept before."""
    number = request.form.get("wording", 0, type=int)
    if not 0 < number <= ID_MOST:
        abort(404)
    seen, refused = keep_typed(review_id)
    if refused:
        return refused

    def act(session: Session, work: CaseWork, by: Actor) -> Response:
        saved = restore(session, work.id, number, seen=seen, by=by)
        if saved.refused:
            raise CaseChanged(saved.refused)
        flash(gettext("Put back. What stood there is in the list of wordings."))
        return go_back(review_id, anchor="answer")

    return carry_out(review_id, FORM, act)


def keep_typed(review_id: int) -> tuple[int, Response | tuple[Response, int] | None]:
    """Save what stands in the field before something takes its place: what to save over, and why it was refused."""
    body = _typed()
    if not body.strip():
        return autosaving.version_seen(), None
    return _keep(review_id, body)


def _save_and_check(review_id: int, body: str) -> tuple[Response | tuple[Response, int] | None, list[dict[str, Any]]]:
    """Why it was refused, if it was; and what the checks find, which is kept with the words."""
    version, refused = _keep(review_id, body)
    if refused:
        return refused, []
    findings = _findings(review_id, body)
    with session_scope(pages().engine) as session:
        work = case_work(session, review_id)
        if work is not None:
            keep_findings(session, work.id, findings, seen=version)
    return None, findings


def _findings(review_id: int, body: str) -> list[dict[str, Any]]:
    found = findings_in(pages().engine, review_id, body)
    if found is None:
        abort(404)
    return found


def _keep(review_id: int, body: str) -> tuple[int, Response | tuple[Response, int] | None]:
    """Save it, or keep it aside: what to save over next, and why it was refused."""
    try:
        with session_scope(pages().engine) as session:
            work = case_work(session, review_id)
            if work is None:
                abort(404)
            saved = save_words(session, work.id, body, seen=autosaving.version_seen(), by=actor())
            reply = reply_of(session, work.id)
            theirs = reply.body if reply else ""
    except (BadValue, CaseChanged) as error:
        status = 409 if isinstance(error, CaseChanged) else 422
        return 0, _refused(review_id, body, told(str(error)), status=status)
    refused = _refused(review_id, body, told(saved.refused), status=409, theirs=theirs) if saved.refused else None
    return saved.version, refused


def _refused(
    review_id: int, body: str, words: str, *, status: int, theirs: str = ""
) -> Response | tuple[Response, int]:
    if autosaving.is_by_itself():
        return autosaving.told_not_saved(words, status)
    return case_page(
        review_id,
        trouble=Trouble(words=words, form=FORM, typed={"body": body}, is_changed=status == 409, theirs=theirs),
    )


def _typed() -> str:
    return as_kept(request.form.get("body", ""))
