"""What programs do with cases, by the acts of the pages: versioned, told to the timeline and to the audit log."""

from __future__ import annotations

from collections.abc import Callable

from flask import Response
from sqlalchemy.orm import Session

from db import case_acts
from db.acting import Actor
from db.causes import cause_of, choose_cause
from db.errors import BadValue
from db.mentions import mentioned
from db.models import CaseStage, Cause
from db.notes import write_note
from db.people import people_at
from db.phrases import say
from db.queries.case_work import CaseWork, case_work
from db.roles import Act
from db.scopes import Scope
from db.ways_back import from_note

from ..cause_lists import cause_words
from ..ids import ID_MOST
from ..snoozing import morning_of
from .door import operation, seen_version, sent, writing
from .given import AssigneeGiven, CauseGiven, IfMatch, NoteGiven, ReviewPath, StageGiven, TagGiven, TagPath
from .problems import Refused
from .reading import ONE, case_told
from .told import case_tag
from .undoing import CaseDone, WayBack

VERSIONED = (409, 412, 428)


@operation("PUT", f"/cases/{ONE}/stage", CaseDone, group="Cases", scope=Scope.WRITE_CASES, act=Act.WORK,
           of="review_id", also=VERSIONED, headers=("ETag",))  # fmt: skip
def set_stage(path: ReviewPath, header: IfMatch, body: StageGiven) -> Response:  # noqa: ARG001 - read by seen_version
    """Say how far people are: to do, waiting for the guest, done. Not pursuing one takes two people, on the pages."""

    def act(session: Session, work: CaseWork, by: Actor) -> str | None:
        ask_at = morning_of(body.ask_on, work.timezone) if body.ask_on is not None else None
        if ask_at is not None and ask_at <= by.now:
            raise BadValue(say("Choose a day to ask again that is still to come."))
        seen = {work.id: work.version}
        return case_acts.set_stage(
            session, [work.id], CaseStage(body.stage), by=by, follow_up_at=ask_at, seen=seen
        ).undo

    return _changed(path.review_id, act)


@operation("PUT", f"/cases/{ONE}/assignee", CaseDone, group="Cases", scope=Scope.WRITE_CASES, act=Act.WORK,
           of="review_id", also=VERSIONED, headers=("ETag",))  # fmt: skip
def set_assignee(path: ReviewPath, header: IfMatch, body: AssigneeGiven) -> Response:  # noqa: ARG001 - as above
    """Give it to somebody who may work at the place, or to nobody."""

    def act(session: Session, work: CaseWork, by: Actor) -> str | None:
        may = {one.id for one in people_at(session, Act.WORK, [work.location_id])}
        if body.person_id is not None and body.person_id not in may:
            raise BadValue(say("Nobody of that name works here. Choose somebody from the list."))
        return case_acts.assign(session, [work.id], body.person_id, by=by, seen={work.id: work.version}).undo

    return _changed(path.review_id, act)


@operation("PUT", f"/cases/{ONE}/cause", CaseDone, group="Cases", scope=Scope.WRITE_CASES, act=Act.WORK,
           of="review_id", also=VERSIONED, headers=("ETag",))  # fmt: skip
def set_cause(path: ReviewPath, header: IfMatch, body: CauseGiven) -> Response:  # noqa: ARG001 - as above
    """Say what the complaint came from, or take that away."""

    def act(session: Session, work: CaseWork, by: Actor) -> str | None:
        cause = session.get(Cause, body.cause_id) if body.cause_id is not None else None
        if body.cause_id is not None and cause is None:
            raise BadValue(say("There is no such cause. Choose another."))
        now = cause_of(session, path.review_id)
        name = cause_words(cause) if cause else ""
        return choose_cause(session, work.id, body.cause_id, name, by=by, shown=now.cause_id if now else None).undo

    return _changed(path.review_id, act)


@operation("POST", f"/cases/{ONE}/tags", CaseDone, group="Cases", scope=Scope.WRITE_CASES, act=Act.WORK,
           of="review_id", headers=("ETag",))  # fmt: skip
def add_tag(path: ReviewPath, body: TagGiven) -> Response:
    """Put a tag on it; one that is there already changes nothing."""

    def act(session: Session, work: CaseWork, by: Actor) -> str | None:
        return case_acts.tag(session, [work.id], body.name, by=by).undo

    return _changed(path.review_id, act, versioned=False)


@operation("DELETE", f"/cases/{ONE}/tags/<int(max={ID_MOST}):tag_id>", CaseDone, group="Cases",
           scope=Scope.WRITE_CASES, act=Act.WORK, of="review_id", also=(422,), headers=("ETag",))  # fmt: skip
def remove_tag(path: TagPath) -> Response:
    """Take a tag off."""

    def act(session: Session, work: CaseWork, by: Actor) -> str | None:
        done = case_acts.untag(session, [work.id], path.tag_id, by=by)
        if not done.changed:
            raise Refused("not-found")
        return done.undo

    return _changed(path.review_id, act, versioned=False)


@operation("POST", f"/cases/{ONE}/notes", CaseDone, group="Cases", scope=Scope.WRITE_CASES, act=Act.WORK,
           of="review_id", status=201, headers=("ETag",))  # fmt: skip
def add_note(path: ReviewPath, body: NoteGiven) -> Response:
    """Write a note; @Name tells somebody of it by mail, as on the pages."""

    def act(session: Session, work: CaseWork, by: Actor) -> str | None:
        ids, _ = mentioned(body.body, people_at(session, Act.READ, [work.location_id]))
        note_id = write_note(session, work.id, body.body, ids, by=by)
        return from_note(session, work.id, note_id, by=by)

    return _changed(path.review_id, act, versioned=False, status=201)


def _changed(
    review_id: int, act: Callable[[Session, CaseWork, Actor], str | None], *, versioned: bool = True, status: int = 200
) -> Response:
    """Do it over the version that was read, and give the case as it stands then, with the way back."""
    with writing() as (session, by):
        work = case_work(session, review_id)
        if work is None:
            raise Refused("not-found")
        if versioned:
            seen_version(case_tag(review_id, work.version))
        undo = act(session, work, by)
        session.flush()
        told = case_told(session, review_id)
        done = CaseDone(**told.model_dump(), undo=WayBack.by(undo, by))
        return sent(done, status, ETag=case_tag(review_id, told.version))
