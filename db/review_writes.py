"""The statements behind `db.ingest`, each over the whole of a batch."""

from __future__ import annotations

import typing
from collections.abc import Sequence
from datetime import datetime
from functools import lru_cache
from typing import Any

from sqlalchemy import (
    JSON,
    ColumnElement,
    FromClause,
    Select,
    Table,
    Text,
    and_,
    any_,
    bindparam,
    case,
    cast,
    column,
    false,
    func,
    insert,
    literal,
    null,
    select,
    true,
    update,
)
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session
from sqlalchemy.sql.base import ReadOnlyColumnCollection
from sqlalchemy.sql.dml import Insert
from sqlalchemy.sql.elements import KeyedColumnElement

from .cases import UNPUBLISHED
from .incoming import FACTS
from .models import Case, CaseStage, CaseState, Review, Revision, Standing
from .search import index_reviews

_REVIEW, _CASE, _REVISION = (typing.cast("Table", model.__table__) for model in (Review, Case, Revision))
_KEY = ["source_id", "external_id"]
_COLUMNS = [
    *_KEY,
    *FACTS,
    "title",
    "body",
    "content_hash",
    "reply_body",
    "reply_hash",
    "first_seen_at",
    "last_seen_at",
    "last_run_id",
    "missed_runs",
    "missing_since_at",
    "reply_event",
    "reply_event_at",
    "erased_at",
    "erased_for",
    "scored_with",
]
_COMPARED = ("id", "external_id", "content_hash", "reply_hash", "reply_event", "reply_event_at", "erased_for")


def hold_stored(session: Session, source_id: int, external_ids: list[str]) -> dict[str, dict[str, Any]]:
    """What is stored of these reviews, by external id, locked until the transaction ends."""
    connection = session.connection()
    found = _find(connection.dialect.name, _REVIEW.c.id)
    ids = connection.scalars(found, {"source_id": source_id, "ids": external_ids}).all()
    if not ids:
        return {}
    columns = [_REVIEW.c[name] for name in (*_COMPARED, "missing_since_at", *FACTS)]
    rows = connection.execute(
        select(*columns)
        .where(_is_among(connection.dialect.name, ids))
        .order_by(_REVIEW.c.id)
        .with_for_update(key_share=True)  # see db.cases: reviews are locked first, in this order
    )
    names = tuple(rows.keys())
    return {row.external_id: dict(zip(names, row, strict=True)) for row in rows}


def stored_ids(session: Session, source_id: int, external_ids: list[str]) -> list[int]:
    """The ids of these reviews, of those that are stored."""
    connection = session.connection()
    found = _find(connection.dialect.name, _REVIEW.c.id)
    return list(connection.scalars(found, {"source_id": source_id, "ids": external_ids}))


def known_among(session: Session, source_id: int, external_ids: list[str]) -> set[str]:
    """Those of these external ids that are stored."""
    connection = session.connection()
    found = _find(connection.dialect.name, _REVIEW.c.external_id)
    return set(connection.scalars(found, {"source_id": source_id, "ids": external_ids}))


def upsert_reviews(session: Session, rows: list[dict[str, Any]], *, now: datetime) -> None:
    """Write new and changed reviews, as rows of `db.incoming.review_row`, and open a case for each new one."""
    connection = session.connection()
    if connection.dialect.name == "postgresql":
        import orjson  # comes with the driver; SQLite does without

        connection.execute(_upsert_with_cases(), {"rows": orjson.dumps(rows).decode(), "now": now})
        return
    connection.execute(_upsert("sqlite"), rows)
    keys = {"source_id": rows[0]["source_id"], "ids": [row["external_id"] for row in rows]}
    connection.execute(_cases_of_stored(), {**keys, "now": now})


def index_written(session: Session, rows: list[dict[str, Any]]) -> None:
    """Have these rows, just written, found by their words; erased ones have none."""
    by_id = {row["external_id"]: row for row in rows if not row["erased_for"]}
    if not by_id:
        return
    connection = session.connection()
    stored = _find(connection.dialect.name, _REVIEW.c.id, _REVIEW.c.external_id)
    source_id = rows[0]["source_id"]
    found = connection.execute(stored, {"source_id": source_id, "ids": list(by_id)})
    index_reviews(session, ((id_, source_id, by_id[name]) for id_, name in found))


def keep_wordings(session: Session, review_ids: list[int], *, now: datetime) -> None:
    """Copy the present wordings of these reviews into revisions."""
    earlier = select(func.coalesce(func.max(_REVISION.c.number), 0)).where(_REVISION.c.review_id == _REVIEW.c.id)
    replaced = select(func.max(_REVISION.c.replaced_at)).where(_REVISION.c.review_id == _REVIEW.c.id)
    wordings = select(
        _REVIEW.c.id,
        earlier.scalar_subquery() + 1,
        *(_REVIEW.c[name] for name in ("title", "body", "rating_raw", "stars", "content_hash")),
        func.coalesce(replaced.scalar_subquery(), _REVIEW.c.first_seen_at),
        literal(now, _REVISION.c.replaced_at.type),
    ).where(_REVIEW.c.id.in_(review_ids))
    columns = [
        "review_id",
        "number",
        "title",
        "body",
        "rating_raw",
        "stars",
        "content_hash",
        "seen_from_at",
        "replaced_at",
    ]
    session.execute(insert(_REVISION).from_select(columns, wordings))


def mark_seen(session: Session, review_ids: list[int], row: dict[str, Any], *, is_back: bool = True) -> None:
    """Note that these reviews were shown unchanged; `row` holds when and by which run.

    Without `is_back` they were only spoken of, as withdrawn ones are.
    """
    connection = session.connection()
    connection.execute(
        update(_REVIEW)
        .where(_is_among(connection.dialect.name, review_ids))
        .values(
            last_seen_at=row["last_seen_at"],
            last_run_id=row["last_run_id"],
            missed_runs=0,
            missing_since_at=null() if is_back else _REVIEW.c.missing_since_at,
        )
    )


def _is_among(dialect: str, review_ids: Sequence[int]) -> ColumnElement[bool]:
    if dialect != "postgresql":
        return _REVIEW.c.id.in_(review_ids)
    # One parameter: a thousand of them take longer to write out than the server takes to find the rows.
    return _REVIEW.c.id == any_(literal(review_ids, postgresql.ARRAY(_REVIEW.c.id.type)))


@lru_cache
def _upsert(dialect: str) -> postgresql.Insert | sqlite.Insert:
    if dialect == "postgresql":
        statement = postgresql.insert(_REVIEW).from_select(_COLUMNS, _rows_of_json(), include_defaults=False)
        return statement.on_conflict_do_update(index_elements=_KEY, set_=_updates(statement.excluded))
    plain = sqlite.insert(_REVIEW)
    return plain.on_conflict_do_update(index_elements=_KEY, set_=_updates(plain.excluded))


@lru_cache
def _upsert_with_cases() -> Insert:
    columns = (_REVIEW.c[name] for name in ("id", "reply_hash", "reply_state", "standing"))
    written = _upsert("postgresql").returning(*columns).cte("written")
    return _cases_of(select(*_opened(written).values()), "postgresql")


@lru_cache
def _cases_of_stored() -> Insert:
    # SQLite takes "ON CONFLICT" after a SELECT for a join unless there is a WHERE; there is.
    return _cases_of(_find("sqlite", *_opened(_REVIEW).values()), "sqlite")


def _updates(shown: ReadOnlyColumnCollection[str, KeyedColumnElement[Any]]) -> dict[str, Any]:
    is_same = _REVIEW.c.content_hash == shown.content_hash
    values: dict[str, Any] = {name: shown[name] for name in _COLUMNS if name not in {*_KEY, "first_seen_at"}}
    for name in ("title", "body"):  # white space alone may differ, and the marks of the score count in the stored one
        values[name] = case((is_same, _REVIEW.c[name]), else_=shown[name])
    # A wording that changes while it is being scored loses its claim: the score of the old one is of no use.
    for name in ("score_claim", "score_claimed_until"):
        values[name] = case((is_same, _REVIEW.c[name]), else_=null())
    return values | {"scored_with": case((is_same, _REVIEW.c.scored_with), else_=shown.scored_with)}


def _rows_of_json() -> Select[*tuple[Any, ...]]:
    # One parameter for the batch: sent row by row, the messages and their handling here cost more than the insert.
    shape = [column(name, _REVIEW.c[name].type) for name in _COLUMNS]
    rows = func.json_to_recordset(cast(bindparam("rows", type_=Text), JSON)).table_valued(*shape, name="shown")
    return select(*rows.render_derived(with_types=True).c)


@lru_cache
def _find(dialect: str, *columns: ColumnElement[Any]) -> Select[*tuple[Any, ...]]:
    """These columns of the stored reviews of the parameters `source_id` and `ids`, a list of external ids."""
    same = _REVIEW.c.source_id == bindparam("source_id")
    if dialect != "postgresql":
        return select(*columns).where(same, _REVIEW.c.external_id.in_(bindparam("ids", expanding=True)))
    # While PostgreSQL has no statistics of a table that is just being filled, it would read every review of the
    # source and filter. A look-up for each id cannot be planned otherwise than by the unique index.
    ids = func.json_array_elements_text(bindparam("ids", type_=JSON)).table_valued("external_id").render_derived()
    found = select(*columns).where(same, _REVIEW.c.external_id == ids.c.external_id).limit(1).lateral()
    return select(*found.c).select_from(ids.join(found, true()))


def _opened(review: FromClause) -> dict[str, ColumnElement[Any]]:
    """The columns of a case that has just been opened for a review."""
    gone, answered, unanswered = (
        literal(state, _CASE.c.state.type) for state in (CaseState.GONE, CaseState.ANSWERED, CaseState.OPEN)
    )
    has_answer = and_(review.c.reply_hash != "", review.c.reply_state.not_in(UNPUBLISHED))
    state = case((review.c.standing == Standing.WITHDRAWN, gone), (has_answer, answered), else_=unanswered)
    columns = {
        "review_id": review.c.id,
        "state": state,
        "stage": literal(CaseStage.TODO, _CASE.c.stage.type),
        "version": literal(0),
        "reason": literal(""),
        "is_flagged": false(),
        "is_risky": false(),
        "in_queue": false(),
        "clock_is_stale": false(),
        "escalated": literal(0),
        "awaits_rule": true(),
        "priority": literal(0.0),
        "rank": literal(0.0),
        "priority_parts": literal([], _CASE.c.priority_parts.type),
        "opened_at": bindparam("now", type_=_CASE.c.opened_at.type),
    }
    return {name: found.label(name) for name, found in columns.items()}


def _cases_of(opened: Select[*tuple[Any, ...]], dialect: str) -> Insert:
    # Reviews that were only changed have theirs.
    statement = postgresql.insert(_CASE) if dialect == "postgresql" else sqlite.insert(_CASE)
    names = [column.name for column in opened.selected_columns]
    return statement.from_select(names, opened, include_defaults=False).on_conflict_do_nothing()
