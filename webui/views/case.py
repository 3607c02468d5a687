"""What people do with a case: take it, give it, put it off, wait, end it, let it go. Each can be taken back.

A form carries the version of the case it was shown with. Where somebody else was faster nothing is done: the page says
what happened meanwhile, and keeps what was typed.
"""

from __future__ import annotations

from flask import Blueprint, abort, flash, redirect, request
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from db import case_acts
from db.acting import Actor, Done
from db.errors import BadValue
from db.models import CaseStage
from db.people import people_at
from db.phrases import say
from db.queries.case_work import CaseWork
from db.roles import Act

from ..away_words import away_sentence
from ..case_page import ONE, back_to, carry_out, go_back, next_address, seen_version
from ..filters import clock_or_date
from ..guard import needs
from ..i18n import gettext
from ..ids import ID_MOST
from ..snoozing import asked_day, asked_moment
from ..undoing import tell_done

blueprint = Blueprint("case", __name__)


@blueprint.post(f"{ONE}/assign")
@needs(Act.WORK, of="review_id")
def assign(review_id: int) -> Response:
    """Give it to oneself, to somebody who may work there, or to nobody."""

    def act(session: Session, work: CaseWork, by: Actor) -> Response:
        to = request.form.get("to", "")
        names = {str(one.id): one.name for one in people_at(session, Act.WORK, [work.location_id])}
        to = str(by.person_id) if to == "me" else to
        if to != "nobody" and to not in names:
            raise BadValue(say("Nobody of that name works here. Choose somebody from the list."))
        to_id = None if to == "nobody" else int(to)
        done = case_acts.assign(session, [work.id], to_id, by=by, seen=_seen(work))
        if to_id is None:
            return _told(review_id, gettext("Assigned to nobody."), done)
        mine = to_id == by.person_id
        words = gettext("Assigned to you.") if mine else gettext("Assigned to %(name)s.", name=names[to])
        place = (work.location_id, work.timezone)
        away = "" if mine else away_sentence(session, to_id, names[to], place=place, now=by.now)
        return _told(review_id, f"{words} {away}".strip(), done)

    return carry_out(review_id, "assign", act)


@blueprint.post(f"{ONE}/stage")
@needs(Act.WORK, of="review_id")
def stage(review_id: int) -> Response:
    """To do, waiting for the guest, or done; "done" leads on to the next of the list."""

    def act(session: Session, work: CaseWork, by: Actor) -> Response:
        wanted = request.form.get("stage", "")
        if wanted == CaseStage.DONE:
            onward = next_address(session, review_id)
            done = case_acts.set_stage(session, [work.id], CaseStage.DONE, by=by, seen=_seen(work))
            tell_done(gettext("Done."), done, back=back_to(review_id))
            return redirect(onward, 303)
        if wanted == CaseStage.WAITING:
            day = request.form.get("ask_on", "")
            ask_at = asked_day(day, work.timezone)
            if ask_at is None or ask_at <= by.now:
                raise BadValue(say("Choose a day to ask again that is still to come."))
            done = case_acts.set_stage(
                session, [work.id], CaseStage.WAITING, by=by, follow_up_at=ask_at, seen=_seen(work)
            )
            return _told(review_id, gettext("Waiting for the guest. The clock rests."), done)
        if wanted == CaseStage.TODO:
            done = case_acts.set_stage(session, [work.id], CaseStage.TODO, by=by, seen=_seen(work))
            return _told(review_id, gettext("Back to do."), done)
        raise BadValue(say("Choose what state it is in."))

    return carry_out(review_id, "stage", act, typed=("ask_on",))


@blueprint.post(f"{ONE}/snooze")
@needs(Act.WORK, of="review_id")
def snooze(review_id: int) -> Response:
    """Out of the queue until a moment, or until something happens."""

    def act(session: Session, work: CaseWork, by: Actor) -> Response:
        form, timezone = request.form, work.timezone
        until = asked_moment(form.get("until", ""), form.get("day", ""), now=by.now, timezone=timezone)
        if until is None:
            raise BadValue(say("Choose when it shall come back."))
        done = case_acts.snooze(session, [work.id], until, by=by, seen=_seen(work))
        time = clock_or_date(until, now=by.now, timezone=timezone)
        return _told(review_id, gettext("Put off until %(time)s, or until something happens.", time=time), done)

    return carry_out(review_id, "snooze", act, typed=("day",))


@blueprint.post(f"{ONE}/wake")
@needs(Act.WORK, of="review_id")
def wake(review_id: int) -> Response:
    """Back before its time."""

    def act(session: Session, work: CaseWork, by: Actor) -> Response:
        return _told(review_id, gettext("Back in the queue."), case_acts.wake(session, [work.id], by=by))

    return carry_out(review_id, "wake", act)


@blueprint.post(f"{ONE}/let-go")
@needs(Act.WORK, of="review_id")
def let_go(review_id: int) -> Response:
    """Ask somebody else to agree that it is not pursued."""

    def act(session: Session, work: CaseWork, by: Actor) -> Response:
        reason = request.form.get("reason", "")
        done = case_acts.ask_not_to_pursue(session, work.id, reason, by=by, seen=seen_version())
        return _told(review_id, gettext("Asked. An approver agrees or sends it back."), done)

    return carry_out(review_id, "let-go", act, typed=("reason",))


@blueprint.post(f"{ONE}/let-go/withdraw")
@needs(Act.WORK, of="review_id")
def withdraw(review_id: int) -> Response:
    """Ask no more."""

    def act(session: Session, work: CaseWork, by: Actor) -> Response:
        done = case_acts.withdraw_not_to_pursue(session, work.id, by=by, seen=seen_version())
        return _told(review_id, gettext("You no longer ask. It is to do again."), done)

    return carry_out(review_id, "withdraw", act)


@blueprint.post(f"{ONE}/let-go/agree")
@needs(Act.APPROVE, of="review_id")
def agree(review_id: int) -> Response:
    """The second person agrees."""

    def act(session: Session, work: CaseWork, by: Actor) -> Response:
        onward = next_address(session, review_id)
        done = case_acts.agree_not_to_pursue(session, work.id, by=by, seen=seen_version())
        tell_done(gettext("Agreed: it is not pursued."), done, back=back_to(review_id))
        return redirect(onward, 303)

    return carry_out(review_id, "agree", act)


@blueprint.post(f"{ONE}/let-go/refuse")
@needs(Act.APPROVE, of="review_id")
def refuse(review_id: int) -> Response:
    """The second person sends it back, and says why."""

    def act(session: Session, work: CaseWork, by: Actor) -> Response:
        reason = request.form.get("reason", "")
        done = case_acts.refuse_not_to_pursue(session, work.id, reason, by=by, seen=seen_version())
        return _told(review_id, gettext("Sent back. It is to do again."), done)

    return carry_out(review_id, "refuse", act, typed=("reason",))


@blueprint.post(f"{ONE}/tags")
@needs(Act.WORK, of="review_id")
def tag(review_id: int) -> Response:
    """Put a tag on it."""

    def act(session: Session, work: CaseWork, by: Actor) -> Response:
        done = case_acts.tag(session, [work.id], request.form.get("tag", ""), by=by)
        return _told(review_id, gettext("Tagged.") if done.changed else gettext("It has that tag already."), done)

    return carry_out(review_id, "tag", act, typed=("tag",))


@blueprint.post(f"{ONE}/tags/remove")
@needs(Act.WORK, of="review_id")
def untag(review_id: int) -> Response:
    """Take a tag off."""

    def act(session: Session, work: CaseWork, by: Actor) -> Response:
        tag_id = request.form.get("tag_id", 0, type=int)
        if not 0 < tag_id <= ID_MOST:
            abort(404)
        return _told(review_id, gettext("The tag is off."), case_acts.untag(session, [work.id], tag_id, by=by))

    return carry_out(review_id, "tag", act)


def _seen(work: CaseWork) -> dict[int, int] | None:
    version = seen_version()
    return None if version is None else {work.id: version}


def _told(review_id: int, words: str, done: Done) -> Response:
    if done.changed:
        tell_done(words, done, back=back_to(review_id))
    else:
        flash(gettext("It was so already."))
    return go_back(review_id)
