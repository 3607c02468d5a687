"""What programs are told of offers and answers; see `told`."""

from __future__ import annotations

from datetime import date, datetime

from pydantic import BaseModel, Field

from db.models import Offer, Reply
from db.queries.offers import OfferRow

from ..answer_words import what_to_do
from .masking import note_for
from .told import MASKED

MASKED_ANSWER = "masked, unless the token may read contacts or write answers"


class OfferTold(BaseModel):
    id: int
    review_id: int | None
    place_id: int
    kind: str
    state: str
    version: int
    severity: str
    value_minor: int
    cost_minor: int
    currency: str
    description: str = Field(description=MASKED)
    reason: str = Field(description=MASKED)
    valid_until_on: date
    channel: str | None
    outside: list[str] = Field(description="once it is approved: what of the policy it goes beyond")
    exception_reason: str = Field(description=MASKED)
    code: str | None = Field(description="of a voucher that is given; only for tokens that may lead offers on")
    proposed_by: str | None
    proposed_at: datetime
    approved_by: str | None
    approved_at: datetime | None

    @classmethod
    def of(cls, row: OfferRow, *, shows_code: bool, is_open: bool) -> OfferTold:
        """One offer; `is_open`: nothing of it is masked."""
        return cls(
            id=row.id,
            review_id=row.review_id,
            place_id=row.location_id,
            kind=row.kind.value,
            state=row.state.value,
            version=row.version,
            severity=row.severity.value,
            value_minor=row.value_minor,
            cost_minor=row.cost_minor,
            currency=row.currency,
            description=note_for(row.description, row.author_name, is_open=is_open),
            reason=note_for(row.reason, row.author_name, is_open=is_open),
            valid_until_on=row.valid_until_on,
            channel=row.channel.value if row.channel else None,
            outside=list(row.outside),
            exception_reason=note_for(row.exception_reason, row.author_name, is_open=is_open),
            code=row.code if shows_code else None,
            proposed_by=row.proposed_by,
            proposed_at=row.proposed_at,
            approved_by=row.approved_by,
            approved_at=row.approved_at,
        )


class Offers(BaseModel):
    items: list[OfferTold]
    next: int | None


class Finding(BaseModel):
    check: str
    severity: str
    message: str


class AnswerTold(BaseModel):
    review_id: int
    state: str | None = Field(description="null: nobody has begun")
    version: int
    body: str = Field(description=MASKED_ANSWER)
    findings: list[Finding] = Field(description="of the last check that counted")
    sent_back_reason: str = Field(description=MASKED_ANSWER)

    @classmethod
    def of(cls, review_id: int, reply: Reply | None, author_name: str, *, is_open: bool) -> AnswerTold:
        """The answer of a case, or that there is none yet; `is_open`: nothing of it is masked."""
        if reply is None:
            return cls(review_id=review_id, state=None, version=0, body="", findings=[], sent_back_reason="")
        return cls(
            review_id=review_id,
            state=reply.state.value,
            version=reply.version,
            body=note_for(reply.body, author_name, is_open=is_open),
            findings=[
                Finding(check=str(one["check"]), severity=str(one["severity"]), message=what_to_do(one))
                for one in reply.findings
            ],
            sent_back_reason=note_for(reply.sent_back_reason, author_name, is_open=is_open),
        )


def offer_tag(offer: Offer | OfferRow) -> str:
    """The ETag of an offer."""
    return f'"offer-{offer.id}-{offer.version}"'


def answer_tag(review_id: int, version: int) -> str:
    """The ETag of an answer."""
    return f'"answer-{review_id}-{version}"'
