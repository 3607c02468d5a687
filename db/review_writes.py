"""The statements behind `db.ingest`, each over the whole of a batch."""

from __future__ import annotations

import json
import typing
from collections.abc import Sequence
from datetime import datetime
from functools import lru_cache
from typing import Any

from sqlalchemy import (
    JSON,
    ColumnElement,
    Select,
    Table,
    Text,
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

from .incoming import FACTS
from .models import Case, CaseState, Review, Revision

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
]


def hold_stored(session: Session, source_id: int, external_ids: list[str]) -> dict[str, dict[str, Any]]:
    """What is stored of these reviews, by external id, locked until the transaction ends."""
    ids = session.connection().scalars(_find(session, source_id, external_ids, _REVIEW.c.id)).all()
    if not ids:
        return {}
    columns = [
        _REVIEW.c[name] for name in ("id", "external_id", "content_hash", "reply_hash", "missing_since_at", *FACTS)
    ]
    rows = session.connection().execute(
        select(*columns)
        .where(_REVIEW.c.id.in_(ids))
        .order_by(_REVIEW.c.id)
        .with_for_update(key_share=True)  # see db.cases: reviews are locked first, in this order
    )
    names = tuple(rows.keys())
    return {row.external_id: dict(zip(names, row, strict=True)) for row in rows}


def upsert_reviews(session: Session, rows: Sequence[dict[str, Any]]) -> None:
    """Write new and changed reviews, as rows of `db.incoming.review_row`."""
    connection = session.connection()
    statement = _upsert(connection.dialect.name)
    if connection.dialect.name == "postgresql":
        connection.execute(statement, {"rows": json.dumps(rows, default=datetime.isoformat, ensure_ascii=False)})
    else:
        connection.execute(statement, rows)


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


def mark_seen(session: Session, review_ids: list[int], row: dict[str, Any]) -> None:
    """Note that these reviews were shown unchanged; `row` holds when and by which run."""
    session.connection().execute(
        update(_REVIEW)
        .where(_REVIEW.c.id.in_(review_ids))
        .values(
            last_seen_at=row["last_seen_at"],
            last_run_id=row["last_run_id"],
            missed_runs=0,
            missing_since_at=null(),
        )
    )


def open_cases(session: Session, source_id: int, external_ids: list[str], *, now: datetime) -> None:
    """Open a case for each of these new reviews: answered where the owner's reply is shown."""
    states = [literal(state, _CASE.c.state.type) for state in (CaseState.ANSWERED, CaseState.OPEN)]
    opened = {
        "review_id": _REVIEW.c.id,
        "state": case((_REVIEW.c.reply_hash != "", states[0]), else_=states[1]),
        "is_flagged": false(),
        "in_queue": false(),
        "priority": literal(0.0),
        "priority_parts": literal([], _CASE.c.priority_parts.type),
        "opened_at": literal(now, _CASE.c.opened_at.type),
    }
    labelled = [column.label(name) for name, column in opened.items()]
    found = _find(session, source_id, external_ids, *labelled)
    session.connection().execute(insert(_CASE).from_select(list(opened), found))


@lru_cache
def _upsert(dialect: str) -> Insert:
    if dialect == "postgresql":
        statement = postgresql.insert(_REVIEW).from_select(_COLUMNS, _rows_of_json(), include_defaults=False)
        return statement.on_conflict_do_update(index_elements=_KEY, set_=_updates(statement.excluded))
    plain = sqlite.insert(_REVIEW)
    return plain.on_conflict_do_update(index_elements=_KEY, set_=_updates(plain.excluded))


def _updates(shown: ReadOnlyColumnCollection[str, KeyedColumnElement[Any]]) -> dict[str, Any]:
    is_same = _REVIEW.c.content_hash == shown.content_hash
    values: dict[str, Any] = {name: shown[name] for name in _COLUMNS if name not in {*_KEY, "first_seen_at"}}
    for name in ("title", "body"):  # white space alone may differ, and the marks of the score count in the stored one
        values[name] = case((is_same, _REVIEW.c[name]), else_=shown[name])
    # A wording that changes while it is being scored loses its claim: the score of the old one is of no use.
    for name in ("scored_with", "score_claim", "score_claimed_until"):
        values[name] = case((is_same, _REVIEW.c[name]), else_=null())
    return values | {"missing_since_at": null()}


def _rows_of_json() -> Select[*tuple[Any, ...]]:
    # One parameter for the batch: sent row by row, the messages and their handling here cost more than the insert.
    shape = [column(name, _REVIEW.c[name].type) for name in _COLUMNS]
    rows = func.json_to_recordset(cast(bindparam("rows", type_=Text), JSON)).table_valued(*shape, name="shown")
    return select(*rows.render_derived(with_types=True).c)


def _find(
    session: Session, source_id: int, external_ids: list[str], *columns: ColumnElement[Any]
) -> Select[*tuple[Any, ...]]:
    """These columns of the stored reviews of these external ids."""
    same = _REVIEW.c.source_id == source_id
    if session.get_bind().dialect.name != "postgresql":
        return select(*columns).where(same, _REVIEW.c.external_id.in_(external_ids))
    # While PostgreSQL has no statistics of a table that is just being filled, it would read every review of the
    # source and filter. A look-up for each id cannot be planned otherwise than by the unique index.
    given = bindparam("ids", json.dumps(external_ids, ensure_ascii=False), type_=Text)
    ids = func.json_array_elements_text(cast(given, JSON)).table_valued("external_id").render_derived()
    found = select(*columns).where(same, _REVIEW.c.external_id == ids.c.external_id).limit(1).lateral()
    return select(*found.c).select_from(ids.join(found, true()))
