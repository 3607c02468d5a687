"""The queue, page by page, in the order of priority.

Pages are found by the key of the row they follow, never by OFFSET: the fiftieth costs what the first does. Counting
stops at `COUNT_CAP`, for nobody reads further and a full count of a million rows would cost more than the page.
"""

from __future__ import annotations

import base64
import binascii
import math
import struct
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, and_, exists, func, literal, select, true
from sqlalchemy.orm import Session

from ..errors import BadCursor
from ..models import NOT_JUDGED, Case, CaseState, Location, Review, Revision, Score, Source
from ..scores import scored_text

COUNT_CAP = 1000  # counts above it say "more than this"
PAGE_MOST = 200
_KEY = struct.Struct(">dq")


class QueueView(StrEnum):
    NOW = "now"  # open and flagged or reopened: somebody should act
    OPEN = "open"  # nobody has answered yet
    ALL = "all"


@dataclass(frozen=True, slots=True, kw_only=True)
class QueueRow:
    """One case as the queue shows it. The score fields are None or empty while this wording is not scored."""

    case_id: int
    review_id: int
    source_slug: str
    source_name: str
    platform: str
    location_slug: str
    location_name: str
    timezone: str
    title: str
    body: str
    author_name: str
    url: str
    rating_raw: str
    rating: float | None
    rating_max: float | None
    rating_kind: str
    stars: float | None
    source_language: str
    published_at: datetime
    published_precision: str
    state: CaseState
    is_flagged: bool
    reopened_at: datetime | None
    has_revisions: bool
    reply_body: str
    reply_state: str  # published, pending or rejected; empty without a reply
    standing: str  # db.models.Standing
    erased_for: str  # db.models.ErasedFor; empty where the text is here
    is_judged: bool  # False: its terms, or its erasure, keep it from the model
    missing_since_at: datetime | None
    priority: float
    priority_parts: list[dict[str, Any]]
    anger: float | None
    anger_level: str | None
    sentiment: float | None
    language: str | None
    topics: list[dict[str, Any]]
    risks: list[dict[str, Any]]
    sentences: list[dict[str, Any]]
    reasons: list[str]

    @property
    def text(self) -> str:
        """The scored text, in which the offsets of sentences count."""
        return scored_text(self.title, self.body)


@dataclass(frozen=True, slots=True, kw_only=True)
class QueuePage:
    rows: list[QueueRow]
    next_cursor: str | None  # give it as `after`
    previous_cursor: str | None  # give it as `before`


@dataclass(frozen=True, slots=True, kw_only=True)
class QueueCounts:
    """Each up to `COUNT_CAP` + 1, which means "more than `COUNT_CAP`"; `shown_count` writes it so."""

    now: int
    open: int
    all: int
    unscored: int


def queue_page(
    session: Session,
    view: QueueView,
    *,
    after: str | None = None,
    before: str | None = None,
    limit: int = 50,
    places: Collection[int] | None = None,
) -> QueuePage:
    """The page that follows the cursor `after`, or precedes `before`; the first one without either.

    `places` are the ids of those whose reviews are asked for; without, all of them.

    Raises:
        BadCursor: the cursor is none of ours.
    """
    limit = max(1, min(limit, PAGE_MOST))
    backwards = before is not None and after is None
    keys: list[Row[int, float]] = []
    for statement in page_statements(view, after=after, before=before, places=places):
        keys += session.execute(statement.limit(limit + 1 - len(keys)))  # one more tells whether another page follows
        if len(keys) > limit:
            break
    is_more = len(keys) > limit
    keys = keys[:limit]
    if backwards:
        keys.reverse()
    has_next, has_previous = (True, is_more) if backwards else (is_more, after is not None)
    return QueuePage(
        rows=_rows(session, [key.id for key in keys]),
        next_cursor=_cursor(keys[-1].priority, keys[-1].id) if keys and has_next else None,
        previous_cursor=_cursor(keys[0].priority, keys[0].id) if keys and has_previous else None,
    )


def page_statements(
    view: QueueView, *, after: str | None, before: str | None, places: Collection[int] | None = None
) -> list[Select[int, float]]:
    """Which cases follow or precede a cursor: one after the other, each read from an index in its order.

    Two, not one with `(priority, id) < (…)`: SQLite takes only the first half of that as the bound of the scan, and
    before the first scores every case has the same priority.
    """
    cases = select(Case.id, Case.priority).where(_in_view(view), *_at(places))
    if after is None and before is None:
        return [cases.order_by(Case.priority.desc(), Case.id.desc())]
    priority, case_id = _key(after if after is not None else str(before))
    equal = cases.where(Case.priority == priority)
    if after is not None:
        return [
            equal.where(Case.id < case_id).order_by(Case.id.desc()),
            cases.where(Case.priority < priority).order_by(Case.priority.desc(), Case.id.desc()),
        ]
    return [
        equal.where(Case.id > case_id).order_by(Case.id),
        cases.where(Case.priority > priority).order_by(Case.priority, Case.id),
    ]


def queue_counts(session: Session, *, places: Collection[int] | None = None) -> QueueCounts:
    """How many stand in each view, and how many wordings no model has scored yet; at these places, or at all."""
    return QueueCounts(**{name: _bounded(session, found) for name, found in count_statements(places).items()})


def count_statements(places: Collection[int] | None = None) -> dict[str, Select[int]]:
    """What is counted, by the names of QueueCounts; each in the order of an index, so that this index is read.

    Without the order PostgreSQL may take the table itself, guessing that it can stop soon, and reads on and on where
    the rows lie at its end.
    """
    by_priority = (Case.priority.desc(), Case.id.desc())
    by_date = (Review.scored_with.desc(), Review.published_at.desc())
    return {
        "now": select(Case.id).where(_in_view(QueueView.NOW), *_at(places)).order_by(*by_priority),
        "open": select(Case.id).where(_in_view(QueueView.OPEN), *_at(places)).order_by(*by_priority),
        "all": select(Case.id).where(*_at(places)).order_by(*by_priority),
        "unscored": select(Review.id).where(Review.scored_with.is_(None), *_of(places)).order_by(*by_date),
    }


def shown_count(count: int) -> str:
    """A bounded count for people: "1000+" where counting stopped."""
    return f"{COUNT_CAP}+" if count > COUNT_CAP else str(count)


def row_statement() -> Select[*tuple[Any, ...]]:
    """The columns of QueueRow, not yet restricted to any case."""
    # A score of an earlier wording would mark sentences that are no longer there.
    is_current = and_(Score.review_id == Review.id, Score.content_hash == Review.content_hash)
    has_revisions = select(literal(1)).where(Revision.review_id == Review.id).exists()
    return (
        select(
            Case.id.label("case_id"),
            Case.review_id,
            Source.slug.label("source_slug"),
            Source.name.label("source_name"),
            Source.platform,
            Location.slug.label("location_slug"),
            Location.name.label("location_name"),
            Location.timezone,
            *_REVIEW_COLUMNS,
            Review.language.label("source_language"),
            Case.state,
            Case.is_flagged,
            Case.reopened_at,
            has_revisions.label("has_revisions"),
            func.coalesce(Review.scored_with != NOT_JUDGED, true()).label("is_judged"),
            Case.priority,
            Case.priority_parts,
            *_SCORE_COLUMNS,
        )
        .join(Review, Review.id == Case.review_id)
        .join(Source, Source.id == Review.source_id)
        .join(Location, Location.id == Source.location_id)
        .outerjoin(Score, is_current)
    )


def row_values(row: dict[str, Any]) -> dict[str, Any]:
    """What an outer join leaves empty, as the empty lists that QueueRow promises."""
    for name in ("topics", "risks", "sentences", "reasons"):
        row[name] = row[name] or []
    for name in ("has_revisions", "is_judged"):
        row[name] = bool(row[name])
    return row


_REVIEW_COLUMNS = (
    Review.title,
    Review.body,
    Review.author_name,
    Review.url,
    Review.rating_raw,
    Review.rating,
    Review.rating_max,
    Review.rating_kind,
    Review.stars,
    Review.published_at,
    Review.published_precision,
    Review.reply_body,
    Review.reply_state,
    Review.standing,
    Review.erased_for,
    Review.missing_since_at,
)
_SCORE_COLUMNS = (
    Score.anger,
    Score.anger_level,
    Score.sentiment,
    Score.language,
    Score.topics,
    Score.risks,
    Score.sentences,
    Score.reasons,
)


def _in_view(view: QueueView) -> ColumnElement[bool]:
    if view is QueueView.NOW:
        return Case.in_queue == true()
    if view is QueueView.OPEN:
        return Case.state == CaseState.OPEN
    return true()


def _at(places: Collection[int] | None) -> list[ColumnElement[bool]]:
    """Restrict cases to places: a lookup by key for each, so that they are still read in the order of an index."""
    if places is None:
        return []
    return [exists().where(Review.id == Case.review_id, *_of(places))]


def _of(places: Collection[int] | None) -> list[ColumnElement[bool]]:
    """The same for reviews."""
    if places is None:
        return []
    return [Review.source_id.in_(select(Source.id).where(Source.location_id.in_(places)))]


def _rows(session: Session, case_ids: Sequence[int]) -> list[QueueRow]:
    found = session.execute(row_statement().where(Case.id.in_(case_ids))).mappings()
    rows = {row["case_id"]: QueueRow(**row_values(dict(row))) for row in found}
    return [rows[id_] for id_ in case_ids if id_ in rows]


def _bounded(session: Session, statement: Select[int]) -> int:
    return session.scalar(select(func.count()).select_from(statement.limit(COUNT_CAP + 1).subquery())) or 0


def _cursor(priority: float, case_id: int) -> str:
    return base64.urlsafe_b64encode(_KEY.pack(priority, case_id)).decode().rstrip("=")


def _key(cursor: str) -> tuple[float, int]:
    try:
        raw = base64.b64decode(cursor + "=" * (-len(cursor) % 4), altchars=b"-_", validate=True)
        priority, case_id = _KEY.unpack(raw)
    except (binascii.Error, struct.error, ValueError) as error:
        raise BadCursor("This page address is not valid. Start again from the first page.") from error
    if not math.isfinite(priority):
        raise BadCursor("This page address is not valid. Start again from the first page.")
    return priority, case_id
