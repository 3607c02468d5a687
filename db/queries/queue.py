"""The queue, page by page: a view of it, what a reader filters out of that, in the order that the reader wants.

Pages are found by the key of the row they follow, never by OFFSET: the fiftieth costs what the first does. Counting
stops at `COUNT_CAP`, for nobody reads further and a full count of a million rows would cost more than the page.

What is filtered is counted first, up to the same cap, and the database starts at whatever is rarest. If that ends below
the cap, all that fits is known and sorted here. If not, enough fits that reading the view in its order and looking at
each row soon fills a page. So a filter costs one statement more, however many rows there are and however few fit.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, ScalarSelect, Select, and_, false, func, literal_column, select, true
from sqlalchemy.orm import InstrumentedAttribute, Session

from ..models import Case, CaseStage, CaseState, Review, Source
from ..models.case import IS_DONE, IS_SOMEBODYS, IS_TO_APPROVE, IS_WAITING
from .cursors import BEGINNING, MICROSECOND, Key, Sort, cursor_of, key_in, key_of
from .filtering import Conditions, Filters, conditions, in_case_order, in_review_order, narrowed, unworded, worded
from .rows import QueueRow, rows_of

COUNT_CAP = 1000  # counts above it say "more than this"
PAGE_MOST = 200

# Of the conditions of partial indexes.
_COLUMNS = re.compile(r"\b(?=(?:state|stage|assignee_id|snoozed_until|unsettled_at|approval_asked_at|reply_state)\b)")
_OF_CASE = '"case".'


class QueueView(StrEnum):
    NOW = "now"  # open and flagged or reopened: somebody should act
    MINE = "mine"  # whoever looks should act, whether it is angry or not
    UNASSIGNED = "unassigned"  # those of NOW that are nobody's
    APPROVE = "approve"  # its answer waits for approval, or somebody asks not to pursue it
    WAITING = "waiting"  # for the guest
    FOLLOW_UP = "follow_up"  # somebody should ask its customer now
    CHANGED = "changed"  # those of them that were reworded after they had been opened
    OPEN = "open"  # nobody has answered yet
    DONE = "done"  # closed by people; or answered, gone or not about us
    ALL = "all"


@dataclass(frozen=True, slots=True, kw_only=True)
class Reader:
    """Who looks, and when: what "mine" and "due" mean. Without one nothing is anybody's own, and nothing is due."""

    person_id: int | None
    now: datetime
    stands_in_for: tuple[int, ...] = ()  # people who are away: what is theirs is also this reader's for now


@dataclass(frozen=True, slots=True, kw_only=True)
class QueuePage:
    rows: list[QueueRow]
    next_cursor: str | None  # give it as `after`
    previous_cursor: str | None  # give it as `before`
    found: int | None = None  # how many fit, up to `COUNT_CAP` + 1; None where nothing had to be counted


@dataclass(frozen=True, slots=True, kw_only=True)
class QueueCounts:
    """Each up to `COUNT_CAP` + 1, which means "more than `COUNT_CAP`"; `shown_count` writes it so."""

    now: int
    mine: int
    unassigned: int
    approve: int
    waiting: int
    follow_up: int
    changed: int
    open: int
    done: int
    all: int
    unscored: int


def queue_page(
    session: Session,
    view: QueueView,
    *,
    filters: Filters | None = None,
    sort: Sort = Sort.PRIORITY,
    after: str | None = None,
    before: str | None = None,
    limit: int = 50,
    places: Collection[int] | None = None,
    reader: Reader | None = None,
) -> QueuePage:
    """The page that follows the cursor `after`, or precedes `before`; the first one without either.

    `places` are the ids of those whose reviews are asked for; without, all of them.

    Raises:
        BadCursor: the cursor is none of ours, or one of another order.
    """
    limit = max(1, min(limit, PAGE_MOST))
    before = before if after is None else None
    filters = filters or Filters()
    others = [*unworded(session, filters), *of_places(places)]
    which = [*worded(session, filters.search), *others]
    if not filters and sort is Sort.PRIORITY and view is not QueueView.FOLLOW_UP:
        found, few = None, None
    else:  # what is due is few among what is to be followed up, as a filter's are
        found, few = _counted(session, in_view(view, reader), which, sort)
    if few is None:
        walked = [*worded(session, filters.search, is_walk=True), *others]
        statements = page_statements(view, after=after, before=before, which=walked, sort=sort, reader=reader)
        keys = _read(session, statements, sort=sort, limit=limit + 1)
    else:
        keys = _among(few, sort=sort, after=after, before=before)[: limit + 1]
    is_more = len(keys) > limit  # one more tells whether another page follows
    keys = keys[:limit]
    if before is not None:
        keys.reverse()
    has_next, has_previous = (True, is_more) if before is not None else (is_more, after is not None)
    return QueuePage(
        rows=rows_of(session, [id_ for _, id_ in keys], by=Case.id if sort is Sort.PRIORITY else Case.review_id),
        next_cursor=cursor_of(sort, keys[-1]) if keys and has_next else None,
        previous_cursor=cursor_of(sort, keys[0]) if keys and has_previous else None,
        found=found,
    )


def page_statements(
    view: QueueView,
    *,
    after: str | None,
    before: str | None,
    which: Conditions | None = None,
    sort: Sort = Sort.PRIORITY,
    places: Collection[int] | None = None,
    reader: Reader | None = None,
) -> list[Select[Any, int]]:
    """Values and ids that follow or precede a cursor: one select after the other, each read from an index in its order.

    Two, not one with `(rank, id) < (…)`: SQLite takes only the first half of that as the bound of the scan, and
    before the first scores every case has the same rank.
    """
    which = [*(which or []), *of_places(places)]
    value: InstrumentedAttribute[Any]
    keys: Select[Any, int]
    if sort is Sort.PRIORITY:
        value, id_ = Case.rank, Case.id
        keys = select(value, id_).where(in_view(view, reader))
        keys = keys.where(in_case_order(which)) if which else keys
    else:
        value, id_ = Review.published_at, Review.id
        keys = select(value, id_).where(in_review_order(in_view(view, reader), which))
    is_falling = (sort is not Sort.OLDEST) is (before is None)
    order = [column.desc() if is_falling else column for column in (value, id_)]
    if after is None and before is None:
        return [keys.order_by(*order)]
    bound, last_id = key_in(sort, after if after is not None else str(before))
    at: Any = bound if sort is Sort.PRIORITY else BEGINNING + bound * MICROSECOND
    beyond, further = (id_ < last_id, value < at) if is_falling else (id_ > last_id, value > at)
    return [keys.where(value == at, beyond).order_by(order[1]), keys.where(further).order_by(*order)]


def queue_counts(
    session: Session, *, places: Collection[int] | None = None, reader: Reader | None = None
) -> QueueCounts:
    """How many stand in each view, and how many wordings no model has scored yet; at these places, or at all."""
    counts = (bounded(found).label(name) for name, found in count_statements(places, reader).items())
    return QueueCounts(**session.execute(select(*counts)).mappings().one())


def counts_of(
    session: Session,
    lists: Sequence[tuple[QueueView, Filters]],
    *,
    most: int,
    places: Collection[int] | None = None,
    reader: Reader | None = None,
) -> list[int]:
    """How many stand in each of these lists, up to one more than `most`; one statement for all of them."""
    if not lists:
        return []
    here = of_places(places)
    found = (
        bounded(narrowed(in_view(view, reader), [*conditions(session, filters), *here]), most=most)
        for view, filters in lists
    )
    return list(session.execute(select(*found)).one())


def count_statements(places: Collection[int] | None = None, reader: Reader | None = None) -> dict[str, Select[int]]:
    """What is counted, by the names of QueueCounts; each in the order of an index, so that this index is read.

    Without the order PostgreSQL may take the table itself, guessing that it can stop soon, and reads on and on where
    the rows lie at its end.
    """
    by_rank = (Case.rank.desc(), Case.id.desc())
    by_date = (Review.scored_with.desc(), Review.published_at.desc())
    here = [in_case_order(of_places(places))] if places is not None else []
    orders = {QueueView.FOLLOW_UP: (Case.asks_at,)}
    views = {
        str(view): select(Case.id).where(in_view(view, reader), *here).order_by(*orders.get(view, by_rank))
        for view in QueueView
    }
    unscored = select(Review.id).where(Review.scored_with.is_(None), *of_places(places)).order_by(*by_date)
    return views | {"unscored": unscored}


def shown_count(count: int) -> str:
    """A bounded count for people: "1000+" where counting stopped."""
    return f"{COUNT_CAP}+" if count > COUNT_CAP else str(count)


def in_view(view: QueueView, reader: Reader | None = None) -> ColumnElement[bool]:
    """Whether a case stands in a view."""
    if view is QueueView.NOW:
        return Case.in_queue == true()
    if view is QueueView.CHANGED:
        return (Case.in_queue == true()) & Case.reopened_at.is_not(None)
    if view is QueueView.OPEN:
        return and_(Case.state == CaseState.OPEN, Case.stage.in_((CaseStage.TODO, CaseStage.WAITING)))
    if view is QueueView.MINE:
        return and_(_is_mine(reader), _written_out(IS_SOMEBODYS))
    if view is QueueView.UNASSIGNED:
        return and_(Case.in_queue == true(), Case.assignee_id.is_(None))
    if view is QueueView.APPROVE:
        return _written_out(IS_TO_APPROVE)
    if view is QueueView.WAITING:
        return _written_out(IS_WAITING)
    if view is QueueView.FOLLOW_UP:
        return Case.asks_at <= reader.now if reader else false()
    if view is QueueView.DONE:
        return _written_out(IS_DONE)
    return true()


def _is_mine(reader: Reader | None) -> ColumnElement[bool]:
    if reader is None or reader.person_id is None:
        return false()
    if not reader.stands_in_for:  # an equation keeps the index in its order
        return Case.assignee_id == reader.person_id
    return Case.assignee_id.in_((reader.person_id, *reader.stands_in_for))


def _written_out(which: str) -> ColumnElement[bool]:
    # As the index has it: a parameter might have any value. Of a boolean SQLAlchemy would make "(…) = 1" for SQLite.
    return literal_column(f"({_COLUMNS.sub(_OF_CASE, which)})")


def of_places(places: Collection[int] | None) -> Conditions:
    """Restrict reviews to places."""
    if places is None:
        return []
    return [Review.source_id.in_(select(Source.id).where(Source.location_id.in_(places)))]


def _counted(
    session: Session, view: ColumnElement[bool], which: Conditions, sort: Sort
) -> tuple[int, list[Key] | None]:
    """How many fit, up to `COUNT_CAP` + 1, and the keys of all of them where they are no more than `COUNT_CAP`."""
    value, id_ = (Case.rank, Case.id) if sort is Sort.PRIORITY else (Review.published_at, Review.id)
    fitting = narrowed(view, which).with_only_columns(value, id_).limit(COUNT_CAP + 1)
    keys = [key_of(sort, row[0], row[1]) for row in session.execute(fitting)]
    return len(keys), keys if len(keys) <= COUNT_CAP else None


def _read(session: Session, statements: Iterable[Select[Any, int]], *, sort: Sort, limit: int) -> list[Key]:
    keys: list[Key] = []
    for statement in statements:
        keys += (key_of(sort, row[0], row[1]) for row in session.execute(statement.limit(limit - len(keys))))
        if len(keys) >= limit:
            break
    return keys


def _among(keys: list[Key], *, sort: Sort, after: str | None, before: str | None) -> list[Key]:
    is_falling = (sort is not Sort.OLDEST) is (before is None)
    ordered = sorted(keys, reverse=is_falling)
    cursor = after if after is not None else before
    if cursor is None:
        return ordered
    bound = key_in(sort, cursor)
    return [key for key in ordered if (key < bound if is_falling else key > bound)]


def bounded(statement: Select[int], *, most: int | None = None) -> ScalarSelect[int]:
    """How many there are, up to one more than `COUNT_CAP` or `most`."""
    found = statement.limit((COUNT_CAP if most is None else most) + 1).subquery()
    return select(func.count()).select_from(found).scalar_subquery()
