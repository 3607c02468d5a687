"""A digest for one look: what the mail shows on a single screen, each part leading to the page where all of it stands.

The words of the text, the page and the PDF are complete; these are fewer, in the same order, and no other numbers.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from scoring.chance import Finding

from ..cause_lists import named_cause
from ..charts.chart import FEW
from ..direct_words import source_words
from ..filters import day_and_time, decimal
from ..i18n import gettext, ngettext
from ..labels import ANGER_LEVELS, CASE_STATES, HEALTH, TOPICS, label
from ..money import money, month_words
from ..shown import one_line
from . import parts
from .facts import Digest, PlaceLine, ReviewLine
from .links import (
    ACCOUNT,
    ACTIONS,
    OFFERS,
    SOURCES,
    cause_path,
    digest_path,
    figure_path,
    place_path,
    praise_path,
    review_path,
)
from .numbers import NONE, numbers
from .told import Line, NumberLine, Section, pair

PLACES_MOST: Final = 3
TROUBLED_MOST: Final = 2
ACTIONS_MOST: Final = 2
_BETWEEN: Final = " · "
Item = tuple[Line, ...]  # said together, with commas


@dataclass(frozen=True, slots=True, kw_only=True)
class ShortReview:
    """One review in one line."""

    path: str
    level: str  # db.models' name of it; empty: not judged yet
    level_words: str
    where: str  # place, where there are several, and source
    cause: str
    state: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """What stands under a heading of the page, in a line or two. `path` leads to that heading."""

    title: str
    path: str
    items: tuple[Item, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Short:
    """All of it, in the order of the letter."""

    decisions: Section | None
    numbers: tuple[NumberLine, ...]
    reviews_title: str
    reviews: tuple[ShortReview, ...]
    all_reviews: Line | None  # how many there are, where not all are listed
    rows: tuple[Row, ...]
    foot: tuple[Line, ...]


def short(digest: Digest) -> Short:
    """In the language that is spoken."""
    listed = digest.listed or digest.unhappy
    found = (_causes(digest), _praise(digest), _recovery(digest), _actions(digest), _places(digest), _unseen(digest))
    return Short(
        decisions=parts.waiting(digest, most=1),
        numbers=tuple(_number(one) for one in numbers(digest)),
        reviews_title=gettext("The reviews of the week") if digest.listed else gettext("Angry reviews"),
        reviews=tuple(_review(digest, one) for one in listed),
        all_reviews=_all_reviews(digest),
        rows=tuple(row for row in found if row is not None and row.items),
        foot=_foot(digest),
    )


def _number(one: NumberLine) -> NumberLine:
    """Without what says that there is nothing to compare with."""
    nothing = (NONE, gettext("too few to say"))
    before, usual = ("" if words in nothing else words for words in (one.before, one.usual))
    return replace(one, before=before, usual=usual)


def _review(digest: Digest, one: ReviewLine) -> ShortReview:
    where = [one_line(source_words(one.source))]
    if len(digest.places) > 1:
        where.insert(0, one_line(one.place))
    states = {"open": gettext("unanswered"), "answered": gettext("answered")}
    return ShortReview(
        path=review_path(one.review_id),
        level=one.level or "",
        level_words=label(ANGER_LEVELS, one.level) if one.level else gettext("Not judged yet"),
        where=_BETWEEN.join(where),
        cause=one_line(named_cause(*one.cause)) if one.cause else gettext("no cause chosen yet"),
        state=states.get(one.state) or label(CASE_STATES, one.state),
    )


def _all_reviews(digest: Digest) -> Line | None:
    if digest.listed or digest.now.unhappy <= len(digest.unhappy):
        return None
    words = gettext("%(num)s in all", num=decimal(digest.now.unhappy, 0))
    return Line(words=words, path=figure_path(digest, "unhappy"))


def _row(digest: Digest, key: str, title: str, items: Sequence[Item]) -> Row:
    return Row(title=title, path=f"{digest_path(digest)}#{key}", items=tuple(items))


def _causes(digest: Digest) -> Row:
    changes = {Finding.MORE: gettext("more than usual"), Finding.FEWER: gettext("less than usual")}
    items = []
    for one in digest.causes:
        words = pair(one_line(named_cause(*one.cause)), decimal(one.cases, 0))
        change = changes.get(one.finding)
        items.append(
            (Line(words=words, path=cause_path(digest, one.cause_id)), *([Line(words=change)] if change else []))
        )
    return _row(digest, "causes", gettext("Causes"), items)


def _praise(digest: Digest) -> Row | None:
    if not digest.praised or digest.now.written < FEW:
        return None
    words = ngettext("%(num)s calm review with 4 or 5 stars", "%(num)s calm reviews with 4 or 5 stars", digest.praised)
    items: list[Item] = [(Line(words=words, path=praise_path(digest)),)]
    for topic, number in digest.themes:
        words = pair(label(TOPICS, topic), decimal(number, 0))
        items.append((Line(words=words, path=praise_path(digest, topic)),))
    if digest.named:
        names = ", ".join(f"{one_line(name)} ({decimal(number, 0)})" for name, number in digest.named)
        items.append((Line(words=gettext("Named in them: %(names)s", names=names), path=praise_path(digest)),))
    return _row(digest, "praise", gettext("Praise"), items)


def _recovery(digest: Digest) -> Row | None:
    """What was given in all, what went past the policy, and what is left of all budgets."""
    found = digest.recovery
    if found is None:
        return None
    items: list[Item] = []
    if found.offers:
        words = ngettext("%(num)s offer was approved", "%(num)s offers were approved", found.offers)
        costs: Counter[str] = Counter()
        for one in found.by_kind:
            costs[one.currency] += one.cost_minor
        spent = [Line(words=money(cost, currency), path=OFFERS) for currency, cost in costs.items()]
        items.append((Line(words=words, path=OFFERS), *spent))
    if found.exempted:
        allowed = ", ".join(dict.fromkeys(one_line(one.approved_by) for one in found.exempted if one.approved_by))
        words = ngettext("%(num)s outside the policy", "%(num)s outside the policy", len(found.exempted))
        by = [Line(words=gettext("allowed by %(name)s", name=allowed))] if allowed else []
        items.append((Line(words=words, path=OFFERS), *by))
    for currency in dict.fromkeys(one.currency for one in found.budgets):
        budgets = [one for one in found.budgets if one.currency == currency]
        words = gettext(
            "%(left)s of %(budget)s left in %(month)s",
            left=money(sum(one.left_minor for one in budgets), currency),
            budget=money(sum(one.budget_minor for one in budgets), currency),
            month=month_words(budgets[0].month),
        )
        items.append((Line(words=words, path=OFFERS),))
    return _row(digest, "recovery", gettext("Made right"), items)


def _actions(digest: Digest) -> Row | None:
    whole = parts.actions(digest)
    if whole is None:
        return None
    items: list[Item] = [(Line(words=line.words, path=line.path),) for line in whole.lines[:ACTIONS_MOST]]
    if (left := len(whole.lines) - ACTIONS_MOST) > 0:
        items.append((Line(words=ngettext("%(num)s more", "%(num)s more", left), path=ACTIONS),))
    return _row(digest, "actions", gettext("Actions"), items)


def _places(digest: Digest) -> Row | None:
    """Where somebody is needed most: how much was written there, and how much of it is angry and unanswered."""
    if not digest.by_place:
        return None
    items: list[Item] = [_place(digest, one) for one in digest.by_place[:PLACES_MOST]]
    if (left := len(digest.by_place) - PLACES_MOST) > 0:
        path = f"{digest_path(digest)}#places"
        items.append((Line(words=ngettext("%(num)s more place", "%(num)s more places", left), path=path),))
    return _row(digest, "places", gettext("By place"), items)


def _place(digest: Digest, one: PlaceLine) -> Item:
    words = pair(one_line(one.place.name), decimal(one.figures.written, 0))
    written = Line(words=words, path=place_path("written", digest.week, one.place.slug))
    if not one.figures.unhappy_open:
        return (written,)
    words = ngettext("%(num)s angry and unanswered", "%(num)s angry and unanswered", one.figures.unhappy_open)
    return written, Line(words=words, path=place_path("unhappy_open", digest.week, one.place.slug))


def _unseen(digest: Digest) -> Row:
    found = digest.unseen
    sources = SOURCES if digest.opens_sources else ""
    lines = parts.read_well(digest)
    for one in found.troubled[:TROUBLED_MOST]:
        state = gettext("paused") if one.is_paused else label(HEALTH, one.health)
        words = pair(one_line(source_words(one.name)), state)
        lines.append(Line(words=words, path=f"/sources#source-{one.source_id}"))
    if (left := len(found.troubled) - TROUBLED_MOST) > 0:
        lines.append(Line(words=ngettext("%(num)s more source", "%(num)s more sources", left), path=sources))
    if without := len(found.without_source):
        lines.append(Line(words=ngettext("%(num)s place without a source", "%(num)s places without a source", without)))
    if found.unjudged:
        words = ngettext("%(num)s not judged yet", "%(num)s not judged yet", found.unjudged)
        lines.append(Line(words=words, path=figure_path(digest, "unjudged")))
    if found.unnamed:
        words = ngettext("%(num)s without a cause", "%(num)s without a cause", found.unnamed)
        lines.append(Line(words=words, path=cause_path(digest, None)))
    if not lines:
        lines = [Line(words=gettext("There is no place and no source yet."))]
    return _row(digest, "sources", gettext("Sources"), [(line,) for line in lines])


def _foot(digest: Digest) -> tuple[Line, ...]:
    zone = digest.places[0].timezone if digest.places else "UTC"
    counted = gettext("Counted %(when)s.", when=day_and_time(digest.made_at, timezone=zone))
    return (
        Line(words=counted.removesuffix(".")),  # it is one of several between dots
        Line(words=gettext("How it is counted"), path=f"{digest_path(digest)}#how"),
        Line(words=gettext("Every review of the week"), path=figure_path(digest, "written")),
        Line(words=gettext("Choose which mails you get"), path=ACCOUNT),
    )
