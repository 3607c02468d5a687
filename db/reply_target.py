"""What a worker has to know of the review that it answers, and of the source in whose name it does so."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from .models import ERASED_FOR_GOOD, Case, CaseState, ErasedFor, Reply, Review, Score, Source, SourceHealth
from .reply_claims import PostClaim
from .reply_flow import is_answered_by_us


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """`rests_until`: the platform has asked to be left alone until then."""

    platform: str
    place_ref: str
    options: Mapping[str, Any]
    sealed_keys: str
    delay_s: float
    is_read: bool  # the source is there and switched on
    rests_until: datetime | None
    external_id: str
    language: str  # of the review, as a primary tag; "" where nobody knows
    is_open: bool  # the case still waits for an answer
    is_ours: bool  # it has one of ours, which another may replace where the platform has it so
    content_hash: str  # of the review as it is stored now
    earlier: str  # our own answer that was seen there before; "" without one
    findings: tuple[Mapping[str, Any], ...]  # those that whoever approved it has seen


def target_of(session: Session, claim: PostClaim) -> Target | None:
    """None where review, case or source were deleted meanwhile."""
    row = session.execute(
        select(Source, Review, Case, Reply, Score.language)
        .select_from(Reply)
        .join(Case, Case.id == Reply.case_id)
        .join(Review, Review.id == Case.review_id)
        .join(Source, Source.id == Review.source_id)
        .outerjoin(Score, Score.review_id == Review.id)
        .where(Reply.id == claim.reply_id)
    ).first()
    if row is None:
        return None
    source, review, case, reply, language = row
    is_there = review.erased_for not in (*ERASED_FOR_GOOD, ErasedFor.WITHDRAWN)
    is_throttled = source.health is SourceHealth.THROTTLED
    return Target(
        platform=source.platform,
        place_ref=source.place_ref,
        options=dict(source.options),
        sealed_keys=source.sealed_keys,
        delay_s=source.delay_s,
        is_read=source.is_enabled and source.removed_at is None,
        rests_until=source.next_crawl_at if is_throttled else None,
        external_id=review.external_id,
        language=(language or review.language).split("-")[0].lower(),
        is_open=is_there and case.state is CaseState.OPEN,
        is_ours=is_there and is_answered_by_us(case, review, reply),
        content_hash=review.content_hash,
        earlier=reply.live_body,
        findings=tuple(reply.findings),
    )
