"""What staff tell each other about a case: notes, who hears of them, and who is here right now."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, abort, flash, jsonify, render_template, request, url_for
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from db.acting import Actor
from db.errors import BadValue, CaseChanged
from db.mentions import mentioned
from db.note_drafts import end_draft, give_back, keep_draft
from db.notes import delete_note, edit_note, mentions_of, notes_of, restore_note, write_note
from db.people import people_at
from db.presence import beat, leave, others_at
from db.queries.case_work import CaseWork, case_work
from db.roles import Act
from db.session import read_scope, session_scope
from db.watching import unwatch, watch

from ..accounts import access
from ..actors import actor
from ..case_page import ONE, carry_out, go_back
from ..case_view import here_words
from ..guard import needs, signed_in
from ..i18n import gettext
from ..ids import ID_MOST
from ..pages import frame, pages
from ..position import asked_position
from ..timeline import note_words
from ..told import told
from ..undoing import tell

blueprint = Blueprint("notes", __name__)
NOTE = f"{ONE}/notes/<int(max={ID_MOST}):note_id>"


@blueprint.post(f"{ONE}/notes")
@needs(Act.WORK, of="review_id")
def write(review_id: int) -> Response:
    """A new note; somebody chosen beside it is named at its beginning, unless the text names them already."""

    def act(session: Session, work: CaseWork, by: Actor) -> Response:
        people = people_at(session, Act.READ, [work.location_id])
        body = request.form.get("body", "")
        ids, unclear = mentioned(body, people)
        chosen = next((one for one in people if str(one.id) == request.form.get("mention")), None)
        if chosen is not None and chosen.id not in ids and body.strip():
            body = f"@{chosen.name} {body.lstrip()}"
            ids.add(chosen.id)
        note_id = write_note(session, work.id, body, ids, by=by)
        end_draft(session, work.id, sent=request.form.get("body", ""), seen=_draft_seen(), by=by)
        _flash_unclear(unclear)
        tell(gettext("Noted."), _address(review_id, note_id, "notes.delete", quiet="yes"))
        return go_back(review_id, anchor=f"note-{note_id}")

    return carry_out(review_id, "note", act, typed=("body", "mention"))


@blueprint.post(f"{ONE}/notes/draft")
@needs(Act.WORK, of="review_id")
def keep(review_id: int) -> tuple[Response, int]:
    """Keep what is being written, for whoever writes it alone. Answers static/autosave.js."""
    form = request.form
    try:
        with session_scope(pages().engine) as session:
            work = case_work(session, review_id)
            if work is None:
                abort(404)
            version = keep_draft(
                session, work.id, form.get("body", ""), seen=_draft_seen(), page=form.get("page", ""), by=actor()
            )
    except (BadValue, CaseChanged) as error:
        words = told(str(error))
        if isinstance(error, CaseChanged):
            words = gettext("%(why)s Add the note to send these, or reload to see the others.", why=words)
        return jsonify(told=words), 409 if isinstance(error, CaseChanged) else 422
    return jsonify(told=gettext("Draft kept.") if form.get("body", "").strip() else "", version=version), 200


@blueprint.post(f"{NOTE}/edit")
@needs(Act.WORK, of="review_id")
def edit(review_id: int, note_id: int) -> Response:
    """Change one's own note, unless it changed since it was shown: then both texts are shown."""

    def act(session: Session, work: CaseWork, by: Actor) -> Response:
        people = people_at(session, Act.READ, [work.location_id])
        body = request.form.get("body", "")
        ids, unclear = mentioned(body, people)
        seen = request.form.get("note_version", -1, type=int)
        if not edit_note(session, work.id, note_id, body, ids, by=by, seen=seen):
            abort(404)
        _flash_unclear(unclear)
        flash(gettext("The note is changed."))
        return go_back(review_id, anchor=f"note-{note_id}")

    def theirs(session: Session) -> str:
        work = case_work(session, review_id)
        notes = notes_of(session, work.id, reader_id=actor().person_id) if work else []
        return next((note.body for note in notes if note.id == note_id), "")

    return carry_out(review_id, f"note-{note_id}", act, typed=("body",), theirs=theirs)


@blueprint.post(f"{NOTE}/delete")
@needs(Act.WORK, of="review_id")
def delete(review_id: int, note_id: int) -> Response:
    """Take one's own note away."""

    def act(session: Session, work: CaseWork, by: Actor) -> Response:
        body = delete_note(session, work.id, note_id, by=by)
        if body is None:
            abort(404)
        if not request.args.get("quiet"):
            tell(gettext("The note is deleted."), _address(review_id, note_id, "notes.restore"))
            return go_back(review_id, anchor="timeline")
        # What was written a moment ago is taken back: its words may be what somebody wants to go on with.
        is_back = give_back(session, work.id, body, by=by)
        flash(
            gettext("Taken back: your words stand in the field.")
            if is_back
            else gettext("Taken back: the note is gone.")
        )
        return go_back(review_id, anchor="note")

    return carry_out(review_id, "note", act)


@blueprint.post(f"{NOTE}/restore")
@needs(Act.WORK, of="review_id")
def restore(review_id: int, note_id: int) -> Response:
    """Bring it back."""

    def act(session: Session, work: CaseWork, by: Actor) -> Response:
        if not restore_note(session, work.id, note_id, by=by):
            flash(gettext("That can no longer be taken back. Change it by hand instead."), "not")
        return go_back(review_id, anchor=f"note-{note_id}")

    return carry_out(review_id, "note", act)


@blueprint.post(f"{ONE}/watch")
@needs(Act.READ, of="review_id")
def watching(review_id: int) -> Response:
    """Hear of its notes, or no more."""

    def act(session: Session, work: CaseWork, by: Actor) -> Response:
        if request.form.get("watch") == "no":
            unwatch(session, work.id, by.person_id)
            tell(gettext("You no longer hear of its notes."), url_for("notes.watching", review_id=review_id))
        else:
            watch(session, work.id, by.person_id)
            flash(gettext("You hear of its notes by mail."))
        return go_back(review_id)

    return carry_out(review_id, "watch", act)


@blueprint.post(f"{ONE}/presence")
@needs(Act.READ, of="review_id")
def presence(review_id: int) -> Response:
    """A heartbeat of a page that is open; answers who else has it open. The last one says that it is closed."""
    by = actor()
    with session_scope(pages().engine) as session:
        work = case_work(session, review_id)
        if work is None:
            abort(404)
        if request.form.get("state") == "left":
            leave(session, work.id, by.person_id)
        else:
            beat(session, work.id, by.person_id, is_writing=request.form.get("state") == "writing", now=by.now)
        others = others_at(session, work.id, reader_id=by.person_id, now=by.now)
    return jsonify(here=here_words(others), version=work.version)


@blueprint.get("/mentions")
@signed_in
def mentions() -> str:
    """The notes that name whoever asks, newest first."""
    parts = pages()
    by = actor()
    with read_scope(parts.engine) as session:
        places = access().places(Act.READ)
        rows = mentions_of(session, by.person_id, places=places)
        around = frame(session, now=by.now)
    return render_template("mentions.html", frame=around, rows=rows, now=by.now, note_words=note_words)


def _address(review_id: int, note_id: int, endpoint: str, **more: str) -> str:
    values: dict[str, Any] = {**more, **asked_position().values}
    return url_for(endpoint, review_id=review_id, note_id=note_id, **values)


def _draft_seen() -> int:
    return min(max(request.form.get("draft_version", 0, type=int), 0), ID_MOST - 1)


def _flash_unclear(unclear: list[str]) -> None:
    for name in dict.fromkeys(unclear):
        flash(gettext("“%(name)s” fits several people: write the whole name to have them told.", name=name), "not")
