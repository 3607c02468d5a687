"""What a customer is offered to make it right, every step of it, and the policy that it was judged by."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, Date, ForeignKey, Index, String, Text, text
from sqlalchemy.orm import Mapped, mapped_column

from ..base import Base
from ..types import stored_by_value
from .complaint import Channel


class OfferKind(StrEnum):
    """What is offered."""

    REFUND = "refund"
    EXCHANGE = "exchange"
    DISCOUNT = "discount"
    VOUCHER = "voucher"
    ITEM = "item"  # something free: a bottle of wine with dinner
    EXTRA = "extra"  # time or service
    OTHER = "other"


class Severity(StrEnum):
    """How much went wrong; how loudly it is told does not count."""

    MINOR = "minor"  # an inconvenience
    SERIOUS = "serious"  # the visit was spoiled
    GRAVE = "grave"  # somebody was hurt, or could have been


class OfferState(StrEnum):
    """How far an offer is. Which steps there are between them says `db.offer_rules.STEPS`."""

    PROPOSED = "proposed"  # waits for whoever may decide it
    APPROVED = "approved"  # the customer does not know of it yet
    OFFERED = "offered"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    ISSUED = "issued"  # paid out, handed over, or its code given
    REDEEMED = "redeemed"
    EXPIRED = "expired"
    CANCELLED = "cancelled"


EXPIRES = "state IN ('approved', 'offered', 'accepted', 'issued')"


class Offer(Base):
    """Only `db.offers` changes it. It outlives its case: what was given stays in the books of its place.

    Amounts are in the minor unit of the currency. There is no column for what becomes of a review, and none may come:
    no offer depends on one.
    """

    __tablename__ = "offer"
    __table_args__ = (
        Index(None, "location_id", "month"),
        Index("ix_offer_valid_until_on", "valid_until_on", sqlite_where=text(EXPIRES), postgresql_where=text(EXPIRES)),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int | None] = mapped_column(ForeignKey("case.id", ondelete="SET NULL"), index=True)
    location_id: Mapped[int] = mapped_column(ForeignKey("location.id", ondelete="CASCADE"))
    kind: Mapped[OfferKind] = mapped_column(stored_by_value(OfferKind))
    state: Mapped[OfferState] = mapped_column(stored_by_value(OfferState), default=OfferState.PROPOSED)
    version: Mapped[int] = mapped_column(default=0)  # raised by every step
    severity: Mapped[Severity] = mapped_column(stored_by_value(Severity))  # as a person says
    severity_of_case: Mapped[Severity] = mapped_column(stored_by_value(Severity))  # as the case itself suggests
    value_minor: Mapped[int]  # what the customer sees
    cost_minor: Mapped[int]  # what it costs the business: by this the budget counts
    price_minor: Mapped[int | None]  # what the customer had paid, where it is known
    currency: Mapped[str] = mapped_column(String(3))  # ISO 4217
    cause_id: Mapped[int | None] = mapped_column(ForeignKey("cause.id", ondelete="SET NULL"), index=True)
    description: Mapped[str] = mapped_column(String(200), default="")  # in words for the customer: "A bottle of …"
    reason: Mapped[str] = mapped_column(Text, default="")  # for the staff
    valid_until_on: Mapped[date] = mapped_column(Date)  # the last day at its place
    channel: Mapped[Channel | None] = mapped_column(stored_by_value(Channel))
    policy_number: Mapped[int]  # of the version it was judged by last; 0: the defaults
    outside: Mapped[list[str]] = mapped_column(JSON, default=list)  # db.offer_rules.Outside: what the owner allowed
    exception_reason: Mapped[str] = mapped_column(Text, default="")
    month: Mapped[str | None] = mapped_column(String(7))  # "2026-11", in whose budget it counts; None: not approved yet
    code: Mapped[str | None] = mapped_column(String(12), unique=True)  # of what is redeemed later; see db.voucher_codes
    proposed_at: Mapped[datetime]
    proposed_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id", ondelete="SET NULL"), index=True)
    approved_at: Mapped[datetime | None]
    approved_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id", ondelete="SET NULL"), index=True)
    issued_at: Mapped[datetime | None]
    redeemed_at: Mapped[datetime | None]


class OfferStep(Base):
    """One step of an offer. Written once."""

    __tablename__ = "offer_step"
    __table_args__ = (Index(None, "offer_id", "id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    offer_id: Mapped[int] = mapped_column(ForeignKey("offer.id", ondelete="CASCADE"))
    happened_at: Mapped[datetime]
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id", ondelete="SET NULL"), index=True)
    person_name: Mapped[str] = mapped_column(String(200), default="")  # as it was then; empty: Amends itself
    before: Mapped[OfferState | None] = mapped_column(stored_by_value(OfferState))  # None: it began
    state: Mapped[OfferState] = mapped_column(stored_by_value(OfferState))
    facts: Mapped[dict[str, Any]]  # reason, channel, outside; undone: it took a step back


class OfferPolicy(Base):
    """What may be offered, as it was from then on. The highest number holds; none is ever changed."""

    __tablename__ = "offer_policy"

    id: Mapped[int] = mapped_column(primary_key=True)
    number: Mapped[int] = mapped_column(unique=True)  # 1 is the first that somebody set
    terms: Mapped[dict[str, Any]]  # db.offer_terms
    changed_at: Mapped[datetime]
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id", ondelete="SET NULL"), index=True)
    person_name: Mapped[str] = mapped_column(String(200))  # as it was then
