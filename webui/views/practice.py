"""The practice room: cases to answer, what the checks say of it, and a good answer beside it. Nothing is posted."""

from __future__ import annotations

from collections.abc import Mapping

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from db.errors import BadValue, CaseChanged
from db.practising import (
    Standing,
    end_attempt,
    ended_attempt,
    ended_attempts,
    keep_attempt,
    open_attempt,
    standings,
)
from db.replies import REPLY_MOST, as_kept
from db.roles import Act
from db.session import read_scope, session_scope

from .. import autosaving
from ..actors import actor
from ..answer_view import checked_view
from ..answer_words import CHECK_NAMES, SEVERITIES
from ..answering import warm_up
from ..guard import needs
from ..i18n import current_locale, gettext
from ..ids import ID_MOST, number_in
from ..pages import frame, pages
from ..practice import board, page
from ..practice.cases import PracticeCase, all_cases, case_called
from ..practice.progress import progress_of
from ..practice.words import DIFFICULTIES, TRADE_NAMES
from ..told import told
from .people import whole_person

blueprint = Blueprint("practice", __name__)
ONE = "/practice/<case_key>"
WORDS = {"check_names": CHECK_NAMES, "severities": SEVERITIES}


@blueprint.get("/practice")
@needs(Act.WORK)
def show() -> str:
    """All cases, with what one has done."""
    parts, by = pages(), actor()
    asked = board.asked_of(request.args)
    with read_scope(parts.engine) as session:
        mine = standings(session, person_id=by.person_id)
        around = frame(session, now=by.now)
    return render_template(
        "practice.html",
        frame=around,
        board=board,
        page=page,
        asked=asked,
        cards=board.cards(asked, mine),
        next=board.next_case(mine, current_locale().language),
        done=_done(mine),
        total=len(all_cases()),
        trades=TRADE_NAMES,
        difficulties=DIFFICULTIES,
    )


@blueprint.get(ONE)
@needs(Act.WORK)
def case(case_key: str) -> str:
    """A case to answer: empty, with what one is writing, or beginning from the words of an earlier try."""
    one, by = _known(case_key), actor()
    warm_up()
    with read_scope(pages().engine) as session:
        present = open_attempt(session, one.key, person_id=by.person_id)
        body, version = (present.body, present.version) if present else ("", 0)
        began_from = number_in(request.args.get("from", ""))
        if present is None and began_from:
            earlier = ended_attempt(session, one.key, began_from, person_id=by.person_id)
            body = earlier.body if earlier else ""
    return _case_page(one, body=body, version=version)


@blueprint.post(f"{ONE}/save")
@needs(Act.WORK)
def save(case_key: str) -> Response | tuple[Response | str, int]:
    """Keep the words."""
    one = _known(case_key)
    version, refused = _keep(one)
    if refused:
        return refused
    if autosaving.is_by_itself():
        return autosaving.told_saved(version)
    flash(gettext("Saved."))
    return _to_case(one)


@blueprint.post(f"{ONE}/check")
@needs(Act.WORK)
def check(case_key: str) -> Response | str | tuple[Response | str, int]:
    """What the checks find: for scripts as a part of the page, without saving; else the words are kept first."""
    one = _known(case_key)
    body = _typed()[:REPLY_MOST]
    if "HX-Request" not in request.headers:
        version, refused = _keep(one)
        return refused or _case_page(one, body=body, version=version, is_checked=True)
    findings, _ = page.judged(one, body, writer=actor().name)
    return render_template(
        "parts/findings.html", checked=checked_view(findings, body), body=body, is_fresh=True, is_practice=True
    )


@blueprint.post(f"{ONE}/done")
@needs(Act.WORK)
def done(case_key: str) -> Response | tuple[Response | str, int]:
    """End the try. The checks are made outside of a transaction: they take longer than others should wait."""
    one, by = _known(case_key), actor()
    version, refused = _keep(one)
    if refused:
        return refused
    body = _typed()
    findings, passed = page.judged(one, body, writer=by.name)
    try:
        with session_scope(pages().engine) as session:
            number = end_attempt(session, one.key, seen=version, findings=findings, passed=passed, by=by)
    except (BadValue, CaseChanged) as error:
        return _case_page(one, body=body, version=version, fault=told(str(error))), _status(error)
    return redirect(url_for("practice.result", case_key=one.key, number=number), 303)


@blueprint.get(f"{ONE}/tries/<int(max={ID_MOST}):number>")
@needs(Act.WORK)
def result(case_key: str, number: int) -> str:
    """A try that is ended: what was found and why it matters, what was good, and a good answer beside it."""
    one, by = _known(case_key), actor()
    with read_scope(pages().engine) as session:
        attempt = ended_attempt(session, one.key, number, person_id=by.person_id)
        if attempt is None:
            abort(404)
        mine = standings(session, person_id=by.person_id)
        return render_template(
            "practice_result.html",
            frame=frame(session, now=by.now),
            board=board,
            page=page,
            case=one,
            attempt=attempt,
            result=page.result_of(one, attempt),
            tries=ended_attempts(session, one.key, person_id=by.person_id),
            next=board.next_case(mine, current_locale().language, after=one),
            difficult=one.difficult_in(current_locale().language),
        )


@blueprint.get("/practice/findings")
@needs(Act.WORK)
def findings() -> str:
    """What one misses most often oneself."""
    by = actor()
    with read_scope(pages().engine) as session:
        return render_template(
            "practice_findings.html",
            frame=frame(session, now=by.now),
            person=None,
            **WORDS,
            both=progress_of(session, by.person_id),
        )


@blueprint.get(f"/people/<int(max={ID_MOST}):person_id>/practice")
@needs(Act.PEOPLE)
def of_person(person_id: int) -> str:
    """The same figures of somebody all of whose places one owns; never their words."""
    with read_scope(pages().engine) as session:
        person = whole_person(session, person_id)
        return render_template(
            "practice_findings.html",
            frame=frame(session, now=pages().clock()),
            person=person,
            **WORDS,
            both=progress_of(session, person.id),
        )


def _case_page(
    one: PracticeCase, *, body: str, version: int, fault: str = "", is_checked: bool = False, theirs: str = ""
) -> str:
    by = actor()
    findings = page.judged(one, body, writer=by.name)[0] if is_checked else []
    with read_scope(pages().engine) as session:
        return render_template(
            "practice_case.html",
            frame=frame(session, now=by.now),
            board=board,
            page=page,
            case=one,
            body=body,
            version=version,
            fault=fault,
            theirs=theirs,
            is_checked=is_checked,
            checked=checked_view(findings, body),
            tries=ended_attempts(session, one.key, person_id=by.person_id),
        )


def _keep(one: PracticeCase) -> tuple[int, tuple[Response | str, int] | None]:
    """Keep what was typed: the version to save over next, and what to answer where it was refused."""
    body, by = _typed(), actor()
    seen = autosaving.version_seen()
    try:
        with session_scope(pages().engine) as session:
            return keep_attempt(session, one.key, body, seen=seen, by=by), None
    except (BadValue, CaseChanged) as error:
        words, status = told(str(error)), _status(error)
    if autosaving.is_by_itself():
        return seen, autosaving.told_not_saved(words, status)
    with read_scope(pages().engine) as session:
        present = open_attempt(session, one.key, person_id=by.person_id)
    version, theirs = (present.version, present.body) if present else (0, "")
    return seen, (_case_page(one, body=body, version=version, fault=words, theirs=theirs), status)


def _done(mine: Mapping[str, Standing]) -> int:
    """Cases that one has ended a try at, of those that there still are."""
    return sum(one.done > 0 for key, one in mine.items() if case_called(key))


def _known(case_key: str) -> PracticeCase:
    return case_called(case_key) or abort(404)


def _typed() -> str:
    return as_kept(request.form.get("body", ""))


def _status(error: BadValue | CaseChanged) -> int:
    return 409 if isinstance(error, CaseChanged) else 422


def _to_case(one: PracticeCase) -> Response:
    return redirect(url_for("practice.case", case_key=one.key, _anchor="answer"), 303)
