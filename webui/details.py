"""Everything a review page shows, in words, ready for its template."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from db.cases import UNPUBLISHED
from db.models import BY_HAND, ERASED_FOR_GOOD, CaseState
from db.queries.reviews import ReviewDetail, RevisionRow
from db.scores import scored_text
from scoring.reasons import reasons_with_stars
from scoring.types import AngerLevel

from .changes import Change, changes
from .filters import Instant, Rating, day_and_time, in_tenths, percent, rating, when
from .i18n import gettext
from .labels import (
    CASE_STATES,
    PRIORITY_PARTS,
    REASONS,
    REPLY_EVENTS,
    REPLY_STATES,
    TOPICS,
    is_grave,
    label,
    risk_instruction,
    risk_name,
    risk_rank,
)
from .marking import Piece, angriest_sentence, body_pieces, pieces
from .rows import RowView, is_changed_after_reply, level_words, part_words, row_view
from .visit_words import visit_words


@dataclass(frozen=True, slots=True, kw_only=True)
class RiskView:
    name: str
    instruction: str
    evidence: str  # the words it was found by; empty when the model judged the whole text
    probability: float
    is_grave: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class PartView:
    name: str
    words: str
    points: float  # with one digit after the point; they add up to the priority that the page shows
    most: float


@dataclass(frozen=True, slots=True, kw_only=True)
class SentenceView:
    number: int
    text: str
    anger: float
    shade: int
    is_angriest: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class VersionView:
    """An earlier wording, and what the next one made of it."""

    number: int
    seen_from: str
    replaced_on: str
    replaced: Instant
    changes: tuple[Change, ...]
    rating_before: Rating
    rating_after: Rating
    is_rating_changed: bool
    is_text_changed: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class TwinView:
    review_id: int
    source_name: str
    state: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DetailView:
    detail: ReviewDetail
    summary: RowView
    pieces: tuple[Piece, ...]  # of the whole text
    body: tuple[Piece, ...]  # without the title and the blank line after it
    sentences: tuple[SentenceView, ...]
    angriest: str
    risks: tuple[RiskView, ...]
    reasons: tuple[str, ...]
    topics: tuple[tuple[str, float], ...]
    parts: tuple[PartView, ...]
    versions: tuple[VersionView, ...]  # newest change first
    visited: Instant | None  # when the customer was there
    replied: Instant | None
    reply_told: str  # where the reply stands, where that is not simply "published"
    reply_event: str  # what was last seen of it, and
    reply_event_on: Instant | None
    twins: tuple[TwinView, ...]
    may_be_not_us: bool
    is_not_us: bool
    is_erased: bool  # for good
    state: str
    is_scored: bool


def detail_view(detail: ReviewDetail, *, now: datetime) -> DetailView:
    """Put everything into words."""
    summary = row_view(detail, now=now)
    is_marked = summary.level not in {"calm", "unscored"}
    found = pieces(detail.text, detail.sentences, title=detail.title if detail.body else "", mark=is_marked)
    replied, event_at = detail.reply_published_at, detail.reply_event_at
    return DetailView(
        detail=detail,
        summary=summary,
        pieces=found,
        body=body_pieces(found),
        sentences=_sentences(found),
        angriest=angriest_sentence(detail.text, detail.sentences) if is_marked else "",
        risks=_risks(detail),
        reasons=_reasons(detail),
        topics=tuple((label(TOPICS, topic["topic"]), float(topic["probability"])) for topic in detail.topics),
        parts=_parts(detail, now=now),
        versions=_versions(detail, now=now),
        visited=visit_words(detail.visited_at, detail.visited_precision, timezone=detail.timezone),
        replied=when(replied, now=now, timezone=detail.timezone) if replied else None,
        reply_told=label(REPLY_STATES, detail.reply_state) if detail.reply_state in UNPUBLISHED else "",
        reply_event=label(REPLY_EVENTS, detail.reply_event) if detail.reply_event else "",
        reply_event_on=when(event_at, now=now, timezone=detail.timezone) if event_at else None,
        twins=tuple(
            TwinView(review_id=one.review_id, source_name=one.source_name, state=label(CASE_STATES, one.state))
            for one in detail.twins
        ),
        # Whoever gives stars has been there; what carries none may be a mention of somebody else.
        may_be_not_us=detail.rating_kind == "none"
        and detail.platform != BY_HAND
        and detail.state is not CaseState.NOT_US,
        is_not_us=detail.state is CaseState.NOT_US,
        is_erased=detail.erased_for in ERASED_FOR_GOOD,
        state=_state(detail),
        is_scored=detail.anger is not None,
    )


def _sentences(found: tuple[Piece, ...]) -> tuple[SentenceView, ...]:
    views: list[SentenceView] = []
    for piece in found:
        if piece.anger is not None and piece.text.strip():
            views.append(
                SentenceView(
                    number=len(views) + 1,
                    text=piece.text.strip(),
                    anger=piece.anger,
                    shade=piece.shade,
                    is_angriest=piece.is_angriest,
                )
            )
    return tuple(views)


def _risks(detail: ReviewDetail) -> tuple[RiskView, ...]:
    ordered = sorted(detail.risks, key=lambda risk: (risk_rank(risk["risk"]), -float(risk["probability"])))
    return tuple(
        RiskView(
            name=risk_name(risk["risk"]),
            instruction=risk_instruction(risk["risk"]),
            evidence=str(risk.get("evidence") or ""),
            probability=float(risk["probability"]),
            is_grave=is_grave(risk["risk"]),
        )
        for risk in ordered
    )


def _reasons(detail: ReviewDetail) -> tuple[str, ...]:
    if detail.anger_level not in set(AngerLevel):
        return tuple(label(REASONS, id_) for id_ in detail.reasons)
    level = AngerLevel(detail.anger_level)
    told = reasons_with_stars(detail.reasons, level=level, stars=detail.stars)
    return tuple(label(REASONS, id_) for id_ in told)


def _part_words(detail: ReviewDetail, name: str, *, now: datetime) -> str:
    if name == "anger_level" and detail.said_angry is None:
        return level_words(detail.anger_level).lower()
    if name == "anger" and detail.anger is not None:
        return percent(detail.anger)
    return "" if name == "reach" else part_words(detail, name, now=now)


def _parts(detail: ReviewDetail, *, now: datetime) -> tuple[PartView, ...]:
    points = in_tenths([float(part["points"]) for part in detail.priority_parts])
    return tuple(
        PartView(
            name=label(PRIORITY_PARTS, str(part["name"])),
            words=_part_words(detail, str(part["name"]), now=now) if part["points"] > 0 else "",
            points=shown,
            most=float(part["most"]),
        )
        for part, shown in zip(detail.priority_parts, points, strict=True)
    )


def _versions(detail: ReviewDetail, *, now: datetime) -> tuple[VersionView, ...]:
    following: list[RevisionRow | ReviewDetail] = [*detail.revisions[1:], detail]
    views = [_version(old, new, detail, now=now) for old, new in zip(detail.revisions, following, strict=False)]
    return tuple(reversed(views))


def _version(old: RevisionRow, new: RevisionRow | ReviewDetail, detail: ReviewDetail, *, now: datetime) -> VersionView:
    before, after = scored_text(old.title, old.body), scored_text(new.title, new.body)
    return VersionView(
        number=old.number,
        seen_from=day_and_time(old.seen_from_at, timezone=detail.timezone),
        replaced_on=day_and_time(old.replaced_at, timezone=detail.timezone),
        replaced=when(old.replaced_at, now=now, timezone=detail.timezone),
        changes=changes(before, after),
        rating_before=_rating_of(old, detail),
        rating_after=_rating_of(new, detail),
        is_rating_changed=old.rating_raw != new.rating_raw,
        is_text_changed=before != after,
    )


def _rating_of(wording: RevisionRow | ReviewDetail, detail: ReviewDetail) -> Rating:
    # A revision keeps the source's own form and the stars; the scale is that of the present rating.
    kind = detail.rating_kind if wording.rating_raw or wording.stars is not None else "none"
    is_five = detail.rating_max == 5
    return rating(wording.rating_raw, wording.stars if is_five else None, detail.rating_max, kind, wording.stars)


def _state(detail: ReviewDetail) -> str:
    if is_changed_after_reply(detail):
        return gettext("Changed since your reply")
    return label(CASE_STATES, detail.state)
