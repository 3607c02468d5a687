"""One review: all its words, what the model made of them and why, and how it changed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from flask import Blueprint, abort, render_template
from sqlalchemy.orm import Session

from db.queries.queue import QueueRow
from db.queries.reviews import review_detail
from db.session import read_scope

from ..details import detail_view
from ..pages import frame, pages
from ..position import Position, asked_position

blueprint = Blueprint("review", __name__)
ID_MOST = 2**31 - 1  # the ids of PostgreSQL's integer columns end there


@dataclass(frozen=True, slots=True, kw_only=True)
class Neighbours:
    """Where a review stands on its page of the queue."""

    place: int | None = None  # from 1; None when it stands there no longer
    of: int = 0
    previous_id: int | None = None
    next_id: int | None = None


@blueprint.get(f"/reviews/<int(max={ID_MOST}):review_id>")
def show(review_id: int) -> str:
    """The review, with a way back to where the reader was in the queue."""
    parts = pages()
    now = parts.clock()
    position = asked_position()
    with read_scope(parts.engine) as session:
        detail = review_detail(session, review_id)
        if detail is None:
            abort(404)
        neighbours = _neighbours(session, position, review_id, limit=parts.settings.page_size)
        around = frame(session, now=now)
    return render_template(
        "review.html",
        frame=around,
        position=position,
        neighbours=neighbours,
        review=detail_view(detail, now=now),
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
