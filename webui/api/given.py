"""What programs send: the parameters and bodies of the API, each checked against its model before a view sees it."""

from __future__ import annotations

import json
from datetime import date
from typing import Annotated, Any, Literal, Self

from pydantic import AfterValidator, AwareDatetime, BaseModel, ConfigDict, Field
from pydantic.json_schema import SkipJsonSchema

from db.complaints import CONTACT_MOST, LEVELS, NAME_MOST, WORDS_MOST
from db.models import Channel, OfferKind, OfferState, Severity
from db.notes import BODY_MOST
from db.offer_terms import AMOUNT_MOST
from db.offers import DESCRIPTION_MOST, REASON_MOST
from db.queries.cursors import Sort
from db.queries.queue import PAGE_MOST, QueueView
from db.replies import REPLY_MOST
from db.tags import NAME_MOST as TAG_MOST

from ..ids import ID_MOST

Id = Annotated[int, Field(ge=1, le=ID_MOST)]
Words = Annotated[str, AfterValidator(lambda text: text.replace("\x00", ""))]  # NUL fits no database
Level = Literal["calm", "annoyed", "angry", "furious"]
assert Level.__args__ == LEVELS  # type: ignore[attr-defined]  # noqa: S101 - one list in two forms
Filter = Annotated[list[Annotated[Words, Field(max_length=80)]], Field(default_factory=list, max_length=20)]


class Body(BaseModel):
    """Taken as JSON writes it: "5" is no number, and a field that nobody knows is a mistake."""

    model_config = ConfigDict(extra="forbid", strict=True)

    @classmethod
    def model_validate(cls, obj: Any, **options: Any) -> Self:
        return cls.model_validate_json(json.dumps(obj), **options)


class Query(BaseModel):
    model_config = ConfigDict(extra="forbid")


class ReviewPath(BaseModel):
    review_id: Id = Field(description="the number of the review, as it ends the address of its page")


class TagPath(ReviewPath):
    tag_id: Id


class OfferPath(BaseModel):
    offer_id: Id


class UndoPath(BaseModel):
    token: str = Field(min_length=1, max_length=64, description="of “undo” in the answer to what is taken back")


class PlacePath(BaseModel):
    place_id: Id


class IfMatch(BaseModel):
    if_match: str | SkipJsonSchema[None] = Field(
        None, alias="If-Match", description="the ETag of what was read; needed, so that nobody's work is overwritten"
    )


class IdempotencyKey(BaseModel):
    idempotency_key: Annotated[str, Field(max_length=200)] | SkipJsonSchema[None] = Field(
        None, alias="Idempotency-Key", description="the same for 24 hours makes one complaint, however often it is sent"
    )


class Which(Query):
    """Which reviews or cases. Of one filter any value may hold, of several filters each must."""

    q: Words = Field("", max_length=200, description="words of title, text, author and reply")
    place: Filter = Field(description="slugs")
    source: Filter = Field(description="slugs")
    anger: Filter = Field(description="calm, annoyed, angry, furious or unscored")
    stars: list[Annotated[int, Field(ge=0, le=5)]] = Field([], max_length=6, description="0: the source gives none")
    topic: Filter
    risk: Filter
    language: Filter
    state: Filter = Field(description="open, answered, gone or not_us")
    stage: Filter = Field(description="todo, waiting, done, not_pursued or snoozed")
    tag: Filter
    assignee: Filter = Field(description="ids of people, or nobody")
    visit_day: Filter = Field(description="of the visit: mon to sun, or unknown")
    visit_hour: Filter = Field(description="of the visit on the clocks of the place: 0 to 23, or unknown")
    complaint: bool = Field(
        False, description="only what was flagged for its anger or a risk, and complaints taken by hand"
    )
    since: date | SkipJsonSchema[None] = Field(None, description="published on this day or later")
    until: date | SkipJsonSchema[None] = Field(None, description="published on this day or earlier")
    changed: bool = Field(False, description="only those that were reworded")
    limit: int = Field(50, ge=1, le=PAGE_MOST)
    after: Annotated[str, Field(max_length=100)] = Field("", description="“next” of the page before")


class WhichReviews(Which):
    sort: Sort = Sort.NEWEST


class WhichCases(Which):
    view: QueueView = QueueView.NOW
    sort: Sort = Sort.PRIORITY


class WhichOffers(Query):
    place_id: Id | SkipJsonSchema[None] = None
    state: list[OfferState] = []
    limit: int = Field(50, ge=1, le=PAGE_MOST)
    after: Id | SkipJsonSchema[None] = Field(None, description="“next” of the page before")


class StageGiven(Body):
    stage: Literal["todo", "waiting", "done"]
    ask_on: date | None = Field(None, description="with “waiting”: the day to ask the guest again")


class AssigneeGiven(Body):
    person_id: Id | None = Field(description="null: nobody")


class CauseGiven(Body):
    cause_id: Id | None = Field(description="null: none")


class TagGiven(Body):
    name: Words = Field(min_length=1, max_length=TAG_MOST)


class NoteGiven(Body):
    body: Words = Field(min_length=1, max_length=BODY_MOST, description="@Name tells somebody of it")


class ComplaintGiven(Body):
    place_id: Id
    channel: Channel
    words: Words = Field(min_length=1, max_length=WORDS_MOST)
    name: Words = Field("", max_length=NAME_MOST)
    contact: Words = Field("", max_length=CONTACT_MOST)
    heard_level: Level | None = Field(None, description="how angry they were; null: left to the model")
    visited_at: AwareDatetime | None = Field(None, description="when it happened, with its zone; null: not known")


class OfferGiven(Body):
    """Amounts in the minor unit of the policy's currency: 3000 is 30.00 EUR."""

    kind: OfferKind
    severity: Severity
    value_minor: int = Field(0, ge=0, le=AMOUNT_MOST)
    cost_minor: int | None = Field(None, ge=0, le=AMOUNT_MOST, description="null: as the policy counts it")
    price_minor: int | None = Field(None, ge=1, le=AMOUNT_MOST, description="what was paid, where it is known")
    cause_id: Id | None = None
    description: Words = Field("", max_length=DESCRIPTION_MOST)
    reason: Words = Field(min_length=1, max_length=REASON_MOST)
    valid_until_on: date | None = Field(None, description="null: as long as the policy says")
    is_unconditional: bool = Field(description="must be true: nothing that depends on a review may be offered")
    exception_reason: Words = Field("", max_length=REASON_MOST, description="of an owner, outside the policy")


class OfferStepGiven(Body):
    to: Literal["approved", "offered", "accepted", "declined", "issued", "cancelled"]
    reason: Words = Field("", max_length=REASON_MOST, description="of an exception, or of cancelling")
    channel: Channel | None = Field(None, description="with “offered”: how the customer heard of it")


class AnswerGiven(Body):
    body: Words = Field(max_length=REPLY_MOST)


class SubmissionGiven(Body):
    read_warnings: list[Annotated[str, Field(max_length=10)]] = Field(
        [], max_length=60, description="the checks that warn, and that a person has read"
    )
    lift_reason: Words = Field("", max_length=2000, description="why a block may be lifted, for whoever approves")
