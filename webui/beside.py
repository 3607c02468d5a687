"""The list that a case was opened from, as it stands beside the case in a wide window: the same page of it, in rows of
fewer columns. One read gives both that and the steps to its neighbours.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import dropwhile

from markupsafe import Markup
from sqlalchemy.orm import Session

from db.queries.arrivals import Mark, mark

from .marking import Piece, marked
from .pages import pages
from .position import Position
from .rows import RowView, row_view

ALL_TAGS = 1000  # letters: each label by itself, for the first is shown and the others are counted


@dataclass(frozen=True, slots=True, kw_only=True)
class Neighbours:
    """Where a review stands on its page of the queue."""

    place: int | None = None  # from 1; None when it stands there no longer
    of: int = 0
    previous_id: int | None = None
    next_id: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class NearRow:
    """A row beside the case."""

    view: RowView
    words: Markup  # the angriest sentence and what follows it: there is one line for them
    is_here: bool  # it is the case that is open


@dataclass(frozen=True, slots=True, kw_only=True)
class Beside:
    rows: tuple[NearRow, ...]
    neighbours: Neighbours
    next_cursor: str | None
    previous_cursor: str | None
    seen: Mark  # what had come when this was read


def beside(session: Session, position: Position, review_id: int, *, now: datetime) -> Beside:
    """Read the page of the list.

    Raises:
        BadCursor: the address was not given out by us.
    """
    page = position.page(session, limit=pages().settings.page_size)
    views = [row_view(row, now=now, width=ALL_TAGS) for row in page.rows]
    return Beside(
        rows=tuple(_near(view, is_here=view.row.review_id == review_id) for view in views),
        neighbours=_neighbours([row.review_id for row in page.rows], review_id),
        next_cursor=page.next_cursor,
        previous_cursor=page.previous_cursor,
        seen=mark(session, now=now),
    )


def _near(view: RowView, *, is_here: bool) -> NearRow:
    found: Sequence[Piece] = view.excerpt.pieces
    from_angriest = list(dropwhile(lambda piece: not piece.is_angriest, found))
    return NearRow(view=view, words=marked(from_angriest or found), is_here=is_here)


def _neighbours(ids: Sequence[int], review_id: int) -> Neighbours:
    if review_id not in ids:
        return Neighbours(of=len(ids))
    at = ids.index(review_id)
    return Neighbours(
        place=at + 1,
        of=len(ids),
        previous_id=ids[at - 1] if at else None,
        next_id=ids[at + 1] if at + 1 < len(ids) else None,
    )
