"""Replies kept for reuse: found, written, approved by a second person, deleted and put back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from db.errors import BadValue, CaseChanged
from db.models import SavedReply
from db.roles import Act
from db.saved_replies import (
    BODY_MOST,
    NAME_MOST,
    VARIABLES,
    Fields,
    Wanted,
    approve_saved,
    authors_of,
    delete_saved,
    find_saved,
    keep_reply,
    saved_reply,
    undelete_saved,
)
from db.session import read_scope, session_scope
from db.sources import list_locations
from scoring.language import MEASURED

from ..accounts import access
from ..actors import actor
from ..filters import Instant, when
from ..guard import check_place_or_all, needs
from ..i18n import gettext
from ..ids import ID_MOST, number_in
from ..labels import ANGER_LEVELS, TOPICS
from ..pages import frame, pages
from ..shown import one_line
from ..told import told
from ..undoing import tell

blueprint = Blueprint("saved_replies", __name__)
ONE = f"/saved-replies/<int(max={ID_MOST}):saved_id>"
SHOWN_MOST = 200
ASKED = ("words", "language", "topic", "level", "place")


@blueprint.get("/saved-replies")
@needs(Act.WORK)
def show() -> str:
    """Those of one's own places and of all, as they suit what was asked for."""
    parts = pages()
    now = parts.clock()
    asked = {name: request.args.get(name, "")[:80] for name in ASKED}
    with read_scope(parts.engine) as session:
        places = _places(session)
        wanted = Wanted(
            location_id=number_in(asked["place"]) if number_in(asked["place"]) in places else None,
            places=access().places(Act.WORK),
            language=asked["language"],
            topics=(asked["topic"],) if asked["topic"] else (),
            anger_level=asked["level"],
            words=asked["words"],
        )
        rows = [one for one in find_saved(session, wanted, limit=SHOWN_MOST) if asked["topic"] in ("", one.topic)]
        return render_template(
            "saved_replies.html",
            frame=frame(session, now=now),
            rows=_rows(session, rows, now=now),
            asked=asked,
            is_asked=any(asked.values()),
            **_choices(places),
        )


@blueprint.get("/saved-replies/new")
@needs(Act.WORK)
def begin() -> str:
    """An empty form."""
    with read_scope(pages().engine) as session:
        return _form(session, None, {})


@blueprint.post("/saved-replies/new")
@needs(Act.WORK)
def add() -> Response | tuple[str, int]:
    """Keep a new one."""
    return _keep(None)


@blueprint.get(ONE)
@needs(Act.WORK)
def edit(saved_id: int) -> str:
    """One, to change it."""
    with read_scope(pages().engine) as session:
        one = _visible(session, saved_id)
        return _form(session, one, _typed_of(one))


@blueprint.post(ONE)
@needs(Act.WORK)
def change(saved_id: int) -> Response | tuple[str, int]:
    """Save it; a changed text, or a wider place, has to be approved again."""
    return _keep(saved_id)


@blueprint.post(f"{ONE}/approve")
@needs(Act.APPROVE)
def approve(saved_id: int) -> Response:
    """A second person agrees: unchanged it may go out to calm reviews."""
    with session_scope(pages().engine) as session:
        check_place_or_all(Act.APPROVE, _visible(session, saved_id).location_id)
        try:
            approve_saved(session, saved_id, seen=request.form.get("version", -1, type=int), by=actor())
        except (BadValue, CaseChanged) as error:
            flash(told(str(error)), "not")
        else:
            flash(gettext("Approved. Unchanged, it may now go out to calm reviews without a second person."))
    return redirect(url_for("saved_replies.show"), 303)


@blueprint.post(f"{ONE}/delete")
@needs(Act.WORK)
def delete(saved_id: int) -> Response:
    """Away from the list, for now."""
    parts = pages()
    with session_scope(parts.engine) as session:
        check_place_or_all(Act.WORK, _visible(session, saved_id).location_id)
        delete_saved(session, saved_id, now=parts.clock())
    tell(gettext("Deleted. It can be put back for thirty days."), url_for("saved_replies.restore", saved_id=saved_id))
    return redirect(url_for("saved_replies.show"), 303)


@blueprint.post(f"{ONE}/restore")
@needs(Act.WORK)
def restore(saved_id: int) -> Response:
    """Back into the list."""
    with session_scope(pages().engine) as session:
        one = session.get(SavedReply, saved_id)
        check_place_or_all(Act.WORK, _seen_by_me(one).location_id)
        undelete_saved(session, saved_id)
    flash(gettext("Put back."))
    return redirect(url_for("saved_replies.show"), 303)


def _keep(saved_id: int | None) -> Response | tuple[str, int]:
    form, parts = request.form, pages()
    place = number_in(form.get("place", ""))
    fields = Fields(
        name=one_line(form.get("name", "")),
        body=form.get("body", "").replace("\x00", ""),
        language=form.get("language", "") if form.get("language") in MEASURED else "",
        topic=form.get("topic", "") if form.get("topic") in TOPICS else "",
        anger_level=form.get("level", "") if form.get("level") in ANGER_LEVELS else "",
        location_id=place,
    )
    try:
        with session_scope(parts.engine) as session:
            if saved_id is not None:
                check_place_or_all(Act.WORK, _visible(session, saved_id).location_id)
            check_place_or_all(Act.WORK, place)
            keep_reply(session, saved_id, fields, seen=form.get("version", -1, type=int), by=actor())
    except (BadValue, CaseChanged) as error:
        is_changed = isinstance(error, CaseChanged)
        with read_scope(parts.engine) as session:
            one = _visible(session, saved_id) if saved_id is not None else None
            return _form(session, one, form, fault=told(str(error)), is_changed=is_changed), 409 if is_changed else 422
    flash(gettext("Saved."))
    return redirect(url_for("saved_replies.show"), 303)


def _form(
    session: Session, one: SavedReply | None, typed: Mapping[str, str], *, fault: str = "", is_changed: bool = False
) -> str:
    now = pages().clock()
    return render_template(
        "saved_reply.html",
        frame=frame(session, now=now),
        one=one,
        typed=typed,
        fault=fault,
        is_changed=is_changed,
        variables=VARIABLES,
        name_most=NAME_MOST,
        body_most=BODY_MOST,
        may_all=access().may_everywhere(Act.WORK),
        **_choices(_places(session)),
    )


def _typed_of(one: SavedReply) -> dict[str, str]:
    return {
        "name": one.name,
        "body": one.body,
        "language": one.language,
        "topic": one.topic,
        "level": one.anger_level,
        "place": str(one.location_id or ""),
    }


def _choices(places: Mapping[int, str]) -> dict[str, Any]:
    return {"languages_known": sorted(MEASURED), "topics": TOPICS, "levels": ANGER_LEVELS, "places": places}


def _places(session: Session) -> dict[int, str]:
    return {place.id: place.name for place in list_locations(session) if access().may(Act.WORK, place.id)}


def _visible(session: Session, saved_id: int) -> SavedReply:
    return _seen_by_me(saved_reply(session, saved_id))


def _seen_by_me(one: SavedReply | None) -> SavedReply:
    """Somebody else's place does not exist."""
    if one is None or (one.location_id is not None and not access().may(Act.WORK, one.location_id)):
        abort(404)
    return one


def _rows(
    session: Session, replies: Sequence[SavedReply], *, now: datetime
) -> list[tuple[SavedReply, Instant | None, bool]]:
    """Each with when it was last used, and whether whoever reads may approve it."""
    asking = [
        one for one in replies if one.approved_at is None and access().may_at_or_all(Act.APPROVE, one.location_id)
    ]
    authors, reader = authors_of(session, asking), actor().person_id
    return [
        (one, when(one.used_at, now=now) if one.used_at else None, one in asking and reader not in authors[one.id])
        for one in replies
    ]
