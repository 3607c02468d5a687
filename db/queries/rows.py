"""One case of the queue with all that its row shows, and how it is read."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any, Protocol

from sqlalchemy import Select, and_, func, literal, select, true
from sqlalchemy.orm import InstrumentedAttribute, Session

from ..models import (
    NOT_JUDGED,
    Case,
    CaseStage,
    CaseState,
    Location,
    Person,
    ReplyState,
    Review,
    Revision,
    Score,
    Source,
)
from ..scores import scored_text


class ClockFacts(Protocol):
    """What the words about a clock are made of; QueueRow has it."""

    @property
    def state(self) -> CaseState: ...
    @property
    def stage(self) -> CaseStage: ...
    @property
    def due_at(self) -> datetime | None: ...
    @property
    def clock_left_min(self) -> int | None: ...
    @property
    def clock_target_min(self) -> int | None: ...
    @property
    def timezone(self) -> str: ...
    @property
    def opening(self) -> dict[str, Any] | None: ...


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
    visited_at: datetime | None  # when the customer was there, and
    visited_precision: str  # how exactly that is known: instant, day or month; empty: not at all
    state: CaseState
    stage: CaseStage
    version: int  # of what people changed
    answer_state: ReplyState | None  # of what is written here; None: nobody has begun
    assignee_id: int | None
    assignee_name: str | None
    snoozed_until: datetime | None
    follow_up_at: datetime | None
    unsettled_at: datetime | None  # the customer is not content with what was done
    asks_at: datetime | None  # from when on it is to be followed up
    due_at: datetime | None  # when the public answer should be there; None while no clock runs
    clock_left_min: int | None  # of working time; None: no clock
    clock_target_min: int | None
    escalated: int  # steps of the chain that were taken
    opening: dict[str, Any] | None  # hours of the place; None: the usual ones
    is_flagged: bool
    said_angry: bool | None  # by people, of this wording
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
    model_version: str | None  # None while this wording is not scored
    topics: list[dict[str, Any]]
    risks: list[dict[str, Any]]
    sentences: list[dict[str, Any]]
    reasons: list[str]

    @property
    def text(self) -> str:
        """The scored text, in which the offsets of sentences count."""
        return scored_text(self.title, self.body)


def rows_of(session: Session, ids: Sequence[int], *, by: InstrumentedAttribute[int] = Case.id) -> list[QueueRow]:
    """The cases of these ids, or of these reviews (`by`), in this order; those that are there."""
    found = session.execute(row_statement().where(by.in_(ids))).mappings()
    rows = {row["case_id" if by is Case.id else "review_id"]: QueueRow(**row_values(dict(row))) for row in found}
    return [rows[id_] for id_ in ids if id_ in rows]


@cache
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
            Case.stage,
            Case.version,
            Case.reply_state.label("answer_state"),
            Case.assignee_id,
            Person.name.label("assignee_name"),
            Case.snoozed_until,
            Case.follow_up_at,
            Case.unsettled_at,
            Case.asks_at,
            Case.due_at,
            Case.clock_left_min,
            Case.clock_target_min,
            Case.escalated,
            Location.opening,
            Case.is_flagged,
            Case.said_angry,
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
        .outerjoin(Person, Person.id == Case.assignee_id)
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
    Review.visited_at,
    Review.visited_precision,
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
    Score.model_version,
    Score.topics,
    Score.risks,
    Score.sentences,
    Score.reasons,
)
