"""The page of one review and the work on it: shown when it is asked for, and again when something was not done."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import partial
from typing import Any

from flask import abort, make_response, redirect, render_template, request, url_for
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from crawlers.live import LiveReading
from db.acting import Actor
from db.errors import BadValue, CaseChanged
from db.holds import hold_of
from db.models import CaseStage, ErasedFor, Retention
from db.notes import see_mentions
from db.queries.case_work import CaseWork, case_work
from db.queries.reviews import ReviewDetail, review_detail
from db.roles import Act
from db.session import read_scope, session_scope

from .accounts import access
from .actors import actor
from .answer_view import answer_view, held_back_view
from .answering import ANY_LANGUAGE, findings_in, warm_up
from .beside import beside
from .case_view import CaseView, case_view
from .composing import Offered
from .density import density
from .details import detail_view
from .direct import direct_view
from .filters import Instant
from .follow_view import follow_ups_view
from .ids import ID_MOST
from .jobs.live import live_reading
from .judged import judged_of
from .offer_view import offers_view
from .pages import frame, pages
from .position import asked_position
from .saved_picks import picks
from .timeline import Entry, since
from .told import told
from .visit_words import visit_words

ONE = f"/reviews/<int(max={ID_MOST}):review_id>"
LONG_FORM_MOST = 256 * 1024  # bytes: an answer of as many letters as are kept, each of them written as twelve


@dataclass(frozen=True, slots=True, kw_only=True)
class Trouble:
    """Why a form was not carried out. What was typed into it stands in it still."""

    words: str
    form: str  # its name in the templates
    typed: Mapping[str, str] = field(default_factory=dict)
    is_changed: bool = False  # somebody else was faster
    since: datetime | None = None  # when the page of the form was read
    theirs: str = ""  # of a text that was changed: as it stands now

    def typed_in(self, form: str, name: str, otherwise: str = "") -> str:
        """What to put into a field of a form."""
        return self.typed.get(name, otherwise) if form == self.form else otherwise


def case_page(
    review_id: int, *, trouble: Trouble | None = None, offer: Offered | None = None, words: str = ""
) -> Response:
    """The page; with `trouble` where a form was not carried out, with `offer` where no draft could be made.

    `words` are looked for in saved replies.
    """
    parts = pages()
    who, now = actor(), parts.clock()
    position = asked_position()
    with read_scope(parts.engine) as session:
        detail, work = review_detail(session, review_id), case_work(session, review_id)
        if detail is None or work is None:
            abort(404)
        near = beside(session, position, review_id, now=now)
        case = case_view(session, work, detail, reader_id=who.person_id, access=access(), now=now)
        judged = judged_of(session, detail, work, now=now)
        answer = answer_view(
            session, detail, work.id, location_id=work.location_id, reader_id=who.person_id, access=access(), now=now
        )
        offers = offers_view(session, detail, work, cause_id=judged.cause.chosen_id, access=access(), now=now)
        direct = direct_view(session, work, detail, now=now)
        follow_ups = follow_ups_view(session, work, now=now)
        hold = hold_of(session, work.id)
        may_work = access().may(Act.WORK, work.location_id)
        is_open = answer.is_writable and answer.can_be_answered and may_work
        found = picks(session, detail, work.location_id, by=who, words=words) if is_open else []
        around = frame(session, now=now)
    if answer.is_writable and answer.can_be_answered:
        warm_up(detail.language or detail.source_language or "en", ANY_LANGUAGE)
    if any(entry.note and entry.note.is_new for day in case.days for entry in day.entries):
        with session_scope(parts.engine) as session:
            see_mentions(session, work.id, who.person_id, now=now)
    held_back = None
    if answer.goes_by_hand and may_work:  # a last time before anybody copies it
        held_back = held_back_view(findings_in(parts.engine, review_id, answer.body) or [], answer)
    live = _live(detail)
    page = render_template(
        "review.html",
        frame=around,
        position=position,
        beside=near,
        density=density(),
        review=detail_view(detail, now=now),
        case=case,
        judged=judged,
        answer=answer,
        held_back=held_back,
        offers=offers,
        direct=direct,
        follow_ups=follow_ups,
        hold=(hold.person_name, hold.reason) if hold else None,
        offer=offer,
        picks=found,
        searched=words,
        trouble=trouble or Trouble(words="", form=""),
        meanwhile=_meanwhile(case, trouble),
        has_field=trouble is not None and _has_field(case, trouble.form),
        live=live,
        live_visited=_live_visit(live, detail.timezone),
        may=partial(access().may, location_id=work.location_id),
    )
    return make_response(page, 409 if trouble and trouble.is_changed else 422 if trouble else 200)


def carry_out(
    review_id: int,
    form: str,
    act: Callable[[Session, CaseWork, Actor], Response],
    *,
    typed: Sequence[str] = (),
    theirs: Callable[[Session], str] = lambda _: "",
    page: Callable[[int, Trouble], Response] | None = None,
) -> Response:
    """Do what a form asks for; where that cannot be done, show the page with the reason and with what was typed.

    `page` is that of the form where it stands on one of its own.
    """
    kept = {name: request.form.get(name, "") for name in typed}
    try:
        with session_scope(pages().engine) as session:
            work = case_work(session, review_id)
            if work is None:
                abort(404)
            return act(session, work, actor())
    except CaseChanged as error:
        with read_scope(pages().engine) as session:
            now_there = theirs(session)
        trouble = Trouble(
            words=told(str(error)), form=form, typed=kept, is_changed=True, since=_read_at(), theirs=now_there
        )
    except BadValue as error:
        trouble = Trouble(words=told(str(error)), form=form, typed=kept)
    return page(review_id, trouble) if page else case_page(review_id, trouble=trouble)


def take_long(endpoint: str | None, values: dict[str, Any] | None) -> None:  # noqa: ARG001 - Flask's signature
    """For forms with the words of an answer, before anything reads them: what is too long is told beside its field."""
    request.max_content_length = LONG_FORM_MOST


def seen_version() -> int | None:
    """The version of the case that the form was shown with."""
    return request.form.get("version", type=int)


def back_to(review_id: int, *, anchor: str | None = None) -> str:
    """The address of the page, at the same place of the queue."""
    return url_for("review.show", review_id=review_id, _anchor=anchor, **position_values())


def position_values() -> dict[str, Any]:
    """What an address needs to keep the place in the queue."""
    values: dict[str, Any] = asked_position().values
    return values


def read_findings() -> frozenset[str]:
    """The checks whose warnings stood beside the form that came, where it says that they were read."""
    is_ticked = request.form.get("ticked") == "yes"
    return frozenset(request.form.get("read", "").split()) if is_ticked else frozenset()


def go_back(review_id: int, *, anchor: str | None = None) -> Response:
    """To the page, after a form."""
    return redirect(back_to(review_id, anchor=anchor), 303)


def next_address(session: Session, review_id: int) -> str:
    """Where to go on when this one is done: the next of the list, the next page of it, or the list itself."""
    position = asked_position()
    page = position.page(session, limit=pages().settings.page_size)
    ids = [row.review_id for row in page.rows]
    if review_id in ids[:-1]:
        following: dict[str, Any] = position.values
        return url_for("review.show", review_id=ids[ids.index(review_id) + 1], **following)
    if review_id not in ids:
        return url_for("review.show", review_id=review_id, **position.values)
    values: dict[str, Any] = position.list_values
    return url_for("queue.show", after=page.next_cursor, **values)


def _meanwhile(case: CaseView, trouble: Trouble | None) -> list[Entry]:
    if trouble is None or not trouble.is_changed or trouble.since is None:
        return []
    return [entry for entry in since(case.days, trouble.since) if entry.note is None]


def _has_field(case: CaseView, form: str) -> bool:
    """Whether the form that was not carried out is on the page still; what others did may have taken it off."""
    if form == "let-go":
        return not case.is_asked and case.work.stage is not CaseStage.NOT_PURSUED
    if form == "refuse":
        return case.is_asked and not case.is_asker
    if form == "snooze":
        return case.work.snoozed_until is None
    if form.startswith("note-"):
        return any(entry.note and form == f"note-{entry.note.id}" for day in case.days for entry in day.entries)
    return True


def _read_at() -> datetime | None:
    """When the page of the form was read, as the form says; what is no moment of ours is none."""
    try:
        found = datetime.fromisoformat(request.form.get("seen_at", ""))
    except ValueError:
        return None
    return found if found.tzinfo is not None and found.year > 1970 else found.replace(tzinfo=UTC)


def _live(detail: ReviewDetail) -> LiveReading | None:
    if detail.erased_for != ErasedFor.NO_STORE or detail.retention is not Retention.NO_STORE:
        return None
    parts = pages()
    return live_reading(
        detail, engine=parts.engine, clock=parts.clock, settings=parts.crawl_settings(), database=parts.database
    )


def _live_visit(live: LiveReading | None, timezone: str) -> Instant | None:
    if live is None or live.review is None or not live.review.visited_at:
        return None
    at = datetime.fromisoformat(live.review.visited_at)
    return visit_words(at, live.review.visited_precision, timezone=timezone)
