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
from db.models import ErasedFor, Retention
from db.notes import see_mentions
from db.queries.case_work import CaseWork, case_work
from db.queries.reviews import ReviewDetail, review_detail
from db.queries.rows import QueueRow
from db.session import read_scope, session_scope

from .accounts import access
from .actors import actor
from .case_view import CaseView, case_view
from .details import detail_view
from .ids import ID_MOST
from .jobs.live import live_reading
from .judged import judged_of
from .pages import frame, pages
from .position import Position, asked_position
from .timeline import Entry, since
from .told import told

ONE = f"/reviews/<int(max={ID_MOST}):review_id>"


@dataclass(frozen=True, slots=True, kw_only=True)
class Neighbours:
    """Where a review stands on its page of the queue."""

    place: int | None = None  # from 1; None when it stands there no longer
    of: int = 0
    previous_id: int | None = None
    next_id: int | None = None


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


def case_page(review_id: int, *, trouble: Trouble | None = None) -> Response:
    """The page; with `trouble` as the answer to a form that was not carried out."""
    parts = pages()
    who, now = actor(), parts.clock()
    position = asked_position()
    with read_scope(parts.engine) as session:
        detail, work = review_detail(session, review_id), case_work(session, review_id)
        if detail is None or work is None:
            abort(404)
        neighbours = neighbours_of(session, position, review_id)
        case = case_view(session, work, detail, reader_id=who.person_id, access=access(), now=now)
        judged = judged_of(session, detail, now=now)
        around = frame(session, now=now)
    if any(entry.note and entry.note.is_new for day in case.days for entry in day.entries):
        with session_scope(parts.engine) as session:
            see_mentions(session, work.id, who.person_id, now=now)
    page = render_template(
        "review.html",
        frame=around,
        position=position,
        neighbours=neighbours,
        review=detail_view(detail, now=now),
        case=case,
        judged=judged,
        trouble=trouble or Trouble(words="", form=""),
        meanwhile=_meanwhile(case, trouble),
        live=_live(detail),
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
) -> Response:
    """Do what a form asks for; where that cannot be done, show the page with the reason and with what was typed."""
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
    return case_page(review_id, trouble=trouble)


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


def neighbours_of(session: Session, position: Position, review_id: int) -> Neighbours:
    """Those before and after it on its page of the queue."""
    rows: Sequence[QueueRow] = position.page(session, limit=pages().settings.page_size).rows
    ids = [row.review_id for row in rows]
    if review_id not in ids:
        return Neighbours(of=len(ids))
    at = ids.index(review_id)
    return Neighbours(
        place=at + 1,
        of=len(ids),
        previous_id=ids[at - 1] if at else None,
        next_id=ids[at + 1] if at + 1 < len(ids) else None,
    )


def _meanwhile(case: CaseView, trouble: Trouble | None) -> list[Entry]:
    if trouble is None or not trouble.is_changed or trouble.since is None:
        return []
    return [entry for entry in since(case.days, trouble.since) if entry.note is None]


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
