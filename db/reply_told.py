"""Answers at sources whose readings show none: no reading will ever confirm them, so whoever says that they are posted
is believed, a person or the platform's own interface. Flushes, for the caller to commit."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import ColumnElement, and_, exists, or_, select
from sqlalchemy.orm import Session, aliased

from .cases import lock_reviews, move_cases
from .models import Case, CaseState, Reply, ReplyState, Review, Source
from .replies import locked_reply
from .reply_flow import advance
from .wording import is_reworded


def believe_replies(session: Session, silent: Collection[str], *, now: datetime) -> int:
    """End the work with answers that are out at sources of these platforms that have never shown one; how many moved.

    A case that such an answer ended, and that is open again though the guest has changed nothing, is answered again:
    its review was away, or its text was.
    """
    is_out = Reply.state == ReplyState.POSTED
    is_back = and_(
        Reply.state == ReplyState.LIVE,
        Reply.live_at.is_(None),
        Case.state == CaseState.OPEN,
        Review.content_hash == Reply.content_hash,
    )
    told = session.execute(
        select(Case.id, Review.id)
        .join(Review, Review.id == Case.review_id)
        .join(Source, Source.id == Review.source_id)
        .join(Reply, Reply.case_id == Case.id)
        .where(Source.platform.in_(sorted(silent)), or_(is_out, is_back), ~_has_shown_one())
        .order_by(Review.id)
    ).all()
    lock_reviews(session, [review_id for _, review_id in told])
    return sum(_believe(session, case_id, now=now) for case_id, _ in told)


def _has_shown_one() -> ColumnElement[bool]:
    """Whether a reading of the source has ever seen an answer, under any review."""
    other = aliased(Review)
    return exists().where(other.source_id == Source.id, or_(other.reply_hash != "", other.reply_event != ""))


def _believe(session: Session, case_id: int, *, now: datetime) -> bool:
    case, review, reply = locked_reply(session, case_id)
    if reply.state not in (ReplyState.POSTED, ReplyState.LIVE):
        return False  # somebody was faster
    if case.state is CaseState.OPEN and not is_reworded(review.content_hash, reply.content_hash):
        move_cases(session, [review.id], CaseState.ANSWERED, now=now)
    if reply.state is ReplyState.POSTED:
        reply.live_body, reply.trouble = reply.posted_body, ""
        advance(session, case, reply, ReplyState.LIVE, "reply_told", {}, by=None, now=now)
    return True
