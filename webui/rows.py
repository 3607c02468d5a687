"""One review as the pages show it: the facts of a QueueRow in words, ready for a template."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from babel.dates import format_timedelta
from markupsafe import Markup

from db.queries.queue import QueueRow

from .filters import Instant, Rating, figure, rating, when
from .i18n import current_locale, gettext
from .labels import ANGER_LEVELS, PRIORITY_PARTS, is_grave, label, risk_name
from .marking import Excerpt, excerpt, marked

NOT_SCORED = "unscored"


@dataclass(frozen=True, slots=True, kw_only=True)
class Tag:
    """A short label under a review. `kind` is a class of the style sheet."""

    kind: str
    words: str
    more: str = ""  # said on hover and to those who hear the page


@dataclass(frozen=True, slots=True, kw_only=True)
class RowView:
    row: QueueRow
    level: str  # an anger level, or "unscored"
    level_words: str
    rating: Rating
    published: Instant
    excerpt: Excerpt
    title_words: Markup
    words: Markup
    language: str  # for the lang attribute; empty when nobody knows
    tags: tuple[Tag, ...]
    reason: str  # why it stands where it stands: "furious 0.93 + Safety + 20 hours"


def row_view(row: QueueRow, *, now: datetime) -> RowView:
    """A row of the queue in words."""
    cut = excerpt(row.text, row.sentences, title=row.title, mark=has_anger(row))
    return RowView(
        row=row,
        level=row.anger_level or NOT_SCORED,
        level_words=level_words(row.anger_level),
        rating=rating(row.rating_raw, row.rating, row.rating_max, row.rating_kind, row.stars),
        published=when(row.published_at, now=now, timezone=row.timezone, precision=row.published_precision),
        excerpt=cut,
        title_words=marked(cut.title),
        words=marked(cut.pieces),
        language=language_tag(row),
        tags=tags(row, now=now),
        reason=reason(row, now=now),
    )


def level_words(anger_level: str | None) -> str:
    """The anger level in words."""
    return label(ANGER_LEVELS, anger_level) if anger_level else gettext("Not scored yet")


def has_anger(row: QueueRow) -> bool:
    """Whether one sentence is the angriest: in a calm text none is."""
    return row.anger_level not in {None, "calm"}


def language_tag(row: QueueRow) -> str:
    """The language of the text, as the model reads it or the source states it."""
    language = row.language if row.language not in {None, "", "und"} else row.source_language
    return language if language and language.replace("-", "").replace("_", "").isalnum() else ""


def tags(row: QueueRow, *, now: datetime) -> tuple[Tag, ...]:
    """Risks first, then what has happened to the review."""
    found = [
        Tag(kind="grave" if is_grave(risk["risk"]) else "risk", words=risk_name(risk["risk"]))
        for risk in sorted(row.risks, key=lambda risk: not is_grave(risk["risk"]))
    ]
    if row.reopened_at is not None or row.has_revisions:
        found.append(Tag(kind="changed", words=gettext("Changed"), more=_changed(row, now=now)))
    if row.reply_body:
        found.append(Tag(kind="answered", words=gettext("Answered"), more=gettext("The source shows a reply of yours")))
    if row.missing_since_at is not None:
        found.append(Tag(kind="gone", words=gettext("Gone"), more=gettext("No longer shown at the source")))
    return tuple(found)


def reason(row: QueueRow, *, now: datetime) -> str:
    """The weightiest components of the priority, the heaviest first."""
    parts = sorted((part for part in row.priority_parts if part["points"] > 0), key=lambda part: -part["points"])
    return " + ".join(part_words(row, part, now=now) for part in parts) or gettext("nothing urgent")


def part_words(row: QueueRow, part: dict[str, Any], *, now: datetime) -> str:
    """What one component of the priority stands for in this review."""
    name = str(part["name"])
    if name == "anger" and row.anger is not None:
        return f"{level_words(row.anger_level).lower()} {figure(row.anger)}"
    if name in {"risk", "risks"} and row.risks:
        return ", ".join(risk_name(risk["risk"]).lower() for risk in row.risks)
    if name == "age":
        return waiting(now - row.published_at)
    return label(PRIORITY_PARTS, name).lower()


def waiting(age: timedelta) -> str:
    """How long something has waited: "20 hours"."""
    return format_timedelta(max(age, timedelta(0)), granularity="hour", threshold=1.5, locale=current_locale())


def _changed(row: QueueRow, *, now: datetime) -> str:
    if row.reopened_at is None:
        return gettext("An earlier wording is kept")
    moment = when(row.reopened_at, now=now, timezone=row.timezone)
    return gettext("The guest changed it: %(when)s", when=moment.absolute)
