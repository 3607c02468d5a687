"""A complaint taken by hand: one page that works in half a minute on a phone; and its link to a review."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from sqlalchemy.orm import Session
from werkzeug.exceptions import RequestEntityTooLarge
from werkzeug.wrappers import Response

from db.acting import Actor
from db.attachments import attach
from db.complaint_links import link, unlink
from db.complaints import CONTACT_MOST, LEVELS, NAME_MOST, WORDS_MOST, Noted, last_taken, take_back, take_complaint
from db.errors import BadValue
from db.models import BY_HAND, Channel
from db.phrases import say
from db.queries.case_work import CaseWork
from db.queries.places import named_places, place_of_review
from db.queries.reviews import review_detail
from db.roles import Act
from db.session import read_scope, session_scope
from db.sources import list_locations

from ..accounts import access
from ..actors import actor
from ..attaching import UPLOAD_MOST, read_files
from ..case_page import ONE, carry_out, go_back
from ..direct_words import CHANNELS
from ..guard import check_place, needs
from ..i18n import gettext
from ..ids import number_in
from ..labels import ANGER_LEVELS, label
from ..pages import frame, pages
from ..told import told
from ..undoing import tell
from ..visit_words import read_local, write_local

blueprint = Blueprint("complaints", __name__)
FORM_REST = 256 * 1024  # the other fields, and the heads of the files
TYPED = ("place", "channel", "words", "name", "contact", "level", "at")


@blueprint.url_value_preprocessor
def take_large(endpoint: str | None, values: dict[str, Any] | None) -> None:  # noqa: ARG001 - Flask's signature
    """Before anything reads the form, its token included: this page takes photos."""
    if endpoint == "complaints.take":
        request.max_content_length = UPLOAD_MOST + FORM_REST
        request.max_form_memory_size = FORM_REST


@blueprint.errorhandler(RequestEntityTooLarge)
def too_large(error: RequestEntityTooLarge) -> tuple[str, int]:  # noqa: ARG001 - Flask's signature
    """What was typed has not arrived: the browser still has it."""
    fault = gettext("The files are too large: 10 MB each at most. Go back: what you typed is still there.")
    return _form({}, fault), 413


@blueprint.get("/complaints/new")
@needs(Act.WORK)
def new() -> str:
    """The form, with the place and the channel of the last one chosen already."""
    return _form({})


@blueprint.post("/complaints")
@needs(Act.WORK)
def take() -> Response | tuple[str, int]:
    """Store it with what came with it, and show its case."""
    form = request.form
    place_id = number_in(form.get("place", ""))
    if place_id is not None:
        check_place(Act.WORK, place_id)
    by = actor()
    try:
        if place_id is None:
            raise BadValue(say("Choose the place that it is about."))  # noqa: TRY301 - told as every other fault
        files, letter = read_files(request.files.getlist("files"))
        words = form.get("words", "")
        with read_scope(pages().engine) as session:
            timezone = _timezone(session, place_id)
        noted = Noted(
            channel=_channel(form.get("channel", "")),
            words=words if words.strip() or letter is None else letter.words[:WORDS_MOST],
            name=form.get("name", "") or (letter.sender if letter else ""),
            contact=form.get("contact", "") or (letter.address if letter else ""),
            heard_level=form.get("level", ""),
            visited_at=read_local(form.get("at", ""), timezone),
        )
        with session_scope(pages().engine) as session:
            review_id = take_complaint(session, place_id, noted, by=by)
            if files:
                attach(session, review_id, files, by=by)
    except BadValue as error:
        return _form(form, told(str(error))), 422
    tell(gettext("Taken. It stands in the queue."), url_for("complaints.undo", review_id=review_id))
    return redirect(url_for("review.show", review_id=review_id), 303)


@blueprint.post(f"{ONE}/complaint/undo")
@needs(Act.WORK, of="review_id")
def undo(review_id: int) -> Response | str:
    """Take it back: the case is gone, and what was typed stands in the form again."""
    with session_scope(pages().engine) as session:
        place_id = place_of_review(session, review_id)
        timezone = _timezone(session, place_id)
        noted = take_back(session, review_id, by=actor())
    if noted is None:
        flash(gettext("That can no longer be taken back: somebody has worked on it, or it is too long ago."), "not")
        return go_back(review_id)
    typed = {
        "place": str(place_id),
        "channel": noted.channel.value,
        "words": noted.words,
        "name": noted.name,
        "contact": noted.contact,
        "level": noted.heard_level,
        "at": write_local(noted.visited_at, timezone),
    }
    return _form(typed, notice=gettext("Taken back: the complaint is gone, and its words stand here again."))


@blueprint.post(f"{ONE}/link")
@needs(Act.WORK, of="review_id")
def join(review_id: int) -> Response:
    """Say that a complaint and a review are by the same customer; one of both cases is worked on."""

    def act(session: Session, work: CaseWork, by: Actor) -> Response:  # noqa: ARG001 - the signature of an act
        other_id = number_in(request.form.get("other", "")) or 0
        detail, other = review_detail(session, review_id), review_detail(session, other_id)
        if detail is None or other is None:
            raise BadValue(say("Choose a review of the same place."))
        pair = (review_id, other_id) if detail.platform == BY_HAND else (other_id, review_id)
        goes_on = review_id if request.form.get("goes_on") == "this" else other_id
        link(session, *pair, goes_on=goes_on, by=by)
        tell(gettext("Linked: both cases point to each other."), url_for("complaints.part", review_id=pair[0]))
        return go_back(goes_on)

    return carry_out(review_id, "link", act)


@blueprint.post(f"{ONE}/link/undo")
@needs(Act.WORK, of="review_id")
def part(review_id: int) -> Response:
    """Take them apart; the one that was ended goes on."""

    def act(session: Session, work: CaseWork, by: Actor) -> Response:  # noqa: ARG001 - the signature of an act
        if unlink(session, number_in(request.form.get("complaint", "")) or review_id, of=review_id, by=by):
            flash(gettext("Taken apart: both cases stand for themselves again."))
        return go_back(review_id)

    return carry_out(review_id, "link", act)


def _form(typed: Any, fault: str = "", *, notice: str = "") -> str:
    parts = pages()
    now = parts.clock()
    with read_scope(parts.engine) as session:
        places = [place for place in list_locations(session) if access().may(Act.WORK, place.id)]
        around = frame(session, now=now)
        last = last_taken(session, actor().person_id)
    entered = {name: str(typed.get(name, "")) for name in TYPED}
    if last is not None and not typed:
        entered |= {"place": str(last[0]), "channel": last[1].value}
    if len(places) == 1:
        entered["place"] = str(places[0].id)
    return render_template(
        "complaint_new.html",
        frame=around,
        places=[(str(place.id), place.name) for place in places],
        channels=[(one.value, label(CHANNELS, one.value)) for one in Channel],
        levels=[(level, label(ANGER_LEVELS, level)) for level in LEVELS],
        typed=entered,
        fault=fault,
        notice=notice,
        most={"words": WORDS_MOST, "name": NAME_MOST, "contact": CONTACT_MOST},
    )


def _timezone(session: Session, place_id: int | None) -> str:
    """Of the place, whose clocks the form means."""
    return next((place.timezone for place in named_places(session, places=[place_id or 0])), "UTC")


def _channel(value: str) -> Channel:
    if value not in set(Channel):
        raise BadValue(say("Choose how the complaint reached you."))
    return Channel(value)
