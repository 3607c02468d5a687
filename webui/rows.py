"""One review as the pages show it: the facts of a QueueRow in words, ready for a template."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from markupsafe import Markup

from db.cases import UNPUBLISHED
from db.models import CaseStage, CaseState, Standing
from db.queries.rows import QueueRow
from scoring.text import is_readable

from .answer_words import ANSWER_STATES, ANSWER_TAGS
from .clock_words import ClockView, clock_view
from .filters import Instant, Rating, age, figure, not_measured, rating, when
from .i18n import gettext, within
from .labels import (
    ANGER_LEVELS,
    CASE_STAGES,
    ERASED,
    PRIORITY_PARTS,
    REPLY_STATES,
    is_grave,
    label,
    risk_name,
    risk_rank,
)
from .marking import Excerpt, excerpt, marked
from .shown import one_line

NOT_SCORED = "unscored"
TAGS_WIDTH = 38  # letters of labels that fit on one line of the list at 1280 px
FRAME_WIDTH = 3  # in letters: what a label's frame and the gap after it take
COUNT_WIDTH = 2 + FRAME_WIDTH
MORE = "more"  # the kind of a label that counts what has no room
OWN_MOST = 2  # tags of people that are named
WORTH_TELLING = 2.0  # points of 100; less moves nothing


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
    excerpt: Excerpt
    title_words: Markup
    no_words: str  # why there are none, in words; empty where there are
    has_words: bool  # a rating alone has none, nor has a text of invisible characters
    language: str  # for the lang attribute; empty when nobody knows
    clock: ClockView | None  # until when it should be answered
    tags: tuple[Tag, ...]
    now: datetime

    # What not every page shows is put into words by the one that does: it is the dearest part of a row.

    @property
    def published(self) -> Instant:
        row = self.row
        return when(row.published_at, now=self.now, timezone=row.timezone, precision=row.published_precision)

    @property
    def words(self) -> Markup:
        return marked(self.excerpt.pieces)

    @property
    def reason(self) -> str:
        """Why it stands where it stands: "furious 0.93 + safety + 20 hours", and how much time is left."""
        return reason(self.row, now=self.now, clock=self.clock)


def row_view(row: QueueRow, *, now: datetime, own: Sequence[str] = (), width: int = TAGS_WIDTH) -> RowView:
    """A row of the queue in words. `own` are the names of the tags that people gave it, `width` is for its labels."""
    cut = excerpt(row.text, row.sentences, title=row.title, mark=has_anger(row))
    has_words = is_readable(row.text)
    clock = clock_view(row, now=now)
    level, words = row.anger_level or NOT_SCORED, level_words(row.anger_level)
    if not row.is_judged:
        words = level_words(row.anger_level) if row.anger_level else gettext("Not judged")
    elif row.anger_level and not has_words:  # stored as calm, but nobody has said anything
        level, words = NOT_SCORED, gettext("Nothing to judge")
    return RowView(
        row=row,
        level=level,
        level_words=words,
        rating=rating(row.rating_raw, row.rating, row.rating_max, row.rating_kind, row.stars),
        excerpt=cut,
        title_words=marked(cut.title),
        no_words="" if has_words else _no_words(row),
        has_words=has_words,
        language=language_tag(row),
        clock=clock,
        tags=tags(row, now=now, clock=clock, own=own, width=width),
        now=now,
    )


def level_words(anger_level: str | None) -> str:
    """The anger level in words."""
    return label(ANGER_LEVELS, anger_level) if anger_level else gettext("Not judged yet")


def has_anger(row: QueueRow) -> bool:
    """Whether one sentence is the angriest: in a calm text none is."""
    return row.anger_level not in {None, "calm"}


def language_tag(row: QueueRow) -> str:
    """The language of the text, as the model reads it or the source states it."""
    language = row.language if row.language not in {None, "", "und"} else row.source_language
    return language if language and language.replace("-", "").replace("_", "").isalnum() else ""


def tags(
    row: QueueRow, *, now: datetime, clock: ClockView | None, own: Sequence[str] = (), width: int = TAGS_WIDTH
) -> tuple[Tag, ...]:
    """The risks, what has happened to the review, how far people are, what they tagged it with; the clock before them.

    All of them on one line of so many letters where they fit: the lightest risks make room, then the tags of people
    are counted with them, for a label that is cut off says nothing.
    """
    events, risks = _event_tags(row, now=now, clock=clock), risks_by_weight(row)
    room = width - _width([*(tag.words for tag in events), *([clock.words] if clock else [])])
    mine = _own_tags(own)
    least = _width(risk_name(name) for name in risks[:1]) + (COUNT_WIDTH if risks[1:] else 0)
    if risks and least + _width(tag.words for tag in mine) > room:
        return (*risk_tags(risks, also=own, width=room), *events)
    return (*risk_tags(risks, width=room - _width(tag.words for tag in mine)), *events, *mine)


def _event_tags(row: QueueRow, *, now: datetime, clock: ClockView | None) -> list[Tag]:
    found: list[Tag] = []
    if row.escalated and clock is not None:
        more = gettext("Time runs out: those who are to know were told")
        found.append(Tag(kind="escalated", words=gettext("Escalated"), more=more))
    if is_changed_after_reply(row):
        found.append(Tag(kind="changed", words=gettext("Changed since your reply"), more=_changed(row, now=now)))
    elif row.reopened_at is not None or row.has_revisions:
        found.append(Tag(kind="changed", words=gettext("Changed"), more=_changed(row, now=now)))
    if row.standing == Standing.MODERATED:
        found.append(
            Tag(kind="waiting", words=gettext("Not public yet"), more=gettext("The platform still looks at it"))
        )
    if row.reply_body and row.reply_state in UNPUBLISHED:
        found.append(Tag(kind="waiting", words=gettext("Reply not public"), more=label(REPLY_STATES, row.reply_state)))
    elif row.answer_state in ANSWER_TAGS and not is_changed_after_reply(row):
        kind, words = ANSWER_TAGS[row.answer_state]
        found.append(Tag(kind=kind, words=gettext(words), more=gettext(ANSWER_STATES[row.answer_state])))
    elif row.reply_body and not is_changed_after_reply(row):
        found.append(Tag(kind="answered", words=gettext("Answered"), more=gettext("The source shows a reply of yours")))
    more = not_measured(row.language, row.model_version)
    if more and row.anger_level and row.said_angry is None and is_readable(row.text):
        found.append(Tag(kind="unmeasured", words=gettext("Language not measured"), more=more))
    if row.missing_since_at is not None:
        found.append(Tag(kind="gone", words=gettext("Gone"), more=gettext("No longer shown at the source")))
    is_told = clock is not None and clock.kind == "rests" and row.follow_up_at is None
    return found if is_told else [*found, *_work_tags(row, now=now)]


def _own_tags(names: Sequence[str]) -> list[Tag]:
    found = [Tag(kind="own", words=one_line(name)) for name in names[:OWN_MOST]]
    if rest := names[OWN_MOST:]:
        found.append(Tag(kind=MORE, words=f"+{len(rest)}", more=", ".join(rest)))
    return found


def _work_tags(row: QueueRow, *, now: datetime) -> list[Tag]:
    """How far people are, where it is not simply to do."""
    if row.snoozed_until is not None:
        until = when(row.snoozed_until, now=now, timezone=row.timezone).absolute
        return [Tag(kind="waiting", words=label(CASE_STAGES, "snoozed"), more=gettext("Until %(when)s", when=until))]
    if row.unsettled_at is not None:
        since = when(row.unsettled_at, now=now, timezone=row.timezone).absolute
        return [Tag(kind="changed", words=gettext("Not content"), more=gettext("Since %(when)s", when=since))]
    if row.asks_at is not None and row.asks_at <= now and row.asks_at != row.follow_up_at:
        asked = when(row.asks_at, now=now, timezone=row.timezone).absolute
        return [Tag(kind="waiting", words=gettext("Ask the customer"), more=gettext("Due: %(when)s", when=asked))]
    if row.stage is CaseStage.TODO:
        return []
    more = ""
    if row.stage is CaseStage.WAITING and row.follow_up_at is not None:
        asked = when(row.follow_up_at, now=now, timezone=row.timezone).absolute
        more = gettext("Ask again: %(when)s", when=asked)
    kind = "waiting" if row.stage is CaseStage.WAITING else "answered"
    return [Tag(kind=kind, words=label(CASE_STAGES, row.stage), more=more)]


def risk_tags(names: Sequence[str], *, also: Sequence[str] = (), width: int = TAGS_WIDTH) -> list[Tag]:
    """One label a risk while they fit on a line of the list; the lightest of many, and what has no room `also`, are
    counted and told on hover.
    """
    words = [risk_name(name) for name in names]
    fitting = len(words)
    while fitting > 1 and _width(words[:fitting]) + (COUNT_WIDTH if also or fitting < len(words) else 0) > width:
        fitting -= 1
    found = [Tag(kind="grave" if is_grave(names[at]) else "risk", words=words[at]) for at in range(fitting)]
    if rest := [*words[fitting:], *map(one_line, also)]:
        found.append(Tag(kind=MORE, words=f"+{len(rest)}", more=", ".join(rest)))
    return found


def _width(words: Iterable[str]) -> int:
    return sum(len(word) + FRAME_WIDTH for word in words)


def risks_by_weight(row: QueueRow) -> list[str]:
    """The risks of a review, the grave ones first."""
    return sorted((str(risk["risk"]) for risk in row.risks), key=risk_rank)


def is_changed_after_reply(row: QueueRow) -> bool:
    """Whether the guest wrote again under a reply of ours: answered once, and open again."""
    is_answered = bool(row.reply_body) and row.reply_state not in UNPUBLISHED
    return is_answered and row.reopened_at is not None and row.state is CaseState.OPEN


def _no_words(row: QueueRow) -> str:
    return label(ERASED, row.erased_for) if row.erased_for else gettext("No words, only a rating")


def reason(row: QueueRow, *, now: datetime, clock: ClockView | None) -> str:
    """Why a review stands where it stands, the weightiest first, and its time: "furious 0.93 + safety + 20 h left"."""
    weights: dict[str, float] = {}
    for part in row.priority_parts:
        # The level and how sure it is are told in one breath.
        name = "anger_level" if part["name"] == "anger" else str(part["name"])
        weights[name] = weights.get(name, 0.0) + float(part["points"])
    told = sorted(
        (name for name, points in weights.items() if points >= WORTH_TELLING), key=lambda name: -weights[name]
    )
    words = [part_words(row, name, now=now) for name in told] or [gettext("nothing urgent")]
    return " + ".join([*words, clock.words] if clock is not None and clock.machine else words)


def part_words(row: QueueRow, name: str, *, now: datetime) -> str:
    """What one component of the priority stands for in this review."""
    if name == "anger_level" and row.said_angry is not None:
        return gettext("angry, as people say") if row.said_angry else gettext("not angry, as people say")
    if name == "anger_level" and row.anger is not None:
        return f"{level_words(row.anger_level).lower()} {figure(row.anger)}"
    if name == "risk" and row.risks:
        return ", ".join(within(risk_name(name)) for name in risks_by_weight(row))
    if name == "age":
        if row.reopened_at is not None:
            return age(row.reopened_at, now=now)
        return age(row.published_at, now=now, timezone=row.timezone, precision=row.published_precision)
    if name == "stars":
        return rating(row.rating_raw, row.rating, row.rating_max, row.rating_kind, row.stars).words
    return within(label(PRIORITY_PARTS, name))


def _changed(row: QueueRow, *, now: datetime) -> str:
    if row.reopened_at is None:
        return gettext("An earlier wording is kept")
    moment = when(row.reopened_at, now=now, timezone=row.timezone)
    return gettext("The guest changed it: %(when)s", when=moment.absolute)
