"""Improvement actions: the list, one of them with its history, and the forms that open, change and close it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, timedelta
from typing import Any

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from db import improvements
from db.absences import day_at
from db.acting import Actor
from db.causes import list_causes
from db.errors import BadValue, CaseChanged
from db.improvements import TITLE_MOST, WORK_MOST, Plan
from db.models import ImprovementState
from db.people import people_at
from db.phrases import say
from db.queries.improvements import LISTED_MOST, ImprovementRow, improvement_row, steps_of
from db.queries.improvements import improvements as listed
from db.queries.places import named_places
from db.roles import Act
from db.session import read_scope, session_scope

from ..accounts import access
from ..actors import actor
from ..cause_lists import cause_words
from ..guard import RoleTooLow, check_place, needs
from ..i18n import gettext
from ..ids import ID_MOST, number_in
from ..improvement_view import improvement_views, step_views
from ..pages import frame, pages
from ..told import told
from ..undoing import tell

blueprint = Blueprint("improvements", __name__)
ONE = f"/actions/<int(max={ID_MOST}):improvement_id>"
USUAL = timedelta(days=14)  # until it is to be done, unless somebody says otherwise
TYPED = ("title", "owner", "due_on", "work", "done_on")
STATES = {"done": ImprovementState.DONE, "drop": ImprovementState.DROPPED, "reopen": ImprovementState.OPEN}


@blueprint.get("/actions")
@needs(Act.READ)
def show() -> str:
    """What is overdue first, then what is open, then what is closed, the latest before."""
    now = pages().clock()
    with read_scope(pages().engine) as session:
        places = access().places(Act.READ)
        rows = [row for state in ImprovementState for row in listed(session, state, places=places)]
        views = improvement_views(session, rows, now=now)
        around = frame(session, now=now)
    is_open = [one for one in views if one.row.state is ImprovementState.OPEN]
    groups = (
        (gettext("Overdue"), [one for one in is_open if one.is_late]),
        (gettext("Open"), [one for one in is_open if not one.is_late]),
        (gettext("Done"), [one for one in views if one.row.state is ImprovementState.DONE]),
        (gettext("Dropped"), [one for one in views if one.row.state is ImprovementState.DROPPED]),
    )
    is_cut = any(len(group) == LISTED_MOST for _, group in groups)
    return render_template("improvements.html", frame=around, groups=groups, count=len(views), is_cut=is_cut)


@blueprint.get("/actions/new")
@needs(Act.APPROVE)
def new() -> str:
    """The form, for a cause at a place, where the address names them."""
    place_id = number_in(request.args.get("place", ""))
    if place_id is not None:
        check_place(Act.APPROVE, place_id)
    return _form({"place": str(place_id or ""), "cause": request.args.get("cause", "")})


@blueprint.post("/actions")
@needs(Act.APPROVE)
def add() -> Response | tuple[str, int]:
    """Open it."""
    form = request.form
    place_id, cause_id = number_in(form.get("place", "")), number_in(form.get("cause", ""))
    if place_id is not None:
        check_place(Act.APPROVE, place_id)
    try:
        if place_id is None:
            raise BadValue(say("Choose the place where it is done."))  # noqa: TRY301 - told as every other fault
        if cause_id is None:
            raise BadValue(say("Choose the cause that it is about."))  # noqa: TRY301 - the same
        with session_scope(pages().engine) as session:
            one = improvements.open_improvement(session, place_id, cause_id, _plan(form), by=actor())
            undo = url_for("improvements.undo", improvement_id=one.id, version=one.version)
            address = url_for("improvements.one", improvement_id=one.id)
    except BadValue as error:
        return _form(form, told(str(error))), 422
    tell(gettext("Opened. Its owner hears of it by mail in a moment."), undo)
    return redirect(address, 303)


@blueprint.get(ONE)
@needs(Act.READ, of="improvement_id")
def one(improvement_id: int) -> str:
    """The action."""
    return _page(improvement_id)


@blueprint.post(ONE)
@needs(Act.APPROVE, of="improvement_id")
def change(improvement_id: int) -> Response | tuple[str, int]:
    """Give it other words, another owner, another day."""

    def act(session: Session, by: Actor, seen: int) -> str:
        changed = improvements.change_improvement(session, improvement_id, _plan(request.form), seen=seen, by=by)
        return gettext("Changed.") if changed else ""

    return _carry_out(improvement_id, "change", act)


@blueprint.post(f"{ONE}/work")
@needs(Act.WORK, of="improvement_id")
def work(improvement_id: int) -> Response | tuple[str, int]:
    """Say what is done: for whoever has it, and those who may close it."""
    with read_scope(pages().engine) as session:
        row = improvement_row(session, improvement_id)
    if row is not None and not _may_note(row):
        raise RoleTooLow(Act.APPROVE, row.location_id)

    def act(session: Session, by: Actor, seen: int) -> str:
        noted = improvements.note_work(session, improvement_id, request.form.get("work", ""), seen=seen, by=by)
        return gettext("Saved.") if noted else ""

    return _carry_out(improvement_id, "work", act)


@blueprint.post(f"{ONE}/state")
@needs(Act.APPROVE, of="improvement_id")
def move(improvement_id: int) -> Response | tuple[str, int]:
    """It is done, dropped, or open again."""
    to = STATES.get(request.form.get("do", "")) or abort(400)
    words = {
        ImprovementState.DONE: gettext("Done. From now on it is told whether its cause comes up less often."),
        ImprovementState.DROPPED: gettext("Dropped."),
        ImprovementState.OPEN: gettext("It is open again."),
    }

    def act(session: Session, by: Actor, seen: int) -> str:
        written = request.form.get("done_on", "")
        done_on = _day(written) if written and to is ImprovementState.DONE else None
        moved = improvements.move_improvement(session, improvement_id, to, done_on=done_on, seen=seen, by=by)
        return words[to] if moved else ""

    return _carry_out(improvement_id, "state", act)


@blueprint.post(f"{ONE}/undo")
@needs(Act.WORK, of="improvement_id")
def undo(improvement_id: int) -> Response:
    """Take back what one has just done."""
    seen = request.args.get("version", -1, type=int)
    try:
        with session_scope(pages().engine) as session:
            is_there = improvements.take_back(session, improvement_id, seen=seen, by=actor())
    except CaseChanged as error:
        flash(told(str(error)), "not")
        return redirect(url_for("improvements.one", improvement_id=improvement_id), 303)
    flash(gettext("Taken back."))
    address = url_for("improvements.one", improvement_id=improvement_id) if is_there else url_for("improvements.show")
    return redirect(address, 303)


def _carry_out(improvement_id: int, form: str, act: Callable[[Session, Actor, int], str]) -> Response | tuple[str, int]:
    """Do it and say so, with a way back; where it cannot be done, the page with why and with what was typed."""
    seen = request.form.get("version", -1, type=int)
    try:
        with session_scope(pages().engine) as session:
            words = act(session, actor(), seen)
    except CaseChanged as error:
        return _page(improvement_id, form=form, fault=told(str(error)), typed=request.form), 409
    except BadValue as error:
        return _page(improvement_id, form=form, fault=told(str(error)), typed=request.form), 422
    if words:
        tell(words, url_for("improvements.undo", improvement_id=improvement_id, version=seen + 1))
    else:
        flash(gettext("It was so already."))
    return redirect(url_for("improvements.one", improvement_id=improvement_id), 303)


def _page(improvement_id: int, *, form: str = "", fault: str = "", typed: Mapping[str, str] | None = None) -> str:
    now = pages().clock()
    with read_scope(pages().engine) as session:
        row = improvement_row(session, improvement_id) or abort(404)
        may_close = access().may(Act.APPROVE, row.location_id)
        owners = {one.id: one.name for one in people_at(session, Act.WORK, [row.location_id])} if may_close else {}
        return render_template(
            "improvement.html",
            frame=frame(session, now=now),
            view=improvement_views(session, [row], now=now)[0],
            steps=step_views(steps_of(session, improvement_id), timezone=row.timezone, now=now),
            owners=owners | ({row.owner_id: row.owner_name} if row.owner_id and may_close else {}),
            may_close=may_close,
            may_note=_may_note(row),
            today=day_at(now, row.timezone).isoformat(),
            most={"title": TITLE_MOST, "work": WORK_MOST},
            form=form,
            fault=fault,
            typed={name: (typed or {}).get(name, "") for name in TYPED},
        )


def _form(typed: Mapping[str, Any], fault: str = "") -> str:
    now = pages().clock()
    with read_scope(pages().engine) as session:
        places = named_places(session, places=access().places(Act.APPROVE))
        place = next((one for one in places if str(one.id) == typed.get("place")), None)
        if place is None and len(places) == 1:
            place = places[0]
        today = day_at(now, place.timezone) if place else now.date()
        return render_template(
            "improvement_new.html",
            frame=frame(session, now=now),
            places=places,
            place=place,
            causes=[(str(cause.id), cause_words(cause)) for cause in list_causes(session)],
            # Without a place those who work anywhere: whether they do so there is checked when it is opened.
            owners=[(str(one.id), one.name) for one in people_at(session, Act.WORK, [place.id] if place else None)],
            today=today.isoformat(),
            most={"title": TITLE_MOST},
            fault=fault,
            typed={
                "place": str(place.id) if place else "",
                "cause": typed.get("cause", ""),
                "title": typed.get("title", ""),
                "owner": typed.get("owner", ""),
                "due_on": typed.get("due_on", "") or (today + USUAL).isoformat(),
            },
        )


def _plan(form: Mapping[str, str]) -> Plan:
    owner_id = number_in(form.get("owner", ""))
    if owner_id is None:
        raise BadValue(say("Choose who sees to it."))
    return Plan(title=form.get("title", ""), owner_id=owner_id, due_on=_day(form.get("due_on", "")))


def _day(text: str) -> date:
    try:
        found = date.fromisoformat(text)
    except ValueError:
        found = date.min
    if not 1970 <= found.year <= 2200:
        raise BadValue(say("Choose the day by which it will be done."))
    return found


def _may_note(row: ImprovementRow) -> bool:
    is_theirs = row.owner_id == actor().person_id and access().may(Act.WORK, row.location_id)
    return is_theirs or access().may(Act.APPROVE, row.location_id)
