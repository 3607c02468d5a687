"""Others of the same author and like complaints beside a review, in words."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any

from babel.dates import format_date, format_skeleton
from sqlalchemy.orm import Session

from db.queries.alike import AUTHOR_MOST, OtherReview, same_author, similar
from db.queries.reviews import ReviewDetail
from db.roles import Act

from .accounts import access
from .direct_words import source_words
from .filters import Instant, Rating, rating, when, zone
from .i18n import current_locale
from .labels import CASE_STATES, TOPICS, label
from .rows import NOT_SCORED, level_words

WINDOW = timedelta(days=90)
WITH_WEEKDAY = frozenset({"instant", "day"})  # how precisely a date must be known to tell its day of the week
VAGUE = "other"  # a topic that makes no two complaints alike


@dataclass(frozen=True, slots=True, kw_only=True)
class LineView:
    """One other review as a line."""

    review_id: int
    text: str
    language: str
    published: Instant
    rating: Rating
    level: str
    level_words: str
    source_name: str
    state: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AuthorView:
    lines: tuple[LineView, ...]
    count: int
    is_by_name: bool
    most: int = AUTHOR_MOST  # counting stops there


@dataclass(frozen=True, slots=True, kw_only=True)
class SimilarView:
    about: str  # "waiting"
    count: int  # in 90 days; the review itself among them where it is that new
    since: str  # the first of these days: "29 August"
    is_with_this: bool
    weekday: str  # of the review; empty where its date does not tell
    on_weekday: int  # of these, on the same day of the week
    is_partial: bool
    lines: tuple[LineView, ...]  # the latest of the others


def author_view(session: Session, detail: ReviewDetail, *, now: datetime) -> AuthorView:
    """Others of its author that the reader may see."""
    found = same_author(session, detail.review_id, places=access().places(Act.READ))
    lines = tuple(line_view(one, detail.timezone, now=now) for one in found.others)
    return AuthorView(lines=lines, count=found.count, is_by_name=found.is_by_name)


def similar_view(
    session: Session, detail: ReviewDetail, *, cause_id: int | None, cause: str, now: datetime
) -> SimilarView | None:
    """What else was complained about like this at its place.

    Of the same cause, where a person has chosen one and there are others of it; else of the same main topic.
    """
    topic = main_topic(detail.topics)
    if not (topic or cause_id) or detail.erased_at is not None:
        return None
    found = similar(session, detail.review_id, cause_id or topic, since=now - WINDOW)
    if cause_id and topic and not found.latest:
        cause_id, found = None, similar(session, detail.review_id, topic, since=now - WINDOW)
    day = _day(detail.published_at, detail.published_precision, detail.timezone)
    days = [_day(at, precision, detail.timezone) for _, at, precision in found.dates]
    return SimilarView(
        about=cause if cause_id else label(TOPICS, topic),
        count=len(found.dates),
        since=format_skeleton("MMMMd", (now - WINDOW).astimezone(zone(detail.timezone)), locale=current_locale()),
        is_with_this=any(id_ == detail.review_id for id_, _, _ in found.dates),
        weekday=format_date(day, "EEEE", locale=current_locale()) if day else "",
        on_weekday=sum(day is not None and one is not None and one.weekday() == day.weekday() for one in days),
        is_partial=found.is_partial,
        lines=tuple(line_view(one, detail.timezone, now=now) for one in found.latest),
    )


def main_topic(topics: list[dict[str, Any]]) -> str:
    """What a review mostly complains about; empty for nothing in particular."""
    told = [found for found in topics if found["topic"] != VAGUE]
    return str(max(told, key=lambda found: float(found["probability"]))["topic"]) if told else ""


def _day(at: datetime, precision: str, timezone: str) -> date | None:
    if precision not in WITH_WEEKDAY:
        return None
    return at.astimezone(UTC if precision == "day" else zone(timezone)).date()


def line_view(one: OtherReview, timezone: str, *, now: datetime) -> LineView:
    """One other review in words, at times of this zone."""
    return LineView(
        review_id=one.review_id,
        text=one.beginning.strip(),
        language=one.language if one.language.replace("-", "").isalnum() else "",
        published=when(one.published_at, now=now, timezone=timezone, precision=one.published_precision),
        rating=rating(one.rating_raw, one.rating, one.rating_max, one.rating_kind, one.stars),
        level=one.anger_level or NOT_SCORED,
        level_words=level_words(one.anger_level),
        source_name=source_words(one.source_name),
        state=label(CASE_STATES, one.state),
    )
