"""What complaints come from: the owner's list of causes, and the one that a person chooses for a case."""

from __future__ import annotations

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from db.causes import (
    add_cause,
    add_starters,
    cause_counts,
    cause_of,
    choose_cause,
    list_causes,
    merge_cause,
    move_cause,
    rename_cause,
    retire_cause,
    revive_cause,
)
from db.errors import BadValue, CaseChanged
from db.models import Cause
from db.roles import Act
from db.session import read_scope, session_scope

from ..actors import actor
from ..alike import WINDOW
from ..case_page import ONE, back_to, go_back
from ..cause_lists import STARTERS, TRADES, cause_words, starter_words
from ..guard import check_everywhere, needs
from ..i18n import gettext
from ..ids import ID_MOST
from ..pages import frame, pages
from ..told import told
from ..undoing import tell_done

blueprint = Blueprint("causes", __name__)
CHANGES = ("rename", "up", "down", "retire", "revive", "merge")


@blueprint.get("/causes")
@needs(Act.SOURCES)
def show() -> str:
    """The list with its counts, for whoever owns every place: there is one for all."""
    check_everywhere(Act.SOURCES)
    return _page()


@blueprint.post("/causes")
@needs(Act.SOURCES)
def add() -> Response | tuple[str, int]:
    """Add one, or those of a starter list."""
    check_everywhere(Act.SOURCES)
    parts = pages()
    trade = request.form.get("trade", "")
    try:
        with session_scope(parts.engine) as session:
            if trade in STARTERS:
                add_starters(session, list(STARTERS[trade]), now=parts.clock())
            else:
                add_cause(session, request.form.get("name", ""), words=starter_words(), now=parts.clock())
    except BadValue as error:
        return _page(fault=told(str(error)), typed=request.form.get("name", "")), 422
    flash(gettext("Added."))
    return redirect(url_for("causes.show"), 303)


@blueprint.post("/causes/change")
@needs(Act.SOURCES)
def change() -> Response | tuple[str, int]:
    """Rename, move, retire, bring back or merge one."""
    check_everywhere(Act.SOURCES)
    cause_id, wish = _id(request.form.get("cause", "")), request.form.get("do", "")
    if cause_id is None or wish not in CHANGES:
        abort(400)
    try:
        done = _change(cause_id, wish)
    except BadValue as error:
        return _page(fault=told(str(error)), at=cause_id, typed=request.form.get("name", "")), 422
    flash(done)
    return redirect(url_for("causes.show", _anchor=f"cause-{cause_id}"), 303)


@blueprint.post(f"{ONE}/cause")
@needs(Act.WORK, of="review_id")
def choose(review_id: int) -> Response:
    """Choose the cause of a case, or none."""
    with session_scope(pages().engine) as session:
        found = cause_of(session, review_id)
        if found is None:
            abort(404)
        wanted = _id(request.form.get("cause", ""))
        cause = session.get(Cause, wanted) if wanted is not None else None
        name = cause_words(cause) if cause else ""
        try:
            shown = _id(request.form.get("shown", ""))
            done = choose_cause(session, found.case_id, wanted, name, by=actor(), shown=shown)
        except (BadValue, CaseChanged) as error:
            flash(told(str(error)), "not")
        else:
            words = gettext("Cause: %(name)s.", name=name) if cause else gettext("No cause is chosen.")
            tell_done(words, done, back=back_to(review_id, anchor="cause"))
    return go_back(review_id, anchor="cause")


def _change(cause_id: int, wish: str) -> str:
    parts = pages()
    with session_scope(parts.engine) as session:
        if wish == "rename":
            rename_cause(session, cause_id, request.form.get("name", ""), words=starter_words())
            return gettext("Renamed, for all that was counted under it too.")
        if wish == "merge":
            into = _id(request.form.get("into", ""))
            count = merge_cause(session, cause_id, into if into is not None else cause_id, now=parts.clock())
            return gettext("Merged: %(num)s cases were moved.", num=count)
        if wish == "retire":
            retire_cause(session, cause_id, now=parts.clock())
            return gettext("Retired: it is offered no more, and what was counted under it stays.")
        if wish == "revive":
            revive_cause(session, cause_id)
            return gettext("It is offered again.")
        move_cause(session, cause_id, up=wish == "up")
        return gettext("Moved.")


def _page(*, fault: str = "", at: int | None = None, typed: str = "") -> str:
    parts = pages()
    now = parts.clock()
    with read_scope(parts.engine) as session:
        causes = list_causes(session, with_retired=True)
        return render_template(
            "causes.html",
            frame=frame(session, now=now),
            offered=[cause for cause in causes if cause.retired_at is None],
            retired=[cause for cause in causes if cause.retired_at is not None],
            counts=cause_counts(session, since=now - WINDOW),
            words={cause.id: cause_words(cause) for cause in causes},
            missing={
                trade: missing
                for trade, starters in STARTERS.items()
                if (missing := len(starters.keys() - {cause.key for cause in causes}))
            },
            trades=TRADES,
            fault=fault,
            at=at,
            typed=typed,
        )


def _id(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdigit() and int(text[:11]) <= ID_MOST and len(text) < 11 else None
