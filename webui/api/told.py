"""What programs are told: the models of the API's answers, and how they are made of what the database gives."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from pydantic import BaseModel, Field

from db.complaints import ComplaintRow
from db.notes import NoteRow
from db.queries.reviews import ReviewDetail
from db.queries.rows import QueueRow
from db.queries.sources import SourceOverview
from db.tags import TagRow

from ..told import told
from .masking import name_for, note_for, words_for

MASKED = "masked, unless the token may read contacts"


class Named(BaseModel):
    id: int
    name: str


class PlaceRole(BaseModel):
    place_id: int | None = Field(description="null: all places")
    role: str


class Whoami(BaseModel):
    person: Named
    token: Named
    scopes: list[str]
    roles: list[PlaceRole]
    expires_at: datetime


class Place(BaseModel):
    id: int
    slug: str
    name: str
    timezone: str
    role: str = Field(description="of the token's person there")


class Places(BaseModel):
    items: list[Place]


class SourceTold(BaseModel):
    id: int
    slug: str
    name: str
    platform: str
    place: str = Field(description="its slug")
    url: str
    is_enabled: bool
    health: str
    health_note: str
    last_success_at: datetime | None
    reviews: int

    @classmethod
    def of(cls, row: SourceOverview) -> SourceTold:
        """One source."""
        return cls(
            id=row.source_id,
            slug=row.slug,
            name=row.name,
            platform=row.platform,
            place=row.location_slug,
            url=row.url,
            is_enabled=row.is_enabled,
            health=row.health.value,
            health_note=told(row.health_note),
            last_success_at=row.last_success_at,
            reviews=row.reviews,
        )


class Sources(BaseModel):
    items: list[SourceTold]


class NamedList(BaseModel):
    items: list[Named]


class ReviewTold(BaseModel):
    id: int
    place: str = Field(description="its slug")
    source: str = Field(description="its slug")
    platform: str
    url: str
    title: str
    body: str = Field(description=MASKED)
    author_name: str = Field(description=MASKED)
    stars: float | None
    language: str | None
    published_at: datetime
    published_precision: str
    visited_at: datetime | None = Field(description="when the customer was there; null where nobody says")
    visited_precision: str | None = Field(
        description="how exactly that is known: instant (to the minute), day or month (as midnight UTC)"
    )
    state: str
    anger: float | None = Field(description="0 to 1; null while it is not judged")
    anger_level: str | None
    topics: list[str]
    risks: list[str]
    is_flagged: bool
    is_reworded: bool
    reply_body: str = Field(description="as the source shows it")

    @classmethod
    def of(cls, row: QueueRow, *, is_open: bool) -> ReviewTold:
        """One review; `is_open`: nothing of it is masked."""
        return cls(
            id=row.review_id,
            place=row.location_slug,
            source=row.source_slug,
            platform=row.platform,
            url=row.url,
            title=words_for(row.title, row.author_name, is_open=is_open),
            body=words_for(row.body, row.author_name, is_open=is_open),
            author_name=name_for(row.author_name, is_open=is_open),
            stars=row.stars,
            language=row.language or row.source_language or None,
            published_at=row.published_at,
            published_precision=row.published_precision,
            visited_at=row.visited_at,
            visited_precision=row.visited_precision or None,
            state=row.state.value,
            anger=row.anger,
            anger_level=row.anger_level,
            topics=[str(one["topic"]) for one in row.topics],
            risks=[str(one["risk"]) for one in row.risks],
            is_flagged=row.is_flagged,
            is_reworded=row.has_revisions,
            reply_body=words_for(row.reply_body, row.author_name, is_open=is_open),
        )


class Wording(BaseModel):
    number: int
    title: str
    body: str
    replaced_at: datetime


class ReviewWhole(ReviewTold):
    earlier: list[Wording] = Field(description="earlier wordings, the oldest first")
    reasons: list[str] = Field(description="why the model thinks so")

    @classmethod
    def whole(cls, row: ReviewDetail, *, is_open: bool) -> ReviewWhole:
        """The same with all that is known."""
        earlier = [
            Wording(
                number=one.number,
                title=words_for(one.title, row.author_name, is_open=is_open),
                body=words_for(one.body, row.author_name, is_open=is_open),
                replaced_at=one.replaced_at,
            )
            for one in row.revisions
        ]
        first = ReviewTold.of(row, is_open=is_open).model_dump()
        return cls(
            **first, earlier=earlier, reasons=[words_for(one, row.author_name, is_open=is_open) for one in row.reasons]
        )


class Reviews(BaseModel):
    items: list[ReviewTold]
    next: str | None = Field(description="give it as “after”; null: this is the last page")


class CaseTold(BaseModel):
    review_id: int
    place: str
    state: str = Field(description="what the source shows: open, answered, gone, not_us")
    stage: str = Field(description="how far people are: todo, waiting, done, not_pursued")
    assignee: Named | None
    snoozed_until: datetime | None
    follow_up_at: datetime | None
    due_at: datetime | None
    priority: float
    anger_level: str | None
    risks: list[str]
    answer_state: str | None
    tags: list[Named]

    @classmethod
    def of(cls, row: QueueRow, tags: Sequence[TagRow]) -> CaseTold:
        """One case."""
        return cls(
            review_id=row.review_id,
            place=row.location_slug,
            state=row.state.value,
            stage=row.stage.value,
            assignee=Named(id=row.assignee_id, name=row.assignee_name or "") if row.assignee_id else None,
            snoozed_until=row.snoozed_until,
            follow_up_at=row.follow_up_at,
            due_at=row.due_at,
            priority=row.priority,
            anger_level=row.anger_level,
            risks=[str(one["risk"]) for one in row.risks],
            answer_state=row.answer_state.value if row.answer_state else None,
            tags=[Named(id=tag.id, name=tag.name) for tag in tags],
        )


class Note(BaseModel):
    id: int
    written_by: str
    written_at: datetime
    body: str = Field(description=MASKED)


class ComplaintTold(BaseModel):
    channel: str
    contact: str = Field(description=MASKED)
    heard_level: str
    taken_by: str
    taken_at: datetime


class CaseWhole(CaseTold):
    version: int
    cause: Named | None
    notes: list[Note]
    complaint: ComplaintTold | None = Field(description="where a person took it; null for a review")

    @classmethod
    def whole(
        cls,
        row: ReviewDetail,
        tags: Sequence[TagRow],
        *,
        cause: Named | None,
        notes: Sequence[NoteRow],
        complaint: ComplaintRow | None,
        is_open: bool,
    ) -> CaseWhole:
        """The same with the work on it."""
        hidden = "" if complaint is None else complaint.contact if is_open or not complaint.contact else "…"
        return cls(
            **CaseTold.of(row, tags).model_dump(),
            version=row.version,
            cause=cause,
            notes=[
                Note(
                    id=note.id,
                    written_by=note.person_name,
                    written_at=note.written_at,
                    body=note_for(note.body, row.author_name, is_open=is_open),
                )
                for note in notes
            ],
            complaint=complaint
            and ComplaintTold(
                channel=complaint.channel.value,
                contact=hidden,
                heard_level=complaint.heard_level,
                taken_by=complaint.taken_by_name,
                taken_at=complaint.taken_at,
            ),
        )


class Cases(BaseModel):
    items: list[CaseTold]
    next: str | None


def case_tag(review_id: int, version: int) -> str:
    """The ETag of the work on a case: what is changed with If-Match raises it."""
    return f'"case-{review_id}-{version}"'
