"""A private message to the customer of a case: saved while it is typed, checked, made ready, sent by hand, logged."""

from __future__ import annotations

from flask import Blueprint, abort, flash, render_template, request
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from db.acting import Actor
from db.errors import BadValue, CaseChanged
from db.messages import (
    BODY_MOST,
    SUBJECT_MOST,
    Typed,
    as_kept,
    find_fit,
    keep_findings,
    log_sent,
    message_of,
    save_message,
)
from db.phrases import say
from db.queries.case_work import CaseWork, case_work
from db.roles import Act
from db.session import session_scope

from .. import autosaving
from ..actors import actor
from ..case_page import ONE, Trouble, carry_out, case_page, go_back, read_findings
from ..guard import needs
from ..i18n import gettext
from ..pages import pages
from ..private_messages import as_sent, is_offering, private_checked, private_draft, private_findings, whole
from ..told import told
from .contacts import channel_in

blueprint = Blueprint("messages", __name__)
FORM = "message"


@blueprint.post(f"{ONE}/message")
@needs(Act.WORK, of="review_id")
def save(review_id: int) -> Response | tuple[Response, int]:
    """Save it; what somebody else was faster with is shown beside it."""
    version, refused = _keep(review_id)
    if refused:
        return refused
    if autosaving.is_by_itself():
        return autosaving.told_saved(version)
    flash(gettext("Saved."))
    return go_back(review_id, anchor="message")


@blueprint.post(f"{ONE}/message/check")
@needs(Act.WORK, of="review_id")
def check(review_id: int) -> str:
    """What the checks find in these words, for scripts: a part of the page. Nothing is saved."""
    typed = _typed()
    body, subject = typed.body[:BODY_MOST], typed.subject[:SUBJECT_MOST]
    findings = private_findings(pages().engine, review_id, body, subject)
    if findings is None:
        abort(404)
    checked = private_checked(findings, whole(subject, body))
    has_offer = is_offering(body, has_offer=typed.has_offer, subject=subject)
    return render_template(
        "parts/message_findings.html",
        checked=checked,
        body=body,
        is_fresh=True,
        offers=has_offer,
    )


@blueprint.post(f"{ONE}/message/compose")
@needs(Act.WORK, of="review_id")
def compose(review_id: int) -> Response:
    """A first draft in the empty field; what somebody has typed is never replaced."""
    seen = autosaving.version_seen()

    def act(session: Session, work: CaseWork, by: Actor) -> Response:
        present = message_of(session, work.id)
        if _typed().body.strip() or (present is not None and present.body):
            raise BadValue(say("Something stands in the field. Empty it and save, then ask for a draft."))
        save_message(session, work.id, private_draft(session, review_id, work.id, present, by=by), seen=seen, by=by)
        flash(gettext("A first draft: read it as if it were your own."))
        return go_back(review_id, anchor="message")

    return carry_out(review_id, FORM, act, typed=("address", "subject", "body"))


@blueprint.post(f"{ONE}/message/ready")
@needs(Act.WORK, of="review_id")
def ready(review_id: int) -> Response | tuple[Response, int]:
    """Save and check it; where nothing stands against it, show all that goes out."""
    version, refused = _keep(review_id)
    if refused:
        return refused
    typed = _typed()
    findings = private_findings(pages().engine, review_id, typed.body, typed.subject)
    if findings is None:
        abort(404)
    with session_scope(pages().engine) as session:
        if (work := case_work(session, review_id)) is not None:
            keep_findings(session, work.id, findings, seen=version)
    read = read_findings()

    def act(session: Session, work: CaseWork, by: Actor) -> Response:  # noqa: ARG001 - the signature of an act
        is_sworn = request.form.get("unconditional") == "yes"
        if is_offering(typed.body, has_offer=typed.has_offer, subject=typed.subject) and not is_sworn:
            raise BadValue(say("Tick that what you offer does not depend on a review: a sentence of it is added."))
        find_fit(session, work.id, seen=version, read=read)
        return go_back(review_id, anchor="message")

    return carry_out(review_id, FORM, act)


@blueprint.post(f"{ONE}/message/sent")
@needs(Act.WORK, of="review_id")
def sent(review_id: int) -> Response:
    """A person has sent it: it stands in the contact log."""

    def act(session: Session, work: CaseWork, by: Actor) -> Response:
        channel = channel_in(request.form.get("channel", ""))
        message = message_of(session, work.id)
        if message is None:
            raise CaseChanged(say("This message has changed since it was checked. Look at it again."))
        log_sent(session, work.id, text=as_sent(message), channel=channel, seen=autosaving.version_seen(), by=by)
        flash(gettext("Sent, and noted in the contact log."))
        return go_back(review_id, anchor="contacts")

    return carry_out(review_id, FORM, act)


def _keep(review_id: int) -> tuple[int, Response | tuple[Response, int] | None]:
    """Save what was typed: the version that it has now, and why it was refused."""
    typed = _typed()
    try:
        with session_scope(pages().engine) as session:
            work = case_work(session, review_id)
            if work is None:
                abort(404)
            return save_message(session, work.id, typed, seen=autosaving.version_seen(), by=actor()), None
    except (BadValue, CaseChanged) as error:
        is_changed = isinstance(error, CaseChanged)
        words = told(str(error))
    status = 409 if is_changed else 422
    if autosaving.is_by_itself():
        return 0, autosaving.told_not_saved(words, status)
    with session_scope(pages().engine) as session:
        work = case_work(session, review_id)
        message = message_of(session, work.id) if work else None
        theirs = message.body if message and is_changed else ""
    kept = {"address": typed.address, "subject": typed.subject, "body": typed.body}
    trouble = Trouble(words=words, form=FORM, typed=kept, is_changed=is_changed, theirs=theirs)
    return 0, case_page(review_id, trouble=trouble)


def _typed() -> Typed:
    form = request.form
    return as_kept(
        Typed(
            address=form.get("address", ""),
            subject=form.get("subject", ""),
            body=form.get("body", ""),
            has_offer=form.get("has_offer") == "yes",
        )
    )
