"""One public opinion, and every earlier wording of it."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import ForeignKey, Index, String, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from ..base import Base
from .source import Source


class Standing(StrEnum):
    """What the platform itself says of a review."""

    PUBLIC = "public"
    MODERATED = "moderated"  # written, and not shown to the public yet
    WITHDRAWN = "withdrawn"  # taken back, removed or erased at the guest's wish


class ErasedFor(StrEnum):
    """Why the text and the name of a review are not here."""

    RETENTION = "retention"  # kept as long as the platform's terms allow, and not shown there since
    REQUEST = "request"  # its writer asked for it: no crawl brings it back
    WITHDRAWN = "withdrawn"  # the platform took it back
    NO_STORE = "no_store"  # never stored: the terms let it be shown, not kept
    AGED = "aged"  # older than we keep anything that tells who wrote it (db.keeping): no crawl brings it back


# Whoever reads the source again leaves these empty, and nobody works on them any more.
ERASED_FOR_GOOD = (ErasedFor.REQUEST, ErasedFor.AGED)


NOT_JUDGED = "(not judged)"  # in the place of a model version


def _only(which: str) -> dict[str, Any]:
    return {"sqlite_where": text(which), "postgresql_where": text(which)}


class Review(Base):
    """Identity is (source, external id). The hashes say whether the wording or the owner's reply changed."""

    __tablename__ = "review"
    __table_args__ = (
        UniqueConstraint("source_id", "external_id"),
        Index(None, "scored_with", "published_at"),
        Index(None, "published_at", "id"),
        Index(None, "source_id", "published_at"),
        Index(None, "stars"),
        Index("ix_review_visited_at", "visited_at", **_only("visited_at IS NOT NULL")),
        # Others of the same author, the newest first; most sources tell authors by one of the two.
        Index("ix_review_author_ref", "author_ref", "published_at", **_only("author_ref <> ''")),
        Index("ix_review_author_name", "source_id", "author_name", "published_at", **_only("author_ref = ''")),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    source_id: Mapped[int] = mapped_column(ForeignKey("source.id", ondelete="CASCADE"))
    external_id: Mapped[str] = mapped_column(String(400))
    id_kind: Mapped[str] = mapped_column(String(16))
    url: Mapped[str] = mapped_column(String(2000), default="")
    author_name: Mapped[str] = mapped_column(String(300), default="")
    author_ref: Mapped[str] = mapped_column(String(400), default="")
    title: Mapped[str] = mapped_column(Text, default="")
    body: Mapped[str] = mapped_column(Text, default="")
    positive: Mapped[str] = mapped_column(Text, default="")  # where the source asks for praise and blame apart, the
    negative: Mapped[str] = mapped_column(Text, default="")  # body holds both, one after the other
    translation: Mapped[str] = mapped_column(Text, default="")  # the platform's own, never judged
    rating_raw: Mapped[str] = mapped_column(String(80), default="")
    rating: Mapped[float | None]
    rating_min: Mapped[float | None]
    rating_max: Mapped[float | None]
    rating_kind: Mapped[str] = mapped_column(String(16), default="none")
    stars: Mapped[float | None]  # 0..5, for filters only; screens show rating_raw
    language: Mapped[str] = mapped_column(String(16), default="")  # as the source states it
    published_at: Mapped[datetime]  # first_seen_at where the source gives no date
    published_precision: Mapped[str] = mapped_column(String(16))
    edited_at: Mapped[datetime | None]  # as the source states it
    visited_at: Mapped[datetime | None]  # when the customer was there, where that is known: whole minutes
    visited_precision: Mapped[str] = mapped_column(String(16), default="")  # instant, day or month
    is_verified: Mapped[bool | None]
    reply_body: Mapped[str] = mapped_column(Text, default="")  # the owner's reply seen at the source
    reply_author: Mapped[str] = mapped_column(String(300), default="")
    reply_published_at: Mapped[datetime | None]
    reply_state: Mapped[str] = mapped_column(String(16), default="")  # published, pending or rejected; "" without one
    reply_note: Mapped[str] = mapped_column(String(300), default="")  # why the platform rejected it
    reply_event: Mapped[str] = mapped_column(String(16), default="")  # what was last seen of it: seen, changed, gone
    reply_event_at: Mapped[datetime | None]
    standing: Mapped[str] = mapped_column(String(16), default="public")  # or moderated, withdrawn: db.models.Standing
    content_hash: Mapped[str] = mapped_column(String(64))  # of title, body and rating
    reply_hash: Mapped[str] = mapped_column(String(64), default="")
    first_seen_at: Mapped[datetime]
    last_seen_at: Mapped[datetime]
    last_run_id: Mapped[int | None] = mapped_column(ForeignKey("crawl_run.id", ondelete="SET NULL"))
    missed_runs: Mapped[int] = mapped_column(default=0)  # complete runs in a row that did not show it
    missing_since_at: Mapped[datetime | None]  # set when two complete runs in a row did not show it
    erased_at: Mapped[datetime | None]  # when its text and its author's name were taken out, and
    erased_for: Mapped[str] = mapped_column(String(16), default="")  # why: db.models.ErasedFor
    scored_with: Mapped[str | None] = mapped_column(
        String(64)
    )  # model version; None: this wording is not scored yet; NOT_JUDGED: no model is to read it
    score_claim: Mapped[str | None] = mapped_column(String(36))
    score_claimed_until: Mapped[datetime | None]

    source: Mapped[Source] = relationship()
    revisions: Mapped[list[Revision]] = relationship(order_by="Revision.number", back_populates="review")


class ErasedMark(Base):
    """By what an erased review without an id of its own is known again: a keyed digest of its author and day.

    An edit gives such a review another id; without this it would come back as a new one. See db.erased_marks.
    """

    __tablename__ = "erased_mark"

    review_id: Mapped[int] = mapped_column(ForeignKey("review.id", ondelete="CASCADE"), primary_key=True)
    source_id: Mapped[int] = mapped_column(ForeignKey("source.id", ondelete="CASCADE"), index=True)
    mark: Mapped[str] = mapped_column(String(64))


class Twin(Base):
    """Two rows that are one opinion, published at two sources. Linked, never merged; the lower id stands first."""

    __tablename__ = "twin"
    __table_args__ = (UniqueConstraint("review_id", "other_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    review_id: Mapped[int] = mapped_column(ForeignKey("review.id", ondelete="CASCADE"))
    other_id: Mapped[int] = mapped_column(ForeignKey("review.id", ondelete="CASCADE"), index=True)
    likeness: Mapped[float]  # 0..1
    found_at: Mapped[datetime]
    is_denied: Mapped[bool] = mapped_column(default=False)  # a person said that they are two


class Revision(Base):
    """An earlier wording, kept when the source shows another one. The present wording stands in Review."""

    __tablename__ = "revision"
    __table_args__ = (UniqueConstraint("review_id", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    review_id: Mapped[int] = mapped_column(ForeignKey("review.id", ondelete="CASCADE"))
    number: Mapped[int]  # 1 is the first wording seen
    title: Mapped[str] = mapped_column(Text)
    body: Mapped[str] = mapped_column(Text)
    rating_raw: Mapped[str] = mapped_column(String(80))
    stars: Mapped[float | None]
    content_hash: Mapped[str] = mapped_column(String(64))
    seen_from_at: Mapped[datetime]
    replaced_at: Mapped[datetime]

    review: Mapped[Review] = relationship(back_populates="revisions")
