"""One review: all its words, what the model made of them and why, and how it changed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from crawlers.live import LiveReading
from db.cases import set_not_us, undo_not_us
from db.models import ErasedFor, Retention
from db.queries.places import place_of_review
from db.queries.reviews import ReviewDetail, review_detail
from db.queries.rows import QueueRow
from db.roles import Act
from db.session import read_scope, session_scope
from db.twins import deny_twin

from ..accounts import access
from ..details import detail_view
from ..guard import needs
from ..i18n import gettext
from ..jobs.live import live_reading
from ..jobs.purging import erase_review
from ..judged import judged_of
from ..pages import frame, pages
from ..position import Position, asked_position

blueprint = Blueprint("review", __name__)
ID_MOST = 2**31 - 1  # the ids of PostgreSQL's integer columns end there
ONE = f"/reviews/<int(max={ID_MOST}):review_id>"


@dataclass(frozen=True, slots=True, kw_only=True)
class Neighbours:
    """Where a review stands on its page of the queue."""

    place: int | None = None  # from 1; None when it stands there no longer
    of: int = 0
    previous_id: int | None = None
    next_id: int | None = None


@blueprint.get(ONE)
@needs(Act.READ, of="review_id")
def show(review_id: int) -> str:
    """The review, with a way back to where the reader was in the queue."""
    parts = pages()
    now = parts.clock()
    position = asked_position()
    with read_scope(parts.engine) as session:
        detail = review_detail(session, review_id)
        if detail is None:
            abort(404)
        place_id = place_of_review(session, review_id)
        neighbours = _neighbours(session, position, review_id, limit=parts.settings.page_size)
        around = frame(session, now=now)
        judged = judged_of(session, detail, now=now)
    return render_template(
        "review.html",
        frame=around,
        position=position,
        neighbours=neighbours,
        review=detail_view(detail, now=now),
        live=_live(detail),
        judged=judged,
        may=partial(access().may, location_id=place_id),
    )


@blueprint.post(f"{ONE}/not-us")
@needs(Act.WORK, of="review_id")
def not_us(review_id: int) -> Response:
    """Put a mention of somebody else aside."""
    with session_scope(pages().engine) as session:
        if set_not_us(session, review_id):
            flash(gettext("Put aside: it is not about you."))
    return _back(review_id)


@blueprint.post(f"{ONE}/not-us/undo")
@needs(Act.WORK, of="review_id")
def about_us(review_id: int) -> Response:
    """Take it back into the queue."""
    parts = pages()
    with session_scope(parts.engine) as session:
        if undo_not_us(session, review_id, now=parts.clock()):
            flash(gettext("Taken back: it stands where it stood."))
    return _back(review_id)


@blueprint.post(f"{ONE}/erase")
@needs(Act.ERASE, of="review_id")
def erase(review_id: int) -> Response:
    """Erase it because its writer asks for it; only with the tick that says so."""
    parts = pages()
    if request.form.get("asked") != "yes":
        flash(gettext("Nothing was erased: tick that its writer asked for it."), "not")
    elif erase_review(parts.engine, parts.database, review_id, clock=parts.clock):
        flash(gettext("Erased. Backups still hold it: mind them as well."))
    else:
        abort(404)
    return _back(review_id)


@blueprint.post(f"{ONE}/twins/<int(max={ID_MOST}):other_id>/deny")
@needs(Act.WORK, of="review_id")
def deny(review_id: int, other_id: int) -> Response:
    """Say that two reviews are not the same one."""
    with session_scope(pages().engine) as session:
        if deny_twin(session, review_id, other_id):
            flash(gettext("Noted: they are two."))
    return _back(review_id)


def _back(review_id: int) -> Response:
    position = asked_position()
    values: dict[str, Any] = position.values
    return redirect(url_for("review.show", review_id=review_id, **values), 303)


def _live(detail: ReviewDetail) -> LiveReading | None:
    if detail.erased_for != ErasedFor.NO_STORE or detail.retention is not Retention.NO_STORE:
        return None
    parts = pages()
    return live_reading(
        detail, engine=parts.engine, clock=parts.clock, settings=parts.crawl_settings(), database=parts.database
    )


def _neighbours(session: Session, position: Position, review_id: int, *, limit: int) -> Neighbours:
    rows: Sequence[QueueRow] = position.page(session, limit=limit).rows
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
