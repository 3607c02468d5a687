"""The filters of the queue as the page shows them: what may be chosen, and what is."""

from __future__ import annotations

from dataclasses import dataclass

from db.queries.facets import Facets
from db.queries.filtering import NO_CAUSE, NO_STARS, NOBODY, PUBLIC, TOLD, UNSCORED
from db.queries.visits import DAYS, UNKNOWN

from .cause_lists import named_cause
from .direct_words import source_words
from .filters import day_and_time, in_words, language_name
from .i18n import gettext, ngettext
from .labels import ANGER_LEVELS, CASE_STAGES, CASE_STATES, TOPICS, label, risk_name
from .position import CHOICES, MYSELF, Position
from .visit_words import hours_words, weekday_name

SHOWN = (
    *("anger", "stars", "risk", "topic", "place", "source", "language", "state", "stage", "assignee", "tag", "cause"),
    *("visit_day", "visit_hour"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """One filter to choose values of."""

    name: str
    words: str
    values: tuple[tuple[str, str], ...]  # value and words
    chosen: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Chip:
    """One filter that is on, and where one gets without it."""

    kind: str
    words: str
    without: Position


def choices(position: Position, known: Facets) -> list[Choice]:
    """Every filter that is chosen from a list; a list of nothing is left out."""
    values: dict[str, dict[str, str]] = {
        "place": known.places if len(known.places) > 1 else {},
        "source": {slug: source_words(name) for slug, name in known.sources.items()} if len(known.sources) > 1 else {},
        "tag": {name: name for name in known.tags},
        "assignee": {value: value_words("assignee", value, known) for value in (MYSELF, NOBODY, *known.people)},
        "cause": {value: value_words("cause", value, known) for value in (*known.causes, NO_CAUSE)}
        if known.causes
        else {},
        "language": {tag: language_name(tag) for tag in known.languages},
        **{
            name: {value: value_words(name, value, known) for value in of}
            for name, of in CHOICES.items()
            if of is not None
        },
    }
    titles = _titles()
    found = []
    for name in SHOWN:
        chosen = tuple(str(value) for value in getattr(position.filters, name))
        listed = values[name] | {value: value_words(name, value, known) for value in chosen}
        if listed:
            found.append(Choice(name=name, words=titles[name], values=tuple(listed.items()), chosen=chosen))
    return found


def chips(position: Position, known: Facets) -> list[Chip]:
    """What is filtered, one by one, as words: "Anger: Furious"."""
    filters, titles = position.filters, _titles()
    found = []
    if filters.search:
        words = gettext("“%(words)s”", words=filters.search)
        found.append(Chip(kind=gettext("Words"), words=words, without=position.without("search")))
    for name in CHOICES:
        for value in getattr(filters, name):
            words = value_words(name, str(value), known)
            found.append(Chip(kind=titles[name], words=words, without=position.without(name, value)))
    if filters.since:
        found.append(
            Chip(kind=gettext("From"), words=in_words(filters.since), without=position.without("since")),
        )
    if filters.until:
        found.append(Chip(kind=gettext("Until"), words=in_words(filters.until), without=position.without("until")))
    if filters.overdue_at:
        words = gettext("Overdue by %(when)s", when=day_and_time(filters.overdue_at))
        found.append(Chip(kind="", words=words, without=position.without("overdue_at")))
    if filters.waiting_at:
        words = gettext("Waiting, not overdue by %(when)s", when=day_and_time(filters.waiting_at))
        found.append(Chip(kind="", words=words, without=position.without("waiting_at")))
    if filters.missed_at:
        words = gettext("Answered after the target, or overdue by %(when)s", when=day_and_time(filters.missed_at))
        found.append(Chip(kind="", words=words, without=position.without("missed_at")))
    if filters.is_in_time:
        words = gettext("Answered within the target")
        found.append(Chip(kind="", words=words, without=position.without("is_in_time")))
    if filters.is_complaint:
        words = gettext("Complaints: flagged or taken by hand")
        found.append(Chip(kind="", words=words, without=position.without("is_complaint")))
    if filters.is_changed:
        words = gettext("Changed by the guest")
        found.append(Chip(kind="", words=words, without=position.without("is_changed")))
    return found


def value_words(name: str, value: str, known: Facets) -> str:
    """One value of a filter in words; as it is where nobody knows it."""
    if name == "stars":
        return _stars(int(value))
    if name == "anger":
        return gettext("Not judged yet") if value == UNSCORED else label(ANGER_LEVELS, value)
    if name == "risk":
        return risk_name(value)
    if name == "language":
        return language_name(value)
    if name == "tag":
        return value
    if name == "cause":
        if value == NO_CAUSE:
            return gettext("None chosen yet")
        return named_cause(*known.causes[value]) if value in known.causes else _gone()
    if name == "assignee":
        return {MYSELF: gettext("Me"), NOBODY: gettext("Nobody")}.get(value) or known.people.get(value) or _gone()
    if name == "visit_day":
        return gettext("Day not known") if value == UNKNOWN else weekday_name(DAYS.index(value))
    if name == "visit_hour":
        return gettext("Hour not known") if value == UNKNOWN else hours_words(int(value), int(value) + 1)
    if name == "source" and value in (PUBLIC, TOLD):
        return gettext("Public reviews") if value == PUBLIC else gettext("Complaints taken by hand")
    words = {"topic": TOPICS, "state": CASE_STATES, "stage": CASE_STAGES}.get(name)
    if words is not None:
        return label(words, value)
    # What is not among them is gone, or not for whoever looks: its name is not told.
    return source_words({"place": known.places, "source": known.sources}[name].get(value, "")) or _gone()


def _gone() -> str:
    return gettext("no longer there, or not yours to see")


def _stars(number: int) -> str:
    if number == NO_STARS:
        return gettext("No stars")
    return ngettext("%(num)s star", "%(num)s stars", number)


def _titles() -> dict[str, str]:
    return {
        "anger": gettext("Anger"),
        "stars": gettext("Stars"),
        "risk": gettext("Risk"),
        "topic": gettext("Topic"),
        "place": gettext("Place"),
        "source": gettext("Source"),
        "language": gettext("Language"),
        "state": gettext("State"),
        "stage": gettext("Work"),
        "assignee": gettext("Assignee"),
        "tag": gettext("Tag"),
        "cause": gettext("Cause"),
        "visit_day": gettext("Day of the visit"),
        "visit_hour": gettext("Hour of the visit"),
    }
