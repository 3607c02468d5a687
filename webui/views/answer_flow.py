"""The way of an answer: approved or sent back by a second person, posted by the worker or by hand, begun anew."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from flask import Blueprint, abort, flash, make_response, redirect, render_template, request, url_for
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from db.acting import Actor
from db.errors import BadValue, CaseChanged
from db.keepers import keepers_of
from db.phrases import say
from db.queries.answers import next_to_approve
from db.queries.case_work import CaseWork, case_work
from db.queries.reviews import review_detail
from db.replies import REPLY_MOST, as_kept, reply_of
from db.reply_findings import held_back
from db.reply_flow import approve, hold, must_be_another, posted_by_hand, send_back, stop, write_anew
from db.roles import Act, Role
from db.session import read_scope
from db.vault import vault_of

from ..accounts import access
from ..actors import actor
from ..answer_view import answer_view, checked_view, others_may_approve
from ..answer_ways import AnswerWay, answer_way
from ..answering import findings_in
from ..case_page import ONE, Trouble, carry_out, go_back, read_findings, take_long
from ..details import detail_view
from ..guard import needs
from ..i18n import gettext
from ..pages import frame, pages
from ..position import asked_position
from ..word_risks import by_words

blueprint = Blueprint("answer_flow", __name__)
blueprint.url_value_preprocessor(take_long)
FORM = "answer-flow"  # on the page of the case
APPROVING, SENDING_BACK = "approve", "send-back"  # on a page of their own


@blueprint.get(f"{ONE}/answer/approve")
@needs(Act.APPROVE, of="review_id")
def show(review_id: int) -> Response:
    """Review and draft side by side, for whoever decides."""
    return _page(review_id, None)


def _page(review_id: int, trouble: Trouble | None) -> Response:
    """The same; with `trouble` as the answer to a form of it, with the words that were mended and their findings."""
    parts = pages()
    now, who = parts.clock(), actor()
    with read_scope(parts.engine) as session:
        detail, work = review_detail(session, review_id), case_work(session, review_id)
        if detail is None or work is None:
            abort(404)
        answer = answer_view(
            session, detail, work.id, location_id=work.location_id, reader_id=who.person_id, access=access(), now=now
        )
        if answer.state != "submitted" and trouble is None:
            flash(gettext("Nobody asks about this answer any more."))
            return go_back(review_id, anchor="answer")
        body = as_kept(trouble.typed_in(APPROVING, "body", answer.body)) if trouble else answer.body
        checked, may_lift = answer.checked, True
        if body.strip() != answer.body.strip():
            found = _findings(review_id, body)
            checked, may_lift = checked_view(found, body), not held_back(found, answer.approved)
        page = render_template(
            "approve.html",
            frame=frame(session, now=now),
            position=asked_position(),
            review=detail_view(detail, now=now),
            answer=answer,
            body=body,
            checked=checked,
            may_lift=may_lift,
            trouble=trouble or Trouble(words="", form=""),
        )
    return make_response(page, 409 if trouble and trouble.is_changed else 422 if trouble else 200)


@blueprint.post(f"{ONE}/answer/approve")
@needs(Act.APPROVE, of="review_id")
def agree(review_id: int) -> Response:
    """Approve it, as it stands or with words of one's own; then the next."""
    body, findings = _mended(review_id)

    def act(session: Session, work: CaseWork, by: Actor) -> Response:
        reply = reply_of(session, work.id)
        if reply is None:
            abort(404)
        is_exception = must_be_another(reply, by.person_id)
        is_owner = access().role_at(work.location_id) is Role.OWNER
        if is_exception:
            keepers = keepers_of(session, work.id, now=by.now, by_words=by_words)
            if not is_owner or others_may_approve(session, reply, work.location_id, keepers):
                raise BadValue(say("You wrote or submitted this answer: somebody else has to approve it."))
        reason = request.form.get("reason", "")
        approve(
            session, work.id, seen=_seen(), by=by, body=body, findings=findings, read=read_findings(),
            reason=reason, is_exception=is_exception, shown=request.form.get("shown", ""), by_words=by_words,
        )  # fmt: skip
        if request.form.get("then") == "post":
            way = _must_be_by_api(session, review_id)
            version = _version(session, work.id)
            _hold(session, work.id, way, seen=version, by=by)
            flash(gettext("Approved. It goes out in a moment; until then it can be stopped."))
        else:
            flash(gettext("Approved."))
        return _next(session, review_id)

    return carry_out(review_id, APPROVING, act, typed=("body", "reason"), page=_page)


@blueprint.post(f"{ONE}/answer/send-back")
@needs(Act.WORK, of="review_id")
def refuse(review_id: int) -> Response:
    """To whoever wrote it; whoever submitted it takes it back by the same."""

    def act(session: Session, work: CaseWork, by: Actor) -> Response:
        reply = reply_of(session, work.id)
        is_own = reply is not None and reply.submitted_by_id == by.person_id
        if not is_own and not access().may(Act.APPROVE, work.location_id):
            raise BadValue(say("Only an approver sends an answer back, or whoever submitted it."))
        send_back(session, work.id, request.form.get("reason", ""), seen=_seen(), by=by)
        flash(gettext("Taken back: you can write on.") if is_own else gettext("Sent back, with your reason."))
        return go_back(review_id, anchor="answer") if is_own else _next(session, review_id)

    return carry_out(review_id, SENDING_BACK, act, typed=("reason",), page=_page)


@blueprint.post(f"{ONE}/answer/post")
@needs(Act.WORK, of="review_id")
def post(review_id: int) -> Response:
    """Have it posted in a moment, for the first time or once more."""

    def act(session: Session, work: CaseWork, by: Actor) -> Response:
        _hold(session, work.id, _must_be_by_api(session, review_id), seen=_seen(), by=by)
        flash(gettext("It goes out in a moment; until then it can be stopped."))
        return go_back(review_id, anchor="answer")

    return carry_out(review_id, FORM, act)


@blueprint.post(f"{ONE}/answer/stop")
@needs(Act.WORK, of="review_id")
def halt(review_id: int) -> Response:
    """Not now."""

    def act(session: Session, work: CaseWork, by: Actor) -> Response:
        stop(session, work.id, by=by)
        flash(gettext("Stopped. Nothing was sent."))
        return go_back(review_id, anchor="answer")

    return carry_out(review_id, FORM, act)


@blueprint.post(f"{ONE}/answer/posted")
@needs(Act.WORK, of="review_id")
def by_hand(review_id: int) -> Response:
    """A person has put it on the platform. Its words are checked a last time, for they were shown a while ago."""
    findings = _last_findings(review_id)

    def act(session: Session, work: CaseWork, by: Actor) -> Response:
        if findings is None:
            raise CaseChanged(say("This answer has changed since you opened it. Look at it again."))
        has_looked = request.form.get("looked") == "yes"
        posted_by_hand(session, work.id, seen=_seen(), findings=findings, by=by, has_looked=has_looked)
        flash(gettext("Noted. The next readings look whether it is there."))
        return go_back(review_id, anchor="answer")

    return carry_out(review_id, FORM, act)


@blueprint.post(f"{ONE}/answer/anew")
@needs(Act.WORK, of="review_id")
def anew(review_id: int) -> Response:
    """Begin again from what there is."""

    def act(session: Session, work: CaseWork, by: Actor) -> Response:
        write_anew(session, work.id, seen=_seen(), by=by)
        return go_back(review_id, anchor="answer")

    return carry_out(review_id, FORM, act)


def _hold(session: Session, case_id: int, way: AnswerWay, *, seen: int, by: Actor) -> None:
    hold(
        session,
        case_id,
        seen=seen,
        by=by,
        after=timedelta(seconds=pages().settings.hold_s),
        is_replaced=way.is_replaced,
        shows_at_once=way.shows_at_once,
        has_looked=request.form.get("looked") == "yes",
    )


def _must_be_by_api(session: Session, review_id: int) -> AnswerWay:
    """Raises BadValue where the worker cannot post it."""
    detail = review_detail(session, review_id)
    if detail is None:
        abort(404)
    way = answer_way(session, detail.source_id, vault_of(pages().database), access=access())
    if not way.by_api:
        raise BadValue(
            say("This source is answered by hand. Copy the answer, open the link, and say that it is posted.")
        )
    return way


def _next(session: Session, review_id: int) -> Response:
    """The next answer that waits for whoever reads, or the case itself."""
    who = actor()
    following = next_to_approve(
        session, person_id=who.person_id, places=access().places(Act.APPROVE), now=who.now, by_words=by_words
    )
    if following is None:
        return go_back(review_id, anchor="answer")
    return redirect(url_for("answer_flow.show", review_id=following), 303)


def _mended(review_id: int) -> tuple[str | None, list[dict[str, Any]] | None]:
    """Words that an approver has changed, and what the checks find in them; both None where nothing was changed."""
    typed = as_kept(request.form["body"]) if "body" in request.form else None
    with read_scope(pages().engine) as session:
        work = case_work(session, review_id)
        reply = reply_of(session, work.id) if work else None
    if typed is None or reply is None or typed.strip() == reply.body.strip():
        return None, None
    return typed, _findings(review_id, typed)


def _last_findings(review_id: int) -> list[dict[str, Any]] | None:
    """What the checks find in the answer; None where it is no longer the one that the form was shown with."""
    with read_scope(pages().engine) as session:
        work = case_work(session, review_id)
        reply = reply_of(session, work.id) if work else None
    return _findings(review_id, reply.body) if reply is not None and reply.version == _seen() else None


def _findings(review_id: int, body: str) -> list[dict[str, Any]]:
    return findings_in(pages().engine, review_id, body[:REPLY_MOST]) or []


def _seen() -> int:
    return request.form.get("version", -1, type=int)


def _version(session: Session, case_id: int) -> int:
    reply = reply_of(session, case_id)
    return reply.version if reply else -1
