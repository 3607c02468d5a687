"""One review with everything known of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from sqlalchemy import case, or_, select
from sqlalchemy.orm import Session, aliased

from ..models import Case, CaseState, Retention, Review, Revision, Score, Source, Twin
from .rows import QueueRow, row_statement, row_values

_OWN: Final = aliased(Source)  # made once: it copies every column


@dataclass(frozen=True, slots=True, kw_only=True)
class RevisionRow:
    """An earlier wording; number 1 is the first one seen."""

    number: int
    title: str
    body: str
    rating_raw: str
    stars: float | None
    seen_from_at: datetime
    replaced_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class TwinRow:
    """The same opinion at another site."""

    review_id: int
    source_name: str
    state: CaseState
    likeness: float  # 0 to 1


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewDetail(QueueRow):
    """All of QueueRow, and the rest. `scored_at` is None while this wording is not scored."""

    source_id: int
    source_url: str
    syntax: str
    retention: Retention
    external_id: str
    id_kind: str
    author_ref: str
    content_hash: str  # of the present wording
    edited_at: datetime | None  # as the source states it
    is_verified: bool | None
    reply_author: str
    reply_published_at: datetime | None
    reply_note: str  # why the platform rejected it
    reply_event: str  # what was last seen of it: seen, changed, gone; empty when it was there from the start
    reply_event_at: datetime | None
    erased_at: datetime | None
    first_seen_at: datetime
    last_seen_at: datetime
    missed_runs: int
    scored_at: datetime | None
    twins: tuple[TwinRow, ...]
    revisions: tuple[RevisionRow, ...]  # oldest first; the present wording is not among them


def review_detail(session: Session, review_id: int) -> ReviewDetail | None:
    """The review of this id, or None."""
    found = session.execute(
        row_statement()
        .add_columns(
            Review.source_id,
            Source.url.label("source_url"),
            Source.syntax,
            Source.retention,
            Review.external_id,
            Review.id_kind,
            Review.author_ref,
            Review.content_hash,
            Review.edited_at,
            Review.is_verified,
            Review.reply_author,
            Review.reply_published_at,
            Review.reply_note,
            Review.reply_event,
            Review.reply_event_at,
            Review.erased_at,
            Review.first_seen_at,
            Review.last_seen_at,
            Review.missed_runs,
            Score.scored_at,
        )
        .where(Review.id == review_id)
    ).mappings()
    row = found.one_or_none()
    if row is None:
        return None
    values: dict[str, Any] = row_values(dict(row))
    return ReviewDetail(**values, twins=_twins(session, review_id), revisions=_revisions(session, review_id))


def _twins(session: Session, review_id: int) -> tuple[TwinRow, ...]:
    other = case((Twin.review_id == review_id, Twin.other_id), else_=Twin.review_id)
    # At the same place: a source may have been moved since, and not everybody may see both.
    place = select(_OWN.location_id).join(Review, Review.source_id == _OWN.id).where(Review.id == review_id)
    rows = session.execute(
        select(other.label("review_id"), Source.name.label("source_name"), Case.state, Twin.likeness)
        .join(Review, Review.id == other)
        .join(Source, Source.id == Review.source_id)
        .join(Case, Case.review_id == Review.id)
        .where(or_(Twin.review_id == review_id, Twin.other_id == review_id), Twin.is_denied.is_(False))
        .where(Source.location_id == place.correlate(None).scalar_subquery())
        .order_by(Source.name, Review.id)
    )
    return tuple(TwinRow(**row) for row in rows.mappings())


def _revisions(session: Session, review_id: int) -> tuple[RevisionRow, ...]:
    rows = session.execute(
        select(
            Revision.number,
            Revision.title,
            Revision.body,
            Revision.rating_raw,
            Revision.stars,
            Revision.seen_from_at,
            Revision.replaced_at,
        )
        .where(Revision.review_id == review_id)
        .order_by(Revision.number)
    )
    return tuple(RevisionRow(**row) for row in rows.mappings())
