"""The contact log of a case, the steps that its customer was promised, and the list of all that is promised."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from flask import Blueprint, abort, flash, render_template, request, url_for
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from db import contacts
from db.acting import Actor
from db.errors import BadValue
from db.models import Channel
from db.people import people_at
from db.phrases import say
from db.queries.case_work import CaseWork
from db.roles import Act
from db.session import read_scope

from ..accounts import access
from ..actors import actor
from ..case_page import ONE, carry_out, go_back, position_values
from ..direct import promise_view
from ..filters import zone
from ..guard import needs
from ..i18n import gettext
from ..ids import ID_MOST
from ..pages import frame, pages
from ..undoing import tell

blueprint = Blueprint("contacts", __name__)
CONTACT = f"{ONE}/contacts/<int(max={ID_MOST}):contact_id>"
PROMISE = f"{ONE}/promises/<int(max={ID_MOST}):promise_id>"
LOG, STEP = "contact", "promise"  # the forms


@blueprint.post(f"{ONE}/contacts")
@needs(Act.WORK, of="review_id")
def log(review_id: int) -> Response:
    """Note that somebody spoke with the customer, and a step that was promised in it."""

    def act(session: Session, work: CaseWork, by: Actor) -> Response:
        form = request.form
        contact_id = contacts.log_contact(
            session,
            work.id,
            channel=channel_in(form.get("channel", "")),
            happened_at=_moment(form.get("at", ""), work.timezone, now=by.now),
            said=form.get("said", ""),
            agreed=form.get("agreed", ""),
            by=by,
        )
        if form.get("what", "").strip():
            _promise(session, work, by)
        undo = _address("contacts.delete", review_id, contact_id=contact_id, quiet="yes")
        tell(gettext("Noted in the contact log."), undo)
        return go_back(review_id, anchor="contacts")

    return carry_out(review_id, LOG, act, typed=("channel", "at", "said", "agreed", "what", "owner", "due_on"))


@blueprint.post(f"{CONTACT}/delete")
@needs(Act.WORK, of="review_id")
def delete(review_id: int, contact_id: int) -> Response:
    """Take one's own entry away."""

    def act(session: Session, work: CaseWork, by: Actor) -> Response:
        if not contacts.delete_contact(session, work.id, contact_id, by=by):
            abort(404)
        tell(gettext("The entry is gone."), _address("contacts.restore", review_id, contact_id=contact_id))
        return go_back(review_id, anchor="contacts")

    return carry_out(review_id, LOG, act)


@blueprint.post(f"{CONTACT}/restore")
@needs(Act.WORK, of="review_id")
def restore(review_id: int, contact_id: int) -> Response:
    """Bring it back."""

    def act(session: Session, work: CaseWork, by: Actor) -> Response:
        if not contacts.restore_contact(session, work.id, contact_id, by=by):
            flash(gettext("That can no longer be taken back. Note it again instead."), "not")
        return go_back(review_id, anchor="contacts")

    return carry_out(review_id, LOG, act)


@blueprint.post(f"{ONE}/promises")
@needs(Act.WORK, of="review_id")
def promise(review_id: int) -> Response:
    """Note a step that the customer was promised."""

    def act(session: Session, work: CaseWork, by: Actor) -> Response:
        promise_id = _promise(session, work, by)
        undo = _address("contacts.forget", review_id, promise_id=promise_id)
        tell(gettext("Noted. It stands in the list of promises until it is done."), undo)
        return go_back(review_id, anchor="contacts")

    return carry_out(review_id, STEP, act, typed=("what", "owner", "due_on"))


@blueprint.post(f"{PROMISE}/forget")
@needs(Act.WORK, of="review_id")
def forget(review_id: int, promise_id: int) -> Response:
    """Undo noting it."""

    def act(session: Session, work: CaseWork, by: Actor) -> Response:
        if contacts.break_promise(session, work.id, promise_id, by=by):
            flash(gettext("Taken back: nothing is promised."))
        else:
            flash(gettext("That can no longer be taken back. Say that it is done, or do it."), "not")
        return go_back(review_id, anchor="contacts")

    return carry_out(review_id, STEP, act)


@blueprint.post(f"{PROMISE}/done")
@needs(Act.WORK, of="review_id")
def done(review_id: int, promise_id: int) -> Response:
    """It was done, or not after all."""
    is_back = request.args.get("back") == "yes"

    def act(session: Session, work: CaseWork, by: Actor) -> Response:
        if not contacts.keep_promise(session, work.id, promise_id, is_kept=not is_back, by=by):
            flash(gettext("It was so already."))
        elif is_back:
            flash(gettext("It is to be done again."))
        else:
            tell(gettext("Done as promised."), _address("contacts.done", review_id, promise_id=promise_id, back="yes"))
        return go_back(review_id, anchor="contacts")

    return carry_out(review_id, STEP, act)


@blueprint.get("/promises")
@needs(Act.READ)
def promises() -> str:
    """All that is promised and not done, the most urgent first."""
    parts = pages()
    now = parts.clock()
    with read_scope(parts.engine) as session:
        rows = contacts.open_promises(session, places=access().places(Act.READ))
        around = frame(session, now=now)
    views = [promise_view(row, now=now) for row in rows]
    mine = actor().person_id
    groups = (
        (gettext("Yours"), [one for one in views if one.row.owner_id == mine]),
        (gettext("Of others"), [one for one in views if one.row.owner_id != mine]),
    )
    return render_template("promises.html", frame=around, groups=groups, count=len(views))


def channel_in(value: str) -> Channel:
    """The channel that a form names.

    Raises:
        BadValue: there is none of that name.
    """
    if value not in set(Channel):
        raise BadValue(say("Choose how you spoke."))
    return Channel(value)


def _promise(session: Session, work: CaseWork, by: Actor) -> int:
    form = request.form
    owners = {str(one.id) for one in people_at(session, Act.WORK, [work.location_id])}
    owner = form.get("owner", "")
    if owner not in owners:
        raise BadValue(say("Nobody of that name works here. Choose somebody from the list."))
    try:
        due_on = date.fromisoformat(form.get("due_on", ""))
    except ValueError:
        raise BadValue(say("Choose the day by which it will be done.")) from None
    today = by.now.astimezone(zone(work.timezone)).date()
    return contacts.promise(
        session, work.id, form.get("what", ""), owner_id=int(owner), due_on=due_on, today=today, by=by
    )


def _moment(text: str, timezone: str, *, now: datetime) -> datetime:
    """When it was, on the clock of the place; now where the form does not say."""
    if not text:
        return now
    try:
        return datetime.fromisoformat(text).replace(tzinfo=zone(timezone)).astimezone(now.tzinfo)
    except (ValueError, OverflowError):
        raise BadValue(say("Choose when you spoke.")) from None


def _address(endpoint: str, review_id: int, **more: Any) -> str:
    return url_for(endpoint, review_id=review_id, **more, **position_values())
